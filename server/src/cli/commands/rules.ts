import { ruleUrl } from '../../base/links.js';
import type { RegisteredRule, RuleSet } from '../../engine/rule-set.js';
import { fixKinds } from '../../rules/fix-kinds.gen.js';
import { Exit } from '../exit.js';
import type { CliHost } from '../host.js';

/** `tidegate rules`: every rule with its family, level and summary, as a table or as JSON. */
export function listRules(host: CliHost, format: 'text' | 'json', rules: RuleSet): number {
  host.stdout.write(format === 'json' ? `${JSON.stringify(rules.map(asJson), undefined, 2)}\n` : asTable(rules));
  return Exit.clean;
}

function asJson({ id, family, rule }: RegisteredRule): object {
  return {
    id,
    family,
    summary: rule.summary,
    severity: rule.severity,
    confidence: rule.confidence,
    profile: rule.profile ?? 'recommended',
    fixes: fixKinds[id] ?? [],
    stages: rule.stages,
    since: rule.since,
    references: rule.references,
    overlaps: rule.overlaps ?? [],
    url: ruleUrl(id),
  };
}

function asTable(rules: RuleSet): string {
  const width = (of: (rule: RegisteredRule) => string) => Math.max(0, ...rules.map((rule) => of(rule).length));
  const [ids, families] = [width((rule) => rule.id), width((rule) => rule.family)];
  return rules
    .map(
      ({ id, family, rule }) =>
        `${id.padEnd(ids)}  ${family.padEnd(families)}  ${rule.severity.padEnd(7)}  ${rule.summary}\n`,
    )
    .join('');
}
