import { NameSet } from '../base/name-set.js';
import type { EffectiveConfig } from '../workspace/config.js';
import { type EnabledRule, enabledRules } from './enabled-rules.js';
import { EntryIndex } from './entry-index.js';
import { NamedRules } from './named-rules.js';
import { PROCESS_CALLS } from './python-commands.js';
import type { Query, QueryShape } from './query.js';
import type { RuleSet } from './rule-set.js';

/** A rule under one of its queries. */
export interface Subscription<Q extends QueryShape = QueryShape> {
  readonly rule: EnabledRule;
  readonly query: Q;
}

type Kinds = QueryShape['kind'];

/** Enabled rules arranged by what they ask for, so that a document is walked once. Built once per configuration. */
export class RuleIndex {
  readonly rules: readonly EnabledRule[];
  readonly #byKind = new Map<Kinds, Subscription[]>();
  readonly callNames: NameSet;
  readonly referenceNames: NameSet;
  readonly storeNames: NameSet;
  readonly keywordNames: NameSet;
  readonly calls: NamedRules;
  readonly references: NamedRules;
  readonly stores: NamedRules;
  readonly entries: EntryIndex;

  constructor(rules: readonly EnabledRule[]) {
    this.rules = rules;
    for (const rule of rules) {
      for (const query of queriesOf(rule)) {
        const list = this.#byKind.get(query.kind);
        if (list === undefined) this.#byKind.set(query.kind, [{ rule, query }]);
        else list.push({ rule, query });
      }
    }
    this.calls = new NamedRules(this.of('call'));
    this.references = new NamedRules(this.of('reference'));
    this.stores = new NamedRules(this.of('store'));
    this.entries = new EntryIndex(this.of('entry'));
    const processes = this.has('command') ? PROCESS_CALLS.keys() : [];
    this.callNames = new NameSet([...this.calls.lastNames, ...processes]);
    this.referenceNames = new NameSet(this.references.lastNames);
    this.storeNames = new NameSet(this.stores.lastNames);
    this.keywordNames = new NameSet(this.of('keyword').flatMap((entry) => entry.query.names));
  }

  of<K extends Kinds>(kind: K): readonly Subscription<Extract<QueryShape, { kind: K }>>[] {
    return (this.#byKind.get(kind) ?? []) as unknown as Subscription<Extract<QueryShape, { kind: K }>>[];
  }

  has(...kinds: readonly Kinds[]): boolean {
    return kinds.some((kind) => this.#byKind.has(kind));
  }
}

export function queriesOf(rule: EnabledRule): readonly Query<unknown>[] {
  const { query } = rule.rule;
  return Array.isArray(query) ? (query as readonly Query<unknown>[]) : [query as Query<unknown>];
}

const indexes = new WeakMap<RuleSet, WeakMap<EffectiveConfig, RuleIndex>>();

/** The index for a configuration object; the same objects give the same index. */
export function ruleIndex(rules: RuleSet, config: EffectiveConfig): RuleIndex {
  let byConfig = indexes.get(rules);
  if (byConfig === undefined) {
    byConfig = new WeakMap();
    indexes.set(rules, byConfig);
  }
  let index = byConfig.get(config);
  if (index === undefined) {
    index = new RuleIndex(enabledRules(rules, config));
    byConfig.set(config, index);
  }
  return index;
}
