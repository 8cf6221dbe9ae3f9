import { SEVERITIES, type Severity } from '../base/severity.js';
import { counted } from './labels.js';
import type { RunReport, SkippedFile } from './run-report.js';

/** One line a rule: how often it was found, how many of these can be fixed, what it says. Most frequent first. */
export function statistics(report: RunReport): string {
  const rows = new Map<string, { count: number; fixable: number }>();
  for (const { finding, fixes } of report.findings) {
    const row = rows.get(finding.ruleId) ?? { count: 0, fixable: 0 };
    row.count++;
    if (fixes.some((fix) => fix.safety === 'safe')) row.fixable++;
    rows.set(finding.ruleId, row);
  }
  const rules = new Map(report.rules.map(({ id, rule }) => [id, rule]));
  const width = Math.max(0, ...[...rows.keys()].map((id) => id.length));
  return [...rows]
    .sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
    .map(([id, { count, fixable }]) => {
      const fix = fixable === 0 ? '' : ` (${fixable} fixable)`;
      return `${String(count).padStart(5)}  ${id.padEnd(width)}  ${rules.get(id)?.summary ?? ''}${fix}\n`;
    })
    .join('');
}

/** `3 findings (1 error, 2 warnings), 1 with a safe fix`. */
export function findingsSummary(report: RunReport): string {
  const { findings } = report;
  if (findings.length === 0) return 'No findings';
  const plural: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'info', hint: 'hint' };
  const parts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter(({ finding }) => finding.severity === severity).length;
    if (count === 0) return [];
    return severity === 'info' ? [`${count} info`] : [counted(count, plural[severity])];
  });
  const fixable = findings.filter(({ fixes }) => fixes.some((fix) => fix.safety === 'safe')).length;
  const fixes = fixable === 0 ? '' : `, ${fixable} with a safe fix`;
  return `${counted(findings.length, 'finding')} (${parts.join(', ')})${fixes}`;
}

/** `12 files checked, 3 skipped (2 ignored by .gitignore, 1 symbolic link)`. */
export function filesSummary(report: RunReport): string {
  const { checked, skipped } = report.files;
  const reasons = groupReasons(skipped).map(([reason, count]) => `${count} ${reason}`);
  return `${counted(checked, 'file')} checked, ${skipped.length} skipped${reasons.length === 0 ? '' : ` (${reasons.join(', ')})`}`;
}

function groupReasons(skipped: readonly SkippedFile[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}
