import { type CodeAction, CodeActionKind, type CodeActionParams } from 'vscode-languageserver';
import { commandActions } from '../actions/commands.js';
import { quickFixes, type Target } from '../actions/quick-fixes.js';
import { checkOpen } from '../check-open.js';
import { type Checked, partOf } from '../checked.js';
import { dataOf, FIX_ALL, NOTEBOOK_FIX_ALL, SOURCE, touch } from '../convert.js';
import { toDiagnostic } from '../diagnostics.js';
import { documentEdits, workspaceEdit } from '../document-edits.js';
import { provenSafe } from '../fix-all.js';
import type { Session } from '../session.js';

/** True when actions of a kind are asked for. Source actions have to be asked for by name. */
function wanted(only: readonly string[] | undefined, kind: string): boolean {
  if (only === undefined) return kind === CodeActionKind.QuickFix;
  return only.some((asked) => asked === '' || asked === kind || kind.startsWith(`${asked}.`));
}

/** Findings the request is about: at its range, and of ours among the diagnostics it names, if it names any. */
function targetsOf(session: Session, checked: Checked, params: CodeActionParams): Target[] {
  const { diagnostics } = params.context;
  const ours = diagnostics.filter(({ source }) => source === SOURCE);
  if (diagnostics.length > 0 && ours.length === 0) return [];
  const named = new Set(ours.map((diagnostic) => dataOf(diagnostic)?.fp));
  return checked.result.findings.flatMap((finding) => {
    if (partOf(checked, finding)?.uri !== params.textDocument.uri) return [];
    const diagnostic = toDiagnostic(checked, finding, session.abilities);
    if (!touch(diagnostic.range, params.range)) return [];
    // Clients that drop `data` name findings by range and rule alone.
    const known = ours.length === 0 || named.has(finding.fingerprint) || named.has(undefined);
    return known ? [{ finding, diagnostic }] : [];
  });
}

function fixAll(session: Session, checked: Checked, only: readonly string[] | undefined): CodeAction[] {
  const inCells = checked.parts.every((part) => part.cell !== undefined);
  // Fixing one cell without the others is never right: the cells are one program.
  const kind = inCells ? NOTEBOOK_FIX_ALL : FIX_ALL;
  if (!wanted(only, kind)) return [];
  const all = provenSafe(session, checked);
  const edits = all === undefined ? undefined : documentEdits(session, checked, [[checked.path, all.edits]]);
  if (edits === undefined) return [];
  return [{ title: 'Apply all safe fixes of Tidegate', kind, edit: workspaceEdit(edits, session.abilities) }];
}

/**
 * Actions for the newest text. Where checks run while typing a result that is behind is brought up to date first;
 * otherwise only an explicit "fix all" does that, because the findings shown are those of an older text.
 */
export async function codeAction(session: Session, params: CodeActionParams): Promise<CodeAction[]> {
  await session.ready;
  const open = session.find(params.textDocument.uri);
  if (open === undefined || !session.abilities.codeActionLiterals) return [];
  const { only } = params.context;
  const source = wanted(only, FIX_ALL) || wanted(only, NOTEBOOK_FIX_ALL);
  const fresh = source || session.folders.of(open.uri).settings.run === 'onType';
  const checked = session.current(open.uri) ?? (fresh ? checkOpen(session, open) : undefined);
  if (checked === undefined) return [];
  const targets = wanted(only, CodeActionKind.QuickFix) ? targetsOf(session, checked, params) : [];
  return [
    ...quickFixes(session, checked, targets),
    ...commandActions(session, checked, targets),
    ...fixAll(session, checked, only),
  ];
}
