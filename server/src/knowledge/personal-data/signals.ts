import { lazy } from '../../base/lazy.js';
import type { Category } from './categories.js';
import { grammarSiblings, nonPersonDomain } from './guards.js';
import { type Phrase, weakPhrases } from './phrases.js';

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
export const quasiTokens: readonly string[] = ['age', 'sex', 'gender', 'race', 'first', 'last', 'dob'];
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

/** Mark of one of the quasi tokens. */
export const quasi = (token: string): string => `quasi ${token}`;

/** Family of a category for weak words that need a sibling of their own kind. */
export function familyOf(category: Category): string | undefined {
  return families[category];
}

const marksByToken = lazy((): ReadonlyMap<string, readonly string[]> => {
  const marks = new Map<string, string[]>();
  const mark = (tokens: Iterable<string>, name: (token: string) => string): void => {
    for (const token of tokens) marks.set(token, [...(marks.get(token) ?? []), name(token)]);
  };
  mark(nonPersonDomain, () => 'thing');
  mark(geoWords, () => 'geo');
  mark(tripWords, () => 'trip');
  mark(seriesWords, () => 'series');
  mark(grammarSiblings, () => 'grammar');
  const refuting = weakPhrases().flatMap((phrase) => phrase.weak?.refutedBy ?? []);
  mark(new Set(['fname', 'lname', ...refuting]), (token) => `token ${token}`);
  return marks;
});

const nothing: readonly string[] = [];

/** What one column tells about the others, as different marks that a header counts. */
export function marksOf(
  tokens: readonly string[],
  strong: Category | undefined,
  weak: readonly Phrase[],
): readonly string[] {
  const marks = new Set<string>();
  for (const token of tokens) for (const name of marksByToken().get(token) ?? nothing) marks.add(name);
  if (strong && personal.has(strong)) {
    marks.add('person');
    if (!ambiguous.has(strong)) marks.add('person certain');
  }
  const family = strong && families[strong];
  if (family) marks.add(`family ${family}`);
  const demographic = strong
    ? quasiCategories.has(strong)
    : weak.some((phrase) => quasiCategories.has(phrase.category));
  if (demographic) for (const token of quasiTokens) if (tokens.includes(token)) marks.add(quasi(token));
  for (const phrase of weak) if (specificWeak.has(phrase.tokens[0]!)) marks.add(`family ${families[phrase.category]}`);
  return marks.size === 0 ? nothing : [...marks];
}
