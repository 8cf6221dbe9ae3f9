import type { NotebookCell } from 'vscode-languageserver';
import type { OpenText } from './open-text.js';

/** A cell as the client has it. */
export interface OpenCell {
  readonly document: OpenText;
  readonly cell: NotebookCell;
}
