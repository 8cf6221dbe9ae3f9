import type { PythonModule } from '../../facts/python/module.js';
import { classifyColumn, mayHoldPersonalNames, normalizeName } from '../../knowledge/personal-data/index.js';

/** Libraries whose tables carry columns that the file itself may not spell out. */
const TABLE_IMPORTS =
  /^[ \t]*(?:import|from)[ \t]+(?:pandas|polars|pyspark|dask|duckdb|modin|cudf|ibis|awswrangler|geopandas|databricks)\b/m;
const TABLE_QUERY = /\bselect\b[^;]{1,400}\bfrom\b/;
const DEMOGRAPHIC: ReadonlySet<string> = new Set(['age', 'sex', 'gender', 'race', 'first', 'last', 'dob']);
const LONGEST_NAME = 48;

/**
 * Whether following data through a module can find personal columns at all: some column-like text names one. Names are
 * looked at one by one, which is far cheaper than the analysis they spare; a file about tables is given the benefit of the
 * doubt. Linear in the string literals and annotated fields.
 */
export function mayYieldPersonalEvents(module: PythonModule, lowerCase: string): boolean {
  const tables = TABLE_IMPORTS.test(lowerCase);
  if (tables && TABLE_QUERY.test(lowerCase)) return true;
  const demographic = new Set<string>();
  for (const name of module.columnLikeTexts(LONGEST_NAME)) {
    if (!mayHoldPersonalNames(name.toLowerCase())) continue;
    if (tables || classifyColumn(name) !== undefined) return true;
    const [token, ...more] = normalizeName(name);
    if (token !== undefined && more.length === 0 && DEMOGRAPHIC.has(token)) demographic.add(token);
    if (demographic.size > 1) return true;
  }
  return false;
}
