import type { Language } from '../base/language.js';
import type { NotebookCell } from '../facts/notebook/notebook.js';

/** What a door (editor or CLI) hands over to be checked. Paths are workspace-relative with `/`. */
export type SourceDocument =
  | { readonly path: string; readonly language: Exclude<Language, 'notebook'>; readonly text: string }
  | NotebookSource;

export interface NotebookSource {
  readonly path: string;
  readonly language: 'notebook';
  /** Raw JSON of the file; undefined when the cells come from an editor whose notebook was never saved. */
  readonly text: string | undefined;
  /** Cells as the editor has them (outputs taken from the saved file by the caller); undefined: read them from `text`. */
  readonly cells: readonly NotebookCell[] | undefined;
}
