import type { ConfigEntry, FormatId } from '../facts/config/entry.js';
import type { EnabledRule } from './enabled-rules.js';
import type { QueryShape } from './query.js';

/** A rule that asks for entries. */
export interface EntrySubscription {
  readonly rule: EnabledRule;
  readonly query: Extract<QueryShape, { kind: 'entry' }>;
}

/** Subscriptions by the key that tells most of their entries apart. */
interface ByKey {
  /** By the last segment of the path. */
  readonly own: ReadonlyMap<string, readonly EntrySubscription[]>;
  /** Paths that end with `*`: by the segment before it. */
  readonly parents: ReadonlyMap<string, readonly EntrySubscription[]>;
  readonly others: readonly EntrySubscription[];
}

/** Finds the subscriptions whose formats and path fit an entry, without comparing it with every path. */
export class EntryIndex {
  readonly #subscriptions: readonly EntrySubscription[];
  readonly #byFormat = new Map<FormatId | undefined, ByKey>();

  constructor(subscriptions: readonly EntrySubscription[]) {
    this.#subscriptions = subscriptions;
  }

  /** Calls `visit` for each subscription that wants an entry of a document; undefined stands for no known format. */
  of(format: FormatId | undefined): (entry: ConfigEntry, visit: (subscription: EntrySubscription) => void) => void {
    const { own, parents, others } = this.#arranged(format);
    return (entry, visit) => {
      const tell = (subscriptions: readonly EntrySubscription[] | undefined): void => {
        for (const subscription of subscriptions ?? [])
          if (pathMatches(subscription.query.path, entry)) visit(subscription);
      };
      if (entry.key !== undefined) tell(own.get(entry.key));
      if (entry.parent?.key !== undefined) tell(parents.get(entry.parent.key));
      tell(others);
    };
  }

  #arranged(format: FormatId | undefined): ByKey {
    let arranged = this.#byFormat.get(format);
    if (arranged === undefined) {
      const wanted = this.#subscriptions.filter(
        ({ query }) => query.formats === 'any' || (format !== undefined && query.formats.includes(format)),
      );
      arranged = byKey(wanted);
      this.#byFormat.set(format, arranged);
    }
    return arranged;
  }
}

function byKey(subscriptions: readonly EntrySubscription[]): ByKey {
  const own = new Map<string, EntrySubscription[]>();
  const parents = new Map<string, EntrySubscription[]>();
  const others: EntrySubscription[] = [];
  for (const subscription of subscriptions) {
    const { path } = subscription.query;
    const last = path.at(-1) ?? '**';
    const before = path.at(-2) ?? '*';
    if (!last.startsWith('*')) add(own, last, subscription);
    else if (last === '*' && !before.startsWith('*')) add(parents, before, subscription);
    else others.push(subscription);
  }
  return { own, parents, others };
}

function add(lists: Map<string, EntrySubscription[]>, key: string, subscription: EntrySubscription): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [subscription]);
  else list.push(subscription);
}

/** `*` matches one key or list item, `**` any number of them, any other segment a key. Compared from the end, where paths differ most. */
export function pathMatches(
  pattern: readonly string[],
  entry: ConfigEntry,
  last: number = pattern.length - 1,
): boolean {
  const { parent } = entry;
  if (last < 0) return parent === undefined;
  const segment = pattern[last]!;
  if (segment === '**')
    return pathMatches(pattern, entry, last - 1) || (parent !== undefined && pathMatches(pattern, parent, last));
  if (parent === undefined) return false;
  return (segment === '*' || segment === entry.key) && pathMatches(pattern, parent, last - 1);
}
