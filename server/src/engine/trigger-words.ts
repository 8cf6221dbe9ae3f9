import { lastSegment } from '../base/name-pattern.js';
import { HANDLER_PACKAGES } from '../semantics/handler-parameters.js';
import type { EnabledRule } from './enabled-rules.js';
import type { QueryShape } from './query.js';
import { queriesOf, type RuleIndex } from './rule-index.js';

/**
 * Words without which a rule cannot report in Python code: its own, else the names its queries end in. Undefined when
 * nothing can be said. A name is always written out where it is used, since re-exports are followed under the same name only.
 */
export function triggerWords(rule: EnabledRule): readonly string[] | undefined {
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
    case 'handler':
      return HANDLER_PACKAGES;
    case 'statement':
      return query.statements;
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

type Subscriptions = readonly { readonly rule: EnabledRule }[];

/** Tests a text against the words of all rules at once, and of single rules on demand. ASCII letters match in any case. */
export class TriggerWords {
  readonly #any: RegExp | undefined;
  readonly #byRule = new Map<string, RegExp>();
  readonly #bySubscriptions = new Map<Subscriptions, RegExp>();

  constructor(index: RuleIndex) {
    const all = new Set<string>();
    let open = false;
    for (const rule of index.rules) {
      const words = triggerWords(rule);
      if (words === undefined) open = true;
      else for (const word of words) all.add(word);
      if (rule.rule.words !== undefined) this.#byRule.set(rule.id, expression(rule.rule.words));
    }
    this.#any = open ? undefined : expression([...all]);
  }

  /** False when no rule can report anything in this text. */
  any(text: string): boolean {
    return this.#any === undefined || this.#any.test(text);
  }

  /** False when none of these rules can report anything in this text: one pass instead of one for each. */
  anyOf(subscriptions: Subscriptions, text: string): boolean {
    let words = this.#bySubscriptions.get(subscriptions);
    if (words === undefined) {
      words = expression(subscriptions.flatMap(({ rule }) => triggerWords(rule) ?? ['']));
      this.#bySubscriptions.set(subscriptions, words);
    }
    return words.test(text);
  }

  /** Words without which a rule cannot report anything in a text; undefined when it may always. */
  wordsOf(id: string): RegExp | undefined {
    return this.#byRule.get(id);
  }
}

function expression(words: readonly string[]): RegExp {
  if (words.length === 0) return /(?!)/;
  return new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'i');
}
