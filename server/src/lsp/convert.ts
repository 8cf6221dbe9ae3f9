import {
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Range as LspRange,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver';
import type { LineIndex } from '../base/line-index.js';
import type { Place } from '../base/place.js';
import type { Position, Range, TextEdit } from '../base/range.js';
import type { Severity } from '../base/severity.js';
import type { FixSafety } from '../engine/finding.js';

/** Name diagnostics and actions go by. */
export const SOURCE = 'tidegate';

/** Kind of the action that applies all safe fixes to a text document. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.tidegate`;
/** The same for a whole notebook. */
export const NOTEBOOK_FIX_ALL = `${CodeActionKind.Notebook}.${CodeActionKind.SourceFixAll}.tidegate`;

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toSeverity(severity: Severity): DiagnosticSeverity {
  return SEVERITY[severity];
}

export function toRange(start: Position, end: Position): LspRange {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

/** Range of a place in the document that shows it: inside the cell for notebooks that are open. */
export function shownRange(place: Place, inCell: boolean): LspRange {
  const { start, end } = inCell && place.cell !== undefined ? place.cell : place;
  return toRange(start, end);
}

export function toLspRange(range: Range, lines: LineIndex): LspRange {
  return toRange(lines.position(range.start), lines.position(range.end));
}

export function toLspEdits(edits: readonly TextEdit[], lines: LineIndex): LspTextEdit[] {
  return edits.map((edit) => ({ range: toLspRange(edit.range, lines), newText: edit.newText }));
}

function before(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

/** True when two ranges share a character or touch: a cursor at the end of a finding is at the finding. */
export function touch(a: LspRange, b: LspRange): boolean {
  return !before(a.end, b.start) && !before(b.end, a.start);
}

export function sameRange(a: LspRange, b: LspRange): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

/** What our diagnostics carry for code actions; small, and without a piece of the document's text. */
export interface DiagnosticData {
  readonly v: 1;
  readonly fp: string;
  readonly rule: string;
  readonly fixes: readonly { readonly safety: FixSafety }[];
}

/** Data of a diagnostic that a client sent back; undefined for other tools and for shapes we do not know. */
export function dataOf(diagnostic: Diagnostic): DiagnosticData | undefined {
  const data: unknown = diagnostic.data;
  if (typeof data !== 'object' || data === null || !('v' in data) || data.v !== 1) return undefined;
  return 'fp' in data && typeof data.fp === 'string' ? (data as DiagnosticData) : undefined;
}
