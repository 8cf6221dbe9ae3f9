import type { Category } from './categories.js';
import { categoryInfo } from './categories.js';
import { HeaderEvidence } from './header-evidence.js';
import type { WeakNeed } from './lexicon.js';
import { type NameEvidence, nameEvidence } from './name-evidence.js';
import type { Phrase } from './phrases.js';
import { familyOf } from './signals.js';

/** What a column name means, and why it is believed. */
export interface Classification {
  readonly category: Category;
  /** 0.6 to 0.95. */
  readonly confidence: number;
  readonly evidence: 'strong' | 'weak-upgraded' | 'known-set';
  /** The name says that values are hashed, masked, encrypted, tokenised or coarsened. */
  readonly protected?: boolean;
  /** Title of the public data set the header was recognised as. */
  readonly dataset?: string;
  /** Historic or public records: report at the lowest level. */
  readonly publicRecord?: boolean;
}

export interface ColumnContext {
  /** The other names of the same header, select list, class or list literal. */
  readonly siblings?: readonly string[];
  /** Table, class or variable that holds the column. */
  readonly container?: string;
}

/** Strong names that also describe places, districts and goods. */
const sharedWithThings: ReadonlySet<Category> = new Set<Category>([
  'precise_location',
  'coarse_geo',
  'income',
  'credit_financial',
  'age',
  'dates',
  'employment',
  'education',
  'sex_gender',
  'health',
]);

/** What tables of organisations hold about organisations. */
const organisational: ReadonlySet<Category> = new Set<Category>([
  'phone',
  'postal_address',
  'coarse_geo',
  'precise_location',
]);

function withForm(column: NameEvidence, result: Classification): Classification {
  if (column.form === 'plain') return result;
  const kind = categoryInfo(result.category).guards;
  const pseudonymous = column.form === 'digest' && (kind === 'identifier' || kind === 'contact');
  return { ...result, category: pseudonymous ? 'pseudonymous_id' : result.category, protected: true };
}

function isRefuted(column: NameEvidence, category: Category, header: HeaderEvidence): boolean {
  const { container } = header;
  if (container.organisation && organisational.has(category)) return true;
  if (sharedWithThings.has(category) && (header.isAboutThings(column) || header.known?.set.negative)) return true;
  const impersonal = header.certainSiblings(column) === 0 && (container.reference || header.isDictionary(column));
  if (category === 'health' && impersonal) return true;
  if (category === 'sex_gender' && header.has('grammar', column)) return true;
  const sunspots = column.tokens.includes('ssn') && header.has('series', column);
  return category === 'gov_id' && sunspots && !container.person && header.personSiblings(column) === 0;
}

function fromStrong(column: NameEvidence, header: HeaderEvidence): Classification | undefined {
  const category = column.strong!;
  if (isRefuted(column, category, header)) return undefined;
  return { category, confidence: header.container.person ? 0.95 : 0.85, evidence: 'strong' };
}

/** Steps of the evidence ladder that a weak name has climbed: container, strong sibling, two demographic siblings. */
function ladderSteps(column: NameEvidence, header: HeaderEvidence): number {
  return (
    (header.container.person ? 1 : 0) +
    (header.personSiblings(column) > 0 ? 1 : 0) +
    (header.quasiSiblings(column) >= 2 ? 1 : 0)
  );
}

const healthFamily = (column: NameEvidence, header: HeaderEvidence): boolean =>
  header.container.health || header.hasFamily('health', column);

function meets(need: WeakNeed, phrase: Phrase, column: NameEvidence, header: HeaderEvidence, steps: number): boolean {
  const inPersonTable = header.container.person;
  switch (need) {
    case 'person':
      return steps > 0;
    case 'family':
      return steps > 0 && header.hasFamily(familyOf(phrase.category), column);
    case 'container':
      return inPersonTable;
    case 'geo':
      return inPersonTable || (steps > 0 && header.has('geo', column));
    case 'surname':
      return inPersonTable || header.hasToken(column.tokens.includes('fname') ? 'lname' : 'fname', column);
    case 'trip':
      return steps > 0 && header.has('trip', column);
    case 'health':
      return healthFamily(column, header);
  }
}

function fromWeak(column: NameEvidence, header: HeaderEvidence): Classification | undefined {
  if (header.isAboutThings(column) || header.known?.set.negative) return undefined;
  const steps = ladderSteps(column, header);
  if (column.bareDigits && !header.container.person && steps < 2) return undefined;
  for (const phrase of column.weak) {
    const weak = phrase.weak!;
    if (header.container.organisation && (organisational.has(phrase.category) || phrase.category === 'person_name'))
      continue;
    if (
      isRefuted(column, phrase.category, header) ||
      (header.certainSiblings(column) < 2 && weak.refutedBy.some((word) => header.hasToken(word, column)))
    )
      continue;
    if (!meets(weak.need, phrase, column, header, steps)) continue;
    return { category: phrase.category, confidence: steps >= 2 ? 0.8 : 0.65, evidence: 'weak-upgraded' };
  }
  return undefined;
}

function classifyIn(header: HeaderEvidence, column: NameEvidence): Classification | undefined {
  const { known } = header;
  if (known?.columns.has(column.key)) {
    const category = known.columns.get(column.key);
    if (category === undefined) return undefined;
    const { title, publicRecord } = known.set;
    return { category, confidence: 0.95, evidence: 'known-set', dataset: title, ...(publicRecord && { publicRecord }) };
  }
  if (!column.strong && column.weak.length === 0) return undefined;
  const result = column.strong ? fromStrong(column, header) : fromWeak(column, header);
  return result && withForm(column, result);
}

/** True when a name means personal data in some table; `classifyColumn` says what it means in a given one. */
export function mayBePersonal(name: string): boolean {
  const { strong, weak } = nameEvidence(name);
  return strong !== undefined || weak.length > 0;
}

/**
 * Says which personal data a column name announces, or `undefined` when nothing of confidence 0.6 or more can be said.
 * For a whole header use `classifyColumns`: this call is O(siblings).
 */
export function classifyColumn(name: string, context: ColumnContext = {}): Classification | undefined {
  const header = new HeaderEvidence([name, ...(context.siblings ?? [])], context.container);
  return classifyIn(header, header.columns[0]!);
}

/** Classifies every name of a header with the others as its siblings. Names without a result are absent. O(names). */
export function classifyColumns(names: readonly string[], container?: string): Map<string, Classification> {
  const header = new HeaderEvidence(names, container);
  const found = new Map<string, Classification>();
  for (const [i, name] of names.entries()) {
    const result = classifyIn(header, header.columns[i]!);
    if (result) found.set(name, result);
  }
  return found;
}
