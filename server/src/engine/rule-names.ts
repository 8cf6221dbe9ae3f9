import { closest, distance } from 'fastest-levenshtein';
import type { RuleNames } from './ignore.js';
import type { RuleIndex } from './rule-index.js';

/** What ignore comments may name: every rule there is, and those that run. */
export function ruleNames(known: ReadonlySet<string>, index: RuleIndex): RuleNames {
  const enabled = new Set(index.rules.map((rule) => rule.id));
  return {
    known: (id) => known.has(id),
    enabled: (id) => enabled.has(id),
    closest: (id) => closestId(id, known),
  };
}

/** The known id nearest to a misspelt one, at most a quarter of it away (and two characters in any case). */
function closestId(id: string, known: ReadonlySet<string>): string | undefined {
  if (known.size === 0 || id.length > 80) return undefined;
  const wanted = id.toLowerCase().replaceAll('_', '-');
  const nearest = closest(wanted, [...known]);
  return distance(wanted, nearest) <= Math.max(2, Math.floor(wanted.length / 4)) ? nearest : undefined;
}
