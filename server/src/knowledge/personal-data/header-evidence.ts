import type { Category } from './categories.js';
import { type ContainerKind, containerKind } from './container.js';
import { grammarSiblings, nonPersonDomain } from './guards.js';
import { type KnownSet, knownSets } from './known-sets.js';
import { type NameEvidence, nameEvidence } from './name-evidence.js';
import { normalizedName } from './normalize.js';

/** Categories whose strong names make the rows of a header people. */
const personal: ReadonlySet<Category> = new Set<Category>([
  'person_name',
  'gov_id',
  'email',
  'phone',
  'postal_address',
  'dob',
  'sex_gender',
  'race_ethnicity',
  'nationality_origin',
  'religion',
  'political',
  'union',
  'sex_life',
  'health',
  'biometric',
  'medical_record_id',
  'insurance_id',
  'payment_card',
  'bank_account',
  'income',
  'criminal',
  'marital_family',
  'child',
  'pseudonymous_id',
]);

/** Of those, the ones that survive in a header about things: incomes and diseases also describe districts. */
const ambiguous: ReadonlySet<Category> = new Set<Category>(['income', 'health']);

/** Tokens of which two different ones in a header make its rows people. */
const quasiTokens: readonly string[] = ['age', 'sex', 'gender', 'race', 'first', 'last', 'dob'];
const quasiCategories: ReadonlySet<Category> = new Set<Category>([
  'age',
  'sex_gender',
  'race_ethnicity',
  'person_name',
  'dob',
]);

const families: { readonly [category in Category]?: string } = {
  income: 'finance',
  credit_financial: 'finance',
  bank_account: 'finance',
  payment_card: 'card',
  employment: 'employment',
  health: 'health',
  medical_record_id: 'health',
  genetic: 'health',
  insurance_id: 'health',
  education: 'education',
  criminal: 'criminal',
  gov_id: 'government',
};

/** Weak words specific enough to stand for their family beside another column. */
export const specificWeak: ReadonlySet<string> = new Set([
  'chol',
  'trestbps',
  'pulse',
  'decile',
  'misd',
  'fel',
  'recid',
]);

const geoWords: ReadonlySet<string> = new Set([
  'city',
  'zip',
  'postal',
  'postcode',
  'county',
  'town',
  'street',
  'address',
  'plz',
]);
const tripWords: ReadonlySet<string> = new Set(['license', 'licence', 'lic', 'trip', 'dob', 'birth']);
const seriesWords: ReadonlySet<string> = new Set(['year', 'month', 'sunspot']);

/** What one column tells about the others. */
interface Signals {
  readonly marks: readonly string[];
}

const quasi = (token: string): string => `quasi ${token}`;

/** Family of a category for weak words that need a sibling of their own kind. */
export function familyOf(category: Category): string | undefined {
  return families[category];
}

function signalsOf(evidence: NameEvidence): Signals {
  const marks = new Set<string>();
  const { strong, tokens } = evidence;
  if (strong && personal.has(strong))
    marks.add('person').add(ambiguous.has(strong) ? 'person ambiguous' : 'person certain');
  const found = strong ? [strong] : evidence.weak.map((phrase) => phrase.category);
  if (found.some((category) => quasiCategories.has(category))) {
    for (const token of quasiTokens) if (tokens.includes(token)) marks.add(quasi(token));
  }
  const family = strong && families[strong];
  if (family) marks.add(`family ${family}`);
  for (const phrase of evidence.weak) {
    if (specificWeak.has(phrase.tokens[0]!)) marks.add(`family ${families[phrase.category]}`);
  }
  if (tokens.some((token) => nonPersonDomain.has(token))) marks.add('thing');
  if (tokens.some((token) => geoWords.has(token))) marks.add('geo');
  if (tokens.some((token) => tripWords.has(token))) marks.add('trip');
  if (tokens.some((token) => seriesWords.has(token))) marks.add('series');
  if (tokens.some((token) => grammarSiblings.has(token))) marks.add('grammar');
  for (const token of new Set(tokens)) marks.add(`token ${token}`);
  return { marks: [...marks] };
}

const signalCache = new WeakMap<NameEvidence, Signals>();
function signals(evidence: NameEvidence): Signals {
  const hit = signalCache.get(evidence);
  if (hit) return hit;
  const computed = signalsOf(evidence);
  signalCache.set(evidence, computed);
  return computed;
}

interface CompiledSet {
  readonly set: KnownSet;
  readonly deciding: readonly string[];
  readonly atLeast: number;
  readonly columns: ReadonlyMap<string, Category | undefined>;
}

const columnKeys = (list: string): string[] =>
  list.split(',').map((name) => normalizedName(name.trim()).tokens.join(' '));

/** Deciding columns of a known set as keys, and how many must be present. */
export const compiledSets: readonly CompiledSet[] = knownSets.map((set) => {
  const deciding = columnKeys(set.deciding);
  const columns = new Map<string, Category | undefined>();
  for (const key of columnKeys(set.silent ?? '')) if (key !== '') columns.set(key, undefined);
  for (const [category, names] of Object.entries(set.sensitive) as [Category, string][]) {
    for (const key of columnKeys(names)) columns.set(key, category);
  }
  return { set, deciding, atLeast: set.atLeast ?? Math.ceil(deciding.length * 0.8), columns };
});

const setsByColumn = new Map<string, CompiledSet[]>();
for (const compiled of compiledSets) {
  for (const key of new Set(compiled.deciding)) setsByColumn.set(key, [...(setsByColumn.get(key) ?? []), compiled]);
}

function recognise(columns: readonly NameEvidence[]): CompiledSet | undefined {
  const hits = new Map<CompiledSet, number>();
  for (const key of new Set(columns.map((column) => column.key))) {
    for (const compiled of setsByColumn.get(key) ?? []) hits.set(compiled, (hits.get(compiled) ?? 0) + 1);
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
      for (const mark of signals(column).marks) this.#counts.set(mark, (this.#counts.get(mark) ?? 0) + 1);
    }
  }

  /** How many columns other than `self` carry a mark. */
  #others(mark: string, self: NameEvidence): number {
    const all = this.#counts.get(mark) ?? 0;
    return all > 0 && signals(self).marks.includes(mark) ? all - 1 : all;
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

  /** A sibling has this word. */
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
