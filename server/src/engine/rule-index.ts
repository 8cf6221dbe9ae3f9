import { lastSegment, NamePatterns } from '../base/name-pattern.js';
import { NameSet } from '../base/name-set.js';
import type { EffectiveConfig } from '../workspace/config.js';
import { type EnabledRule, enabledRules } from './enabled-rules.js';
import { EntryIndex } from './entry-index.js';
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
  readonly calls: NamePatterns<EnabledRule>;
  /** Rules by the last names of the calls they ask for. */
  readonly callRules: ReadonlyMap<string, readonly EnabledRule[]>;
  /**
   * By last name: the names before it in the patterns, one of which a module uses when it calls a method or attribute of that
   * name on something a pattern names. Undefined when a pattern says nothing about what it is called on.
   */
  readonly receivers: ReadonlyMap<string, readonly string[] | undefined>;
  /** All names in `receivers`. */
  readonly receiverNames: NameSet;
  readonly references: NamePatterns<EnabledRule>;
  readonly stores: NamePatterns<EnabledRule>;
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
    this.calls = patternsOf(this.of('call'));
    this.callRules = rulesByLast(this.of('call'));
    this.receivers = receiversOf(this.of('call').flatMap(({ query }) => query.names));
    this.receiverNames = new NameSet([...this.receivers.values()].flatMap((names) => names ?? []));
    this.references = patternsOf(this.of('reference'));
    this.stores = patternsOf(this.of('store'));
    this.entries = new EntryIndex(this.of('entry'));
    const processes = this.has('command') ? PROCESS_CALLS.keys() : [];
    this.callNames = new NameSet([...this.callRules.keys(), ...processes]);
    this.referenceNames = new NameSet(lastNames(this.of('reference')));
    this.storeNames = new NameSet(lastNames(this.of('store')));
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

interface Named {
  readonly names: readonly string[];
}

function patternsOf(subscriptions: readonly Subscription<QueryShape & Named>[]): NamePatterns<EnabledRule> {
  const patterns = new NamePatterns<EnabledRule>();
  for (const { rule, query } of subscriptions) for (const name of query.names) patterns.add(name, rule);
  return patterns;
}

function rulesByLast(subscriptions: readonly Subscription<QueryShape & Named>[]): ReadonlyMap<string, EnabledRule[]> {
  const rules = new Map<string, EnabledRule[]>();
  for (const { rule, query } of subscriptions) {
    for (const last of new Set(query.names.map(lastSegment))) {
      const list = rules.get(last);
      if (list === undefined) rules.set(last, [rule]);
      else list.push(rule);
    }
  }
  return rules;
}

function lastNames(subscriptions: readonly Subscription<QueryShape & Named>[]): ReadonlySet<string> {
  return new Set(subscriptions.flatMap((entry) => entry.query.names.map(lastSegment)));
}

function receiversOf(patterns: readonly string[]): ReadonlyMap<string, readonly string[] | undefined> {
  const receivers = new Map<string, Set<string> | undefined>();
  for (const pattern of patterns) {
    const last = lastSegment(pattern);
    const dot = pattern.lastIndexOf('.');
    // A plain name is called on nothing.
    const receiver = dot < 0 ? undefined : lastSegment(pattern.slice(0, dot));
    if (receiver?.includes('*')) receivers.set(last, undefined);
    else if (!receivers.has(last)) receivers.set(last, new Set(receiver === undefined ? [] : [receiver]));
    else if (receiver !== undefined) receivers.get(last)?.add(receiver);
  }
  return new Map([...receivers].map(([last, names]) => [last, names && [...names]]));
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
