import { describe, expect, it } from 'vitest';
import type { AnyRule } from '../../../server/src/engine/rule.js';
import { outlineOf, ruleOnDemand, textsOf } from '../../../server/src/engine/rule-on-demand.js';
import { rules } from '../../../server/src/rules/index.gen.js';

describe('a rule on demand', () => {
  it('tells its outline without being loaded, and is loaded once', () => {
    const { rule } = rules.find(({ rule }) => rule.words !== undefined && rule.profile !== undefined)!;
    const loaded: string[] = [];
    const onDemand = ruleOnDemand(
      outlineOf(rule),
      () => {
        loaded.push('code');
        return rule;
      },
      () => {
        loaded.push('texts');
        return rule;
      },
    );
    expect([onDemand.query, onDemand.profile, onDemand.words]).toEqual([rule.query, rule.profile, rule.words]);
    expect(onDemand.skipsTests).toBe(rule.skipsTests);
    expect(loaded).toEqual([]);
    expect([onDemand.check, onDemand.messages]).toEqual([rule.check, rule.messages]);
    expect(loaded).toEqual(['code']);
    expect([onDemand.summary, onDemand.docs]).toEqual([rule.summary, rule.docs]);
    expect(loaded).toEqual(['code', 'texts']);
  });

  it('is the rule in everything', () => {
    const differing = rules.flatMap(({ id, rule }) => {
      const [outline, texts] = [outlineOf(rule), textsOf(rule)].map((part) => JSON.parse(JSON.stringify(part)));
      const onDemand = ruleOnDemand(
        outline,
        () => rule,
        () => texts,
      );
      return (Object.keys(rule) as (keyof AnyRule)[])
        .filter(
          (key) =>
            JSON.stringify(onDemand[key]) !== JSON.stringify(rule[key]) || typeof onDemand[key] !== typeof rule[key],
        )
        .map((key) => `${id} ${key}`);
    });
    expect(differing).toEqual([]);
  });
});
