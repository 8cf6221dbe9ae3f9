import type { TextEdit } from '../base/range.js';
import { applyEdits } from '../engine/apply-fixes.js';
import type { Finding } from '../engine/finding.js';
import { ignoreEdits } from '../engine/ignore-edit.js';
import { NotebookLayout } from '../engine/notebook-layout.js';
import type { IgnoreScope } from '../protocol/protocol.js';
import type { SourceDocument } from '../workspace/source-document.js';
import { runCheck } from './check-open.js';
import type { Checked, Part } from './checked.js';
import { toLspEdits } from './convert.js';
import type { PlainDocumentEdit } from './document-edits.js';
import { unread } from './fix-all.js';
import type { Session } from './session.js';

/** An edit of one part of the document, with the source as it is afterwards. */
interface Candidate {
  readonly part: Part;
  readonly edit: TextEdit;
  readonly after: SourceDocument;
}

function inNotebook(checked: Checked, finding: Finding, scope: IgnoreScope, reason: string): Candidate[] {
  const { source, parts } = checked;
  // A notebook open as text is JSON, which has no comments.
  if (source.language !== 'notebook' || source.cells === undefined) return [];
  const found = new NotebookLayout(source).toCell(finding.range);
  // A comment that covers the notebook stands in its first code cell; one that starts with a cell magic takes none.
  const first = source.cells.find((cell) => cell.kind === 'code' && !cell.source.startsWith('%%'));
  const index = scope === 'file' ? first?.index : found.cell;
  const part = parts.find((p) => p.cell === index);
  if (part === undefined) return [];
  const request = { text: part.text, ruleId: finding.ruleId, range: found.range, scope, reason };
  return ignoreEdits({ ...request, language: 'notebook' }).map((edit) => ({
    part,
    edit,
    after: {
      ...source,
      cells: source.cells!.map((cell) =>
        cell.index === index ? { ...cell, source: applyEdits(part.text, [edit]) } : cell,
      ),
    },
  }));
}

function candidates(checked: Checked, finding: Finding, scope: IgnoreScope, reason: string): Candidate[] {
  const { source } = checked;
  const part = checked.parts[0];
  if (source.language === 'notebook' || part === undefined) return inNotebook(checked, finding, scope, reason);
  const { text, language } = source;
  return ignoreEdits({ text, language, ruleId: finding.ruleId, range: finding.range, scope, reason }).map((edit) => ({
    part,
    edit,
    after: { ...source, text: applyEdits(text, [edit]) },
  }));
}

/** Whether a comment could ignore the finding, as far as that is known without a check. */
export function canIgnore(checked: Checked, finding: Finding, scope: IgnoreScope): boolean {
  return candidates(checked, finding, scope, 'not said yet').length > 0;
}

/** The edit that ignores a finding, proven by a check of the text after it; undefined when no comment does. */
export function ignoreFinding(
  session: Session,
  checked: Checked,
  finding: Finding,
  scope: IgnoreScope,
  reason: string,
): PlainDocumentEdit | undefined {
  const before = runCheck(session, checked.folder, checked.source, true);
  const ofRule = (findings: readonly Finding[]) => findings.filter(({ ruleId }) => ruleId === finding.ruleId).length;
  for (const { part, edit, after } of candidates(checked, finding, scope, reason)) {
    const result = runCheck(session, checked.folder, after, true);
    if (ofRule(result.findings) >= ofRule(before.findings) || unread(result) > unread(before)) continue;
    return { uri: part.uri, version: part.version, edits: toLspEdits([edit], part.lines) };
  }
  return undefined;
}
