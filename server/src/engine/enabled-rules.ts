import { PROFILES, type Severity } from '../base/severity.js';
import type { EffectiveConfig } from '../workspace/config.js';
import type { RegisteredRule, RuleSet } from './rule-set.js';

/** A rule that runs, with the level the configuration gives it. */
export interface EnabledRule extends RegisteredRule {
  /** Overrides every level the rule itself chooses; undefined: the rule decides. */
  readonly fixedSeverity: Severity | undefined;
}

/** Rules a configuration switches on: `select` or the profile, minus `ignore` and levels set to `off`. */
export function enabledRules(rules: RuleSet, config: EffectiveConfig): readonly EnabledRule[] {
  const level = PROFILES.indexOf(config.profile);
  const names = (list: readonly string[], rule: RegisteredRule): boolean =>
    list.includes(rule.id) || list.includes(rule.family);
  return rules.flatMap((rule) => {
    const inProfile = PROFILES.indexOf(rule.rule.profile ?? 'recommended') <= level;
    const override = config.severity[rule.id] ?? config.severity[rule.family];
    const wanted =
      config.select.length > 0
        ? names(config.select, rule)
        : inProfile || (override !== undefined && override !== 'off');
    if (!wanted || names(config.ignore, rule) || override === 'off') return [];
    return [{ ...rule, fixedSeverity: override }];
  });
}
