import { NotebookLayout } from '../engine/notebook-layout.js';
import type { FileSystem } from '../workspace/file-system.js';
import type { NotebookSource } from '../workspace/source-document.js';
import type { OpenCell } from './open-cell.js';

type Cell = NonNullable<NotebookSource['cells']>[number];

/** A notebook as its file has it. Clients do not send outputs, so they are taken from here. */
export interface SavedNotebook {
  readonly text: string;
  readonly cells: readonly Cell[];
}

/** Reads a notebook's file; undefined when it cannot be read. */
export function readSaved(files: FileSystem, path: string): SavedNotebook | undefined {
  const file = files.read(path);
  if (!('text' in file)) return undefined;
  const layout = new NotebookLayout({ path, language: 'notebook', text: file.text, cells: undefined });
  return { text: file.text, cells: layout.cells };
}

const PYTHON = /^(python|ipython)/i;

function kindOf({ cell, document }: OpenCell): Cell['kind'] {
  // NotebookCellKind.Markup is 1. Code in other languages is not read as Python.
  if (cell.kind === 1) return 'markdown';
  return PYTHON.test(document.languageId) ? 'code' : 'raw';
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Ignores in a cell's metadata. VS Code puts the metadata of the file one level down. */
function ignoresOf(metadata: unknown): Cell['ignores'] {
  const own = member(member(metadata, 'tidegate') ?? member(member(metadata, 'metadata'), 'tidegate'), 'ignore');
  if (!Array.isArray(own)) return [];
  return own.map((item: unknown) => {
    const rules = member(item, 'rules');
    return {
      rules: Array.isArray(rules) ? rules.filter((rule) => typeof rule === 'string') : [],
      reason: text(member(item, 'reason')),
      until: text(member(item, 'until')),
    };
  });
}

/** The saved form of a cell: by id; without ids by place and source, then by source alone. Each is given out once. */
class SavedCells {
  readonly #left: Set<Cell>;
  readonly #all: readonly Cell[];

  constructor(saved: SavedNotebook | undefined) {
    this.#all = saved?.cells ?? [];
    this.#left = new Set(this.#all);
  }

  take(id: string | undefined, index: number, source: string): Cell | undefined {
    const inPlace = this.#all[index];
    const found =
      id === undefined
        ? inPlace?.source === source && this.#left.has(inPlace)
          ? inPlace
          : [...this.#left].find((cell) => cell.source === source)
        : [...this.#left].find((cell) => cell.id === id);
    if (found !== undefined) this.#left.delete(found);
    return found;
  }
}

/** The cells an editor shows, with the outputs of the saved file. */
export function cellsOf(cells: readonly OpenCell[], saved: SavedNotebook | undefined): readonly Cell[] {
  const savedCells = new SavedCells(saved);
  return cells.map((open, index) => {
    const source = open.document.text;
    const id = text(member(open.cell.metadata, 'id'));
    const file = savedCells.take(id, index, source);
    return {
      index,
      kind: kindOf(open),
      id,
      source,
      map: undefined,
      outputs: file?.outputs ?? [],
      outputsRange: file?.outputsRange,
      ignores: ignoresOf(open.cell.metadata),
    };
  });
}
