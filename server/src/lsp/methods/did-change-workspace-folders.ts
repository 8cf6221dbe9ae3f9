import type { WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import { overlay } from '../check-open.js';
import { pullSettings } from '../configure.js';
import { loadSaved } from '../document-life.js';
import type { Folder } from '../folder.js';
import type { Session } from '../session.js';

/** Takes back what only the folder's checks showed. */
function withdraw(session: Session, folder: Folder, open: ReadonlySet<string>): void {
  for (const path of [...folder.shown.keys(), ...folder.flawed]) {
    const uri = folder.addressOf(path);
    if (uri === undefined) continue;
    session.queue.remove(folder.task(path));
    session.publisher.set(uri, undefined, [], 'config');
    if (!open.has(uri)) session.publisher.clear(uri);
  }
}

export async function didChangeWorkspaceFolders(session: Session, event: WorkspaceFoldersChangeEvent): Promise<void> {
  const before = new Map([...session.open.keys()].map((uri) => [uri, session.folders.of(uri)]));
  for (const { uri } of event.removed) {
    const folder = session.folders.remove(uri);
    if (folder !== undefined) withdraw(session, folder, new Set(before.keys()));
  }
  for (const folder of event.added) session.folders.add(folder, session.trusted);
  await pullSettings(session);
  for (const open of session.open.values()) {
    const folder = session.folders.of(open.uri);
    if (before.get(open.uri) === folder) continue;
    session.overlaid.delete(open.uri);
    session.checked.delete(open.uri);
    loadSaved(session, open);
    overlay(session, open);
    if (folder.settings.run !== 'manual') session.queue.add(open.uri);
  }
}
