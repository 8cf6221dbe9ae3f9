import type { DidOpenTextDocumentParams } from 'vscode-languageserver';
import { opened } from '../document-life.js';
import { OpenText } from '../open-text.js';
import type { Session } from '../session.js';

export function didOpen(session: Session, { textDocument }: DidOpenTextDocumentParams): void {
  opened(session, new OpenText(textDocument));
}
