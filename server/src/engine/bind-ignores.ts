import type { Range } from '../base/range.js';
import type { IgnoreFact, RuleNames } from './ignore.js';
import { type Directive, directivesIn } from './ignore-comments.js';
import { innermostStatement } from './innermost-statement.js';

/** Lines from the top in which `ignore-file` counts. */
const FILE_DIRECTIVE_LINES = 20;

/** An ignore comment and the part of the document it covers. */
export interface BoundDirective {
  readonly directive: Directive;
  readonly target: Range;
  readonly removal: Range;
  readonly used: Set<string>;
}

/**
 * Finds the ignore comments of a document and what they cover: at the end of a line the logical statement that ends or
 * sits there, on a line of its own the next statement. O(comments × log statements).
 */
export function bindIgnores(
  text: string,
  comments: () => readonly Range[],
  statements: () => readonly Range[],
  foreign: readonly ('nosec' | 'noqa')[],
  cellOf?: (offset: number) => Range,
): readonly BoundDirective[] {
  const bound: BoundDirective[] = [];
  for (const comment of comments()) {
    for (const directive of directivesIn(text.slice(comment.start, comment.end), comment.start, foreign)) {
      const target = targetOf(text, directive, comment, statements(), cellOf);
      if (target !== undefined)
        bound.push({ directive, target, removal: removalOf(text, directive.range, comment), used: new Set() });
    }
  }
  return bound;
}

function targetOf(
  text: string,
  directive: Directive,
  comment: Range,
  statements: readonly Range[],
  cellOf: ((offset: number) => Range) | undefined,
): Range | undefined {
  if (directive.scope === 'file') {
    const line = text.slice(0, directive.range.start).split('\n').length;
    return line <= FILE_DIRECTIVE_LINES ? { start: 0, end: text.length + 1 } : { start: 0, end: 0 };
  }
  if (directive.scope === 'cell') return cellOf?.(directive.range.start) ?? { start: 0, end: 0 };
  const lineStart = text.lastIndexOf('\n', comment.start - 1) + 1;
  const before = text.slice(lineStart, comment.start);
  if (before.trim() !== '') {
    const lastCode = lineStart + before.trimEnd().length - 1;
    return innermostStatement(statements, lastCode) ?? { start: lineStart, end: comment.start };
  }
  return (
    innermostStatement(statements, comment.start) ?? statements.find((statement) => statement.start >= comment.end)
  );
}

/** The comment with the blanks before it; the whole line when nothing else is there; only the directive when other text is. */
function removalOf(text: string, directive: Range, comment: Range): Range {
  const rest = text.slice(comment.start, directive.start) + text.slice(directive.end, comment.end);
  if (rest.replace(/[#\s]/g, '') !== '') return directive;
  const lineStart = text.lastIndexOf('\n', comment.start - 1) + 1;
  const before = text.slice(lineStart, comment.start);
  if (before.trim() !== '') return { start: lineStart + before.trimEnd().length, end: comment.end };
  const newline = text.indexOf('\n', comment.end);
  return { start: lineStart, end: newline < 0 ? comment.end : newline + 1 };
}

/** A directive as the ignore rules see it. */
export function ignoreFact(bound: BoundDirective, names: RuleNames, today: string): IgnoreFact {
  const { directive, target, removal, used } = bound;
  return {
    kind: 'ignore',
    tool: directive.tool,
    scope: directive.scope,
    ids: directive.ids.map(({ id, range }) => {
      const known = names.known(id);
      const closest = known || directive.tool !== 'tidegate' ? undefined : names.closest(id);
      return { id, range, known, enabled: names.enabled(id), used: used.has(id), closest };
    }),
    until: directive.until === undefined ? undefined : { ...directive.until, expired: isExpired(directive, today) },
    reason: directive.reason,
    range: directive.range,
    removal,
    target,
  };
}

/** An unreadable date counts as expired: the ignore must not last for ever by a slip of the pen. */
export function isExpired(directive: Directive, today: string): boolean {
  if (directive.until === undefined) return false;
  const { date } = directive.until;
  return !/^\d{4}-\d{2}-\d{2}$/.test(date) || date < today;
}
