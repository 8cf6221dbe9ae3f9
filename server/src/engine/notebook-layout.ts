import { LineIndex } from '../base/line-index.js';
import type { Place } from '../base/place.js';
import type { Range, TextEdit } from '../base/range.js';
import { rawEdits } from '../facts/notebook/edits.js';
import { toRaw } from '../facts/notebook/map.js';
import { notebookModule } from '../facts/notebook/module.js';
import type { Notebook, NotebookCell, NotebookModule } from '../facts/notebook/notebook.js';
import { readNotebook } from '../facts/notebook/read.js';
import type { NotebookSource } from '../workspace/source-document.js';

/** Leads between the module a notebook is checked as, its cells and its raw file. */
export class NotebookLayout {
  readonly cells: readonly NotebookCell[];
  readonly module: NotebookModule;
  readonly errors: Notebook['errors'];
  readonly #source: NotebookSource;
  #rawLines: LineIndex | undefined;
  readonly #cellLines = new Map<number, LineIndex>();

  constructor(source: NotebookSource) {
    this.#source = source;
    const read = source.cells === undefined && source.text !== undefined ? readNotebook(source.text) : undefined;
    this.cells = source.cells ?? read?.cells ?? [];
    this.errors = read?.errors ?? [];
    this.module = notebookModule(this.cells, read?.language);
  }

  /** The cell (index among all cells) that holds a module range, and the range inside its source. */
  toCell(range: Range): { readonly cell: number; readonly range: Range } {
    const at = this.#segment(range.start);
    const start = this.module.starts[at] ?? 0;
    const cell = this.module.cellIndexes[at] ?? 0;
    const length = this.cells[cell]?.source.length ?? 0;
    const clamp = (offset: number): number => Math.max(0, Math.min(offset - start, length));
    return { cell, range: { start: clamp(range.start), end: clamp(range.end) } };
  }

  /** Module range of the cell around a module offset. */
  cellRange(offset: number): Range {
    const at = this.#segment(offset);
    return { start: this.module.starts[at] ?? 0, end: this.module.starts[at + 1] ?? this.module.text.length + 1 };
  }

  /** Module range of the last line of a cell's source. */
  lastLine(cell: number): Range {
    const at = this.module.cellIndexes.indexOf(cell);
    const start = this.module.starts[at] ?? 0;
    const source = (this.cells[cell]?.source ?? '').trimEnd();
    return { start: start + source.lastIndexOf('\n') + 1, end: start + source.length };
  }

  place(range: Range): Place {
    const { path, text } = this.#source;
    const inCell = this.toCell(range);
    const lines = this.#linesOf(inCell.cell);
    const cell = {
      index: inCell.cell,
      start: lines.position(inCell.range.start),
      end: lines.position(inCell.range.end),
    };
    const map = this.cells[inCell.cell]?.map;
    const raw = map === undefined || text === undefined ? undefined : toRaw(map, inCell.range);
    if (raw === undefined || raw.length === 0) return { path, range, start: cell.start, end: cell.end, cell };
    return { ...this.rawPlace({ start: raw[0]!.start, end: raw[raw.length - 1]!.end }), cell };
  }

  /** Place of a range of the raw file. */
  rawPlace(range: Range): Place {
    this.#rawLines ??= new LineIndex(this.#source.text ?? '');
    return {
      path: this.#source.path,
      range,
      start: this.#rawLines.position(range.start),
      end: this.#rawLines.position(range.end),
    };
  }

  /** Edits of the module as edits of single cells. An edit that leaves its cell is dropped. */
  cellEdits(edits: readonly TextEdit[]): { readonly cell: number; readonly edits: readonly TextEdit[] }[] {
    const byCell = new Map<number, TextEdit[]>();
    for (const edit of edits) {
      const { cell, range } = this.toCell(edit.range);
      const list = byCell.get(cell);
      if (list === undefined) byCell.set(cell, [{ ...edit, range }]);
      else list.push({ ...edit, range });
    }
    return [...byCell].map(([cell, list]) => ({ cell, edits: list }));
  }

  /** Edits of the module as edits of the raw `.ipynb` text. */
  rawEdits(edits: readonly TextEdit[]): readonly TextEdit[] {
    const { text } = this.#source;
    if (text === undefined) return [];
    return this.cellEdits(edits).flatMap(({ cell, edits: list }) =>
      list.flatMap((edit) => rawEdits(this.cells[cell]!, edit, text)),
    );
  }

  #segment(offset: number): number {
    const { starts } = this.module;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #linesOf(cell: number): LineIndex {
    let lines = this.#cellLines.get(cell);
    if (lines === undefined) {
      lines = new LineIndex(this.cells[cell]?.source ?? '');
      this.#cellLines.set(cell, lines);
    }
    return lines;
  }
}
