import { argumentOf, type CallFact, type Expression, type PythonQuestions } from '../../engine/index.js';

/** Calls that set properties of a Spark session. */
export const SPARK_SETTERS: readonly string[] = [
  'pyspark.sql.SparkSession.builder.**.config',
  'pyspark.sql.SparkSession.Builder().**.config',
  '**.hadoopConfiguration().set',
  ...['pyspark.SparkConf()', 'pyspark.conf.SparkConf()'].flatMap((conf) => [`${conf}.**.set`, `${conf}.**.setAll`]),
];

export type Setting = readonly [key: Expression, value: Expression];

/** The pairs a call sets: `config(key, value)`, `config(map={…})`, `set(key, value)`, `setAll([(key, value), …])`. */
export function settingsOf(call: CallFact, py: PythonQuestions): readonly Setting[] {
  const key = argumentOf(call, 'key', 0);
  const value = argumentOf(call, 'value', 1);
  if (key !== undefined && value !== undefined) return [[key.value, value.value]];
  const many = argumentOf(call, 'map') ?? argumentOf(call, 'pairs', 0);
  const pairs = many === undefined ? undefined : py.definition(many.value);
  if (pairs?.kind === 'dict')
    return pairs.entries.flatMap((entry): Setting[] => (entry.key === undefined ? [] : [[entry.key, entry.value]]));
  if (pairs?.kind === 'call' && pairs.callee.kind === 'attribute' && pairs.callee.name === 'items') {
    const dict = py.definition(pairs.callee.object);
    if (dict.kind !== 'dict') return [];
    return dict.entries.flatMap((entry): Setting[] => (entry.key === undefined ? [] : [[entry.key, entry.value]]));
  }
  if (pairs?.kind !== 'list' && pairs?.kind !== 'tuple') return [];
  return pairs.items.flatMap((item): Setting[] => {
    const [first, second] = item.kind === 'tuple' || item.kind === 'list' ? item.items : [];
    return first === undefined || second === undefined ? [] : [[first, second]];
  });
}
