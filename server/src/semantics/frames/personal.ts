import {
  type Category,
  type Classification,
  categoryInfo,
  classifyColumns,
} from '../../knowledge/personal-data/index.js';
import type { Column, Data } from './data.js';
import type { PersonalColumn } from './event.js';

const MIN_CONFIDENCE = 0.6;
const IDENTIFYING: ReadonlySet<string> = new Set(['direct', 'pseudonymous', 'content', 'credential']);

/** True when values of the category point to one person or are unique to one. */
function identifies(category: Category): boolean {
  return IDENTIFYING.has(categoryInfo(category).kind);
}

/**
 * Columns of the data that hold personal data in readable or pseudonymised form, recognised by their names with every name
 * seen on the way as evidence. O(names).
 */
export function personalColumns(data: Data): readonly PersonalColumn[] {
  if (data.shape === 'fact' || data.columns.size === 0) return [];
  const names = data.siblings.size > data.columns.size ? [...data.siblings] : [...data.columns.keys()];
  const classified = classifyColumns(names, data.container);
  const found: PersonalColumn[] = [];
  for (const [name, column] of data.columns) {
    const classification = classified.get(name);
    const personal = classification && personalColumn(name, column, classification);
    if (personal === undefined) continue;
    if (data.shape === 'distinct' && !identifies(personal.category)) continue;
    found.push(personal);
  }
  return found;
}

function personalColumn(name: string, column: Column, classification: Classification): PersonalColumn | undefined {
  if (column.form === 'safe' || classification.confidence < MIN_CONFIDENCE) return undefined;
  let { category } = classification;
  if (classification.protected === true && category !== 'pseudonymous_id') return undefined;
  if (column.form === 'pseudonym' && identifies(category)) category = 'pseudonymous_id';
  return {
    name,
    category,
    confidence: classification.confidence,
    range: column.range,
    selected: column.selected,
    pseudonymised: column.form === 'pseudonym' || classification.protected === true,
    publicRecord: classification.publicRecord === true,
  };
}
