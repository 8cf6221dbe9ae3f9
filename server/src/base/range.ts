/** A half-open span of UTF-16 code units, 0-based: `start` is inside, `end` is not. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Replaces the text of `range` by `newText`; an empty range inserts, an empty text deletes. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
  /** Ranges of `newText` that hold a word in place of a value only a person knows, in order; absent: nothing is to be filled in. */
  readonly placeholders?: readonly Range[];
}

/** 0-based line and 0-based UTF-16 column, as the Language Server Protocol counts them. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export function range(start: number, end: number): Range {
  return { start, end };
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** True when the two spans share a character, or when an empty one touches the other. */
export function overlaps(a: Range, b: Range): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
