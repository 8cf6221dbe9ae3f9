import type { DidChangeNotebookDocumentParams } from 'vscode-languageserver';
import { changed } from '../document-life.js';
import type { Session } from '../session.js';

/** Text, order and metadata of cells. A cell that is gone takes what it showed with it. */
export function notebookDidChange(session: Session, params: DidChangeNotebookDocumentParams): void {
  const open = session.open.get(params.notebookDocument.uri);
  if (open?.kind !== 'notebook') return;
  const { removed, edited } = open.change(params);
  for (const uri of removed) session.publisher.clear(uri);
  for (const { uri, spans } of edited) session.publisher.edited(uri, spans);
  changed(session, open);
}
