import * as vscode from 'vscode';
import {
  CancellationTokenSource,
  LSPErrorCodes,
  ResponseError,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageclient';
import {
  type CheckFileParams,
  type CheckFileResult,
  type CheckWorkspaceParams,
  type CheckWorkspaceResult,
  Request,
} from '../../../../server/src/protocol/protocol.js';
import type { Session } from '../session.js';

type Step = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

/** Tells a result in answer to a command, with the Problems panel one click away when there is something in it. */
async function tell(text: string, findings: number): Promise<void> {
  const show = vscode.l10n.t('Show Problems');
  const picked = await vscode.window.showInformationMessage(text, ...(findings > 0 ? [show] : []));
  if (picked === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

function countOf(findings: number): string {
  if (findings === 0) return vscode.l10n.t('No findings');
  return findings === 1 ? vscode.l10n.t('1 finding') : vscode.l10n.t('{0} findings', findings);
}

/** Checks the file or notebook in front. */
export async function checkFile(session: Session): Promise<void> {
  const uri = vscode.window.activeNotebookEditor?.notebook.uri ?? vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a file or a notebook to check it.'));
    return;
  }
  const params: CheckFileParams = { uri: session.client.code2ProtocolConverter.asUri(uri) };
  const { findings } = await session.client.sendRequest<CheckFileResult>(Request.checkFile, params);
  void tell(vscode.l10n.t('{0} in {1}.', countOf(findings), vscode.workspace.asRelativePath(uri)), findings);
}

/** Turns the server's running percentage into the increments that VS Code wants. */
function progressFollower(progress: vscode.Progress<{ message?: string; increment?: number }>): (step: Step) => void {
  let reached = 0;
  return (step) => {
    if (step.kind === 'end') return;
    const percentage = step.percentage ?? reached;
    const increment = Math.max(0, percentage - reached);
    reached += increment;
    progress.report(step.message === undefined ? { increment } : { message: step.message, increment });
  };
}

const NOTHING_DONE: CheckWorkspaceResult = { files: 0, skipped: 0, findings: 0, cancelled: true };

async function runWorkspaceCheck(
  session: Session,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  stop: vscode.CancellationToken,
): Promise<CheckWorkspaceResult> {
  const token = `tidegate-check-${Date.now()}`;
  const source = new CancellationTokenSource();
  const listeners = [
    stop.onCancellationRequested(() => source.cancel()),
    session.client.onProgress(WorkDoneProgress.type, token, progressFollower(progress)),
  ];
  const params: CheckWorkspaceParams = { workDoneToken: token };
  try {
    return await session.client.sendRequest<CheckWorkspaceResult>(Request.checkWorkspace, params, source.token);
  } catch (error) {
    const codes: number[] = [LSPErrorCodes.RequestCancelled, LSPErrorCodes.ServerCancelled];
    if (stop.isCancellationRequested || (error instanceof ResponseError && codes.includes(error.code))) {
      return NOTHING_DONE;
    }
    throw error;
  } finally {
    for (const listener of listeners) listener.dispose();
    source.dispose();
  }
}

/** Checks every file of the workspace, with progress that can be cancelled. Results stay in Problems. */
export async function checkWorkspace(session: Session): Promise<void> {
  await vscode.commands.executeCommand('setContext', 'tidegate.running', true);
  try {
    const result = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t('Tidegate: checking') },
      (progress, stop) => runWorkspaceCheck(session, progress, stop),
    );
    const files = vscode.l10n.t('{0} files checked, {1} skipped', result.files, result.skipped);
    const text = result.cancelled
      ? vscode.l10n.t('Check stopped: {0} so far; {1}.', countOf(result.findings), files)
      : vscode.l10n.t('{0}; {1}.', countOf(result.findings), files);
    void tell(text, result.findings);
  } finally {
    await vscode.commands.executeCommand('setContext', 'tidegate.running', false);
  }
}
