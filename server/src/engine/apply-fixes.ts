import { overlaps, type TextEdit } from '../base/range.js';
import type { CompleteSafety, Finding, Fix } from './finding.js';

/** Fixes that can be applied together, by file. */
export interface ChosenFixes {
  readonly files: ReadonlyMap<string, readonly TextEdit[]>;
  /** Findings whose fix is among them, in order. */
  readonly findings: readonly Finding[];
  /** The files of each fix that changes several: all of them or none are written. */
  readonly together: readonly (readonly string[])[];
}

/**
 * Chooses fixes that do not touch each other, first finding first. `review` also takes review fixes where a finding has
 * no safe one; fixes with placeholders are never chosen. The same edit wanted twice (an import two fixes need) is applied once.
 */
export function chooseFixes(findings: readonly Finding[], safety: CompleteSafety, ruleId?: string): ChosenFixes {
  const files = new Map<string, TextEdit[]>();
  const fixed: Finding[] = [];
  const together: string[][] = [];
  for (const finding of findings) {
    if (ruleId !== undefined && finding.ruleId !== ruleId) continue;
    const fix = finding.fixes.find((f) => f.safety === 'safe' || (f.safety === 'review' && safety === 'review'));
    if (fix === undefined || !take(files, fix)) continue;
    fixed.push(finding);
    if (fix.files.length > 1) together.push(fix.files.map(({ path }) => path));
  }
  return { files, findings: fixed, together };
}

function take(files: Map<string, TextEdit[]>, fix: Fix): boolean {
  const wanted: { path: string; edit: TextEdit }[] = [];
  for (const file of fix.files) {
    const taken = files.get(file.path) ?? [];
    for (const edit of file.edits) {
      if (taken.some((other) => sameEdit(other, edit))) continue;
      if (taken.some((other) => overlaps(other.range, edit.range))) return false;
      wanted.push({ path: file.path, edit });
    }
  }
  for (const { path, edit } of wanted) {
    const list = files.get(path);
    if (list === undefined) files.set(path, [edit]);
    else list.push(edit);
  }
  return wanted.length > 0;
}

function sameEdit(a: TextEdit, b: TextEdit): boolean {
  return a.range.start === b.range.start && a.range.end === b.range.end && a.newText === b.newText;
}

/** Applies edits to a text. Edits must not overlap; several insertions at one offset keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits
    .map((edit, order) => ({ edit, order }))
    .sort(
      (a, b) => a.edit.range.start - b.edit.range.start || a.edit.range.end - b.edit.range.end || a.order - b.order,
    );
  let result = '';
  let at = 0;
  for (const { edit } of sorted) {
    result += text.slice(at, edit.range.start) + edit.newText;
    at = edit.range.end;
  }
  return result + text.slice(at);
}
