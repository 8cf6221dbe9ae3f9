import * as vscode from 'vscode';
import { type ExplainParams, type ExplainResult, Request } from '../../../server/src/protocol/protocol.js';
import type { Session } from './session.js';

/** Scheme of the read-only documents that hold a rule's page. */
export const RULE_SCHEME = 'tidegate-rule';

/** Address of a rule's page. The extension makes VS Code treat it as Markdown. */
export function rulePage(rule: string): vscode.Uri {
  return vscode.Uri.from({ scheme: RULE_SCHEME, path: `/${rule}.md` });
}

/** Asks the server for a rule's page; undefined for an unknown rule. */
export async function explain(session: Session, rule: string): Promise<ExplainResult | undefined> {
  const params: ExplainParams = { rule };
  return (await session.client.sendRequest<ExplainResult | null>(Request.explain, params)) ?? undefined;
}

/** Serves rule pages as documents, for the Markdown preview and for reading as text. */
export function registerRulePages(session: Session): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(RULE_SCHEME, {
    async provideTextDocumentContent(uri) {
      const rule = uri.path.slice(1).replace(/\.md$/, '');
      const page = await explain(session, rule);
      return page?.markdown ?? vscode.l10n.t('There is no rule named {0}.', rule);
    },
  });
}
