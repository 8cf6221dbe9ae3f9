import { lastSegment } from '../../base/name-pattern.js';
import { callsAny, importsAny, NameSet } from '../../facts/python/collect.js';
import type { PythonModule } from '../../facts/python/module.js';
import { TRAIN_METHODS } from '../../knowledge/data-frames/estimators.js';
import { READERS } from '../../knowledge/data-frames/readers.js';
import {
  categoryInfo,
  classifyColumn,
  mayHoldPersonalNames,
  normalizeName,
} from '../../knowledge/personal-data/index.js';

/** Libraries whose tables carry columns that the file itself may not spell out. */
const TABLE_LIBRARIES = new NameSet([
  'pandas',
  'polars',
  'pyspark',
  'dask',
  'duckdb',
  'modin',
  'cudf',
  'ibis',
  'awswrangler',
  'geopandas',
  'databricks',
]);
const TABLE_QUERY = /\bselect\b[^;]{1,400}\bfrom\b/;
const DEMOGRAPHIC: ReadonlySet<string> = new Set(['age', 'sex', 'gender', 'race', 'first', 'last', 'dob']);
/** Names and paths of names; not patterns, not sentences. */
const COLUMN_NAME = /^[\p{L}\p{N}_$]+(?:[ .:/_-][\p{L}\p{N}_$]+){0,5}$/u;
/** Longer literals are texts, not names. */
export const LONGEST_COLUMN_NAME = 48;

/**
 * Whether following data through a module can find personal columns at all: some column-like text names one. Names are
 * looked at one by one, which is far cheaper than the analysis they spare; a file about tables is given the benefit of the
 * doubt. Linear in the string literals and annotated fields.
 */
export function mayYieldPersonalEvents(module: PythonModule, lowerCase: string): boolean {
  const tables = importsAny(module, TABLE_LIBRARIES);
  if (tables && TABLE_QUERY.test(lowerCase)) return true;
  const demographic = new Set<string>();
  const names = new Set(module.columnLikeTexts(LONGEST_COLUMN_NAME).map(({ text }) => text));
  for (const name of names) {
    if (!COLUMN_NAME.test(name) || !mayHoldPersonalNames(name.toLowerCase())) continue;
    if (tables || describesPerson(name)) return true;
    const [token, ...more] = normalizeName(name);
    if (token !== undefined && more.length === 0 && DEMOGRAPHIC.has(token)) demographic.add(token);
    if (demographic.size > 1 && [...demographic].some((word) => word !== 'first' && word !== 'last')) return true;
  }
  return false;
}

/** A name that alone tells of a person. Credentials are looked for by the rules about secrets, contents say nothing alone. */
function describesPerson(name: string): boolean {
  const found = classifyColumn(name);
  if (found === undefined) return false;
  const { kind } = categoryInfo(found.category);
  return kind !== 'credential' && kind !== 'content' && kind !== 'attribute';
}

/** Readers by last name; those with a wildcard at the end are named by what people call. */
const READER_NAMES = new NameSet([
  ...READERS.map(({ name }) => lastSegment(name)).filter((name) => !name.includes('*')),
  ...['csv', 'parquet', 'table', 'json', 'orc', 'jdbc', 'load', 'sql', 'load_dataset', 'read_sql_query'],
]);
const TRAINING_NAMES = new NameSet([
  ...TRAIN_METHODS,
  'step',
  'cv',
  'cross_val_score',
  'cross_validate',
  'learning_curve',
  'setup',
]);
/** `load` and the like read rows of Spark only. */
const SPARK = /\bspark\b/;
const PLAIN_READER_NAMES = new NameSet(
  [...READER_NAMES].filter((name) => !/^(?:csv|parquet|table|json|orc|jdbc|load|sql)$/.test(name)),
);

/** Whether a model can be trained on rows that the module reads: it calls a reader and something that trains. Linear. */
export function mayYieldTrainings(module: PythonModule, lowerCase: string): boolean {
  if (!callsAny(module, TRAINING_NAMES)) return false;
  return callsAny(module, SPARK.test(lowerCase) ? READER_NAMES : PLAIN_READER_NAMES);
}
