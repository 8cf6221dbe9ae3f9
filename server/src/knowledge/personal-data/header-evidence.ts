import { lazy } from '../../base/lazy.js';
import type { Category } from './categories.js';
import { type ContainerKind, containerKind } from './container.js';
import { type KnownSet, knownSets } from './known-sets.js';
import { type NameEvidence, nameEvidence } from './name-evidence.js';
import { normalizedName } from './normalize.js';
import { quasi, quasiTokens } from './signals.js';

interface CompiledSet {
  readonly set: KnownSet;
  readonly deciding: readonly string[];
  readonly atLeast: number;
  readonly columns: ReadonlyMap<string, Category | undefined>;
}

const columnKeys = (list: string): string[] =>
  list.split(',').map((name) => normalizedName(name.trim()).tokens.join(' '));

/** Deciding columns of a known set as keys, and how many must be present. */
export const compiledSets = lazy((): readonly CompiledSet[] => knownSets.map(compileSet));

function compileSet(set: KnownSet): CompiledSet {
  const deciding = columnKeys(set.deciding);
  const columns = new Map<string, Category | undefined>();
  for (const key of columnKeys(set.silent ?? '')) if (key !== '') columns.set(key, undefined);
  for (const [category, names] of Object.entries(set.sensitive) as [Category, string][]) {
    for (const key of columnKeys(names)) columns.set(key, category);
  }
  return { set, deciding, atLeast: set.atLeast ?? Math.ceil(deciding.length * 0.8), columns };
}

const setsByColumn = lazy((): ReadonlyMap<string, readonly CompiledSet[]> => {
  const map = new Map<string, CompiledSet[]>();
  for (const compiled of compiledSets()) {
    for (const key of new Set(compiled.deciding)) map.set(key, [...(map.get(key) ?? []), compiled]);
  }
  return map;
});

/** No set is known by fewer columns. */
const FEWEST_COLUMNS = 2;

function recognise(columns: readonly NameEvidence[]): CompiledSet | undefined {
  if (columns.length < FEWEST_COLUMNS) return undefined;
  const hits = new Map<CompiledSet, number>();
  for (const key of new Set(columns.map((column) => column.key))) {
    for (const compiled of setsByColumn().get(key) ?? []) hits.set(compiled, (hits.get(compiled) ?? 0) + 1);
  }
  let chosen: CompiledSet | undefined;
  let most = 0;
  for (const [compiled, count] of hits) {
    if (count < compiled.atLeast || count <= most) continue;
    chosen = compiled;
    most = count;
  }
  return chosen;
}

/** All columns of one header, class or select list, read together. O(columns) to build, O(1) per question. */
export class HeaderEvidence {
  readonly columns: readonly NameEvidence[];
  readonly container: ContainerKind;
  readonly known: CompiledSet | undefined;
  readonly #counts = new Map<string, number>();

  constructor(names: readonly string[], container: string | undefined) {
    this.columns = names.map(nameEvidence);
    this.container = containerKind(container);
    this.known = recognise(this.columns);
    for (const column of this.columns) {
      for (const mark of column.marks) this.#counts.set(mark, (this.#counts.get(mark) ?? 0) + 1);
    }
  }

  /** How many columns other than `self` carry a mark. */
  #others(mark: string, self: NameEvidence): number {
    const all = this.#counts.get(mark) ?? 0;
    return all > 0 && self.marks.includes(mark) ? all - 1 : all;
  }

  /** Strong personal columns beside `self`. */
  personSiblings(self: NameEvidence): number {
    return this.#others('person', self);
  }

  /** Of those, the ones that cannot describe a district or a thing. */
  certainSiblings(self: NameEvidence): number {
    return this.#others('person certain', self);
  }

  /** Different tokens of {age, sex, gender, race, first, last, dob} beside `self`. */
  quasiSiblings(self: NameEvidence): number {
    return quasiTokens.reduce((sum, token) => sum + (this.#others(quasi(token), self) > 0 ? 1 : 0), 0);
  }

  /** Rows are things: two or more columns of such a domain, and fewer than two certain personal ones. */
  isAboutThings(self: NameEvidence): boolean {
    if (this.container.person || this.#others('thing', self) < 2) return false;
    return this.certainSiblings(self) < 2;
  }

  hasFamily(family: string | undefined, self: NameEvidence): boolean {
    return family !== undefined && this.#others(`family ${family}`, self) > 0;
  }

  has(mark: 'geo' | 'trip' | 'series' | 'grammar', self: NameEvidence): boolean {
    return this.#others(mark, self) > 0;
  }

  /** A sibling has this word; known for first and last name columns and for the words that refute a weak phrase. */
  hasToken(token: string, self: NameEvidence): boolean {
    return this.#others(`token ${token}`, self) > 0;
  }

  /** Every sibling is a code, a version or its meaning: a dictionary, not a record. */
  isDictionary(self: NameEvidence): boolean {
    const rest = this.columns.filter((column) => column !== self);
    const meaning = /\b(?:description|desc|title|label|meaning|definition|version)\b/;
    return (
      rest.length > 0 &&
      rest.length <= 3 &&
      rest.some((c) => meaning.test(c.key)) &&
      rest.every((c) => meaning.test(c.key) || /\b(?:code|id|icd)\b/.test(c.key)) &&
      this.certainSiblings(self) === 0
    );
  }
}
