import { isTestFile } from '../../base/test-files.js';
import type { Origin, Report } from '../../engine/index.js';

/**
 * Level of a loader finding by where its data comes from; the way it took is shown. What the operator chose (command line,
 * environment) is a warning: such a person can run code anyway. An unknown value in a test is a fixture of the project.
 */
export function reportByTier(report: Report, origin: Origin, path = ''): Report {
  const { tier, operator } = origin;
  if (tier === 'T1') report.severity(operator ? 'warning' : 'error');
  else report.severity(tier === 'T2' && !isTestFile(path) ? 'warning' : 'info');
  for (const step of origin.trail) report.related(step.range, step.message);
  return report;
}
