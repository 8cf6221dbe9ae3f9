import { NameSet } from '../../base/name-set.js';
import type { Range } from '../../base/range.js';
import { eachIdentifier } from '../../facts/python/identifiers.js';
import type { PythonModule } from '../../facts/python/module.js';
import { isSourceName } from '../../knowledge/data-frames/readers.js';
import { isRecordKey, type PersonalMention } from './personal-names.js';

/** Something with a name whose text other text of the module can bring into play: a function, a class, a variable. */
export interface Named {
  readonly name: string;
  readonly range: Range;
}

/** What is looked for in a module. */
export interface Interest {
  /** Texts that may name personal columns, by position. */
  readonly personal: readonly PersonalMention[];
  /** Trainings count whatever the columns are called. */
  readonly trainings: boolean;
}

/**
 * Which definitions of a module can bring data, and personal columns, into play by themselves: their text holds a reader, a
 * frame or a personal record, or it names a definition that does. Everything else has to be given them.
 * O(tokens + uses · definitions around them).
 */
export class Relevance {
  readonly #sources: Reach;
  /** Undefined when every function that brings data counts: trainings matter whatever the columns. */
  readonly #personal: Reach | undefined;

  constructor(module: PythonModule, definitions: readonly Named[], interest: Interest) {
    const { personal } = interest;
    const known = new NameSet(definitions.map(({ name }) => name));
    const uses: Use[] = [];
    const sources = personal
      .filter((mention) => isRecordKey(module.tree.text, mention.start))
      .map(({ start }) => start);
    eachIdentifier(module, (from, to) => {
      const { text } = module.tree;
      const name = known.at(text, from, to);
      if (name !== undefined) uses.push({ name, at: from });
      if (isSourceName(text, from, to)) sources.push(from);
    });
    const users = usersOf(definitions, uses);
    this.#sources = new Reach(
      sources.sort((a, b) => a - b),
      definitions,
      users,
    );
    const starts = personal.map(({ start }) => start);
    this.#personal = interest.trainings ? undefined : new Reach(starts, definitions, users);
  }

  /** True when nothing in the module is data. */
  get empty(): boolean {
    return this.#sources.empty;
  }

  /** True when a definition can bring data into play. */
  bringsData(definition: Named): boolean {
    return this.#sources.has(definition);
  }

  /** True when what happens to data in a definition can be worth reporting. */
  mayReport(definition: Named): boolean {
    return this.#personal?.has(definition) ?? true;
  }
}

interface Use {
  readonly name: string;
  readonly at: number;
}

/** Definitions by the names their text uses. */
function usersOf(definitions: readonly Named[], uses: readonly Use[]): ReadonlyMap<string, ReadonlySet<Named>> {
  const users = new Map<string, Set<Named>>();
  for (const definition of definitions) {
    for (let i = firstFrom(uses.length, (j) => uses[j]!.at, definition.range.start); i < uses.length; i++) {
      const { name, at } = uses[i]!;
      if (at >= definition.range.end) break;
      if (name === definition.name) continue;
      const known = users.get(name);
      if (known === undefined) users.set(name, new Set([definition]));
      else known.add(definition);
    }
  }
  return users;
}

/** The definitions that hold evidence, and those that name one of them, over any number of steps. */
class Reach {
  readonly #evidence: readonly number[];
  readonly #reached = new Set<Named>();

  constructor(
    evidence: readonly number[],
    definitions: readonly Named[],
    users: ReadonlyMap<string, ReadonlySet<Named>>,
  ) {
    this.#evidence = evidence;
    const pending = definitions.filter(({ range }) => this.within(range));
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (this.#reached.has(next)) continue;
      this.#reached.add(next);
      pending.push(...(users.get(next.name) ?? []));
    }
  }

  get empty(): boolean {
    return this.#evidence.length === 0;
  }

  has(definition: Named): boolean {
    return this.#reached.has(definition);
  }

  within(range: Range): boolean {
    const at = firstFrom(this.#evidence.length, (i) => this.#evidence[i]!, range.start);
    return at < this.#evidence.length && this.#evidence[at]! < range.end;
  }
}

/** Index of the first of `count` ascending values that is at least `least`. */
function firstFrom(count: number, valueAt: (index: number) => number, least: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(middle) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
