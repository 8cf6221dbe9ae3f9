import type { Range } from '../base/range.js';

/** Lines of a statement up to the first place where a comment may stand: one line, or all lines of a long string. */
export interface Stretch {
  /** Without the line break. */
  readonly range: Range;
  /** Where the `#` of its comment stands. */
  readonly comment: number | undefined;
  /** False after a backslash, where no comment may be written. */
  readonly open: boolean;
}

/** A Python statement as its lines: what CPython's tokenizer calls a logical line. Line breaks at its end are left out. */
export interface LogicalLine {
  readonly range: Range;
  readonly stretches: readonly Stretch[];
}

/** IPython lines are no Python: a quote in them opens no string. */
const MAGIC = /[ \t]*(?:[\w.,* \t]+=[ \t]*)?[!%?][^\r\n]*/y;
const REST_OF_LINE = /[^\r\n]*/y;

const OPENING = '([{';
const CLOSING = ')]}';

/** Length of what a sticky pattern matches at `at`; 0 when it does not. */
function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** End of the string literal whose first quote is at `at`; the end of the text when it is never closed. */
function endOfString(text: string, at: number): number {
  const quote = text[at]!;
  const triple = text.startsWith(quote.repeat(3), at);
  const closing = triple ? quote.repeat(3) : quote;
  for (let i = at + closing.length; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text.startsWith(closing, i)) return i + closing.length;
    // An unfinished one-line string ends with its line, so that one typing error does not swallow the file.
    else if (!triple && (text[i] === '\n' || text[i] === '\r')) return i;
  }
  return text.length;
}

function readStretch(text: string, start: number): Stretch & { readonly depth: number } {
  let depth = 0;
  let i = start;
  for (; i < text.length && text[i] !== '\n' && text[i] !== '\r'; i++) {
    const c = text[i]!;
    if (c === '#') {
      const end = i + lengthAt(REST_OF_LINE, text, i);
      return { range: { start, end }, comment: i, open: true, depth };
    }
    if (c === '"' || c === "'") i = endOfString(text, i) - 1;
    else if (OPENING.includes(c)) depth++;
    else if (CLOSING.includes(c)) depth--;
    else if (c === '\\' && /[\r\n]/.test(text[i + 1] ?? '')) {
      return { range: { start, end: i + 1 }, comment: undefined, open: false, depth };
    }
  }
  return { range: { start, end: i }, comment: undefined, open: true, depth };
}

function readLogicalLine(text: string, start: number, magics: boolean): LogicalLine {
  const magic = magics ? lengthAt(MAGIC, text, start) : 0;
  if (magic > 0) {
    const range = { start, end: start + magic };
    return { range, stretches: [{ range, comment: undefined, open: false }] };
  }
  const stretches: Stretch[] = [];
  let depth = 0;
  let at = start;
  for (;;) {
    const stretch = readStretch(text, at);
    stretches.push(stretch);
    depth = Math.max(0, depth + stretch.depth);
    const { end } = stretch.range;
    if (end >= text.length || (depth === 0 && stretch.open)) return { range: { start, end }, stretches };
    at = afterBreak(text, end);
  }
}

function afterBreak(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
}

/**
 * The logical line that holds an offset; blank lines and comment lines count as lines of their own. `magics`: the text is
 * the source of a notebook cell. Never throws; text that is no Python gives some lines. O(length).
 */
export function logicalLineAt(text: string, offset: number, magics: boolean): LogicalLine {
  for (let start = 0; ; ) {
    const line = readLogicalLine(text, start, magics);
    if (offset <= line.range.end || line.range.end >= text.length) return line;
    start = afterBreak(text, line.range.end);
  }
}
