import { lastSegment } from '../../base/name-pattern.js';
import { NameSet } from '../../base/name-set.js';
import { isTestFile } from '../../base/test-files.js';
import { callsAny, importsAny } from '../../facts/python/collect.js';
import type { PythonModule } from '../../facts/python/module.js';
import { TRAIN_METHODS } from '../../knowledge/data-frames/estimators.js';
import { READERS } from '../../knowledge/data-frames/readers.js';
import { describePerson, type PersonalMention, personalMentions, personalQueries } from './personal-names.js';
import type { Interest } from './relevance.js';

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

/** What following data through a module may find. Tests run on made-up rows: nothing is looked for in them. Linear. */
export function interestIn(module: PythonModule, path: string): Interest {
  if (isTestFile(path)) return { personal: [], trainings: false };
  return { personal: personalTexts(module), trainings: mayYieldTrainings(module) };
}

/**
 * The texts by which following data through a module may find personal columns, by position; none when it can find none.
 * They are looked at one by one, which is far cheaper than the analysis they spare; a file about tables is given the
 * benefit of the doubt. Linear in the string literals and annotated fields.
 */
function personalTexts(module: PythonModule): readonly PersonalMention[] {
  const mentions = personalMentions(module);
  if (!importsAny(module, TABLE_LIBRARIES)) return describePerson(mentions) ? mentions : [];
  return [...mentions, ...personalQueries(module.tree.text)].sort((a, b) => a.start - b.start);
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
const SPARK = /\bspark\b/i;
const PLAIN_READER_NAMES = new NameSet(
  [...READER_NAMES].filter((name) => !/^(?:csv|parquet|table|json|orc|jdbc|load|sql)$/.test(name)),
);

/** Whether a model can be trained on rows that the module reads: it calls a reader and something that trains. Linear. */
function mayYieldTrainings(module: PythonModule): boolean {
  if (!callsAny(module, TRAINING_NAMES)) return false;
  return callsAny(module, SPARK.test(module.tree.text) ? READER_NAMES : PLAIN_READER_NAMES);
}
