import { SHOWING_METHODS } from '../../knowledge/data-frames/logging.js';
import { COARSENING, INSPECTIONS, MEASURES } from '../../knowledge/data-frames/methods.js';
import { sequence, type Value } from './abstract-value.js';
import type { CallSite } from './call-site.js';
import { raisesOn } from './checks.js';
import { APPLYING, applyFunction } from './column-functions.js';
import { type Data, factOf, namesOf, newData, newNames, plainColumn, withForm } from './data.js';
import { restructure } from './frame-transfers.js';
import { reportShown } from './logs.js';
import { writeMethod } from './writes.js';

/** `data.method(…)`: reports what it shows or writes, gives what it makes of the data. */
export function frameMethod(site: CallSite, method: string, data: Data): Value | undefined {
  raisesOn(site, method, data);
  if (data.shape === 'fact') return data;
  if (writeMethod(site, method, data)) return undefined;
  if (data.shape === 'writer')
    return /encrypt/i.test(site.e.analysis.text(site.call.argumentsRange)) ? { ...data, encrypted: true } : data;
  if (SHOWING_METHODS.has(method) && data.shape === 'frame') {
    reportShown(site.e, site.state, `${data.library}.DataFrame().${method}`, site.nameRange, [
      { data, range: site.call.callee.kind === 'attribute' ? site.call.callee.object.range : site.call.range },
    ]);
    return undefined;
  }
  if (INSPECTIONS.has(method)) site.state.strengthen(data.origins, 'inspection');
  if (data.shape === 'groups') return groupMethod(site, method, data);
  const transferred = restructure(site, method, data);
  if (transferred !== undefined) return transferred;
  if (APPLYING.has(method)) return applyFunction(site, method, data);
  return plainMethod(site, method, data);
}

const TO_TEXT: ReadonlySet<string> = new Set([
  'to_string',
  'to_csv',
  'to_json',
  'to_html',
  'to_markdown',
  'to_latex',
  'write_csv',
  'write_json',
]);
const TO_ROWS: ReadonlySet<string> = new Set([
  'to_dict',
  'to_dicts',
  'to_records',
  'rows',
  'collect',
  'first',
  'take',
  'asDict',
  '_asdict',
  'model_dump',
  'dict',
  'json',
  'model_dump_json',
]);
const TO_PANDAS: ReadonlySet<string> = new Set(['toPandas', 'to_pandas', 'compute', 'df', 'to_table']);

function plainMethod(site: CallSite, method: string, data: Data): Value | undefined {
  const row: Data = { ...data, shape: 'row' };
  switch (method) {
    case 'iterrows':
      return sequence([], sequence([undefined, row]));
    case 'itertuples':
    case 'iter_rows':
    case 'toLocalIterator':
      return sequence([], row);
    case 'items':
    case 'iteritems':
      return sequence([], sequence([newNames([], { extent: 'some', single: true }), { ...data, shape: 'column' }]));
    case 'keys':
      return namesOf(data);
    case 'describe': {
      const all = site.argument('include') !== undefined;
      return all && data.shape === 'frame' ? { ...data, shape: 'distinct' } : factOf(data.origins);
    }
    case 'value_counts':
    case 'unique':
    case 'mode':
    case 'pivot_table':
    case 'pivot':
    case 'nlargest':
      return { ...data, shape: 'distinct' };
    case 'createOrReplaceTempView':
    case 'createTempView':
    case 'registerTempTable': {
      const view = site.text(undefined, 0);
      if (view !== undefined) site.state.files.set(`view:${view}`, data);
      return undefined;
    }
    case 'to_numpy':
    case 'as_matrix':
    case 'tolist':
    case 'to_list':
      return { ...data, shape: data.shape === 'frame' ? 'array' : data.shape };
  }
  if (TO_TEXT.has(method)) return { ...data, shape: 'text' };
  if (TO_ROWS.has(method)) return data.shape === 'row' ? { ...data, shape: 'text' } : row;
  if (TO_PANDAS.has(method)) return { ...data, library: 'pandas' };
  if (COARSENING.has(method)) return withForm(data, 'safe');
  if (method === 'hash' || method === 'hash_rows') return withForm(data, 'pseudonym');
  if (method === 'round' && data.shape === 'column') return withForm(data, 'safe');
  if (MEASURES.has(method)) return measured(data);
  return { ...data };
}

function measured(data: Data): Data {
  return factOf(data.origins, data.guesses);
}

const AGGREGATES =
  /^(?:agg|aggregate|sum|mean|median|count|size|min|max|std|var|nunique|first|last|len|describe|quantile|prod|any|all|ngroup|cumcount|value_counts|unique)$/;

/** Groups: a measure per group. Groups by person are still rows of persons. */
function groupMethod(site: CallSite, method: string, groups: Data): Value | undefined {
  if (method === 'apply' || method === 'transform' || method === 'filter') {
    const result = site.e.apply(site.positional[0], [{ ...groups, shape: 'frame' }], site.state);
    return result?.kind === 'data' && result.shape !== 'fact'
      ? { ...result, open: true }
      : { ...groups, shape: 'frame' };
  }
  if (method === 'head' || method === 'tail' || method === 'sample' || method === 'get_group' || method === 'nth') {
    return { ...groups, shape: 'frame' };
  }
  if (!AGGREGATES.test(method)) return groups;
  const columns = new Map(groups.keys.map((key) => [key, groups.columns.get(key) ?? plainColumn(undefined)] as const));
  return newData({
    ...groups,
    shape: 'distinct',
    columns,
    open: false,
    dropped: new Set(),
    keys: [],
  });
}
