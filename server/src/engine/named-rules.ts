import { lazy } from '../base/lazy.js';
import { lastSegment, NamePatterns } from '../base/name-pattern.js';
import { NameSet } from '../base/name-set.js';
import type { EnabledRule } from './enabled-rules.js';

interface Entry {
  readonly pattern: string;
  readonly rule: EnabledRule;
}

/** What rules ask for under one last name. */
class Group {
  readonly entries: Entry[] = [];
  #patterns: NamePatterns<EnabledRule> | undefined;
  #rules: readonly EnabledRule[] | undefined;
  #receivers: { readonly names: readonly string[] | undefined } | undefined;

  get patterns(): NamePatterns<EnabledRule> {
    if (this.#patterns === undefined) {
      this.#patterns = new NamePatterns();
      for (const { pattern, rule } of this.entries) this.#patterns.add(pattern, rule);
    }
    return this.#patterns;
  }

  get rules(): readonly EnabledRule[] {
    this.#rules ??= [...new Set(this.entries.map(({ rule }) => rule))];
    return this.#rules;
  }

  get receivers(): readonly string[] | undefined {
    if (this.#receivers === undefined) {
      const before = this.entries.flatMap(({ pattern }) => receiverOf(pattern) ?? []);
      this.#receivers = { names: before.some((name) => name.includes('*')) ? undefined : [...new Set(before)] };
    }
    return this.#receivers.names;
  }
}

/**
 * Rules by the dotted-name patterns they ask for. Patterns are put together by their last name; all else is made for the names
 * that a program uses, which are few.
 */
export class NamedRules {
  readonly #groups = new Map<string, Group>();
  /** Last names that are wildcards, or hold one. */
  readonly #open = new NamePatterns<EnabledRule>();

  constructor(
    subscriptions: readonly { readonly rule: EnabledRule; readonly query: { readonly names: readonly string[] } }[],
  ) {
    for (const { rule, query } of subscriptions) {
      for (const pattern of query.names) {
        const last = lastSegment(pattern);
        let group = this.#groups.get(last);
        if (group === undefined) {
          group = new Group();
          this.#groups.set(last, group);
        }
        group.entries.push({ pattern, rule });
        if (last.includes('*')) this.#open.add(pattern, rule);
      }
    }
  }

  get lastNames(): Iterable<string> {
    return this.#groups.keys();
  }

  /** Rules with a pattern that matches, once for each pattern. */
  match(name: string): readonly EnabledRule[] {
    const own = this.#groups.get(lastSegment(name))?.patterns.match(name) ?? [];
    const open = this.#open.match(name);
    return open.length === 0 ? own : [...own, ...open];
  }

  /** Rules that ask for something with this last name; undefined when there is none. */
  asking(last: string): readonly EnabledRule[] | undefined {
    return this.#groups.get(last)?.rules;
  }

  /**
   * The names before this last one in the patterns, one of which a module uses when it calls a method or attribute of that name
   * on something a pattern names. Undefined when a pattern says nothing about what it is called on.
   */
  receivers(last: string): readonly string[] | undefined {
    return this.#groups.get(last)?.receivers;
  }

  /** All names that `receivers` gives. */
  readonly receiverNames = lazy(
    () => new NameSet([...this.#groups.values()].flatMap(({ receivers }) => receivers ?? [])),
  );
}

/** The name before the last one; a plain name is called on nothing. */
function receiverOf(pattern: string): string | undefined {
  const dot = pattern.lastIndexOf('.');
  return dot < 0 ? undefined : lastSegment(pattern.slice(0, dot));
}
