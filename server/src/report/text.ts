import picocolors from 'picocolors';
import type { Severity } from '../base/severity.js';
import type { Finding } from '../engine/finding.js';
import { codeFrame } from './code-frame.js';
import { locationOf } from './labels.js';
import { redactTokens, secretRules } from './redact.js';
import type { Frame, ReportedFinding, RunReport } from './run-report.js';
import { printable } from './terminal-text.js';

export interface TextOptions {
  readonly colour: boolean;
  /** Source lines of a finding, secrets already masked; undefined when they are not at hand. */
  readonly frame: (finding: Finding) => Frame | undefined;
}

/** Findings for people: location, message, source lines, where it comes from and what can be done. */
export function textReport(report: RunReport, options: TextOptions): string {
  const found = report.findings.map(({ finding }) => finding);
  const printer = new Printer(options, secretRules(found, report.rules));
  return report.findings.map((reported) => printer.finding(reported)).join('');
}

class Printer {
  readonly #options: TextOptions;
  readonly #secretRules: ReadonlySet<string>;
  readonly #colours: ReturnType<typeof picocolors.createColors>;

  constructor(options: TextOptions, secretRules: ReadonlySet<string>) {
    this.#options = options;
    this.#secretRules = secretRules;
    this.#colours = picocolors.createColors(options.colour);
  }

  finding({ finding, fixes }: ReportedFinding): string {
    const { bold, dim, cyan } = this.#colours;
    const severity = this.#severity(finding.severity);
    const lines = [
      `${bold(printable(locationOf(finding.place)))}: ${severity(finding.severity)}${dim(`[${finding.ruleId}]`)} ${printable(finding.message)}`,
      ...this.#frame(finding, severity),
      ...finding.related.map(({ place, message }) => `   ${dim('=')} ${printable(`${locationOf(place)}: ${message}`)}`),
      ...fixes.map((fix) => `   ${dim('=')} ${cyan(`${fix.safety} fix`)}: ${printable(fix.title)}`),
    ];
    return `${lines.join('\n')}\n\n`;
  }

  #frame(finding: Finding, mark: (text: string) => string): readonly string[] {
    const frame = this.#options.frame(finding);
    if (frame === undefined) return [];
    const hide = this.#secretRules.has(finding.ruleId) ? redactTokens : (line: string) => line;
    return codeFrame(frame, { dim: this.#colours.dim, mark }, hide);
  }

  #severity(severity: Severity): (text: string) => string {
    const { red, yellow, blue, dim } = this.#colours;
    return { error: red, warning: yellow, info: blue, hint: dim }[severity];
  }
}
