import type { Severity } from '../base/severity.js';
import { isTestFile } from '../base/test-files.js';
import type { Expression, Origin, PythonQuestions, Report } from '../engine/index.js';

/**
 * True for a value that somebody other than the operator of the program chose. An address that the program writes down
 * leads outside, but its text does not come from there.
 */
export function isForeign(origin: Origin): boolean {
  return origin.tier === 'T1' && !origin.operator && origin.description !== 'remote address';
}

/** The least trusted of several values. */
export function leastTrusted(expressions: readonly Expression[], py: PythonQuestions): Origin | undefined {
  const origins = expressions.map((expression) => py.origin(expression));
  return (
    origins.find(isForeign) ??
    origins.find((origin) => origin.tier === 'T2') ??
    origins.find((origin) => origin.tier === 'T1') ??
    origins[0]
  );
}

/**
 * Level of a finding by where the text comes from, with the way it took: an error when somebody else wrote it, `unknown`
 * when nothing is known or the operator did, a note in tests and in notebooks, where people run what they wrote.
 */
export function gradeByOrigin(report: Report, origin: Origin, path: string, unknown: Severity = 'warning'): Report {
  report.severity(isForeign(origin) ? 'error' : isTestFile(path) || path.endsWith('.ipynb') ? 'info' : unknown);
  for (const step of origin.trail) report.related(step.range, step.message);
  return report;
}
