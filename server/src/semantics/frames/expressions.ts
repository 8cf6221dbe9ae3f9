import { COMPARISON_OPERATORS, type Expression } from '../../facts/python/expression.js';
import { type Dictionary, elementOf, joinValues, mergedData, sequence, textOf, type Value } from './abstract-value.js';
import type { Evaluation } from './analysis.js';
import { callOf } from './calls.js';
import { factOf, minusNames, type Names, newNames, plusNames } from './data.js';
import { attributeOf, originsOfAll, subscriptOf } from './selection.js';
import type { State } from './state.js';

const MAX_ITEMS = 200;
/** Rows are masked with these too. */
const COMPARISONS: ReadonlySet<string> = new Set([...COMPARISON_OPERATORS, '~', '&', '|', '^']);

/** Evaluates an expression on a state; sinks inside report themselves. */
export function evaluateExpression(e: Evaluation, expression: Expression, state: State): Value | undefined {
  switch (expression.kind) {
    case 'name':
      return state.lookup(expression.name);
    case 'string':
      return e.analysis.literal(expression);
    case 'formatted':
      return textOf(expression.parts.map((part) => (typeof part === 'string' ? undefined : e.evaluate(part, state))));
    case 'attribute':
      return attributeOf(e, expression, state);
    case 'subscript':
      return subscriptOf(e, expression, state);
    case 'call':
      return callOf(e, expression, state);
    case 'list':
    case 'tuple':
    case 'set':
      return collection(e, expression, state);
    case 'dict':
      return dictionary(e, expression, state);
    case 'operation':
      return operation(e, expression, state);
    case 'conditional': {
      e.evaluate(expression.condition, state);
      return joinValues(e.evaluate(expression.then, state), e.evaluate(expression.otherwise, state));
    }
    case 'lambda':
      return { kind: 'callable', code: expression, closure: state, owner: undefined };
    case 'comprehension':
      return comprehension(e, expression, state);
    case 'walrus': {
      const value = e.evaluate(expression.inner, state);
      if (expression.target !== undefined) e.assign(expression.target, value, expression.inner, state);
      return value;
    }
    case 'await':
    case 'star':
    case 'yield':
      return e.evaluate(expression.inner, state);
    case 'other':
      for (const operand of expression.operands) e.evaluate(operand, state);
  }
  return undefined;
}

function collection(e: Evaluation, expression: Expression & { kind: 'list' | 'tuple' | 'set' }, state: State): Value {
  const items = expression.items.slice(0, MAX_ITEMS);
  const values = items.map((item) => e.evaluate(item, state));
  const allNames =
    values.length > 0 &&
    values.every((value, i) => value?.kind === 'names' && (value.single || items[i]!.kind === 'star'));
  if (!allNames) return sequence(values);
  return { ...unitedNames(values as Names[]), single: false, written: expression.range };
}

/** Names of all parts; lists of plain literals, which most are, in one step. */
function unitedNames(parts: readonly Names[]): Names {
  if (parts.some((part) => part.extent !== 'exact' || part.dropped.size > 0 || part.origins.size > 0))
    return parts.reduce(plusNames);
  return newNames(parts.flatMap(({ known }) => [...known]));
}

function dictionary(e: Evaluation, expression: Expression & { kind: 'dict' }, state: State): Dictionary {
  const entries = new Map<string, Value | undefined>();
  let rest: Value | undefined;
  for (const entry of expression.entries.slice(0, MAX_ITEMS)) {
    const key = entry.key === undefined ? undefined : e.evaluate(entry.key, state);
    const value = e.evaluate(entry.value, state);
    if (key?.kind === 'names' && key.single && key.known.size === 1) entries.set([...key.known.keys()][0]!, value);
    else if (entry.key === undefined && value?.kind === 'dictionary')
      for (const [k, v] of value.entries) entries.set(k, v);
    else rest = joinValues(rest, value);
  }
  return { kind: 'dictionary', entries, rest };
}

function operation(e: Evaluation, expression: Expression & { kind: 'operation' }, state: State): Value | undefined {
  const values = expression.operands.map((operand) => e.evaluate(operand, state));
  const [left, right] = values;
  const { operator } = expression;
  if (operator === 'or' || operator === 'and') return values.reduce(joinValues, undefined);
  if (left?.kind === 'names' && right?.kind === 'names') {
    if (operator === '+' || operator === '|') return plusNames(left, right);
    if (operator === '-') return minusNames(left, right);
    if (operator === '&') return newNames([], { extent: 'some', origins: originsOfAll(values) });
  }
  if (COMPARISONS.has(operator)) {
    const origins = originsOfAll(values);
    return origins.size > 0 ? factOf(origins) : undefined;
  }
  if (left?.kind === 'sequence' && right?.kind === 'sequence' && operator === '+')
    return sequence([...left.items, ...right.items], joinValues(left.rest, right.rest));
  const isText = left?.kind === 'names' || right?.kind === 'names' || operator === '%';
  if (isText) return textOf(values);
  const data = mergedData(values);
  // Arithmetic on whole tables gives numbers that are in no column.
  const computed = data !== undefined && (data.shape === 'array' || data.shape === 'frame');
  return computed ? { ...data, columns: new Map(), dropped: new Set(), open: true } : data;
}

/** A list of column names with some taken out, or a list of what the element is. */
function comprehension(
  e: Evaluation,
  expression: Expression & { kind: 'comprehension' },
  state: State,
): Value | undefined {
  const inner = state.fork();
  let source: Value | undefined;
  let remaining: Value | undefined;
  const tested: (Value | undefined)[] = [];
  expression.clauses.forEach((clause, i) => {
    const iterable = e.evaluate(clause.iterable, inner);
    e.assign(clause.target, elementOf(iterable), undefined, inner);
    if (i === 0) source = iterable;
    if (iterable?.kind === 'names' && i === 0)
      remaining = filtered(e, iterable, clause.target, clause.conditions, inner);
    else tested.push(...clause.conditions.map((condition) => e.evaluate(condition, inner)));
  });
  const values = expression.element.map((element) => e.evaluate(element, inner));
  state.absorb(inner);
  const [element] = expression.element;
  const [clause] = expression.clauses;
  const same = element?.kind === 'name' && clause?.target.kind === 'name' && element.name === clause.target.name;
  if (source?.kind === 'names' && remaining !== undefined) {
    if (same && expression.element.length === 1) return remaining;
    if (values[0]?.kind === 'names') return newNames([], { extent: 'some', origins: source.origins });
  }
  if (values.length > 1) return { kind: 'dictionary', entries: new Map(), rest: values[1] };
  if (values[0] !== undefined) return sequence([], values[0]);
  const origins = originsOfAll(tested);
  return origins.size > 0 ? factOf(origins) : undefined;
}

/** `[c for c in names if c not in others and c != "x"]`; any other condition leaves nobody knows what. */
function filtered(
  e: Evaluation,
  names: Names,
  target: Expression,
  conditions: readonly Expression[],
  state: State,
): Names {
  let rest: Names = { ...names, single: false, written: undefined };
  for (const condition of conditions.flatMap((part) =>
    part.kind === 'operation' && part.operator === 'and' ? part.operands : [part],
  )) {
    const [left, right] = condition.kind === 'operation' ? condition.operands : [];
    const isTarget = left?.kind === 'name' && target.kind === 'name' && left.name === target.name;
    const taken = right === undefined ? undefined : e.evaluate(right, state);
    const operator = condition.kind === 'operation' ? condition.operator : '';
    if (!isTarget || taken?.kind !== 'names' || (operator !== '!=' && operator !== 'not in')) {
      if (right === undefined) e.evaluate(condition, state);
      return newNames([], { extent: 'some', origins: names.origins });
    }
    rest = minusNames(rest, taken);
  }
  return rest;
}
