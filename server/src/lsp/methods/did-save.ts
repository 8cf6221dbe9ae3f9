import type { DidSaveTextDocumentParams } from 'vscode-languageserver';
import { saved } from '../document-life.js';
import type { Session } from '../session.js';

export function didSave(session: Session, { textDocument }: DidSaveTextDocumentParams): void {
  const open = session.open.get(textDocument.uri);
  if (open !== undefined) saved(session, open);
}
