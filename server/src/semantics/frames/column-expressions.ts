import type { Expression } from '../../facts/python/expression.js';
import type { Evaluation } from './analysis.js';
import { type Names, newNames, plusNames } from './data.js';
import type { State } from './state.js';

const COLUMN = /^(?:polars\.col|polars\.selectors\.by_name|pyspark\.sql\.functions\.(?:col|column)|ibis\._)$/;
const EVERYTHING = /^polars\.(?:all|selectors\.all)$/;
const MAX_DEPTH = 12;

/**
 * Columns that a polars or Spark expression gives: `pl.col("a")`, `F.col("a").cast("int")`, `pl.all().exclude("a")`,
 * `(…).alias("b")`. Undefined when that cannot be said.
 */
export function expressionColumns(e: Evaluation, expression: Expression, state: State, depth = 0): Names | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (expression.kind) {
    case 'string':
      return expression.value === '*'
        ? newNames([], { extent: 'all' })
        : newNames([[expression.value, expression.range]]);
    case 'list':
    case 'tuple':
      return expression.items.reduce<Names | undefined>((all, item, i) => {
        const names = expressionColumns(e, item, state, depth + 1);
        return names === undefined || (i > 0 && all === undefined)
          ? undefined
          : all === undefined
            ? names
            : plusNames(all, names);
      }, undefined);
    case 'subscript':
      return expression.index.length === 1 && expression.index[0]!.kind === 'string'
        ? expressionColumns(e, expression.index[0]!, state, depth + 1)
        : undefined;
    case 'attribute':
      return newNames([[expression.name, expression.nameRange]]);
    case 'operation':
      return expression.operands[0] && expressionColumns(e, expression.operands[0], state, depth + 1);
    case 'call':
      return callColumns(e, expression, state, depth);
    case 'name': {
      const value = state.lookup(expression.name);
      return value?.kind === 'names' ? value : undefined;
    }
  }
  return undefined;
}

function callColumns(
  e: Evaluation,
  call: Expression & { kind: 'call' },
  state: State,
  depth: number,
): Names | undefined {
  const names = e.analysis.names(call.callee);
  if (names.some((name) => EVERYTHING.test(name))) return newNames([], { extent: 'all' });
  if (names.some((name) => COLUMN.test(name))) return listed(e, call, state, depth);
  if (call.callee.kind !== 'attribute') return listed(e, call, state, depth);
  const base = expressionColumns(e, call.callee.object, state, depth + 1);
  if (call.callee.name === 'alias' || call.callee.name === 'name') {
    const [alias] = call.arguments;
    return alias?.value.kind === 'string' ? newNames([[alias.value.value, alias.value.range]]) : undefined;
  }
  if (call.callee.name === 'exclude') {
    const taken = listed(e, call, state, depth);
    return taken === undefined || base === undefined
      ? undefined
      : { ...base, dropped: new Set([...base.dropped, ...taken.known.keys()]) };
  }
  return base;
}

function listed(e: Evaluation, call: Expression & { kind: 'call' }, state: State, depth: number): Names | undefined {
  let all: Names | undefined;
  for (const argument of call.arguments) {
    if (argument.position === undefined) continue;
    const names = expressionColumns(e, argument.value, state, depth + 1);
    if (names === undefined) return all;
    all = all === undefined ? names : plusNames(all, names);
  }
  return all;
}
