import type { DidCloseNotebookDocumentParams } from 'vscode-languageserver';
import { closed } from '../document-life.js';
import type { Session } from '../session.js';

export function notebookDidClose(session: Session, { notebookDocument }: DidCloseNotebookDocumentParams): void {
  const open = session.open.get(notebookDocument.uri);
  if (open !== undefined) closed(session, open);
}
