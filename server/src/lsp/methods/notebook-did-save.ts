import type { DidSaveNotebookDocumentParams } from 'vscode-languageserver';
import { saved } from '../document-life.js';
import type { Session } from '../session.js';

export function notebookDidSave(session: Session, { notebookDocument }: DidSaveNotebookDocumentParams): void {
  const open = session.open.get(notebookDocument.uri);
  if (open !== undefined) saved(session, open);
}
