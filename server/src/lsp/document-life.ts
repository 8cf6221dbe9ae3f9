import { overlay, recheckOpen } from './check-open.js';
import type { Folder } from './folder.js';
import type { OpenDocument } from './open-source.js';
import { readSaved } from './saved-notebook.js';
import type { Session } from './session.js';
import { folderOf, nameOf } from './uri.js';

/** Reads the saved form of a notebook; outside workspace folders from the folder it lies in. */
export function loadSaved(session: Session, open: OpenDocument): void {
  if (open.kind !== 'notebook') return;
  const folder = session.folders.of(open.uri);
  const files = folder.uri === undefined ? session.options.files(folderOf(open.uri)) : folder.files;
  const path = folder.uri === undefined ? nameOf(open.uri) : folder.pathOf(open.uri);
  open.saved = files === undefined ? undefined : readSaved(files, path);
}

export function opened(session: Session, open: OpenDocument): void {
  session.open.set(open.uri, open);
  session.checked.delete(open.uri);
  session.overlaid.delete(open.uri);
  loadSaved(session, open);
  // What was shown on the notebook's file is shown in its cells from now on.
  if (open.kind === 'notebook') session.publisher.clear(open.uri);
  overlay(session, open);
  if (session.folders.of(open.uri).settings.run !== 'manual') session.queue.add(open.uri);
}

export function changed(session: Session, open: OpenDocument): void {
  if (session.folders.of(open.uri).settings.run === 'onType') session.queue.add(open.uri);
}

export function saved(session: Session, open: OpenDocument): void {
  const folder = session.folders.of(open.uri);
  loadSaved(session, open);
  if (open.kind === 'notebook') open.revision++;
  if (folder.uri !== undefined && folder.workspace.invalidate(folder.pathOf(open.uri))) affected(session, folder);
  if (folder.settings.run !== 'manual') session.queue.add(open.uri);
}

export function closed(session: Session, open: OpenDocument): void {
  const folder = session.folders.of(open.uri);
  const path = folder.pathOf(open.uri);
  const parts = open.kind === 'text' ? [open.uri] : open.cells.map(({ document }) => document.uri);
  session.open.delete(open.uri);
  session.checked.delete(open.uri);
  session.queue.remove(open.uri);
  session.status.forget(open.uri);
  if (session.overlaid.delete(open.uri) && folder.workspace.overlay(path, undefined)) recheckOpen(session, folder);
  const stays = folder.uri !== undefined && folder.shown.has(path);
  if (stays) session.queue.addLater(folder.task(path));
  for (const uri of parts) if (!stays || open.kind === 'notebook') session.publisher.clear(uri);
}

/** Something that other documents' results depend on changed on disk. */
export function affected(session: Session, folder: Folder): void {
  recheckOpen(session, folder);
  recheckShown(session, folder);
}

/** Checks again what is shown of a folder though it is not open: all of it once the user asked for all files. */
export function recheckShown(session: Session, folder: Folder): void {
  const listed = folder.covered ? folder.workspace.listFiles().files.map(({ path }) => path) : [];
  for (const path of new Set([...folder.shown.keys(), ...listed])) session.queue.addLater(folder.task(path));
}

/** Takes back what is shown of a file, or of everything below a path, that is gone. */
export function forget(session: Session, folder: Folder, path: string): void {
  for (const shown of [path, ...folder.shown.keys()]) {
    if (shown !== path && !shown.startsWith(`${path}/`)) continue;
    folder.shown.delete(shown);
    session.queue.remove(folder.task(shown));
    const uri = folder.addressOf(shown);
    if (uri !== undefined && session.openAt(folder, shown) === undefined) session.publisher.clear(uri);
  }
}
