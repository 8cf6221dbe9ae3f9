import type { DidCloseTextDocumentParams } from 'vscode-languageserver';
import { closed } from '../document-life.js';
import type { Session } from '../session.js';

export function didClose(session: Session, { textDocument }: DidCloseTextDocumentParams): void {
  const open = session.open.get(textDocument.uri);
  if (open !== undefined) closed(session, open);
}
