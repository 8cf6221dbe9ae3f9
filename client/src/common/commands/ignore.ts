import * as vscode from 'vscode';
import type { WorkspaceEdit as WireEdit } from 'vscode-languageclient';
import {
  type IgnoreArguments,
  type IgnoreCandidate,
  type IgnoreEditParams,
  type IgnoreScope,
  MINIMUM_REASON_LENGTH,
  Request,
  type WireWorkspaceEdit,
} from '../../../../server/src/protocol/protocol.js';
import type { Session } from '../session.js';

function isIgnoreArguments(argument: unknown): argument is IgnoreArguments {
  if (typeof argument !== 'object' || argument === null) return false;
  return 'uri' in argument && 'findings' in argument && Array.isArray(argument.findings);
}

function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : (code ?? ''));
}

/** The findings at the cursor, for a user who runs the command by name. */
function atCursor(session: Session): IgnoreArguments | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const convert = session.client.code2ProtocolConverter;
  const findings: IgnoreCandidate[] = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((diagnostic) => diagnostic.source === 'tidegate')
    .filter((diagnostic) => diagnostic.range.intersection(editor.selection) !== undefined)
    .map((diagnostic) => ({
      rule: ruleOf(diagnostic),
      range: convert.asRange(diagnostic.range),
      message: diagnostic.message,
    }));
  return { uri: convert.asUri(editor.document.uri), version: editor.document.version, findings };
}

async function chooseFinding(findings: readonly IgnoreCandidate[]): Promise<IgnoreCandidate | undefined> {
  if (findings.length < 2) return findings[0];
  const items = findings.map((finding) => ({ label: finding.rule, detail: finding.message, finding }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which finding to ignore?') });
  return picked?.finding;
}

async function chooseScope(rule: string): Promise<IgnoreScope | undefined> {
  const items: (vscode.QuickPickItem & { scope: IgnoreScope })[] = [
    { label: vscode.l10n.t('This statement'), detail: vscode.l10n.t('A comment beside it'), scope: 'statement' },
    { label: vscode.l10n.t('This file'), detail: vscode.l10n.t('A comment at the top of the file'), scope: 'file' },
  ];
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Ignore {0} for', rule) }))?.scope;
}

function askReason(rule: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Ignore {0}', rule),
    prompt: vscode.l10n.t('Reason, kept in the file for reviewers ({0} characters or more)', MINIMUM_REASON_LENGTH),
    placeHolder: vscode.l10n.t('Why is this safe here?'),
    ignoreFocusOut: true,
    validateInput(value) {
      if (value.trim().length >= MINIMUM_REASON_LENGTH) return undefined;
      // An empty box explains itself by its prompt.
      if (value === '') return undefined;
      return vscode.l10n.t('Say why, in {0} characters or more', MINIMUM_REASON_LENGTH);
    },
  });
}

/** Whether every document is still at the version the edit was computed for. */
function isCurrent(edit: WireWorkspaceEdit): boolean {
  return edit.documentChanges.every(({ textDocument: { uri, version } }) => {
    if (version === null) return true;
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
    return open === undefined || open.version === version;
  });
}

async function applyIgnore(session: Session, params: IgnoreEditParams): Promise<void> {
  const edit = await session.client.sendRequest<WireWorkspaceEdit | null>(Request.ignoreEdit, params);
  if (edit === null) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} cannot be ignored by a comment here: the finding is gone, or the format has no comments.',
        params.rule,
      ),
    );
    return;
  }
  if (!isCurrent(edit)) {
    void vscode.window.showWarningMessage(vscode.l10n.t('The text changed in the meantime; nothing was ignored.'));
    return;
  }
  const converted = await session.client.protocol2CodeConverter.asWorkspaceEdit(edit as WireEdit);
  if (!(await vscode.workspace.applyEdit(converted))) {
    throw new Error(vscode.l10n.t('the ignore comment could not be written'));
  }
}

/**
 * Ignores a finding by a comment with the user's reason. Each question can be left with Escape, and then nothing
 * changes; the edit can be undone.
 */
export async function ignoreFinding(session: Session, argument: unknown): Promise<void> {
  const target = isIgnoreArguments(argument) ? argument : atCursor(session);
  const finding = await chooseFinding(target?.findings ?? []);
  if (target === undefined || finding === undefined) {
    if ((target?.findings.length ?? 0) === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no finding of Tidegate at the cursor.'));
    }
    return;
  }
  const scope = target.scope ?? (await chooseScope(finding.rule));
  if (scope === undefined) return;
  const reason = (await askReason(finding.rule))?.trim();
  if (reason === undefined || reason.length < MINIMUM_REASON_LENGTH) return;
  await applyIgnore(session, {
    uri: target.uri,
    rule: finding.rule,
    range: finding.range,
    scope,
    reason,
    ...(target.version === undefined ? {} : { version: target.version }),
    ...(finding.fingerprint === undefined ? {} : { fingerprint: finding.fingerprint }),
  });
}
