import * as vscode from 'vscode';
import { Request, type RuleInfo } from '../../../../server/src/protocol/protocol.js';
import { explain, rulePage } from '../rule-pages.js';
import type { Session } from '../session.js';

/** The rule named by a code action (an object), by a link in a hover (a string), or by nobody. */
function namedRule(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  if (typeof argument !== 'object' || argument === null || !('rule' in argument)) return undefined;
  return typeof argument.rule === 'string' ? argument.rule : undefined;
}

function items(rules: readonly RuleInfo[]): vscode.QuickPickItem[] {
  return rules.map((rule) => ({
    label: rule.id,
    description: `${rule.family} · ${rule.severity}`,
    detail: rule.summary,
  }));
}

async function pickRule(session: Session): Promise<string | undefined> {
  const rules = session.client.sendRequest<RuleInfo[]>(Request.rules).then(items);
  const picked = await vscode.window.showQuickPick(rules, {
    title: vscode.l10n.t('Explain Rule'),
    placeHolder: vscode.l10n.t('Type a rule, a library or a weakness'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.label;
}

/** Opens the page of a rule, rendered. Nothing is fetched: the page comes from the server's own rule data. */
export async function explainRule(session: Session, argument: unknown): Promise<void> {
  const rule = namedRule(argument) ?? (await pickRule(session));
  if (rule === undefined) return;
  if ((await explain(session, rule)) === undefined) {
    void vscode.window.showWarningMessage(vscode.l10n.t('There is no rule named {0}.', rule));
    return;
  }
  const uri = rulePage(rule);
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    // The built-in Markdown extension can be switched off: the text itself reads well enough.
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}
