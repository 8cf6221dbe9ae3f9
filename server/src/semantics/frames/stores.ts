import type { Expression } from '../../facts/python/expression.js';
import { PROTECTING_NAME, PSEUDONYMISING_NAME } from '../../knowledge/data-frames/methods.js';
import type { Value } from './abstract-value.js';
import type { Evaluation } from './analysis.js';
import { type ColumnForm, type Data, dropColumns, type Names, newNames, plainColumn, withColumn } from './data.js';
import type { State } from './state.js';

type Target = Expression & { kind: 'attribute' | 'subscript' };

/** `df["c"] = value`, `df.columns = names`, `self.df = value`, `record["k"] = value`. */
export function store(
  e: Evaluation,
  target: Target,
  value: Value | undefined,
  from: Expression | undefined,
  state: State,
): void {
  if (target.kind === 'attribute') return storeAttribute(e, target, value, from, state);
  const object = e.evaluate(target.object, state);
  const index = target.index.map((part) => e.evaluate(part, state));
  if (object?.kind === 'data') {
    const [names] = index;
    if (names?.kind === 'names') setColumns(e, object, names, value, from, state);
  } else if (object?.kind === 'dictionary' && target.object.kind === 'name') {
    const [names] = index;
    const entries = new Map(object.entries);
    if (names?.kind === 'names') for (const key of names.known.keys()) entries.set(key, value);
    state.set(target.object.name, { ...object, entries });
  }
}

function storeAttribute(
  e: Evaluation,
  target: Expression & { kind: 'attribute' },
  value: Value | undefined,
  from: Expression | undefined,
  state: State,
): void {
  const { self } = state.activation;
  if (target.object.kind === 'name' && target.object.name === 'self' && self !== undefined) {
    const kept =
      value?.kind === 'data' && !value.named
        ? { ...value, named: true, container: value.container ?? target.name }
        : value;
    e.analysis.setField(self, target.name, kept);
    state.set(`self.${target.name}`, kept);
    return;
  }
  const object = e.evaluate(target.object, state);
  if (object?.kind !== 'data') return;
  if (target.name === 'columns') return state.replace(object, relabelled(object, value));
  if (object.columns.has(target.name)) {
    setColumns(e, object, newNames([[target.name, target.nameRange]]), value, from, state);
  }
}

/** `df.columns = [...]`: all names are new; when nobody knows them nothing is known of the columns. */
function relabelled(data: Data, value: Value | undefined): Data {
  const names = value?.kind === 'names' && value.extent === 'exact' ? value.known : undefined;
  const columns = new Map([...(names ?? [])].map(([name, range]) => [name, plainColumn(range)] as const));
  return { ...data, columns, dropped: new Set(), open: names === undefined, siblings: new Set(columns.keys()) };
}

function setColumns(
  e: Evaluation,
  data: Data,
  names: Names,
  value: Value | undefined,
  from: Expression | undefined,
  state: State,
): void {
  let next = data;
  for (const [name, range] of names.known) {
    const known = data.columns.get(name);
    const form = formOf(e, name, value, from) ?? known?.form ?? 'plain';
    const column = known === undefined ? plainColumn(range, true, form) : { ...known, form };
    next = withColumn(next, name, column);
  }
  state.replace(data, next);
}

/** In what form a value stands in the column it is assigned to; undefined when nothing says so. */
function formOf(
  e: Evaluation,
  name: string,
  value: Value | undefined,
  from: Expression | undefined,
): ColumnForm | undefined {
  if (value?.kind === 'data') {
    if (value.shape === 'fact') return 'safe';
    const own = value.columns.get(name);
    if (own !== undefined) return own.form;
    const forms = [...value.columns.values()].map((column) => column.form);
    if (forms.length === 0) return undefined;
    if (forms.every((form) => form === 'safe')) return 'safe';
    return forms.every((form) => form !== 'plain') ? 'pseudonym' : 'plain';
  }
  if (from === undefined) return undefined;
  if (from.kind === 'constant' || from.kind === 'number' || from.kind === 'string') return 'safe';
  if (from.kind === 'attribute' && /^(?:nan|NaN|NA|NaT)$/.test(from.name)) return 'safe';
  return from.kind === 'call' ? protectionOf(e, from) : undefined;
}

/** What the name of a called function says about its result. */
export function protectionOf(e: Evaluation, call: Expression & { kind: 'call' }): ColumnForm | undefined {
  const written = e.analysis.text(call.callee.range).slice(-80);
  const names = e.analysis.names(call.callee).join(' ');
  for (const text of [names, written]) {
    if (text !== '' && PROTECTING_NAME.test(text)) return PSEUDONYMISING_NAME.test(text) ? 'pseudonym' : 'safe';
  }
  return undefined;
}

/** `del df["c"]`, `del df`. */
export function deleteFrom(e: Evaluation, target: Expression, state: State): void {
  if (target.kind === 'name') return state.set(target.name, undefined);
  if (target.kind !== 'subscript') return;
  const object = e.evaluate(target.object, state);
  const names = target.index[0] && e.evaluate(target.index[0], state);
  if (object?.kind === 'data' && names?.kind === 'names') state.replace(object, dropColumns(object, names));
}
