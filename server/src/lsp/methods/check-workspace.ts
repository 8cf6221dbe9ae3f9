import type { CancellationToken } from 'vscode-languageserver';
import type { CheckWorkspaceParams, CheckWorkspaceResult } from '../../protocol/protocol.js';
import type { Session } from '../session.js';
import { checkWorkspaceFiles } from '../workspace-check.js';

/** Checks every file, open ones first. Progress goes to the client's token; a newer request ends an older one. */
export async function checkWorkspace(
  session: Session,
  params: CheckWorkspaceParams | null,
  token: CancellationToken,
): Promise<CheckWorkspaceResult> {
  await session.ready;
  const progress = session.connection.window.attachWorkDoneProgress(params?.workDoneToken);
  progress.begin('Checking workspace', 0, undefined, true);
  session.status.send({ state: 'busy', message: 'checking the workspace' });
  try {
    const result = await checkWorkspaceFiles(session, token, (done, total) => {
      progress.report(total === 0 ? 100 : Math.floor((done / total) * 100), `${done} of ${total} files`);
    });
    return result;
  } catch (error) {
    session.status.send({ state: 'error', message: 'the check of the workspace failed, see the log' });
    throw error;
  } finally {
    progress.done();
  }
}
