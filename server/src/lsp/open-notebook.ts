import type {
  DidChangeNotebookDocumentParams,
  DidOpenNotebookDocumentParams,
  NotebookCell,
  TextDocumentItem,
} from 'vscode-languageserver';
import type { OpenCell } from './open-cell.js';
import { type LineSpan, OpenText } from './open-text.js';
import type { SavedNotebook } from './saved-notebook.js';

/** What a change did to the cells' documents. */
export interface NotebookChange {
  readonly removed: readonly string[];
  readonly edited: readonly { readonly uri: string; readonly spans: readonly LineSpan[] }[];
}

/** A notebook as the client has it: its cells in order. */
export class OpenNotebook {
  readonly kind = 'notebook';
  readonly uri: string;
  version: number;
  revision = 0;
  /** The file as it was last saved, for the outputs; undefined when there is none or it cannot be read. */
  saved: SavedNotebook | undefined;
  #cells: readonly NotebookCell[];
  readonly #documents = new Map<string, OpenText>();

  /** @throws TypeError for a notebook without an address or cells */
  constructor(params: DidOpenNotebookDocumentParams) {
    const { uri, cells } = params.notebookDocument;
    if (typeof uri !== 'string' || !Array.isArray(cells)) throw new TypeError('not a notebook');
    this.uri = params.notebookDocument.uri;
    this.version = params.notebookDocument.version;
    this.#cells = params.notebookDocument.cells;
    this.#open(params.cellTextDocuments);
  }

  /** Cells in order. A cell whose document the client did not open has an empty one, so that counting stays right. */
  get cells(): readonly OpenCell[] {
    return this.#cells.map((cell) => ({ cell, document: this.#document(cell.document) }));
  }

  has(cellUri: string): boolean {
    return this.#cells.some((cell) => cell.document === cellUri);
  }

  change(params: DidChangeNotebookDocumentParams): NotebookChange {
    this.version = params.notebookDocument.version;
    this.revision++;
    const changed = params.change.cells;
    const before = this.#cells.map((cell) => cell.document);
    if (changed?.structure !== undefined) {
      const { array, didOpen, didClose } = changed.structure;
      this.#cells = this.#cells.toSpliced(array.start, array.deleteCount, ...(array.cells ?? []));
      // A moved cell may be closed and opened again in one change.
      for (const { uri } of didClose ?? []) this.#documents.delete(uri);
      this.#open(didOpen ?? []);
    }
    const replaced = new Map((changed?.data ?? []).map((cell) => [cell.document, cell]));
    if (replaced.size > 0) this.#cells = this.#cells.map((cell) => replaced.get(cell.document) ?? cell);
    const edited = (changed?.textContent ?? []).map(({ document, changes }) => ({
      uri: document.uri,
      spans: this.#document(document.uri).change(changes, document.version),
    }));
    const after = new Set(this.#cells.map((cell) => cell.document));
    return { removed: before.filter((uri) => !after.has(uri)), edited };
  }

  #open(items: readonly TextDocumentItem[]): void {
    for (const item of items) this.#documents.set(item.uri, new OpenText(item));
  }

  #document(uri: string): OpenText {
    const known = this.#documents.get(uri);
    if (known !== undefined) return known;
    const empty = new OpenText({ uri, languageId: 'plaintext', version: 0, text: '' });
    this.#documents.set(uri, empty);
    return empty;
  }
}
