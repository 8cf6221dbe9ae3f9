import type { Expression } from '../../facts/python/expression.js';
import {
  ACCESSORS,
  COARSENING,
  INSPECTIONS,
  MEASURE_ATTRIBUTES,
  MEASURES,
} from '../../knowledge/data-frames/methods.js';
import { categoryInfo, classifyColumn } from '../../knowledge/personal-data/index.js';
import { dataIn, type Indexer, newThing, originsOf, type Value } from './abstract-value.js';
import type { Evaluation } from './analysis.js';
import {
  type Data,
  factOf,
  type Names,
  namesOf,
  newData,
  newNames,
  plainColumn,
  selectColumns,
  withColumn,
  withForm,
} from './data.js';
import type { State } from './state.js';

const SPLITS: ReadonlySet<string> = new Set(['train', 'test', 'validation', 'valid', 'val', 'dev', 'eval']);
const INDEXERS: ReadonlySet<string> = new Set(['loc', 'iloc', 'at', 'iat', 'ix']);

/** Uses of column names tell which columns a frame has; the frame with what they tell. */
export function learnColumns(e: Evaluation, data: Data, names: Names, state: State): Data {
  if (!data.open || data.shape === 'fact') return data;
  let next = data;
  for (const [name, range] of names.known) {
    if (data.columns.has(name) || data.dropped.has(name)) continue;
    next = withColumn(next, name, plainColumn(range));
    e.analysis.learn(data.origins, name, range);
  }
  state.replace(data, next);
  return next;
}

/** `object[index]`. */
export function subscriptOf(
  e: Evaluation,
  expression: Expression & { kind: 'subscript' },
  state: State,
): Value | undefined {
  const object = e.evaluate(expression.object, state);
  const index = expression.index.map((part) => e.evaluate(part, state));
  const [first] = index;
  switch (object?.kind) {
    case 'data':
      return itemOf(e, object, expression, index, state);
    case 'indexer':
      return locate(e, object, expression.index, index, state);
    case 'names':
      return isSlice(expression.index[0])
        ? { ...newNames([], { extent: 'some', origins: object.origins }) }
        : { ...object, single: true };
    case 'sequence': {
      const number = expression.index[0]?.kind === 'number' ? expression.index[0].value : undefined;
      return number === undefined ? (object.rest ?? object.items[0]) : (object.items[number] ?? object.rest);
    }
    case 'dictionary': {
      const key = first?.kind === 'names' && first.known.size === 1 ? [...first.known.keys()][0]! : undefined;
      if (key !== undefined && object.entries.has(key)) return object.entries.get(key);
      return object.rest;
    }
    case undefined:
      return recordField(e, expression, first);
  }
  return undefined;
}

function isSlice(index: Expression | undefined): boolean {
  return index?.kind === 'other';
}

/** `df["c"]`, `df[["a", "b"]]`, `df[mask]`, `rows[0]`. */
function itemOf(
  e: Evaluation,
  data: Data,
  expression: Expression & { kind: 'subscript' },
  index: readonly (Value | undefined)[],
  state: State,
): Value | undefined {
  const written = expression.index;
  const [names] = index;
  if (data.shape === 'fact') return data;
  if (names?.kind === 'names' && index.length === 1) {
    const [only] = names.known.keys();
    if (names.single && only !== undefined && SPLITS.has(only) && data.library === 'datasets') return data;
    if (data.shape === 'column' || data.shape === 'array') return data;
    const known = names.extent === 'exact' ? learnColumns(e, data, names, state) : data;
    const picked = selectColumns(known, names);
    if (!names.single) return { ...picked, shape: data.shape };
    return {
      ...picked,
      shape: data.shape === 'row' ? 'text' : data.shape === 'groups' ? 'groups' : 'column',
      keys: data.keys,
    };
  }
  if (isShortening(e, data, expression)) return withForm(data, 'safe');
  if (data.shape === 'array' && written.length > 1)
    return { ...data, columns: new Map(), open: true, dropped: new Set() };
  if (index.length === 1 && dataIn(index[0]).length === 0 && data.shape === 'frame' && !isSlice(written[0])) {
    // A column, a list of columns or a mask nobody knows.
    return written[0]?.kind === 'operation'
      ? { ...data }
      : { ...data, columns: new Map(), dropped: new Set(), open: true };
  }
  return { ...data };
}

/** `zip.str[:3]` leaves too little to find a person; rows are sliced with the same syntax, so the accessor decides. */
function isShortening(e: Evaluation, data: Data, expression: Expression & { kind: 'subscript' }): boolean {
  const { object, index } = expression;
  const [slice] = index;
  if (slice?.kind !== 'other' || !(data.shape === 'text' || (object.kind === 'attribute' && object.name === 'str')))
    return false;
  const last = slice.operands[slice.operands.length - 1];
  return last?.kind === 'number' && e.analysis.text(slice.range).startsWith(':') && last.value <= 4;
}

/** `df.loc[rows, "c"]`, `df.iloc[:, 1:]`. */
function locate(
  e: Evaluation,
  indexer: Indexer,
  written: readonly Expression[],
  index: readonly (Value | undefined)[],
  state: State,
): Value {
  const { data } = indexer;
  const names = index[1];
  if (written.length < 2)
    return isSlice(written[0]) || dataIn(index[0]).length > 0
      ? data
      : { ...data, shape: data.shape === 'frame' ? 'row' : data.shape };
  if (indexer.labels && names?.kind === 'names') {
    const known = names.extent === 'exact' ? learnColumns(e, data, names, state) : data;
    const picked = selectColumns(known, names);
    return names.single ? { ...picked, shape: 'column' } : picked;
  }
  const whole = isSlice(written[1]) && e.analysis.text(written[1]!.range).trim() === ':';
  return whole ? data : { ...data, columns: new Map(), dropped: new Set(), open: true };
}

/**
 * `user["email"]` of a value nobody knows: a record, when the key alone says that it holds something personal. Keys of
 * library objects (`os.environ["X"]`) and of settings are not records.
 */
function recordField(
  e: Evaluation,
  expression: Expression & { kind: 'subscript' },
  key: Value | undefined,
): Data | undefined {
  if (key?.kind !== 'names' || !key.single || key.known.size !== 1 || expression.index[0]?.kind !== 'string')
    return undefined;
  const [[name, range]] = [...key.known] as [[string, Names['known'] extends ReadonlyMap<string, infer R> ? R : never]];
  const { object } = expression;
  const container = object.kind === 'name' || object.kind === 'attribute' ? object.name : undefined;
  if (
    container === undefined ||
    /conf|setting|env|secret|param|opt|arg|meta|info$|header|schema|mapping|col/i.test(container)
  )
    return undefined;
  if (e.analysis.names(object).some((known) => /^[a-z]/.test(known) && !known.startsWith('json.'))) return undefined;
  const classified = classifyColumn(name, { container });
  if (classified === undefined || categoryInfo(classified.category).kind !== 'direct') return undefined;
  return newData({
    shape: 'text',
    library: 'record',
    columns: new Map([[name, plainColumn(range)]]),
    open: false,
    container,
    guesses: 1,
  });
}

/** `object.name` without a call. */
export function attributeOf(
  e: Evaluation,
  expression: Expression & { kind: 'attribute' },
  state: State,
): Value | undefined {
  const { name } = expression;
  if (expression.object.kind === 'name' && state.activation.self !== undefined && expression.object.name === 'self') {
    const own = `self.${name}`;
    if (state.vars.has(own)) return state.lookup(own);
    return e.analysis.fields.get(state.activation.self)?.get(name);
  }
  const object = e.evaluate(expression.object, state);
  switch (object?.kind) {
    case 'data':
      return memberOf(e, object, expression, state);
    case 'instance':
      return e.analysis.fields.get(object.of.code.scope)?.get(name);
    case 'thing':
      return newThing(
        object.names.map((known) => `${known}.${name}`),
        { data: object.data },
      );
    case 'names':
      return name === 'str' || name === 'values' ? object : undefined;
  }
  return undefined;
}

function memberOf(
  e: Evaluation,
  data: Data,
  expression: Expression & { kind: 'attribute' },
  state: State,
): Value | undefined {
  const { name } = expression;
  if (data.columns.has(name) && data.shape !== 'fact') return column(data, name, expression, e, state);
  if (data.shape === 'fact') return data;
  if (name === 'columns' || name === 'column_names')
    return data.shape === 'frame' ? namesOf(data) : factOf(data.origins);
  if (INDEXERS.has(name)) return { kind: 'indexer', data, labels: name === 'loc' || name === 'at' };
  if (name === 'write' || name === 'writeStream') return { ...data, shape: 'writer' };
  if (MEASURE_ATTRIBUTES.has(name)) return factOf(data.origins, data.guesses);
  if (COARSENING.has(name)) return withForm(data, 'safe');
  if (name === 'codes') return withForm(data, 'pseudonym');
  if (name === 'values' || name === 'T') return { ...data, shape: data.shape === 'frame' ? 'array' : data.shape };
  if (ACCESSORS.has(name) || MEASURES.has(name) || INSPECTIONS.has(name)) return data;
  const classified =
    data.shape === 'frame' || data.shape === 'row' ? classifyColumn(name, { siblings: [...data.siblings] }) : undefined;
  if (classified !== undefined) return column(data, name, expression, e, state);
  if (data.shape === 'frame' || data.shape === 'row') {
    return {
      ...data,
      shape: data.shape === 'row' ? 'text' : 'column',
      columns: new Map(),
      dropped: new Set(),
      open: true,
    };
  }
  return data;
}

function column(
  data: Data,
  name: string,
  expression: Expression & { kind: 'attribute' },
  e: Evaluation,
  state: State,
): Data {
  const names = newNames([[name, expression.nameRange]], { single: true });
  const picked = selectColumns(learnColumns(e, data, names, state), names);
  return { ...picked, shape: data.shape === 'row' ? 'text' : 'column' };
}

/** Origins of several values. */
export function originsOfAll(values: readonly (Value | undefined)[]): ReadonlySet<number> {
  return new Set(values.flatMap((value) => [...originsOf(value)]));
}
