import type { Range } from '../../base/range.js';
import type { Expression } from '../../facts/python/expression.js';
import { dataIn, type Value } from './abstract-value.js';
import type { CallSite } from './call-site.js';
import { expressionColumns } from './column-expressions.js';
import {
  type Column,
  type Data,
  dropColumns,
  type Names,
  newNames,
  plainColumn,
  plusNames,
  renameColumns,
  selectColumns,
  withColumn,
  withForm,
} from './data.js';
import { beside, grouped } from './grouping.js';
import { learnColumns } from './selection.js';
import { protectionOf } from './stores.js';

/** Methods that put other frames beside or below this one. */
const JOINING: ReadonlySet<string> = new Set(
  'merge join append union unionByName vstack hstack concat merge_asof crossJoin'.split(' '),
);

/** Methods that change which columns there are; undefined for all others. */
export function restructure(site: CallSite, method: string, data: Data): Value | undefined {
  if (JOINING.has(method)) {
    const others = site.values.flatMap((value) => dataIn(value));
    return data.shape === 'text' ? undefined : beside(data, others);
  }
  switch (method) {
    case 'drop':
    case 'remove_columns':
    case 'drop_columns':
      return drop(site, data);
    case 'pop':
      return pop(site, data);
    case 'get':
      return pick(site, data, site.names(undefined, 0));
    case 'select':
    case 'select_columns':
    case 'reindex':
      return select(site, method, data);
    case 'filter':
      return filter(site, data);
    case 'select_dtypes':
    case 'selectExpr':
      return { ...data, columns: new Map(), dropped: new Set(), open: true };
    case 'rename':
    case 'withColumnsRenamed':
    case 'rename_columns':
      return rename(site, data, site.argument('columns') ?? site.argument('mapping') ?? site.argument(undefined, 0));
    case 'withColumnRenamed':
    case 'rename_column':
      return renameOne(site, data);
    case 'assign':
    case 'with_columns':
      return assign(site, data);
    case 'withColumn':
    case 'insert':
    case 'add_column':
      return addColumn(site, method, data);
    case 'groupby':
    case 'group_by':
    case 'groupBy':
      return grouped(data, groupNames(site));
    case 'toDF':
    case 'set_axis':
      return relabel(site, data);
    case 'replace':
      return replaced(site, data);
  }
  return undefined;
}

/** Applies a change in place when the call says so; gives the changed frame. */
function settle(site: CallSite, old: Data, next: Data): Data {
  if (site.flag('inplace') === true) site.state.replace(old, next);
  return next;
}

/** Names among the arguments: `drop("a", "b")`, `drop(["a"])`, `drop(pl.col("a"))`. */
function listedNames(site: CallSite, from = 0): Names | undefined {
  let all: Names | undefined;
  for (const argument of site.call.arguments) {
    if (argument.position === undefined || argument.position < from) continue;
    const value = site.valueOf(argument);
    const names = value?.kind === 'names' ? value : expressionColumns(site.e, argument.value, site.state);
    if (names === undefined) return undefined;
    all = all === undefined ? names : plusNames(all, names);
  }
  return all;
}

function drop(site: CallSite, data: Data): Data {
  const keyword = site.argument('columns') ?? site.argument('labels') ?? site.argument('column_names');
  const axis = site.argument('axis') ?? (data.library === 'pandas' ? site.argument(undefined, 1) : undefined);
  const rows =
    data.library === 'pandas' &&
    site.argument('columns') === undefined &&
    axis === undefined &&
    site.lastName === 'drop';
  if (rows || site.argument('index') !== undefined) return data;
  const axisText = axis === undefined ? '' : site.e.analysis.text(axis.value.range);
  if (axisText === '0' || /index|rows/.test(axisText)) return data;
  const argument = keyword ?? site.argument(undefined, 0);
  const names =
    keyword === undefined && data.library !== 'pandas' ? listedNames(site) : asNames(site.valueOf(argument));
  if (names === undefined) return settle(site, data, { ...data, columns: new Map(), dropped: new Set(), open: true });
  const known = names.extent === 'exact' ? learnColumns(site.e, data, names, site.state) : data;
  return settle(site, known, dropColumns(known, names, names.written));
}

function asNames(value: Value | undefined): Names | undefined {
  return value?.kind === 'names' ? value : undefined;
}

function pop(site: CallSite, data: Data): Value | undefined {
  const names = site.names(undefined, 0);
  if (names === undefined) return data;
  const known = learnColumns(site.e, data, names, site.state);
  site.state.replace(known, dropColumns(known, names));
  return { ...selectColumns(known, names), shape: 'column' };
}

function pick(site: CallSite, data: Data, names: Names | undefined): Value | undefined {
  if (names === undefined) return data;
  const picked = selectColumns(learnColumns(site.e, data, names, site.state), names);
  return { ...picked, shape: data.shape === 'row' ? 'text' : 'column' };
}

function select(site: CallSite, method: string, data: Data): Data {
  const names = method === 'reindex' ? site.names('columns') : (site.names('column_names') ?? listedNames(site));
  if (names === undefined)
    return method === 'reindex' ? data : { ...data, columns: new Map(), dropped: new Set(), open: true };
  const known = names.extent === 'exact' ? learnColumns(site.e, data, names, site.state) : data;
  return { ...selectColumns(known, { ...names, single: false }), shape: data.shape };
}

/** `df.filter(items=[…])`; patterns leave nobody knows what, conditions leave every column. */
function filter(site: CallSite, data: Data): Data | undefined {
  const items = site.argument('items') ?? site.argument('regex') ?? site.argument('like');
  if (items === undefined) {
    const first = site.positional[0];
    return data.library === 'pandas' && first?.kind === 'names' && !first.single
      ? selectColumns(data, first)
      : undefined;
  }
  const names = items.name === 'items' ? asNames(site.valueOf(items)) : undefined;
  return names === undefined
    ? { ...data, columns: new Map(), dropped: new Set(), open: true }
    : selectColumns(data, names);
}

type Renaming = Map<string, { name: string; range: Range }>;

function rename(site: CallSite, data: Data, argument: { readonly value: Expression } | undefined): Data | undefined {
  if (argument === undefined || data.shape === 'column') return data;
  const written = definitionOf(site, argument.value);
  if (written.kind !== 'dict')
    return settle(site, data, { ...data, columns: new Map(), dropped: new Set(), open: true });
  const pairs: Renaming = new Map();
  let known = data;
  for (const { key, value } of written.entries) {
    if (key?.kind !== 'string' || value.kind !== 'string') continue;
    pairs.set(key.value, { name: value.value, range: value.range });
    known = learnColumns(site.e, known, newNames([[key.value, key.range]]), site.state);
  }
  return settle(site, known, renameColumns(known, pairs));
}

function definitionOf(site: CallSite, expression: Expression): Expression {
  if (expression.kind !== 'name') return expression;
  const [binding, ...others] = site.e.analysis.module.lookup(expression.name, expression.scope, expression.range.start);
  return others.length === 0 && binding?.kind === 'value' && binding.value !== undefined ? binding.value : expression;
}

function renameOne(site: CallSite, data: Data): Data {
  const [from, to] = [site.argument(undefined, 0), site.argument(undefined, 1)];
  if (from?.value.kind !== 'string' || to?.value.kind !== 'string') return data;
  const known = learnColumns(site.e, data, newNames([[from.value.value, from.value.range]]), site.state);
  return renameColumns(known, new Map([[from.value.value, { name: to.value.value, range: to.value.range }]]));
}

function assign(site: CallSite, data: Data): Data {
  let next = data;
  site.call.arguments.forEach((argument, i) => {
    const given = site.values[i];
    if (argument.name !== undefined && argument.nameRange !== undefined) {
      const value = given?.kind === 'callable' ? site.e.apply(given, [data], site.state) : given;
      next = withColumn(
        next,
        argument.name,
        madeColumn(site, next, argument.name, argument.nameRange, value, argument.value),
      );
      return;
    }
    const names = expressionColumns(site.e, argument.value, site.state);
    for (const [name, range] of names?.known ?? []) {
      next = withColumn(next, name, madeColumn(site, next, name, range, given, argument.value));
    }
  });
  return next;
}

function addColumn(site: CallSite, method: string, data: Data): Data {
  const at = method === 'insert' ? 1 : 0;
  const names = site.names(undefined, at);
  const value = site.argument(undefined, at + 1);
  let next = data;
  for (const [name, range] of names?.known ?? []) {
    next = withColumn(next, name, madeColumn(site, next, name, range, site.valueOf(value), value?.value));
  }
  if (method === 'insert') site.state.replace(data, next);
  return next;
}

function madeColumn(
  site: CallSite,
  data: Data,
  name: string,
  range: Range | undefined,
  value: Value | undefined,
  from: Expression | undefined,
): Column {
  const known = data.columns.get(name) ?? plainColumn(range, true);
  if (value?.kind === 'data') {
    const own = value.columns.get(name);
    if (value.shape === 'fact') return { ...known, form: 'safe' };
    if (own !== undefined) return { ...known, form: own.form };
  }
  if (from === undefined) return known;
  if (from.kind === 'string' || from.kind === 'number' || from.kind === 'constant') return { ...known, form: 'safe' };
  const form = protectionIn(site, from);
  return form === undefined ? known : { ...known, form };
}

/** What the calls inside a column expression do to values: `F.sha2(F.col("ssn"), 256)`. */
function protectionIn(site: CallSite, expression: Expression): Column['form'] | undefined {
  for (let at = expression; at.kind === 'call'; ) {
    const form = protectionOf(site.e, at);
    if (form !== undefined) return form;
    if (/(?:^|\.)lit$/.test(site.e.analysis.names(at.callee)[0] ?? '')) return 'safe';
    const next: Expression | undefined = at.callee.kind === 'attribute' ? at.callee.object : undefined;
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}

function groupNames(site: CallSite): Names | undefined {
  return site.names('by') ?? listedNames(site);
}

function relabel(site: CallSite, data: Data): Data {
  const names = site.names('labels', 0) ?? listedNames(site);
  if (names === undefined || names.extent !== 'exact')
    return { ...data, columns: new Map(), dropped: new Set(), open: true };
  const columns = new Map([...names.known].map(([name, range]) => [name, plainColumn(range)] as const));
  return { ...data, columns, dropped: new Set(), open: false, siblings: new Set(columns.keys()) };
}

/** `.str.replace(pattern, "***")` masks; other replacements leave values. */
function replaced(site: CallSite, data: Data): Data | undefined {
  const replacement = site.text('repl', 1) ?? site.text('value', 1);
  const masks = replacement !== undefined && /^(?:[*xX#_-]{2,}.*|.*redact.*|.*mask.*)$/i.test(replacement);
  if (masks && data.shape !== 'frame') return withForm(data, 'safe');
  return data;
}
