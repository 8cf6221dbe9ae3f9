import { type DidChangeWatchedFilesParams, FileChangeType } from 'vscode-languageserver';
import { languageOf } from '../../base/language.js';
import { affected, forget, loadSaved } from '../document-life.js';
import type { Folder } from '../folder.js';
import type { Session } from '../session.js';

function changedOnDisk(session: Session, folder: Folder, path: string, type: FileChangeType): void {
  const open = session.openAt(folder, path);
  if (open?.kind === 'notebook') {
    loadSaved(session, open);
    open.revision++;
    if (folder.settings.run !== 'manual') session.queue.add(open.uri);
  } else if (open === undefined && type === FileChangeType.Deleted) {
    forget(session, folder, path);
  } else if (open === undefined && languageOf(path) !== undefined && (folder.covered || folder.shown.has(path))) {
    session.queue.addLater(folder.task(path));
  }
}

/** A folder that vanished is reported by itself, without its files: what is shown has to be still there. */
function forgetVanished(session: Session, folder: Folder): void {
  for (const [path, findings] of folder.shown) {
    if (findings > 0 && folder.files.size(path) === undefined) forget(session, folder, path);
  }
}

export function didChangeWatchedFiles(session: Session, { changes }: DidChangeWatchedFilesParams): void {
  const folders = new Set<Folder>();
  const widely = new Set<Folder>();
  for (const { uri, type } of changes) {
    const folder = session.folders.of(uri);
    if (folder.uri === undefined) continue;
    folders.add(folder);
    const path = folder.pathOf(uri);
    if (folder.workspace.invalidate(path)) widely.add(folder);
    changedOnDisk(session, folder, path, type);
  }
  for (const folder of folders) forgetVanished(session, folder);
  for (const folder of widely) affected(session, folder);
}
