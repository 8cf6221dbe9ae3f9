import type { Range } from '../../base/range.js';
import type { JsonNode } from '../../syntax/json/parse.js';
import { decodeString } from '../../syntax/json/strings.js';
import type { TextMap } from './notebook.js';

/**
 * Joins the JSON strings of a value (one string, or a list of strings) and maps the result to the raw file.
 *
 * A map holds, for each string, one entry per run without escapes and one per escape, then an entry of no length at the
 * string's closing quote. An empty list maps offset 0 to the place behind its `[`.
 *
 * @param joint decoded text between two strings of a list that stands nowhere in the file (tracebacks: a line break)
 */
export function mapStrings(node: JsonNode, raw: string, joint = ''): { text: string; map: TextMap } {
  const map = { decoded: [] as number[], raw: [] as number[] };
  const parts: string[] = [];
  let length = 0;
  const strings = node.kind === 'array' ? node.children.filter((child) => child.kind === 'string') : [node];
  for (const [index, string] of strings.entries()) {
    const closed = string.end - string.start >= 2 && raw[string.end - 1] === '"';
    const end = closed ? string.end - 1 : string.end;
    if (index > 0 && joint !== '') {
      parts.push(joint);
      length += joint.length;
    }
    const text = decodeString(raw, string.start + 1, end, length, map.decoded, map.raw);
    parts.push(text);
    length += text.length;
    map.decoded.push(length);
    map.raw.push(end);
  }
  if (strings.length === 0) {
    map.decoded.push(0);
    map.raw.push(node.start + 1);
  }
  return { text: parts.join(''), map };
}

/** A map for text that stands in the raw file as it is. */
export function identityMap(start: number, length: number): TextMap {
  return { decoded: [0, length], raw: [start, start + length] };
}

/** Raw offset of the character at a decoded offset; the end of the text gives the end of the last string. O(log n). */
export function rawOffset(map: TextMap, offset: number): number {
  const index = segmentAt(map, offset);
  return index < 0 ? 0 : map.raw[index]! + within(map, index, offset);
}

/**
 * The raw places of a span of decoded text: one for each string of the list it touches, in order. An empty span gives
 * one empty place. O(log n + result).
 */
export function toRaw(map: TextMap, range: Range): Range[] {
  if (range.start >= range.end) {
    const at = rawOffset(map, range.start);
    return [{ start: at, end: at }];
  }
  const places: { start: number; end: number }[] = [];
  for (let i = Math.max(0, segmentAt(map, range.start)); i + 1 < map.decoded.length; i++) {
    const from = Math.max(range.start, map.decoded[i]!);
    if (map.decoded[i]! >= range.end) break;
    const to = Math.min(range.end, map.decoded[i + 1]!);
    if (to <= from) continue;
    const start = map.raw[i]! + within(map, i, from);
    const end = to === map.decoded[i + 1] ? map.raw[i + 1]! : map.raw[i]! + to - map.decoded[i]!;
    const last = places.at(-1);
    if (last !== undefined && last.end === start) last.end = Math.max(start, end);
    else places.push({ start, end: Math.max(start, end) });
  }
  return places;
}

/** Decoded offset of a raw offset; a place between strings gives the start of the next one. O(log n). */
export function decodedOffset(map: TextMap, raw: number): number {
  const index = lastAtMost(map.raw, raw);
  if (index < 0) return 0;
  const next = map.decoded[index + 1] ?? map.decoded[index]!;
  return Math.min(map.decoded[index]! + raw - map.raw[index]!, next);
}

/** Index of the last segment that starts at or before a decoded offset; -1 for an empty map. */
export function segmentAt(map: TextMap, offset: number): number {
  return lastAtMost(map.decoded, offset);
}

function within(map: TextMap, index: number, offset: number): number {
  const next = map.decoded[index + 1];
  return next === undefined ? 0 : Math.max(0, Math.min(offset, next) - map.decoded[index]!);
}

function lastAtMost(sorted: readonly number[], value: number): number {
  let low = -1;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
