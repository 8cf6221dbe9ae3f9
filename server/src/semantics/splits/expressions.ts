import type { Expression } from '../../facts/python/expression.js';
import { type Analysis, pathOf } from './analysis.js';
import { callValue } from './calls.js';
import type { State } from './state.js';
import { dataIn, joinValues, NOTHING, newData, partOfName, type Value } from './value.js';

const MAX_NESTING = 60;
/** Attributes that say something about rows but hold none. */
const ABOUT_ROWS =
  /^(?:columns|shape|dtypes?|size|ndim|name|names|feature_names|target_names|DESCR|nbytes|empty|str|dt|cat|plot|style)$/;
const ROW_INDEXERS = /^(?:loc|iloc|ix)$/;

/** What an expression stands for. Calls it makes are looked at on the way, in the order they run. */
export function evaluate(a: Analysis, expression: Expression, state: State, nesting = 0): Value {
  if (nesting > MAX_NESTING || !a.step()) return NOTHING;
  const inner = (part: Expression): Value => evaluate(a, part, state, nesting + 1);
  switch (expression.kind) {
    case 'name':
      return nameValue(a, expression, state);
    case 'attribute':
      return attributeValue(a, expression, state, inner);
    case 'call':
      return callValue(a, expression, state, inner);
    case 'subscript':
      return subscriptValue(a, expression, state, inner);
    case 'list':
    case 'tuple':
      return { kind: 'several', items: expression.items.map(inner) };
    case 'conditional':
      inner(expression.condition);
      return joinValues(inner(expression.then), inner(expression.otherwise));
    case 'await':
    case 'star':
    case 'yield':
      return inner(expression.inner);
    case 'walrus': {
      const value = inner(expression.inner);
      if (expression.target?.kind === 'name') state.set(expression.target.name, value);
      return value;
    }
    case 'operation':
      return dataIn(expression.operands.map(inner)) ?? NOTHING;
    case 'dict':
      return dataIn(expression.entries.map(({ value }) => inner(value))) ?? NOTHING;
    case 'comprehension':
      for (const { iterable } of expression.clauses) inner(iterable);
      return dataIn(expression.element.map(inner)) ?? NOTHING;
    case 'other':
    case 'set':
      for (const part of 'operands' in expression ? expression.operands : expression.items) inner(part);
      return NOTHING;
    default:
      return NOTHING;
  }
}

/** A name that nothing here gives a value stands for rows nobody knows, the same ones each time. */
function nameValue(a: Analysis, expression: Expression & { kind: 'name' }, state: State): Value {
  const known = state.get(expression.name);
  if (known !== undefined) return known;
  const bindings = a.module.lookup(expression.name, expression.scope, expression.range.start);
  const value = bindings.some(({ kind }) => kind === 'import' || kind === 'function' || kind === 'class')
    ? NOTHING
    : newData(a.rows.make(), { part: partOfName(expression.name) });
  state.set(expression.name, value);
  return value;
}

function attributeValue(
  a: Analysis,
  expression: Expression & { kind: 'attribute' },
  state: State,
  inner: (part: Expression) => Value,
): Value {
  const path = pathOf(expression);
  const known = path === undefined ? undefined : state.get(path);
  if (known !== undefined) return known;
  const object = inner(expression.object);
  if (object.kind !== 'data' || ABOUT_ROWS.test(expression.name)) return NOTHING;
  const { object: base, name } = expression;
  // Fields of objects are not the rows of the object: `self.frame`, `data.train`.
  const field = partOfName(name);
  const opaque = base.kind === 'name' && /^(?:self|cls|args|cfg|config|opt|params)$/.test(base.name);
  if (!opaque && field === undefined) return object;
  const value = newData(a.rows.make(), { part: field ?? object.part, marks: opaque ? new Set() : object.marks });
  if (path !== undefined) state.set(path, value);
  return value;
}

function subscriptValue(
  a: Analysis,
  expression: Expression & { kind: 'subscript' },
  state: State,
  inner: (part: Expression) => Value,
): Value {
  const path = subscriptPath(expression);
  const kept = path === undefined ? undefined : state.get(path);
  if (kept !== undefined) return kept;
  const object = inner(expression.object);
  const indices = expression.index.map(inner);
  if (object.kind === 'several') {
    const [position] = expression.index;
    const item = position?.kind === 'number' ? object.items[position.value] : undefined;
    return item ?? dataIn(object.items) ?? NOTHING;
  }
  if (object.kind !== 'data') return NOTHING;
  const side = indices.find((value) => value.kind === 'indices');
  if (side?.kind === 'indices') {
    a.reportMarks(object, side.split, side.name);
    return a.some(object, { part: side.part, split: { range: side.split, name: side.name } });
  }
  const named = path === undefined ? undefined : partOfName(path.slice(path.indexOf('[')));
  if (named !== undefined && object.part === undefined) return a.some(object, { part: named });
  return choosesColumns(a, expression) ? object : a.some(object, {});
}

/** `splits["train"]`: kept under its key. */
function subscriptPath(expression: Expression & { kind: 'subscript' }): string | undefined {
  const [key] = expression.index;
  const object = pathOf(expression.object);
  if (object === undefined || expression.index.length !== 1 || key?.kind !== 'string') return undefined;
  return `${object}[${key.value}]`;
}

/** True for `df["a"]`, `df[["a", "b"]]`, `df[columns]`, `X[:, 1:]`, `df.loc[:, "a"]`: all rows stay. */
function choosesColumns(a: Analysis, expression: Expression & { kind: 'subscript' }): boolean {
  const [first, second] = expression.index;
  if (first === undefined) return false;
  const whole = (index: Expression): boolean => index.kind === 'other' && index.operands.length === 0;
  if (second !== undefined) return whole(first);
  const indexer = expression.object.kind === 'attribute' && ROW_INDEXERS.test(expression.object.name);
  if (whole(first)) return true;
  if (indexer) return false;
  if (first.kind === 'string' || first.kind === 'list') return true;
  if (first.kind !== 'name') return false;
  const value = a.evaluator.value(first);
  const text = value.kind === 'list' ? value.items[0] : value;
  return text?.kind === 'string' || /col|feature|field|name|vars?$|attr|^(?:cat|num|target|label)/i.test(first.name);
}
