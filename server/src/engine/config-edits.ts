import type { Range, TextEdit } from '../base/range.js';
import type { ConfigEntry } from '../facts/config/entry.js';
import { deleteLines, insert, replace } from './edits.js';

/*
 * Edits of maps and lists of YAML, JSON and TOML documents, in block and in flow style. Each gives no edits where it cannot be
 * sure of the style: an alias, a merge, a list item on the line of its map. `text` is the text the ranges refer to.
 */

/** A key with its value in the syntax of the document, or with keys of its own. */
export type NewValue = string | readonly (readonly [key: string, value: NewValue])[];

/**
 * Adds a key behind the last one of a map, indented like its siblings; below a key without a value, a map of its own. In flow
 * style and JSON it stays on the line of the last entry, or takes a line of its own when the entries have theirs.
 */
export function addEntry(text: string, map: ConfigEntry, key: string, value: NewValue): TextEdit[] {
  if (map.alias !== undefined || map.kind === 'list') return [];
  const last = map.children[map.children.length - 1];
  if (map.kind === 'scalar') return map.value === null ? below(text, map, key, value) : [];
  if (map.flow) return insertFlow(text, map, `${flowKey(text, map, key)}: ${flowValue(text, map, value)}`);
  if (last?.keyRange === undefined) return [];
  const line = endOfEntry(text, last);
  const column = columnOf(text, last.keyRange.start);
  const end = lineBreak(text);
  return insertLines(text, line, blockLines(key, value, column).join(end));
}

/** Deletes an entry: its lines in block style, itself and its comma in flow style. The last key of a block map stays. */
export function removeEntry(text: string, entry: ConfigEntry): TextEdit[] {
  const { parent } = entry;
  if (parent === undefined) return [];
  if (parent.flow) return removeFlow(text, entry, parent);
  // A map without keys is another value.
  if (parent.children.length < 2 && parent.parent !== undefined) return [];
  const lineStart = text.lastIndexOf('\n', entry.range.start - 1) + 1;
  const before = text.slice(lineStart, entry.range.start);
  if (/^\s*(?:-\s+)?$/.test(before) && entry.key === undefined) return deleteLines(text, entry.range);
  if (before.trim() === '') return deleteLines(text, { start: entry.range.start, end: endOfEntry(text, entry) });
  // `- name: x` on the line of the list item: the next key takes its place.
  const next = parent.children[parent.children.indexOf(entry) + 1];
  if (next?.keyRange === undefined || !/^\s*-\s+$/.test(before)) return [];
  return replace({ start: entry.range.start, end: next.keyRange.start }, '');
}

/** Deletes an item of a list, and the list with its last one. */
export function removeItem(text: string, item: ConfigEntry): TextEdit[] {
  const list = item.parent;
  return removeEntry(text, list !== undefined && list.children.length === 1 ? list : item);
}

/** Adds an item behind the last one of a list. `value` is written as it is; a block item may have several lines. */
export function addItem(text: string, list: ConfigEntry, value: string): TextEdit[] {
  if (list.alias !== undefined || list.kind !== 'list') return [];
  if (list.flow) return insertFlow(text, list, value);
  const last = list.children[list.children.length - 1];
  if (last === undefined) return [];
  const dash = text.lastIndexOf('-', last.range.start);
  if (dash < 0 || text.slice(dash + 1, last.range.start).trim() !== '') return [];
  const column = columnOf(text, dash);
  const end = lineBreak(text);
  const lines = value.split('\n').map((line, i) => `${' '.repeat(column)}${i === 0 ? '- ' : '  '}${line}`);
  return insertLines(text, endOfEntry(text, last), lines.join(end));
}

/** Replaces the key and value of an entry by others; in block style the value may have keys of its own. */
export function replaceEntry(text: string, entry: ConfigEntry, key: string, value: NewValue): TextEdit[] {
  if (entry.keyRange === undefined || entry.parent === undefined) return [];
  if (entry.parent.flow)
    return replace(entry.range, `${flowKey(text, entry.parent, key)}: ${flowValue(text, entry.parent, value)}`);
  const column = columnOf(text, entry.keyRange.start);
  return replace(entry.range, blockLines(key, value, column).join(lineBreak(text)).trimStart());
}

function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** End of the line an entry ends on: comments behind it belong to it. Block scalars end with their last line. */
function endOfEntry(text: string, entry: ConfigEntry): number {
  let { end } = entry.range;
  while (end > entry.range.start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  const newline = text.indexOf('\n', end);
  if (newline < 0) return text.length;
  return text[newline - 1] === '\r' ? newline - 1 : newline;
}

function insertLines(text: string, lineEnd: number, lines: string): TextEdit[] {
  return insert(lineEnd, lineBreak(text) + lines);
}

function blockLines(key: string, value: NewValue, column: number): string[] {
  const indent = ' '.repeat(column);
  if (typeof value === 'string') {
    const [first, ...rest] = value.split('\n');
    return [`${indent}${key}: ${first}`.trimEnd(), ...rest.map((line) => `${indent}${line}`)];
  }
  return [`${indent}${key}:`, ...value.flatMap(([k, v]) => blockLines(k, v, column + 2))];
}

/** A key without a value: `spec:`. */
function below(text: string, entry: ConfigEntry, key: string, value: NewValue): TextEdit[] {
  if (entry.keyRange === undefined || entry.valueRange.start !== entry.valueRange.end || entry.parent?.flow === true)
    return [];
  const column = columnOf(text, entry.keyRange.start) + 2;
  return insertLines(text, endOfEntry(text, entry), blockLines(key, value, column).join(lineBreak(text)));
}

/** JSON keys stand in quotes; so do keys beside others in quotes. */
function flowKey(text: string, map: ConfigEntry, key: string): string {
  const sibling = map.children[0]?.keyRange;
  return sibling === undefined || text[sibling.start] !== '"' ? key : `"${key}"`;
}

function flowValue(text: string, map: ConfigEntry, value: NewValue): string {
  if (typeof value === 'string') return value;
  return `{${value.map(([k, v]) => `${flowKey(text, map, k)}: ${flowValue(text, map, v)}`).join(', ')}}`;
}

function insertFlow(text: string, parent: ConfigEntry, written: string): TextEdit[] {
  const last = parent.children[parent.children.length - 1];
  const { start, end } = parent.valueRange;
  if (last === undefined)
    return text.slice(start + 1, end - 1).trim() === '' ? replace({ start: start + 1, end: end - 1 }, written) : [];
  const lineStart = text.lastIndexOf('\n', last.range.start - 1) + 1;
  const ownLine = /^\s*$/.test(text.slice(lineStart, last.range.start)) && lineStart > start;
  const tail = text.slice(last.range.end, end - 1);
  const comma = /^\s*,/.exec(tail);
  const at = last.range.end + (comma?.[0].length ?? 0);
  const space = ownLine ? lineBreak(text) + text.slice(lineStart, last.range.start) : ' ';
  return insert(at, `${comma === null ? ',' : ''}${space}${written}${comma !== null && ownLine ? ',' : ''}`);
}

function removeFlow(text: string, entry: ConfigEntry, parent: ConfigEntry): TextEdit[] {
  const at = parent.children.indexOf(entry);
  const next = parent.children[at + 1];
  const previous = parent.children[at - 1];
  if (next !== undefined) return replace({ start: entry.range.start, end: next.range.start }, '');
  const range: Range = previous === undefined ? entry.range : { start: previous.range.end, end: entry.range.end };
  return text.slice(range.start, range.end).includes('#') ? [] : replace(range, '');
}
