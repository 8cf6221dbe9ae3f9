import type { DidChangeTextDocumentParams } from 'vscode-languageserver';
import { changed } from '../document-life.js';
import type { Session } from '../session.js';

export function didChange(session: Session, { textDocument, contentChanges }: DidChangeTextDocumentParams): void {
  const open = session.open.get(textDocument.uri);
  if (open?.kind !== 'text') return;
  session.publisher.edited(open.uri, open.change(contentChanges, textDocument.version));
  changed(session, open);
}
