import type { CheckFileParams, CheckFileResult } from '../../protocol/protocol.js';
import { afterTasks, checkOnDisk, checkOpen, show } from '../check-open.js';
import type { Session } from '../session.js';

/** Checks a document now, whatever the settings say about when; a notebook also by one of its cells. */
export async function checkFile(session: Session, { uri }: CheckFileParams): Promise<CheckFileResult> {
  await session.ready;
  const open = session.find(uri);
  if (open !== undefined) {
    const checked = checkOpen(session, open);
    show(session, checked);
    afterTasks(session);
    return { findings: checked.result.findings.length };
  }
  const folder = session.folders.of(uri);
  return { findings: checkOnDisk(session, folder, folder.pathOf(uri)) ?? 0 };
}
