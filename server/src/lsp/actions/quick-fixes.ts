import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver';
import type { Finding, Fix } from '../../engine/finding.js';
import { keepsTheRest } from '../../engine/kept-config.js';
import type { Checked } from '../checked.js';
import { documentEdits, workspaceEdit } from '../document-edits.js';
import { chooseSafe } from '../fix-all.js';
import type { Session } from '../session.js';

/** A finding at the cursor with the diagnostic the client knows it by. */
export interface Target {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
}

function fixAction(
  session: Session,
  checked: Checked,
  { finding, diagnostic }: Target,
  fix: Fix,
): CodeAction | undefined {
  if (fix.safety === 'placeholder' && !session.abilities.snippetEdits) return undefined;
  const own = fix.files.find((file) => file.path === checked.path);
  if (own !== undefined && !keepsTheRest(checked.source, own.edits)) return undefined;
  const files = fix.files.map((file) => [file.path, file.edits] as const);
  const edits = documentEdits(session, checked, files);
  if (edits === undefined) return undefined;
  const annotation = { label: fix.title, needsConfirmation: true, description: finding.message };
  const safe = fix.safety === 'safe';
  // A preview would write the placeholders as plain words: what the user has to type is looked at anyway.
  const asksFirst = fix.safety === 'review';
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: workspaceEdit(edits, session.abilities, asksFirst ? annotation : undefined),
    ...(safe ? { isPreferred: true } : {}),
  };
}

function fixesOf(session: Session, checked: Checked, targets: readonly Target[], safety: Fix['safety']): CodeAction[] {
  return targets.flatMap((target) =>
    target.finding.fixes
      .filter((fix) => fix.safety === safety)
      .map((fix) => fixAction(session, checked, target, fix))
      .filter((action) => action !== undefined),
  );
}

/** One action per rule that has two or more safe fixes in the file. */
function fixRules(session: Session, checked: Checked, targets: readonly Target[]): CodeAction[] {
  const rules = new Map(targets.map((target) => [target.finding.ruleId, target]));
  return [...rules].flatMap(([ruleId, { diagnostic }]) => {
    const all = chooseSafe(checked, ruleId);
    if (all === undefined || all.findings.length < 2) return [];
    const edits = documentEdits(session, checked, [[checked.path, all.edits]]);
    if (edits === undefined) return [];
    const title = `Fix all ${ruleId} in this file`;
    const edit = workspaceEdit(edits, session.abilities);
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit }];
  });
}

/** Fixes for findings, in the order they are shown: safe ones, all of a rule, those to be reviewed, those to be filled in. */
export function quickFixes(session: Session, checked: Checked, targets: readonly Target[]): CodeAction[] {
  return [
    ...fixesOf(session, checked, targets, 'safe'),
    ...fixRules(session, checked, targets),
    ...fixesOf(session, checked, targets, 'review'),
    ...fixesOf(session, checked, targets, 'placeholder'),
  ];
}
