import type { Category } from './categories.js';

/** Categories that, added to the three of the rule, make a row easier to recognise. */
const aggravating: ReadonlySet<Category> = new Set<Category>([
  'race_ethnicity',
  'marital_family',
  'employment',
  'dates',
]);

export interface Combination {
  /** The categories that identify together. */
  readonly parts: readonly Category[];
  /** Further categories of the frame that narrow the match. */
  readonly aggravating: readonly Category[];
}

/**
 * Quasi-identifiers that re-identify together although none does alone: date of birth or age, sex, and a place of postcode
 * size. Place, date of birth and sex are unique for most residents of the United States (L. Sweeney, "Simple Demographics
 * Often Identify People Uniquely", 2000). One finding per frame, none per column.
 */
export function reidentifyingCombination(categories: Iterable<Category>): Combination | undefined {
  const present = new Set(categories);
  const born = present.has('dob') ? 'dob' : present.has('age') ? 'age' : undefined;
  if (!born || !present.has('sex_gender') || !present.has('coarse_geo')) return undefined;
  return {
    parts: [born, 'sex_gender', 'coarse_geo'],
    aggravating: [...present].filter((category) => aggravating.has(category)),
  };
}
