import type { Place } from '../base/place.js';
import type { Position } from '../base/range.js';
import type { ReportError, ReportedFinding, RunReport } from './run-report.js';

/** The JSON format, version 1, as `docs/json-output.md` describes it. Ends in a line break. */
export function jsonReport(report: RunReport): string {
  const rules = new Map(report.rules.map(({ id, rule }) => [id, rule]));
  const document = {
    version: 1,
    findings: report.findings.map((reported) =>
      jsonFinding(reported, rules.get(reported.finding.ruleId)?.references ?? []),
    ),
    files: {
      checked: report.files.checked,
      skipped: report.files.skipped.map(({ path, reason }) => ({ path, reason })),
    },
    errors: report.errors.map(jsonError),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function jsonFinding({ finding, fixes }: ReportedFinding, references: readonly string[]): object {
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    confidence: finding.confidence,
    message: finding.message,
    ...jsonPlace(finding.place),
    fingerprint: finding.fingerprint,
    fixes: fixes.map(({ title, safety, edits }) => ({
      title,
      safety,
      edits: edits.map(({ path, start, end, newText }) => ({ path, range: jsonRange(start, end), newText })),
    })),
    related: finding.related.map(({ place, message }) => ({ message, ...jsonPlace(place) })),
    references,
  };
}

function jsonPlace(place: Place): object {
  return {
    path: place.path,
    ...(place.cell === undefined ? {} : { cell: { index: place.cell.index, line: place.cell.start.line + 1 } }),
    range: jsonRange(place.start, place.end),
  };
}

function jsonRange(start: Position, end: Position): object {
  return { start: jsonPosition(start), end: jsonPosition(end) };
}

function jsonPosition({ line, character }: Position): object {
  return { line: line + 1, column: character + 1 };
}

function jsonError({ kind, message, path, place, ruleId }: ReportError): object {
  return {
    kind,
    message,
    ...(place === undefined ? { path } : jsonPlace(place)),
    ...(ruleId === undefined ? {} : { ruleId }),
  };
}
