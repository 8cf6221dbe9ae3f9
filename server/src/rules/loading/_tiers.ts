import type { Origin, Report } from '../../engine/index.js';

/** Level of a loader finding by where its data comes from; the way it took is shown. */
export function reportByTier(report: Report, origin: Origin): Report {
  report.severity(origin.tier === 'T1' ? 'error' : origin.tier === 'T2' ? 'warning' : 'info');
  for (const step of origin.trail) report.related(step.range, step.message);
  return report;
}
