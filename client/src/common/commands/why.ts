import * as vscode from 'vscode';
import { Request, type WhyParams, type WhyResult } from '../../../../server/src/protocol/protocol.js';
import type { Session } from '../session.js';

/** Tells what the file or notebook in front is checked as, or why it is not checked. */
export async function whyChecked(session: Session): Promise<void> {
  const uri = vscode.window.activeNotebookEditor?.notebook.uri ?? vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a file or a notebook to ask about it.'));
    return;
  }
  const params: WhyParams = { uri: session.client.code2ProtocolConverter.asUri(uri) };
  const { lines } = await session.client.sendRequest<WhyResult>(Request.why, params);
  const told = lines.map((line) => `${line}.`).join(' ');
  void vscode.window.showInformationMessage(`${vscode.workspace.asRelativePath(uri)}: ${told}`);
}
