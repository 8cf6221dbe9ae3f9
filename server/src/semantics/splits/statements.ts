import type { Expression } from '../../facts/python/expression.js';
import type { FunctionStatement, Statement } from '../../facts/python/statement.js';
import { type Analysis, pathOf } from './analysis.js';
import { evaluate } from './expressions.js';
import { State } from './state.js';
import { mergeData, NOTHING, newData, partOfName, type Value } from './value.js';

/** Runs statements in order; what holds afterwards stands in `state`. */
export function run(a: Analysis, statements: readonly Statement[], state: State): void {
  for (const statement of statements) {
    if (!a.step()) return;
    execute(a, statement, state);
  }
}

function execute(a: Analysis, statement: Statement, state: State): void {
  const value = (expression: Expression | undefined): Value =>
    expression === undefined ? NOTHING : evaluate(a, expression, state);
  switch (statement.kind) {
    case 'expression':
      value(statement.value);
      return;
    case 'assign': {
      const assigned = value(statement.value);
      if (statement.value === undefined) return;
      for (const target of statement.targets) assign(a, target, assigned, state, statement.augmented);
      return;
    }
    case 'return':
      a.returns(value(statement.value));
      return;
    case 'if':
      branches(a, state, [
        ...statement.branches.map(({ condition, body }) => ({ condition, body })),
        ...(statement.branches.some(({ condition }) => condition === undefined) ? [] : [{ body: [] }]),
      ]);
      return;
    case 'for':
      assign(a, statement.target, itemOf(value(statement.iterable)), state, false);
      run(a, [...statement.body, ...statement.otherwise], state);
      return;
    case 'while':
      value(statement.condition);
      run(a, [...statement.body, ...statement.otherwise], state);
      return;
    case 'with':
      for (const { context, target } of statement.items) {
        const entered = value(context);
        if (target !== undefined) assign(a, target, entered, state, false);
      }
      run(a, statement.body, state);
      return;
    case 'try':
      run(a, statement.body, state);
      branches(a, state, [{ body: statement.otherwise }, ...statement.handlers.map(({ body }) => ({ body }))]);
      run(a, statement.finally, state);
      return;
    case 'match':
      value(statement.subject);
      branches(a, state, statement.cases);
      return;
    case 'assert':
      value(statement.condition);
  }
}

function branches(
  a: Analysis,
  state: State,
  ways: readonly { readonly condition?: Expression | undefined; readonly body: readonly Statement[] }[],
): void {
  const ends = ways.map(({ condition, body }) => {
    if (condition !== undefined) evaluate(a, condition, state);
    const way = state.fork();
    run(a, body, way);
    return { way, leaves: leaves(body) };
  });
  const staying = ends.filter(({ leaves: left }) => !left);
  state.become((staying.length > 0 ? staying : ends).map(({ way }) => way));
}

/** True when nothing after the block runs. */
function leaves(body: readonly Statement[]): boolean {
  const last = body[body.length - 1];
  return (
    last?.kind === 'return' ||
    last?.kind === 'raise' ||
    (last?.kind === 'other' && /^(?:break|continue)/.test(last.word))
  );
}

function itemOf(value: Value): Value {
  if (value.kind === 'folds') {
    const { split, name } = value;
    return {
      kind: 'several',
      items: [
        { kind: 'indices', part: 'train', split, name },
        { kind: 'indices', part: 'test', split, name },
      ],
    };
  }
  return NOTHING;
}

/** Gives a target its value; a name that speaks of a side of a split settles which one it is. */
function assign(a: Analysis, target: Expression, value: Value, state: State, augmented: boolean): void {
  switch (target.kind) {
    case 'tuple':
    case 'list':
      target.items.forEach((item, i) => {
        assign(a, item, elementOf(a, value, i), state, false);
      });
      return;
    case 'name':
    case 'attribute': {
      const path = pathOf(target);
      if (path === undefined || augmented) return;
      state.set(path, named(target.name, value));
      return;
    }
    case 'subscript': {
      const [key] = target.index;
      const base = basePath(target.object);
      if (base === undefined) return;
      const before = state.get(base);
      if (before?.kind === 'data' && value.kind === 'data') {
        const marks = mergeData(before, value).marks;
        if (marks !== before.marks) state.set(base, { ...before, marks });
      } else if (key?.kind === 'string') state.set(`${base}[${key.value}]`, named(key.value, value));
    }
  }
}

/** `df.loc[…] = …` and `df.iloc[…] = …` store into `df`. */
function basePath(object: Expression): string | undefined {
  if (object.kind === 'attribute' && /^i?loc$|^i?at$|^values$/.test(object.name)) return pathOf(object.object);
  return pathOf(object);
}

function named(name: string, value: Value): Value {
  if (value.kind !== 'data') return value;
  const said = partOfName(name);
  return said === undefined || said === value.part ? value : { ...value, part: said };
}

function elementOf(a: Analysis, value: Value, index: number): Value {
  if (value.kind === 'several') return value.items[index] ?? NOTHING;
  if (value.kind === 'folds') return NOTHING;
  return value.kind === 'data' ? a.some(value, {}) : NOTHING;
}

/** Runs a function of the module with what it is given; parameters nobody gives are rows nobody knows. */
export function apply(
  a: Analysis,
  code: FunctionStatement,
  outer: State,
  given: (name: string, position: number) => Value | undefined,
): readonly Value[] {
  const state = new State(outer);
  code.parameters.forEach(({ name }, position) => {
    const value = given(name, position);
    state.set(name, value ?? (/^(?:self|cls)$/.test(name) ? newData(a.rows.make()) : unknown(a, name)));
  });
  return a.within(code, () => run(a, code.body, state));
}

function unknown(a: Analysis, name: string): Value {
  return newData(a.rows.make(), { part: partOfName(name) });
}
