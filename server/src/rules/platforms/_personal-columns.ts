import { type Category, categoryInfo, classifyColumns } from '../../knowledge/personal-data/index.js';

/** A column whose name says that it holds data about people. */
export interface PersonalName {
  readonly name: string;
  readonly category: Category;
  readonly confidence: number;
}

/** Switches, counts and dates about an address or a name, and the names of organisations. */
const ABOUT =
  /^(?:is|has|was|can|use|send|allow|enable|disable|suppress|require|show|hide|num|count)(?:_|default|[A-Z])|_(?:attribute|setting|update|enabled|flag|count|template|subject|opt_?in|opt_?out|domain|provider|verified|status|type|sent|opened|at|date)s?$|^account_?name$/i;

/** Columns that hold personal data in clear text, as far as names tell. */
export function personalColumns(names: readonly string[], table: string): readonly PersonalName[] {
  return [...classifyColumns(names, table)]
    .filter(([name, found]) => !ABOUT.test(name) && found.protected !== true && found.publicRecord !== true)
    .map(([name, { category, confidence }]) => ({ name, category, confidence }));
}

/** Names that identify a person by themselves or tell what the law protects most, with little doubt. */
export function isTelling({ category, confidence }: PersonalName): boolean {
  const { kind } = categoryInfo(category);
  return confidence >= 0.8 && (kind === 'direct' || kind === 'special') && category !== 'precise_location';
}
