import type { DidOpenNotebookDocumentParams } from 'vscode-languageserver';
import { opened } from '../document-life.js';
import { OpenNotebook } from '../open-notebook.js';
import type { Session } from '../session.js';

export function notebookDidOpen(session: Session, params: DidOpenNotebookDocumentParams): void {
  opened(session, new OpenNotebook(params));
}
