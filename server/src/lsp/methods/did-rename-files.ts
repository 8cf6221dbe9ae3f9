import type { RenameFilesParams } from 'vscode-languageserver';
import { languageOf } from '../../base/language.js';
import { affected, forget } from '../document-life.js';
import type { Session } from '../session.js';

/** Results move with files, and with folders: the old addresses are cleared, the new ones checked where all files are. */
export function didRenameFiles(session: Session, { files }: RenameFilesParams): void {
  for (const { oldUri, newUri } of files) {
    const from = session.folders.of(oldUri);
    const to = session.folders.of(newUri);
    const path = to.pathOf(newUri);
    const left = from.uri !== undefined && from.workspace.invalidate(from.pathOf(oldUri));
    const arrived = to.uri !== undefined && to.workspace.invalidate(path);
    const shown = from.shown.has(from.pathOf(oldUri));
    if (from.uri !== undefined) forget(session, from, from.pathOf(oldUri));
    if (to.uri !== undefined && (to.covered || shown)) {
      const single = languageOf(path) !== undefined;
      const paths = single ? [path] : to.workspace.listFiles(path).files.map((file) => file.path);
      for (const moved of paths) session.queue.addLater(to.task(moved));
    }
    if (left) affected(session, from);
    if (arrived && to !== from) affected(session, to);
  }
}
