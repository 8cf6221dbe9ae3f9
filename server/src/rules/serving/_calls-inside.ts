import type { Expression, Statement } from '../../engine/index.js';

type Call = Expression & { readonly kind: 'call' };

/** All calls in some statements, also those without a known name, in no particular order; nested functions are left out. */
export function callsInside(statements: readonly Statement[]): readonly Call[] {
  return statements.flatMap((statement) => [
    ...expressionsOf(statement).flatMap(callsOf),
    ...callsInside(blocksOf(statement).flat()),
  ]);
}

/** Calls in an expression, itself included. */
export function callsOf(expression: Expression): readonly Call[] {
  const inner = operandsOf(expression).flatMap(callsOf);
  return expression.kind === 'call' ? [expression, ...inner] : inner;
}

/** The expressions an expression is made of. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'attribute':
      return [expression.object];
    case 'call':
      return [expression.callee, ...expression.arguments.map(({ value }) => value)];
    case 'formatted':
      return expression.parts.filter((part): part is Expression => typeof part !== 'string');
    case 'list':
    case 'tuple':
    case 'set':
      return expression.items;
    case 'dict':
      return expression.entries.map(({ value }) => value);
    case 'subscript':
      return [expression.object, ...expression.index];
    case 'operation':
    case 'other':
      return expression.operands;
    case 'conditional':
      return [expression.then, expression.condition, expression.otherwise];
    case 'comprehension':
      return [...expression.element, ...expression.clauses.map(({ iterable }) => iterable)];
    case 'await':
    case 'star':
    case 'walrus':
    case 'yield':
      return [expression.inner];
  }
  return [];
}

function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'expression':
    case 'return':
    case 'raise':
    case 'assign':
      return statement.value === undefined ? [] : [statement.value];
    case 'if':
      return statement.branches.flatMap(({ condition }) => (condition === undefined ? [] : [condition]));
    case 'for':
      return [statement.iterable];
    case 'while':
    case 'assert':
      return [statement.condition];
    case 'with':
      return statement.items.map(({ context }) => context);
  }
  return [];
}

function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
      return statement.branches.map(({ body }) => body);
    case 'for':
    case 'while':
      return [statement.body, statement.otherwise];
    case 'with':
      return [statement.body];
    case 'try':
      return [statement.body, ...statement.handlers.map(({ body }) => body), statement.otherwise, statement.finally];
    case 'match':
      return statement.cases.map(({ body }) => body);
  }
  return [];
}
