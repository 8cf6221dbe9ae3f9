import type { RequirementsFacts } from '../facts/requirements/requirement.js';
import type { CheckRun } from './check-run.js';
import type { TextFact } from './query.js';

/** Runs the rules over a requirements or constraints file. Linear in its lines. */
export function checkRequirements(run: CheckRun, facts: RequirementsFacts): void {
  for (const requirement of facts.requirements) {
    for (const { rule } of run.index.of('requirement')) run.invoke(rule, requirement);
  }
  const texts = run.index.of('text').filter(({ rule }) => run.mayFire(rule));
  if (texts.length === 0) return;
  const values = [...facts.requirements, ...facts.options];
  for (const { range } of values) {
    const fact: TextFact = {
      kind: 'text',
      text: run.text.slice(range.start, range.end),
      range,
      escaped: false,
      name: undefined,
    };
    for (const { rule } of texts) run.invoke(rule, fact);
  }
}
