export { type Category, type CategoryInfo, categories, categoryInfo } from './categories.js';
export { type Classification, type ColumnContext, classifyColumn, classifyColumns, mayBePersonal } from './classify.js';
export { type Combination, reidentifyingCombination } from './combination.js';
export { type CrosswalkEntry, crosswalk } from './crosswalk.js';
export { normalizeName } from './normalize.js';
export { mayHoldPersonalNames } from './triggers.js';
