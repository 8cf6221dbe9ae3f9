import * as vscode from 'vscode';
import type { TidegateApi } from '../../../client/src/common/activate.js';

export const EXTENSION_ID = 'tidegate.tidegate';

/** Address of a file of the test workspace. */
export function inWorkspace(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('the tests need a folder open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export function extension(): vscode.Extension<TidegateApi> {
  const found = vscode.extensions.getExtension<TidegateApi>(EXTENSION_ID);
  if (found === undefined) throw new Error(`${EXTENSION_ID} is not installed`);
  return found;
}

/** Waits until `get` gives something true; never a fixed delay. */
export async function until<T>(what: string, get: () => T | undefined | false | null, ms = 15_000): Promise<T> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    const value = get();
    if (value !== undefined && value !== false && value !== null) return value;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`timed out waiting for ${what}`);
}

export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

/** Tidegate's diagnostics of a document, of one rule if named. */
export function findings(uri: vscode.Uri, rule?: string): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.source === 'tidegate')
    .filter((diagnostic) => rule === undefined || ruleOf(diagnostic) === rule);
}

/** Waits for findings of a rule and returns the first. */
export async function finding(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  return until(`${rule} in ${uri.path}`, () => findings(uri, rule)[0]);
}

export async function noFinding(uri: vscode.Uri, rule: string): Promise<void> {
  await until(`no ${rule} in ${uri.path}`, () => findings(uri, rule).length === 0);
}

export async function open(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(inWorkspace(path));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Replaces the whole text of a document, as one edit that can be undone. */
export async function setText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const end = document.lineAt(document.lineCount - 1).range.end;
  edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('the edit was refused');
}

export async function textOf(path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(inWorkspace(path)));
}

export async function writeText(path: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(inWorkspace(path), new TextEncoder().encode(text));
}

export async function exists(path: string): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(inWorkspace(path));
    return true;
  } catch {
    return false;
  }
}

export async function codeActions(
  uri: vscode.Uri,
  range: vscode.Range,
  kind = vscode.CodeActionKind.QuickFix,
): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    kind.value,
    // Resolve them, so that edits computed late are there.
    20,
  );
}

/** A code action by a part of its title. */
export async function codeAction(
  uri: vscode.Uri,
  diagnostic: vscode.Diagnostic,
  title: string | RegExp,
): Promise<vscode.CodeAction> {
  const actions = await codeActions(uri, diagnostic.range);
  const match = actions.find((action) =>
    typeof title === 'string' ? action.title.includes(title) : title.test(action.title),
  );
  if (match === undefined) throw new Error(`no action like ${title} among: ${actions.map((a) => a.title).join(' | ')}`);
  return match;
}

/** Applies the edit of an action at once: one that is marked for review would wait for the user's answer. */
export async function apply(action: vscode.CodeAction): Promise<void> {
  if (action.edit === undefined) throw new Error(`"${action.title}" carries no edit`);
  const plain = new vscode.WorkspaceEdit();
  for (const [uri, edits] of action.edit.entries()) plain.set(uri, edits);
  if (!(await vscode.workspace.applyEdit(plain))) throw new Error(`the edit of "${action.title}" was refused`);
}

export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
