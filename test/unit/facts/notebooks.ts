import { expect } from 'vitest';
import type { TextEdit } from '../../../server/src/base/range.js';
import { rawEdits } from '../../../server/src/facts/notebook/edits.js';
import { readNotebook } from '../../../server/src/facts/notebook/read.js';

/** A notebook with one code cell, its source written as given; `ascii` escapes every other character as Python does. */
export function notebookText(source: string | readonly string[], ascii: boolean, indent: number): string {
  const text = JSON.stringify({ cells: [{ cell_type: 'code', source }] }, null, indent);
  if (!ascii) return text;
  return text.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const { range, newText } of [...edits].sort((a, b) => b.range.start - a.range.start)) {
    result = result.slice(0, range.start) + newText + result.slice(range.end);
  }
  return result;
}

/** Applies an edit of a cell's source to the raw file; the file must then hold exactly the edited source. */
export function expectSameSource(text: string, cell: number, edit: TextEdit, alone = true): string {
  const before = readNotebook(text).cells[cell]!;
  const expected = before.source.slice(0, edit.range.start) + edit.newText + before.source.slice(edit.range.end);
  const edited = applyEdits(text, rawEdits(before, edit, text, alone));
  const written = (JSON.parse(edited) as { cells: { source: string | string[] }[] }).cells[cell]!.source;
  expect(Array.isArray(written) ? written.join('') : written).toBe(expected);
  expect(readNotebook(edited).cells[cell]!.source).toBe(expected);
  return edited;
}
