import type { CancellationToken } from 'vscode-languageserver';
import type { CheckWorkspaceResult } from '../protocol/protocol.js';
import { afterTasks, checkOnDisk, checkOpen, show } from './check-open.js';
import { inSlices } from './check-queue.js';
import { forget } from './document-life.js';
import type { Folder } from './folder.js';
import type { Session } from './session.js';

interface Item {
  readonly folder: Folder;
  readonly path: string;
}

interface Counts {
  files: number;
  skipped: number;
  findings: number;
}

function count(counts: Counts, findings: number | undefined): void {
  if (findings === undefined) counts.skipped++;
  else {
    counts.files++;
    counts.findings += findings;
  }
}

/** Open documents come first: they are what the user looks at. */
function checkAllOpen(session: Session, counts: Counts): void {
  for (const open of session.open.values()) {
    const checked = checkOpen(session, open);
    show(session, checked);
    count(counts, checked.result.findings.length);
    // Stays shown when the document is closed.
    if (checked.folder.uri !== undefined) checked.folder.shown.set(checked.path, checked.result.findings.length);
  }
}

/** Files of all folders that are not open; what was shown and is no longer among them is taken back. */
function filesToCheck(session: Session, counts: Counts): Item[] {
  const items: Item[] = [];
  for (const folder of session.folders.all) {
    folder.covered = true;
    const { files, skipped } = folder.workspace.listFiles();
    const paths = new Set(files.map(({ path }) => path));
    for (const path of [...folder.shown.keys()]) if (!paths.has(path)) forget(session, folder, path);
    for (const path of paths) {
      const uri = folder.addressOf(path);
      // A folder inside another one has its files to itself.
      if (uri === undefined || session.folders.of(uri) !== folder) continue;
      if (session.openAt(folder, path) === undefined) items.push({ folder, path });
    }
    counts.skipped += skipped.length;
  }
  return items;
}

/** Checks all files in slices, so that typing is answered in between. Cancelled: what was done until then stays shown. */
export async function checkWorkspaceFiles(
  session: Session,
  token: CancellationToken,
  report: (done: number, total: number) => void,
): Promise<CheckWorkspaceResult> {
  const run = ++session.workspaceRuns;
  const stopped = () => token.isCancellationRequested || run !== session.workspaceRuns;
  const counts: Counts = { files: 0, skipped: 0, findings: 0 };
  checkAllOpen(session, counts);
  const items = filesToCheck(session, counts);
  const step = Math.max(1, Math.floor(items.length / 100));
  let started = 0;
  const work = (item: Item) => {
    if (started++ % step === 0) report(started - 1, items.length);
    if (session.openAt(item.folder, item.path) !== undefined) return;
    count(counts, checkOnDisk(session, item.folder, item.path));
  };
  const done = await inSlices(items, session.options, work, stopped);
  afterTasks(session, true);
  const cancelled = done < items.length;
  const message = cancelled ? 'workspace check stopped' : 'workspace checked';
  session.status.send({ state: 'ready', message, filesChecked: counts.files, findings: counts.findings });
  return { ...counts, cancelled };
}
