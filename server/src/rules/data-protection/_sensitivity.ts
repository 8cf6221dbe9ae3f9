import type { Confidence, Severity } from '../../base/severity.js';
import type { FrameEvent } from '../../engine/index.js';
import { categoryInfo } from '../../knowledge/personal-data/index.js';

type Columns = FrameEvent['columns'];
export type PersonalColumn = Columns[number];

/** Below this an event is a guess and stays unreported. */
export const FLOOR = 0.6;

const MAX_NAMES = 2;
const MAX_NAME = 20;

/** Column names for a message: the first two, and how many more. */
export function nameColumns(columns: Columns): string {
  const names = columns.slice(0, MAX_NAMES).map(({ name }) => {
    return `\`${name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name}\``;
  });
  const more = columns.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(' and ');
}

/** Most telling first: what identifies a person before what describes one. */
export function byWeight(columns: Columns): Columns {
  return [...columns].sort((a, b) => weight(b) - weight(a));
}

const KINDS = ['attribute', 'content', 'pseudonymous', 'special', 'direct', 'credential'];
const LEVELS = ['low', 'medium', 'high', 'critical'];

function weight({ category }: PersonalColumn): number {
  const { kind, severity } = categoryInfo(category);
  return KINDS.indexOf(kind) + LEVELS.indexOf(severity) * 0.5;
}

/** Columns that are specific to a person by themselves. Places and dates of birth fit many people until an id joins them. */
export function isDirect({ category }: PersonalColumn): boolean {
  const { kind, severity } = categoryInfo(category);
  if (category === 'precise_location' || category === 'dob') return false;
  return kind === 'direct' || severity === 'critical';
}

export function isPseudonym({ category }: PersonalColumn): boolean {
  return categoryInfo(category).kind === 'pseudonymous';
}

export function isSpecial({ category }: PersonalColumn): boolean {
  return categoryInfo(category).kind === 'special' || category === 'dob' || category === 'criminal';
}

/** Confidence of a finding from that of the event and of the best column. */
export function sureness(event: FrameEvent, columns: Columns): Confidence {
  const best = Math.max(...columns.map((column) => column.confidence));
  const both = Math.min(event.confidence, best);
  return both >= 0.8 ? 'high' : both > FLOOR ? 'medium' : 'low';
}

const DOWN: Readonly<Record<Severity, Severity>> = { error: 'warning', warning: 'hint', info: 'hint', hint: 'hint' };

export function oneLower(severity: Severity): Severity {
  return DOWN[severity];
}
