import type { TextEdit as LspTextEdit, SnippetTextEdit } from 'vscode-languageserver';
import type { LineIndex } from '../base/line-index.js';
import { overlaps, type Range, type TextEdit } from '../base/range.js';
import { toLspRange } from './convert.js';

/** What stands for something else in a snippet: `$`, `}` and the backslash itself. */
function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A text as a snippet, its placeholders numbered from `first`. */
function snippetOf({ newText, placeholders = [] }: TextEdit, first: number): string {
  let value = '';
  let at = 0;
  placeholders.forEach(({ start, end }, index) => {
    value += `${escaped(newText.slice(at, start))}\${${first + index}:${escaped(newText.slice(start, end))}}`;
    at = end;
  });
  return value + escaped(newText.slice(at));
}

/**
 * Editors indent the lines of a snippet like the line it is put into, as far as the place of insertion. Our lines are indented
 * already, so the edit takes in the line from its start, where nothing is added.
 */
function fromLineStart(edit: TextEdit, text: string, lines: LineIndex): TextEdit {
  const { start } = lines.lineRange(edit.range.start);
  const before = text.slice(start, edit.range.start);
  if (before === '' || !/[\r\n]/.test(edit.newText)) return edit;
  const shifted = (range: Range): Range => ({ start: range.start + before.length, end: range.end + before.length });
  return {
    range: { start, end: edit.range.end },
    newText: before + edit.newText,
    ...(edit.placeholders === undefined ? {} : { placeholders: edit.placeholders.map(shifted) }),
  };
}

/**
 * Edits of a document in which the user types over the placeholders one after the other; undefined when they cannot be told
 * apart any more once each of them starts its line.
 */
export function toSnippetEdits(
  edits: readonly TextEdit[],
  text: string,
  lines: LineIndex,
): (LspTextEdit | SnippetTextEdit)[] | undefined {
  const whole = edits.map((edit) => fromLineStart(edit, text, lines)).sort((a, b) => a.range.start - b.range.start);
  if (whole.some((edit, index) => index > 0 && overlaps(whole[index - 1]!.range, edit.range))) return undefined;
  let next = 1;
  return whole.map((edit) => {
    const range = toLspRange(edit.range, lines);
    if (edit.placeholders === undefined) return { range, newText: edit.newText };
    const value = snippetOf(edit, next);
    next += edit.placeholders.length;
    return { range, snippet: { kind: 'snippet', value } };
  });
}
