import type { Range, TextEdit } from '../../base/range.js';
import { type ConfigEntry, config, configEdit, edit, items, type RuleContext } from '../../engine/index.js';
import { propertiesOf } from './_properties.js';

/** A property of Spark in a file, with the edits that change it. */
export interface SparkProperty {
  readonly key: string;
  readonly value: string;
  readonly place: Range;
  readonly range: Range;
  /** True where blanks separate key and value. */
  readonly byBlanks: boolean;
  setTo(value: string): TextEdit[];
  remove(): TextEdit[];
}

/** `spark-defaults.conf`, alone and in a ConfigMap, and Spark applications of the operator. */
export const sparkFiles = [
  config.entries(['spark-defaults'], ''),
  config.entries(['kubernetes'], 'data.*'),
  config.entries(['spark-operator'], 'spec.sparkConf'),
  config.entries(['spark-operator'], 'spec.template.sparkConf'),
] as const;

/** Clusters of Databricks, whose Spark settings stand in `spark_conf`. */
export const databricksFiles = [config.entries(['databricks-bundle', 'databricks-job'], '**.spark_conf')] as const;

/** Properties of Spark in what the queries above give; nothing for the file of another program. */
export function sparkProperties(entry: ConfigEntry, { text }: Pick<RuleContext<never>, 'text'>): SparkProperty[] {
  if (entry.kind === 'map' && entry.parent !== undefined) return items(entry).flatMap((one) => ofEntry(one, text));
  return propertiesOf(entry, text)
    .filter(({ key }) => key.startsWith('spark.'))
    .map((property) => {
      const { key, value, place, range } = property;
      return {
        ...{ key, value, place, range },
        byBlanks: !/[=:]/.test(text.slice(range.start + key.length, place.start)),
        setTo: (to) => edit.replace(place, to),
        remove: () => edit.deleteLines(text, range),
      };
    });
}

function ofEntry(entry: ConfigEntry, text: string): SparkProperty[] {
  const { key, value, valueRange, range } = entry;
  if (key === undefined || value === undefined || value === null) return [];
  if (entry.tag !== undefined || entry.alias !== undefined || !/^(?:spark|fs)\./.test(key)) return [];
  return [
    {
      ...{ key, value: String(value), place: valueRange, range, byBlanks: false },
      setTo: (to) => edit.setScalar(text, entry, to),
      remove: () => configEdit.removeEntry(text, entry),
    },
  ];
}

/** The last setting of a property, which is the one that counts. */
export function settingOf(properties: readonly SparkProperty[], key: string): string | undefined {
  return properties.findLast((one) => one.key === key)?.value;
}
