import type { Expression } from '../../facts/python/expression.js';
import type {
  AssignStatement,
  ClassStatement,
  ForStatement,
  FunctionStatement,
  IfStatement,
  Statement,
  TryStatement,
  WithStatement,
} from '../../facts/python/statement.js';
import { EXITS } from '../../knowledge/data-frames/functions.js';
import { dataIn, elementOf, originsOf, sequence, type Value } from './abstract-value.js';
import type { Evaluation } from './analysis.js';
import { dropColumns, mergeData } from './data.js';
import { frameNamed } from './local-calls.js';
import { reportRaised } from './logs.js';
import type { SharedMap } from './shared-map.js';
import type { State } from './state.js';
import { deleteFrom, store } from './stores.js';

const LOOP_RUNS = 2;

/** Runs one statement on a state. */
export function runStatement(e: Evaluation, statement: Statement, state: State): void {
  state.activation.statement = statement.range;
  switch (statement.kind) {
    case 'expression': {
      e.evaluate(statement.value, state);
      if (exits(e, statement.value)) state.end = 'exit';
      return;
    }
    case 'assign':
      return runAssignment(e, statement, state);
    case 'return': {
      const value = statement.value === undefined ? undefined : e.evaluate(statement.value, state);
      state.activation.returns.push(value);
      state.activation.exits.push(state.fork());
      state.end = 'exit';
      return;
    }
    case 'raise':
      if (statement.value !== undefined) reportRaised(e, statement.value, state);
      state.end = 'exit';
      return;
    case 'assert':
      e.analysis.gate(state, originsOf(e.evaluate(statement.condition, state)), 'gate');
      return;
    case 'delete':
      for (const target of statement.targets) deleteFrom(e, target, state);
      return;
    case 'if':
      return runIf(e, statement, state);
    case 'for':
      return runFor(e, statement, state);
    case 'while':
      e.evaluate(statement.condition, state);
      runLoop(e, () => {}, statement.body, state);
      return e.run(statement.otherwise, state);
    case 'with':
      return runWith(e, statement, state);
    case 'try':
      return runTry(e, statement, state);
    case 'match':
      e.evaluate(statement.subject, state);
      return runBranches(
        e,
        statement.cases.map((part) => part.body),
        true,
        state,
      );
    case 'function':
      return define(e, statement, state);
    case 'class':
      return defineClass(e, statement, state);
    case 'other':
      if (statement.word === 'break' || statement.word === 'continue') state.end = 'loop';
  }
}

function exits(e: Evaluation, value: Expression): boolean {
  return value.kind === 'call' && e.analysis.names(value.callee).some((name) => EXITS.has(name));
}

function runAssignment(e: Evaluation, statement: AssignStatement, state: State): void {
  const { value } = statement;
  if (value === undefined) return;
  const result = e.evaluate(value, state);
  for (const target of statement.targets) {
    const old = statement.augmented ? e.evaluate(target, state) : undefined;
    const next = old?.kind === 'data' && result?.kind === 'data' ? mergeData(old, result) : (result ?? old);
    e.assign(target, next, value, state);
  }
}

/** Assigns to a name, an attribute, an item or the parts of a tuple. */
export function assignTo(
  e: Evaluation,
  target: Expression,
  value: Value | undefined,
  from: Expression | undefined,
  state: State,
): void {
  switch (target.kind) {
    case 'name':
      return state.set(
        target.name,
        named(value, target.name) ?? (from?.kind === 'call' ? frameNamed(target.name) : undefined),
      );
    case 'star':
      return assignTo(e, target.inner, sequence([], value), undefined, state);
    case 'tuple':
    case 'list': {
      const parts = from?.kind === 'tuple' && from.items.length === target.items.length ? from.items : [];
      target.items.forEach((item, i) => {
        assignTo(e, item, partOf(value, i), parts[i], state);
      });
      return;
    }
    case 'attribute':
    case 'subscript':
      return store(e, target, value, from, state);
  }
}

/** The first name a frame gets says what table it is. */
function named(value: Value | undefined, name: string): Value | undefined {
  if (value?.kind === 'data' && !value.named && value.shape !== 'fact') {
    return { ...value, container: value.container === undefined ? name : `${value.container}_${name}`, named: true };
  }
  return value;
}

function partOf(value: Value | undefined, index: number): Value | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'sequence') return index < value.items.length ? value.items[index] : value.rest;
  return value.kind === 'data' && value.shape !== 'fact' ? value : elementOf(value);
}

function runIf(e: Evaluation, statement: IfStatement, state: State): void {
  const ends: State[] = [];
  let rest = state.fork();
  let complete = false;
  for (const branch of statement.branches) {
    const condition = branch.condition === undefined ? undefined : e.evaluate(branch.condition, rest);
    const taken = rest.fork();
    e.run(branch.body, taken);
    ends.push(taken);
    if (branch.condition === undefined) {
      complete = true;
      continue;
    }
    // Whatever goes on behind a check that stops has passed the check.
    if (taken.end === 'exit') {
      for (const way of [rest, ...ends]) if (way.end === undefined) e.analysis.gate(way, originsOf(condition), 'gate');
    }
    rest = rest.fork();
    absent(e, branch.condition, rest);
  }
  state.become(complete ? ends : [...ends, rest]);
  state.activation.statement = statement.range;
}

/** Behind `if "x" in df.columns:` that was not taken the frame has no column `x`. */
function absent(e: Evaluation, condition: Expression, state: State): void {
  if (condition.kind !== 'operation' || condition.operator !== 'in' || condition.operands.length !== 2) return;
  const [left, right] = condition.operands as [Expression, Expression];
  const owner = right.kind === 'attribute' && right.name === 'columns' ? right.object : right;
  const names = e.evaluate(left, state);
  const data = e.evaluate(owner, state);
  if (names?.kind !== 'names' || data?.kind !== 'data' || data.shape !== 'frame') return;
  state.replace(data, { ...dropColumns(data, names), dropped: data.dropped, dropList: data.dropList });
}

function runBranches(e: Evaluation, bodies: readonly (readonly Statement[])[], mayPass: boolean, state: State): void {
  const ends = bodies.map((body) => {
    const branch = state.fork();
    e.run(body, branch);
    return branch;
  });
  state.become(mayPass ? [...ends, state.fork()] : ends);
}

function runFor(e: Evaluation, statement: ForStatement, state: State): void {
  const iterable = e.evaluate(statement.iterable, state);
  const element = elementOf(iterable);
  const { loops } = state.activation;
  const carried = dataIn(iterable).find((data) => data.origins.size > 0);
  if (carried !== undefined) loops.push(carried);
  runLoop(e, (turn) => assignTo(e, statement.target, element, undefined, turn), statement.body, state);
  if (carried !== undefined) loops.pop();
  e.run(statement.otherwise, state);
}

/** A loop runs twice: what the first turn leaves behind reaches the second. */
function runLoop(e: Evaluation, bind: (turn: State) => void, body: readonly Statement[], state: State): void {
  for (let run = 0; run < LOOP_RUNS; run++) {
    const before = run === 0 ? state.vars.copy() : undefined;
    const turn = state.fork();
    bind(turn);
    e.run(body, turn);
    turn.end = undefined;
    const checked = [...turn.validated];
    state.become([turn, state.fork()]);
    // A check in a loop over rows or columns is meant to run: an empty loop had nothing to check.
    for (const [origin, strength] of checked) state.strengthen([origin], strength);
    if (before === undefined || !changes(before, state.vars)) return;
  }
}

/** True when a turn gave a name that was there before another value: the next turn starts from something else. */
function changes(before: SharedMap<string, Value | undefined>, after: SharedMap<string, Value | undefined>): boolean {
  if (before.sharesWith(after)) return false;
  for (const [name, value] of before) if (value !== after.get(name)) return true;
  return false;
}

function runWith(e: Evaluation, statement: WithStatement, state: State): void {
  for (const { context, target } of statement.items) {
    const value = e.evaluate(context, state);
    if (target !== undefined) assignTo(e, target, value, context, state);
  }
  e.run(statement.body, state);
}

function runTry(e: Evaluation, statement: TryStatement, state: State): void {
  const before = state.fork();
  const body = state.fork();
  e.run(statement.body, body);
  if (body.end === undefined) e.run(statement.otherwise, body);
  const handlers = statement.handlers.map((handler) => {
    const way = before.fork();
    // Names the body bound may exist; checks it made may not have been reached.
    for (const [name, value] of body.vars) if (!way.vars.has(name)) way.vars.set(name, value);
    e.run(handler.body, way);
    return way;
  });
  state.become([body, ...handlers]);
  const { end } = state;
  if (end !== undefined) state.become([before]);
  e.run(statement.finally, state);
  state.end ??= end;
}

function define(e: Evaluation, statement: FunctionStatement, state: State): void {
  state.set(statement.name, { kind: 'callable', code: statement, closure: around(e, state), owner: undefined });
}

function defineClass(e: Evaluation, statement: ClassStatement, state: State): void {
  state.set(statement.name, { kind: 'class', code: statement, closure: around(e, state) });
}

/** What is defined in the module sees the module as it is in the end, not a branch of it. */
function around(e: Evaluation, state: State): State {
  return state.activation.owner === e.analysis.module.root ? (e.analysis.top ?? state) : state;
}
