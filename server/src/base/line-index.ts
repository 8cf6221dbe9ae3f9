import type { Position, Range } from './range.js';

/** Converts offsets to lines and back. `\n`, `\r\n` and a lone `\r` end a line. O(n) to build, O(log n) to ask. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) this.#starts.push(i + 1);
    }
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** 0-based line of an offset; offsets outside the text are clamped. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Offset of a line's first character; lines past the end give the end of the text. */
  startOf(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  position(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#length));
    const line = this.lineAt(clamped);
    return { line, character: clamped - this.startOf(line) };
  }

  /** Offset of a position; a column past its line is clamped to the start of the next line. */
  offset(position: Position): number {
    return Math.min(this.startOf(position.line) + position.character, this.startOf(position.line + 1));
  }

  /** The whole line at an offset, its line break included. */
  lineRange(offset: number): Range {
    const line = this.lineAt(offset);
    return { start: this.startOf(line), end: this.startOf(line + 1) };
  }
}
