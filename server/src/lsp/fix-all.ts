import type { TextEdit } from '../base/range.js';
import { applyEdits, chooseFixes } from '../engine/apply-fixes.js';
import type { CheckResult, Finding } from '../engine/finding.js';
import { NotebookLayout } from '../engine/notebook-layout.js';
import type { NotebookSource, SourceDocument } from '../workspace/source-document.js';
import { runCheck } from './check-open.js';
import type { Checked } from './checked.js';
import type { Session } from './session.js';

/** Safe fixes of a document that can be applied together. */
export interface FixAll {
  readonly edits: readonly TextEdit[];
  readonly findings: readonly Finding[];
}

/** Safe fixes that stay in the document itself, all of them or those of one rule; undefined when there are none. */
export function chooseSafe(checked: Checked, ruleId?: string): FixAll | undefined {
  const own = checked.result.findings.filter((finding) => {
    const safe = finding.fixes.find((fix) => fix.safety === 'safe');
    return safe?.files.every((file) => file.path === checked.path) ?? false;
  });
  const chosen = chooseFixes(own, 'safe', ruleId);
  const edits = chosen.files.get(checked.path);
  return edits === undefined || edits.length === 0 ? undefined : { edits, findings: chosen.findings };
}

function notebookAfter(source: NotebookSource, edits: readonly TextEdit[]): NotebookSource {
  const layout = new NotebookLayout(source);
  if (source.cells === undefined) return { ...source, text: applyEdits(source.text ?? '', layout.rawEdits(edits)) };
  const changed = new Map(layout.cellEdits(edits).map(({ cell, edits: list }) => [cell, list]));
  return {
    ...source,
    cells: source.cells.map((cell) => ({ ...cell, source: applyEdits(cell.source, changed.get(cell.index) ?? []) })),
  };
}

/** A source as it is after edits, given in offsets of the analysis text. */
export function sourceAfter(source: SourceDocument, edits: readonly TextEdit[]): SourceDocument {
  if (source.language === 'notebook') return notebookAfter(source, edits);
  return { ...source, text: applyEdits(source.text, edits) };
}

/** How much of a document could not be read. */
export function unread(result: CheckResult): number {
  return result.problems.filter((problem) => problem.kind === 'syntax').length;
}

/** All safe fixes, checked by applying them first: edits after which less of the document can be read are not offered. */
export function provenSafe(session: Session, checked: Checked, ruleId?: string): FixAll | undefined {
  const chosen = chooseSafe(checked, ruleId);
  if (chosen === undefined) return undefined;
  const after = runCheck(session, checked.folder, sourceAfter(checked.source, chosen.edits), true);
  return unread(after) > unread(checked.result) ? undefined : chosen;
}
