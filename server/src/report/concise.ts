import type { RunReport } from './run-report.js';
import { printable } from './terminal-text.js';

/**
 * One line a finding for editors, CI logs and problem matchers: `path:line:column: severity rule-id message`. Lines and
 * columns count from 1; those of a notebook are in the raw file, its cell is named behind the message.
 */
export function conciseReport(report: RunReport): string {
  return report.findings
    .map(({ finding: { place, severity, ruleId, message } }) => {
      const cell = place.cell === undefined ? '' : ` (cell ${place.cell.index + 1}, line ${place.cell.start.line + 1})`;
      const at = `${place.path}:${place.start.line + 1}:${place.start.character + 1}`;
      return `${printable(`${at}: ${severity} ${ruleId} ${message}${cell}`)}\n`;
    })
    .join('');
}
