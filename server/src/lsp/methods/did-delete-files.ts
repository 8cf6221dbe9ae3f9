import type { DeleteFilesParams } from 'vscode-languageserver';
import { affected, forget } from '../document-life.js';
import type { Session } from '../session.js';

export function didDeleteFiles(session: Session, { files }: DeleteFilesParams): void {
  for (const { uri } of files) {
    const folder = session.folders.of(uri);
    if (folder.uri === undefined) continue;
    const path = folder.pathOf(uri);
    const widely = folder.workspace.invalidate(path);
    forget(session, folder, path);
    if (widely) affected(session, folder);
  }
}
