import { memoise } from '../../base/bounded-cache.js';
import { usesIdentifier } from '../../facts/python/identifiers.js';
import type { ColumnLikeText, PythonModule } from '../../facts/python/module.js';
import { isSourceName } from '../../knowledge/data-frames/readers.js';
import {
  categoryInfo,
  classifyColumn,
  mayBePersonal,
  mayHoldPersonalNames,
  normalizeName,
} from '../../knowledge/personal-data/index.js';

/** Longer literals are texts, not names. */
export const LONGEST_COLUMN_NAME = 48;
/** Names and paths of names; not patterns, not sentences. */
const COLUMN_NAME = /^[\p{L}\p{N}_$]+(?:[ .:/_-][\p{L}\p{N}_$]+){0,5}$/u;
const DEMOGRAPHIC: ReadonlySet<string> = new Set(['age', 'sex', 'gender', 'race', 'dob']);
const PART_OF_NAME: ReadonlySet<string> = new Set(['first', 'last']);
const MAX_KNOWN = 20_000;

/**
 * What a name can say about persons: `person` by itself, `demographic` beside another of its kind, `part` beside one of
 * those, `possible` in some table, `none` in no table.
 */
export type PersonalHint = 'person' | 'demographic' | 'part' | 'possible' | 'none';

/** A short text of a module that may name a personal column. */
export interface PersonalMention {
  readonly start: number;
  readonly text: string;
  readonly hint: PersonalHint;
}

const hintOf = memoise(MAX_KNOWN, (name): PersonalHint => {
  if (!COLUMN_NAME.test(name) || !mayHoldPersonalNames(name.toLowerCase())) return 'none';
  if (describesPerson(name)) return 'person';
  const tokens = normalizeName(name);
  const [token] = tokens;
  if (token !== undefined && tokens.length === 1) {
    if (DEMOGRAPHIC.has(token)) return 'demographic';
    if (PART_OF_NAME.has(token)) return 'part';
  }
  return mayBePersonal(name) ? 'possible' : 'none';
});

/** A name that alone tells of a person. Credentials are looked for by the rules about secrets, contents say nothing alone. */
function describesPerson(name: string): boolean {
  const found = classifyColumn(name);
  if (found === undefined) return false;
  const { kind } = categoryInfo(found.category);
  return kind !== 'credential' && kind !== 'content' && kind !== 'attribute';
}

/** Names a query selects stand in longer texts. */
const QUERY = /\bselect\b[^;]{1,400}?\bfrom\b/gi;
const WORD = /\w+/g;

/** True when texts of a module name a person, or together describe one. */
export function describePerson(mentions: readonly PersonalMention[]): boolean {
  if (mentions.some(({ hint }) => hint === 'person')) return true;
  const described = mentions.filter(({ hint }) => hint === 'demographic' || hint === 'part');
  const names = new Set(described.map(({ text }) => text.toLowerCase()));
  return names.size > 1 && described.some(({ hint }) => hint === 'demographic');
}

/**
 * Column-like texts of a module that may name personal data, by position; none when nothing in the module is data. Linear in
 * its tokens, literals and annotated fields.
 */
export function personalMentions(module: PythonModule): readonly PersonalMention[] {
  const { text: code } = module.tree;
  const texts = module.columnLikeTexts(LONGEST_COLUMN_NAME);
  const isRecord = ({ text, start }: ColumnLikeText) => isRecordKey(code, start) && hintOf(text) !== 'none';
  if (!usesIdentifier(module, isSourceName) && !texts.some(isRecord)) return [];
  const mentions: PersonalMention[] = [];
  for (const { text, start } of texts) {
    const hint = hintOf(text);
    if (hint !== 'none') mentions.push({ start, text, hint });
  }
  return mentions;
}

const RECORD_KEY = /(?<=[\w)\]]\[\s*)(["'])[^"'\n]*\1\s*\]/y;

/** `row["email"]`: the string at `start` is the key of a record, when nothing else says what `row` is. */
export function isRecordKey(code: string, start: number): boolean {
  const before = code[start - 1];
  if (before !== '[' && before !== ' ' && before !== '\n') return false;
  RECORD_KEY.lastIndex = start;
  return RECORD_KEY.test(code);
}

/** Queries in the text of a module that select what may be personal data, by position. Linear. */
export function personalQueries(text: string): readonly PersonalMention[] {
  return [...text.matchAll(QUERY)]
    .filter(([query]) => query.match(WORD)?.some((word) => hintOf(word) !== 'none'))
    .map(({ index, 0: text }) => ({ start: index, text, hint: 'possible' }));
}
