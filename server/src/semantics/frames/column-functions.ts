import { PROTECTING_NAME, PSEUDONYMISING_NAME } from '../../knowledge/data-frames/methods.js';
import { elementOf, type Value } from './abstract-value.js';
import type { CallSite } from './call-site.js';
import { type Data, withForm } from './data.js';

/** Methods that take a function and call it on rows, cells, groups or the whole. */
export const APPLYING: ReadonlySet<string> = new Set(
  'apply map applymap transform pipe map_elements map_batches map_partitions map_rows foreach foreachPartition progress_apply parallel_apply progress_map swifter filter'.split(
    ' ',
  ),
);

/** `data.apply(function)`: the function is followed where this file holds it, judged by its name where it does not. */
export function applyFunction(site: CallSite, method: string, data: Data): Value | undefined {
  const [callee] = site.positional;
  if (method === 'filter' && callee?.kind !== 'callable') return data;
  const result = site.e.apply(callee, [argumentFor(site, method, data)], site.state);
  if (callee?.kind === 'callable') return method === 'filter' ? data : applied(method, data, result);
  const written = site.call.arguments[0];
  const text = written === undefined ? '' : site.e.analysis.text(written.value.range).slice(0, 200);
  if (PROTECTING_NAME.test(text)) return withForm(data, PSEUDONYMISING_NAME.test(text) ? 'pseudonym' : 'safe');
  // `column.map(table)`: other values stand for the old ones.
  if (method === 'map' && data.shape === 'column') return withForm(data, 'pseudonym');
  return method === 'pipe' ? { ...data, guesses: data.guesses + 1 } : data;
}

function argumentFor(site: CallSite, method: string, data: Data): Data {
  if (method === 'pipe' || method === 'map_partitions' || method === 'map_batches') return data;
  if (data.shape === 'column') return { ...data, shape: 'text' };
  const byRow = site.argument('axis') !== undefined || data.library !== 'pandas' || method === 'foreach';
  return byRow ? { ...data, shape: 'row' } : { ...data, shape: 'column' };
}

function applied(method: string, data: Data, result: Value | undefined): Value | undefined {
  if (method === 'pipe') return result ?? { ...data, guesses: data.guesses + 1 };
  const value = result?.kind === 'sequence' || result?.kind === 'dictionary' ? elementOf(result) : result;
  if (data.library === 'datasets') return data;
  // The function was followed: nothing of the data comes back.
  if (value?.kind !== 'data') return { ...data, columns: new Map(), dropped: new Set(), open: true };
  if (value.shape === 'fact') return value;
  return { ...value, shape: data.shape === 'column' || value.shape === 'text' ? 'column' : data.shape };
}
