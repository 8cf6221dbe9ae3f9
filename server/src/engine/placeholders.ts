import type { Range, TextEdit } from '../base/range.js';

/** Characters for private use, which no document shows: they survive every operation that builds a text. */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const MARKED = /\uE000([^\uE000\uE001]*)\uE001/g;

/**
 * A value that a person has to fill in, for the new text of a `placeholder` fix. `word` says in the terms of the format what
 * belongs there (`digest`, `commit`); it is shown, selected, in its place.
 */
export function placeholder(word: string): string {
  return OPEN + word + CLOSE;
}

/** The edit with its placeholders as ranges of a plain text; itself when it has none. */
export function readPlaceholders(edit: TextEdit): TextEdit {
  const placeholders: Range[] = [];
  let newText = '';
  let at = 0;
  for (const match of edit.newText.matchAll(MARKED)) {
    newText += edit.newText.slice(at, match.index);
    placeholders.push({ start: newText.length, end: newText.length + match[1]!.length });
    newText += match[1]!;
    at = match.index + match[0].length;
  }
  if (placeholders.length === 0) return edit;
  return { range: edit.range, newText: newText + edit.newText.slice(at), placeholders };
}

/** The words of an edit that stand for values, in order. */
export function placeholderWords({ newText, placeholders = [] }: TextEdit): string[] {
  return placeholders.map(({ start, end }) => newText.slice(start, end));
}
