import type { Range } from '../base/range.js';

/** An ignore comment as written, before it is bound to anything. */
export interface Directive {
  readonly tool: 'tidegate' | 'nosec' | 'noqa';
  readonly scope: 'statement' | 'file' | 'cell';
  readonly ids: readonly { readonly id: string; readonly range: Range }[];
  readonly until: { readonly date: string; readonly range: Range } | undefined;
  readonly reason: string | undefined;
  readonly range: Range;
}

const OWN = /(?:#|\/\/)\s*tidegate:\s*(ignore-file|ignore-cell|ignore)\b[ \t]*(?:\[([^\]\n]*)\])?([^\n\r]*)/g;
const NOSEC = /#\s*nosec\b[ \t]*:?[ \t]*((?:B\d{3}(?:[ \t]*[,\s][ \t]*)?)*)/gi;
const NOQA = /#\s*noqa[ \t]*:[ \t]*([A-Z]+[0-9]+(?:[ \t]*[, ][ \t]*[A-Z]+[0-9]+)*)/gi;

/** Every ignore comment holds one of these, in any case. */
export const DIRECTIVE_MARKS: readonly string[] = ['tidegate:', 'nosec', 'noqa'];
const MARKS = new RegExp(DIRECTIVE_MARKS.join('|'), 'i');

/** Cheap test of a text before its comments are looked for. */
export function mayHoldDirectives(text: string): boolean {
  return MARKS.test(text);
}

/** Reads the directives of one comment (or of a stretch of text that is known to be a comment) starting at `offset`. */
export function directivesIn(
  comment: string,
  offset: number,
  foreign: readonly ('nosec' | 'noqa')[],
): readonly Directive[] {
  const found: Directive[] = [];
  if (!MARKS.test(comment)) return found;
  for (const match of comment.matchAll(OWN)) found.push(ownDirective(match, offset));
  if (foreign.includes('nosec')) {
    for (const match of comment.matchAll(NOSEC)) found.push(foreignDirective('nosec', match, offset));
  }
  if (foreign.includes('noqa')) {
    for (const match of comment.matchAll(NOQA)) found.push(foreignDirective('noqa', match, offset));
  }
  return found;
}

function ownDirective(match: RegExpMatchArray, offset: number): Directive {
  const [whole, word, ids, rest = ''] = match;
  const start = offset + match.index!;
  const idsStart = ids === undefined ? start : start + whole.indexOf('[') + 1;
  const restStart = start + whole.length - rest.length;
  const dash = rest.search(/(^|\s)--(\s|$)/);
  const reason =
    dash < 0
      ? undefined
      : rest
          .slice(dash)
          .replace(/^\s*--\s*/, '')
          .trim();
  const head = dash < 0 ? rest : rest.slice(0, dash);
  const until = /until=(\S+)/.exec(head);
  return {
    tool: 'tidegate',
    scope: word === 'ignore-file' ? 'file' : word === 'ignore-cell' ? 'cell' : 'statement',
    ids: splitIds(ids ?? '', idsStart),
    until:
      until === null
        ? undefined
        : {
            date: until[1]!,
            range: { start: restStart + until.index, end: restStart + until.index + until[0].length },
          },
    reason: reason === '' ? undefined : reason,
    range: { start, end: start + whole.trimEnd().length },
  };
}

function foreignDirective(tool: 'nosec' | 'noqa', match: RegExpMatchArray, offset: number): Directive {
  const [whole, ids = ''] = match;
  const start = offset + match.index!;
  const idsStart = start + whole.length - ids.length;
  return {
    tool,
    scope: 'statement',
    ids: splitIds(ids, idsStart),
    until: undefined,
    reason: undefined,
    range: { start, end: start + whole.trimEnd().length },
  };
}

function splitIds(text: string, offset: number): { id: string; range: Range }[] {
  return [...text.matchAll(/[^\s,]+/g)].map((match) => {
    const start = offset + match.index;
    return { id: match[0], range: { start, end: start + match[0].length } };
  });
}
