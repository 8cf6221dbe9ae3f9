import { LineIndex } from '../base/line-index.js';
import type { Place } from '../base/place.js';
import type { Range } from '../base/range.js';

/** Place of a range in a text file. O(length of the text) per call; pass an index when many places are made. */
export function placeIn(path: string, text: string, range: Range, lines = new LineIndex(text)): Place {
  return { path, range, start: lines.position(range.start), end: lines.position(range.end) };
}
