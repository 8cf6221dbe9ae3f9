import * as vscode from 'vscode';
import { type ConfigTemplateResult, Request } from '../../../../server/src/protocol/protocol.js';
import type { Session } from '../session.js';

const FILE_NAME = 'tidegate.yaml';

async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) {
    return vscode.window.showWorkspaceFolderPick({ placeHolder: vscode.l10n.t('Folder for {0}', FILE_NAME) });
  }
  if (folders.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a folder to create {0} in it.', FILE_NAME));
  }
  return folders[0];
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return false;
    throw error;
  }
}

/** Writes a commented `tidegate.yaml` into a folder and opens it. A file that is there already is opened untouched. */
export async function createConfig(session: Session): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const uri = vscode.Uri.joinPath(folder.uri, FILE_NAME);
  if (!(await exists(uri))) {
    const { text } = await session.client.sendRequest<ConfigTemplateResult>(Request.configTemplate);
    const edit = new vscode.WorkspaceEdit();
    // Refuses to overwrite by itself, should the file have appeared in the meantime.
    edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(text) });
    if (!(await vscode.workspace.applyEdit(edit)) && !(await exists(uri))) {
      throw new Error(vscode.l10n.t('{0} could not be written', FILE_NAME));
    }
  }
  await vscode.window.showTextDocument(uri);
}
