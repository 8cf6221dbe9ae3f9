import picomatch from 'picomatch';
import type { Place } from '../base/place.js';
import type { Range } from '../base/range.js';
import { atLeastAsSure } from '../base/severity.js';
import { type BoundDirective, bindIgnores, ignoreFact } from './bind-ignores.js';
import type { CheckRun } from './check-run.js';
import type { Draft } from './draft.js';
import type { CheckResult, Finding, Suppression } from './finding.js';
import { Fingerprints } from './fingerprint.js';
import { innermostStatement } from './innermost-statement.js';
import { ruleNames } from './rule-names.js';
import { suppressionOf } from './suppress.js';

/**
 * The pipeline behind the rules, the same for every door: ignores, rules about ignores, confidence and level, dedupe,
 * sort. `extra` are directives that are no comments (cell metadata); `knownIds` tells rule ids from typing errors.
 */
export function finish(
  run: CheckRun,
  knownIds: ReadonlySet<string>,
  extra: readonly BoundDirective[],
  cellOf?: (offset: number) => Range,
): CheckResult {
  const { config, today } = run.environment;
  const comments = (): readonly Range[] => (run.mayHoldDirectives() ? run.shape.comments() : []);
  const directives = [
    ...bindIgnores(run.text, comments, () => run.shape.statements(), config.honourForeign, cellOf),
    ...extra,
  ];
  const obey = run.environment.obeyIgnores !== false;
  const drafts = visible(run);
  const suppressions = new Map<Draft, Suppression>();
  for (const draft of drafts) {
    const suppression = suppressionOf(draft, directives, config, today);
    if (suppression !== undefined) suppressions.set(draft, suppression);
  }
  run.drafts.length = 0;
  if (directives.length > 0) {
    run.guarded(() => {
      const names = ruleNames(knownIds, run.index);
      const facts = directives.map((bound) => ignoreFact(bound, names, today));
      for (const { rule } of run.index.of('ignore')) for (const fact of facts) run.invoke(rule, fact);
    });
  }
  const findings = toFindings(run, [...drafts, ...visible(run)], suppressions);
  return {
    findings: findings.filter((finding) => finding.suppression === undefined || !obey),
    suppressed: obey ? findings.filter((finding) => finding.suppression !== undefined) : [],
    problems: run.problems,
  };
}

/** Drafts that the configuration lets through, without repetitions. */
function visible(run: CheckRun): readonly Draft[] {
  const { config } = run.environment;
  const perFile = config.perFile.filter((entry) => picomatch.isMatch(run.path, entry.files, { dot: true }));
  const seen = new Set<string>();
  return run.drafts.filter((draft) => {
    const { id, family } = draft.rule;
    if (!atLeastAsSure(draft.sureness, config.minimumConfidence)) return false;
    if (perFile.some((entry) => entry.ignore.includes(id) || entry.ignore.includes(family))) return false;
    const key = `${id} ${draft.range.start} ${draft.range.end} ${draft.messageId}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function toFindings(
  run: CheckRun,
  drafts: readonly Draft[],
  suppressions: ReadonlyMap<Draft, Suppression>,
): readonly Finding[] {
  const sorted = [...drafts].sort(
    (a, b) =>
      a.range.start - b.range.start ||
      a.range.end - b.range.end ||
      (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0),
  );
  const fingerprints = new Fingerprints(run.path, run.text);
  return sorted.map((draft) => {
    const suppression = suppressions.get(draft);
    return {
      ruleId: draft.rule.id,
      messageId: draft.messageId,
      severity: draft.rule.fixedSeverity ?? draft.level,
      confidence: draft.sureness,
      message: draft.message,
      range: draft.range,
      place: run.shape.place(draft.range),
      related: draft.places.map(({ place, message }) => ({ place: placeOf(run, place), message })),
      fixes: draft.fixes,
      fingerprint: fingerprints.next(draft.rule.id, statementAround(run, draft.range)),
      ...(draft.rule.id === 'ignore-unused' ? { tag: 'unnecessary' as const } : {}),
      ...(suppression === undefined ? {} : { suppression }),
    };
  });
}

function placeOf(run: CheckRun, place: Range | Place): Place {
  return 'path' in place ? place : run.shape.place(place);
}

/** The smallest statement around a range. */
function statementAround(run: CheckRun, range: Range): Range {
  return innermostStatement(run.shape.statements(), range.start, range.end) ?? range;
}
