import { lastSegment } from '../base/name-pattern.js';
import type { EnabledRule } from './enabled-rules.js';
import type { QueryShape } from './query.js';
import { queriesOf, type RuleIndex } from './rule-index.js';

/**
 * Words without which a rule cannot report in Python code: its own, else the names its queries end in. Undefined when
 * nothing can be said. A name is always written out where it is used, since re-exports are followed under the same name only.
 */
export function triggerWords(rule: EnabledRule): readonly string[] | undefined {
  if (typeof rule.rule.words === 'function') return [];
  if (rule.rule.words !== undefined) return rule.rule.words.map((word) => word.toLowerCase());
  const words: string[] = [];
  for (const query of queriesOf(rule)) {
    const own = queryWords(query);
    if (own === undefined) return undefined;
    words.push(...own);
  }
  return words.map((word) => word.toLowerCase());
}

function queryWords(query: QueryShape): readonly string[] | undefined {
  switch (query.kind) {
    case 'call':
    case 'reference':
    case 'store':
      return query.names.map(lastSegment);
    case 'keyword':
    case 'command':
      return query.names;
    case 'ignore':
      return ['tidegate:', 'nosec', 'noqa'];
    case 'frame':
      return ['('];
    case 'text':
    case 'output':
      return undefined;
    default:
      return [];
  }
}

/** Tests a text against the words of all rules at once, and of single rules on demand. */
export class TriggerWords {
  readonly #any: RegExp | undefined;
  readonly #byRule = new Map<string, (lowerCase: string) => boolean>();
  readonly #tests: readonly ((lowerCase: string) => boolean)[];

  constructor(index: RuleIndex) {
    const all = new Set<string>();
    let open = false;
    for (const rule of index.rules) {
      const words = triggerWords(rule);
      if (words === undefined) open = true;
      else for (const word of words) all.add(word);
      if (rule.rule.words !== undefined) this.#byRule.set(rule.id, testOf(rule.rule.words));
    }
    this.#tests = [
      ...new Set(index.rules.flatMap(({ rule }) => (typeof rule.words === 'function' ? [rule.words] : []))),
    ];
    this.#any = open ? undefined : expression([...all]);
  }

  /** False when no rule can report anything in this (lower-case) text. */
  any(lowerCase: string): boolean {
    return this.#any === undefined || this.#any.test(lowerCase) || this.#tests.some((test) => test(lowerCase));
  }

  /** Test of lower-case text without which a rule cannot report anything; undefined when it may always. */
  testOf(id: string): ((lowerCase: string) => boolean) | undefined {
    return this.#byRule.get(id);
  }
}

function testOf(words: readonly string[] | ((lowerCase: string) => boolean)): (lowerCase: string) => boolean {
  if (typeof words === 'function') return words;
  const any = expression(words);
  return (lowerCase) => any.test(lowerCase);
}

function expression(words: readonly string[]): RegExp {
  if (words.length === 0) return /(?!)/;
  return new RegExp(words.map((word) => word.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));
}
