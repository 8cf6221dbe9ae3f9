import type { Range, TextEdit } from '../../base/range.js';
import { escapeForJson } from '../../syntax/json/strings.js';
import { rawOffset, segmentAt, toRaw } from './map.js';
import type { NotebookCell, TextMap } from './notebook.js';

export { escapeForJson } from '../../syntax/json/strings.js';

const BLANKS = ' \t\r\n';

/**
 * Turns an edit of a cell's source into edits of the raw notebook file. What is deleted from several strings of the
 * source list becomes one edit each; inserted text is escaped, and split at line breaks where the list has a line per
 * string, as Jupyter writes it. The file stays valid JSON and no other character of the source changes. Empty when the
 * cell did not come from a file.
 *
 * @param edit offsets in `cell.source`
 * @param alone no other edit of this cell is applied with it: strings that lose all their text then leave the list too
 */
export function rawEdits(cell: NotebookCell, edit: TextEdit, rawText: string, alone = false): TextEdit[] {
  const { map } = cell;
  if (map === undefined || map.decoded.length === 0) return [];
  if (map.decoded.length === 1 && rawText[map.raw[0]! - 1] === '[') return insertIntoEmptyList(map, edit.newText);
  const start = Math.max(0, Math.min(edit.range.start, cell.source.length));
  const end = Math.max(start, Math.min(edit.range.end, cell.source.length));
  const at = rawOffset(map, start);
  const places = toRaw(map, { start, end });
  const newText = insertion(map, start, edit.newText, rawText, start === end ? at : places[0]!.end);
  if (start === end) return newText === '' ? [] : [{ range: { start: at, end: at }, newText }];
  return places.map((range, index) => {
    const inserted = index === 0 ? newText : '';
    return { range: alone && inserted === '' ? withItsString(range, rawText) : range, newText: inserted };
  });
}

/** Widens a deletion of all that a string of the list holds to the string itself, when another string follows it. */
function withItsString(range: Range, rawText: string): Range {
  if (rawText[range.start - 1] !== '"' || rawText[range.end] !== '"') return range;
  const comma = skipBlanks(rawText, range.end + 1);
  if (rawText[comma] !== ',') return range;
  const next = skipBlanks(rawText, comma + 1);
  return rawText[next] === '"' && opensItem(rawText, range.start - 1) ? { start: range.start - 1, end: next } : range;
}

/** Whether the quote at an offset opens an item of a list: in a source written as one string nothing may be dropped. */
function opensItem(rawText: string, quote: number): boolean {
  let at = quote;
  while (at > 0 && BLANKS.includes(rawText[at - 1]!)) at--;
  return rawText[at - 1] === '[' || rawText[at - 1] === ',';
}

function skipBlanks(rawText: string, from: number): number {
  let at = from;
  while (at < rawText.length && BLANKS.includes(rawText[at]!)) at++;
  return at;
}

function insertIntoEmptyList(map: TextMap, text: string): TextEdit[] {
  if (text === '') return [];
  const at = map.raw[0]!;
  return [{ range: { start: at, end: at }, newText: `"${escapeForJson(text)}"` }];
}

/** `behind`: raw offset of what follows the inserted text in its string. */
function insertion(map: TextMap, offset: number, text: string, rawText: string, behind: number): string {
  const separator = separatorAt(map, offset, rawText);
  if (separator === undefined) return escapeForJson(text);
  const lines = text
    .split(/(?<=\n)(?!$)/)
    .map(escapeForJson)
    .join(separator);
  return text.endsWith('\n') && rawText[behind] !== '"' ? lines + separator : lines;
}

/** What stands between two strings of the source list at an offset, or undefined for a source without lines of its own. */
function separatorAt(map: TextMap, offset: number, rawText: string): string | undefined {
  let first = Math.max(0, segmentAt(map, offset));
  if (first === map.decoded.length - 1 && first > 0) first--;
  while (first > 0 && map.decoded[first - 1] !== map.decoded[first]) first--;
  const quote = map.raw[first]! - 1;
  if (rawText[quote] !== '"') return undefined;
  let gap = quote;
  while (gap > 0 && BLANKS.includes(rawText[gap - 1]!)) gap--;
  const blanks = rawText.slice(gap, quote);
  const inList = rawText[gap - 1] === '[' || rawText[gap - 1] === ',';
  return inList && blanks.includes('\n') && blanks.length < 200 ? `",${blanks}"` : undefined;
}
