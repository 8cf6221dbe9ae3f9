import { memoise } from '../../base/bounded-cache.js';
import { lazy } from '../../base/lazy.js';
import { type Category, categories, categoryInfo } from './categories.js';
import * as guard from './guards.js';
import { exactNames } from './lexicon.js';
import { bareName, longestName, normalizedName, type SplitName } from './normalize.js';
import { findPhrases, type Phrase, type PhraseMatch } from './phrases.js';
import { marksOf } from './signals.js';

/** What one name says by itself. */
export interface NameEvidence {
  readonly tokens: readonly string[];
  /** Tokens between single blanks: equal for `marital-status` and `MaritalStatus`. */
  readonly key: string;
  /** Category of a strong phrase that no guard refused. */
  readonly strong?: Category;
  /** Weak phrases that the rest of the name does not contradict. */
  readonly weak: readonly Phrase[];
  /** `digest`: hashed without a visible key. `protected`: masked, encrypted, tokenised, coarsened. */
  readonly form: 'plain' | 'digest' | 'protected';
  /** `Age60`: digits without "years" or "plus". */
  readonly bareDigits: boolean;
  /** What the column tells about its siblings, see `signals.ts`. */
  readonly marks: readonly string[];
}

const isNumber = (token: string): boolean => /^\d+$/.test(token);

/** Index set of tokens that belong to a measure of one person and so are no statistic. */
function personalMeasureAt(tokens: readonly string[], i: number): boolean {
  return guard.personalMeasures.some(
    ([a, b]) => (tokens[i] === a && tokens[i + 1] === b) || (tokens[i] === b && tokens[i - 1] === a),
  );
}

function isStatistic(tokens: readonly string[], match: PhraseMatch, end: number): boolean {
  const { category } = match.phrase;
  for (let i = 0; i < tokens.length; i++) {
    if (i >= match.start && i < end) continue;
    if (guard.statisticWords.has(tokens[i]!) && !personalMeasureAt(tokens, i)) return true;
  }
  if (match.start === 0) return false;
  const head = tokens[0]!;
  const countable = category === 'marital_family' || category === 'criminal';
  if (guard.statisticHeads.has(head)) return !(countable && (head === 'count' || head === 'cnt'));
  if (!guard.quantityHeads.has(head)) return false;
  return categoryInfo(category).guards !== 'attribute' || category === 'sex_gender' || category === 'race_ethnicity';
}

function hasOutside(tokens: readonly string[], start: number, end: number, words: ReadonlySet<string>): boolean {
  return tokens.some((token, i) => (i < start || i >= end) && words.has(token));
}

/** Guards of one category: the word means a thing here, not a person's data. */
function isOtherMeaning(tokens: readonly string[], match: PhraseMatch, end: number): boolean {
  const { start, phrase } = match;
  const outside = (words: ReadonlySet<string>) => hasOutside(tokens, start, end, words);
  switch (phrase.category) {
    case 'person_name':
      return start > 0 && guard.objectNouns.has(tokens[start - 1]!);
    case 'gov_id':
      return tokens[start] === 'ssn' && guard.ssnDenied.has(tokens[end] ?? '');
    case 'age':
      return outside(guard.ageDenied);
    case 'postal_address':
      return outside(guard.addressDenied);
    case 'coarse_geo':
      return tokens[start] === 'state' && outside(guard.stateDenied);
    case 'credential':
      return tokens[end - 1] === 'token' && outside(guard.tokenDenied);
    case 'marital_family':
      return phrase.tokens[0] === 'dependent' && (tokens[end] === 'variable' || tokens[end] === 'var');
    default:
      return false;
  }
}

function isGuarded(tokens: readonly string[], match: PhraseMatch): boolean {
  const { start, phrase } = match;
  const end = start + phrase.tokens.length;
  if (isStatistic(tokens, match, end) || isOtherMeaning(tokens, match, end)) return true;
  const kind = categoryInfo(phrase.category).guards;
  if (kind === 'attribute') return false;
  if (start > 0 && guard.booleanHeads.has(tokens[0]!)) return true;
  if (kind !== 'credential' && hasOutside(tokens, start, end, guard.negations)) return true;
  const tail = tokens.slice(end);
  if (tail.some((token) => guard.locatorTails.has(token))) return true;
  return kind !== 'text' && tail.some((token) => guard.stateTails.has(token));
}

function isNeutral(token: string): boolean {
  return (
    guard.neutralQualifiers.has(token) ||
    guard.personNouns.has(token) ||
    guard.protectedWords.has(token) ||
    guard.digestWords.has(token) ||
    isNumber(token)
  );
}

/** A weak phrase counts only when the rest of the name is neutral, or a category value follows it. */
function isPlausible({ tokens, joints }: SplitName, { start, phrase }: PhraseMatch): boolean {
  const end = start + phrase.tokens.length;
  const rest = tokens.filter((_, i) => i < start || i >= end);
  const isAge = phrase.category === 'age';
  if (rest.every((token) => isNeutral(token) || (isAge && guard.ageQualifiers.has(token)))) return true;
  const tail = tokens.slice(end);
  return (
    phrase.weak!.oneHot &&
    start === 0 &&
    joints[end - 1] !== '' &&
    tail.length <= 3 &&
    !tail.some((token) => guard.oneHotStops.has(token) || isNumber(token))
  );
}

/** Longest phrase wins; of two equals the one nearer the end, where English puts the noun. */
function best(matches: readonly PhraseMatch[]): PhraseMatch | undefined {
  let chosen: PhraseMatch | undefined;
  for (const match of matches) {
    if (!chosen) chosen = match;
    else {
      const longer = match.phrase.tokens.length - chosen.phrase.tokens.length;
      if (longer > 0 || (longer === 0 && match.start > chosen.start)) chosen = match;
    }
  }
  return chosen;
}

function formOf(tokens: readonly string[]): NameEvidence['form'] {
  if (tokens.some((token) => guard.protectedWords.has(token))) return 'protected';
  return tokens.some((token) => guard.digestWords.has(token)) ? 'digest' : 'plain';
}

const exact = lazy((): ReadonlyMap<string, Category> => {
  const byName = new Map<string, Category>();
  for (const category of categories)
    for (const name of exactNames[category]?.split(' ') ?? []) byName.set(name, category);
  return byName;
});

const noPhrases: readonly Phrase[] = [];

/** Evidence of a name without any phrase: only what it tells about its siblings. */
function unknown(tokens: readonly string[]): NameEvidence {
  return {
    tokens,
    key: tokens.join(' '),
    weak: noPhrases,
    form: 'plain',
    bareDigits: false,
    marks: marksOf(tokens, undefined, noPhrases),
  };
}

function examine(raw: string): NameEvidence {
  const name = normalizedName(raw);
  const { tokens } = name;
  const matches = findPhrases(name);
  const isAscii = matches.length > 0 || !/[^\0-\u02ff]/.test(raw);
  if (matches.length === 0 && isAscii) return unknown(tokens);
  const strong = best(matches.filter((m) => !m.phrase.weak && !isGuarded(tokens, m)));
  const category = strong?.phrase.category ?? (isAscii ? undefined : exact().get(bareName(raw).normalize('NFC')));
  const weak = category
    ? []
    : matches.filter((m) => m.phrase.weak && !isGuarded(tokens, m) && isPlausible(name, m)).map((m) => m.phrase);
  const age = tokens.indexOf('age');
  return {
    tokens,
    key: tokens.join(' '),
    ...(category && { strong: category }),
    weak,
    form: formOf(tokens),
    bareDigits: age >= 0 && isNumber(tokens[age + 1] ?? '') && !tokens.includes('year') && !tokens.includes('plus'),
    marks: marksOf(tokens, category, weak),
  };
}

const cached = memoise(16_384, examine);
const tooLong = examine('');

/** Evidence of one name, without its siblings. Memoised; a name longer than `longestName` gives none. */
export function nameEvidence(raw: string): NameEvidence {
  return raw.length > longestName ? tooLong : cached(raw);
}
