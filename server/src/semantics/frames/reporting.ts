import type { Analysis } from './analysis.js';
import type { CallSite } from './call-site.js';
import type { Data } from './data.js';
import type { FrameEvent, PersonalColumn } from './event.js';

const MAX_STEPS = 4;

/** How sure it is that the data of an event is what it seems: every unresolved call on the way costs. */
export function certainty(site: CallSite, data: Data): number {
  if (data.guesses > 0) return data.library === 'record' ? 0.6 : 0.5;
  const { owner } = site.state.activation;
  const near = [...data.origins].every((origin) => site.e.analysis.reads[origin]!.owner === owner);
  return near ? 0.9 : 0.8;
}

export function argumentShape(data: Data): NonNullable<FrameEvent['argument']>['shape'] {
  switch (data.shape) {
    case 'frame':
    case 'column':
    case 'row':
    case 'text':
    case 'array':
    case 'distinct':
      return data.shape;
  }
  return 'frame';
}

/** The reads and the places that name the columns, in text order. */
export function trailOf(analysis: Analysis, data: Data, columns: readonly PersonalColumn[]): FrameEvent['trail'] {
  const reads = [...data.origins].map((origin) => {
    const { range, name } = analysis.reads[origin]!;
    return { range, message: `read by \`${name}\`` };
  });
  const named = columns.flatMap(({ name, range }) =>
    range === undefined ? [] : [{ range, message: `column \`${name}\`` }],
  );
  return [...reads, ...named].slice(0, MAX_STEPS);
}
