import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import { Command, type IgnoreArguments, type IgnoreScope } from '../../protocol/protocol.js';
import { type Checked, partOf } from '../checked.js';
import { canIgnore } from '../ignore-finding.js';
import type { Session } from '../session.js';
import type { Target } from './quick-fixes.js';

const SCOPES: readonly { readonly scope: IgnoreScope; readonly where: string }[] = [
  { scope: 'statement', where: 'for this statement' },
  { scope: 'file', where: 'in this file' },
];

function explain(targets: readonly Target[]): CodeAction[] {
  const rules = new Map(targets.map(({ finding, diagnostic }) => [finding.ruleId, diagnostic]));
  return [...rules].map(([rule, diagnostic]) => {
    const title = `Explain ${rule}`;
    const command = { title, command: Command.explain, arguments: [{ rule }] };
    return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command };
  });
}

/** What the client's command needs to ask for a reason. */
export function ignoreArguments(
  checked: Checked,
  targets: readonly Target[],
  scope?: IgnoreScope,
): IgnoreArguments | undefined {
  const part = targets[0] === undefined ? undefined : partOf(checked, targets[0].finding);
  if (part === undefined) return undefined;
  return {
    uri: part.uri,
    ...(part.version === null ? {} : { version: part.version }),
    findings: targets.map(({ finding, diagnostic }) => ({
      rule: finding.ruleId,
      fingerprint: finding.fingerprint,
      range: diagnostic.range,
      message: finding.message,
    })),
    ...(scope === undefined ? {} : { scope }),
  };
}

function ignore(checked: Checked, targets: readonly Target[]): CodeAction[] {
  return SCOPES.flatMap(({ scope, where }) => {
    const possible = targets.filter(({ finding }) => canIgnore(checked, finding, scope));
    const argument = ignoreArguments(checked, possible, scope);
    if (argument === undefined) return [];
    const what = possible.length === 1 ? `Ignore ${possible[0]!.finding.ruleId}` : 'Ignore a finding';
    const title = `${what} ${where}…`;
    const command = { title, command: Command.ignore, arguments: [argument] };
    const diagnostics = possible.map(({ diagnostic }) => diagnostic);
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics, command }];
  });
}

/** Actions that the client's own commands carry out; none for clients without them. */
export function commandActions(session: Session, checked: Checked, targets: readonly Target[]): CodeAction[] {
  if (!session.abilities.commands || targets.length === 0) return [];
  // An untrusted workspace cannot hide its findings, so writing an ignore there would seem to fail.
  return [...explain(targets), ...(session.trusted ? ignore(checked, targets) : [])];
}
