import type { Position, Range } from './range.js';

/** A span in a file, with the lines a person sees. Paths are workspace-relative with `/`. */
export interface Place {
  readonly path: string;
  /** Offsets in the document's text as it was given to the check (a notebook file: the raw JSON). */
  readonly range: Range;
  readonly start: Position;
  readonly end: Position;
  /** Notebooks: the cell (0-based among all cells) and the position inside its source. */
  readonly cell?: { readonly index: number; readonly start: Position; readonly end: Position };
}
