import type { Frame } from './run-report.js';
import { columnsOf, printable } from './terminal-text.js';

/** Longest part of a source line that is shown, in characters. */
const MAX_LINE = 160;
/** Characters kept in front of the marked part when a line is cut. */
const LEAD = 40;

export interface FrameColours {
  readonly dim: (text: string) => string;
  readonly mark: (text: string) => string;
}

/**
 * The lines around a place with `^` below the marked part. `hide` masks what must not be shown; it keeps the length of a
 * line.
 */
export function codeFrame(frame: Frame, colours: FrameColours, hide: (line: string) => string): readonly string[] {
  const { lines, start, end } = frame;
  const marked = lines[start.line];
  if (marked === undefined) return [];
  const first = Math.max(0, start.line - 1);
  const last = Math.min(lines.length - 1, start.line + 1);
  const width = String(last + 1).length + 2;
  const gutter = (label: string) => colours.dim(`${label.padStart(width)} | `);
  const to = end.line === start.line ? end.character : marked.length;
  const result: string[] = [];
  for (let line = first; line <= last; line++) {
    const text = hide(lines[line]!);
    if (line !== start.line) {
      if (text.trim() !== '') result.push(gutter(String(line + 1)) + colours.dim(cut(printable(text), 0).text));
      continue;
    }
    const { text: shown, from } = cut(text, start.character);
    const before = printable(shown.slice(0, Math.max(0, start.character - from)));
    const inside = printable(shown.slice(Math.max(0, start.character - from), Math.max(0, to - from)));
    result.push(gutter(String(line + 1)) + printable(shown).trimEnd());
    const marks = '^'.repeat(Math.max(1, columnsOf(inside)));
    result.push(gutter('') + ' '.repeat(columnsOf(before)) + colours.mark(marks));
  }
  return result;
}

/** Cuts a long line around a column; `from` is the column of the first character, `…` counts as part of the text. */
function cut(line: string, column: number): { readonly text: string; readonly from: number } {
  if (line.length <= MAX_LINE) return { text: line, from: 0 };
  const from = Math.max(0, column - LEAD);
  const head = from > 0 ? '…' : '';
  const tail = from + MAX_LINE < line.length ? '…' : '';
  return { text: head + line.slice(from, from + MAX_LINE) + tail, from: from - head.length };
}
