import type { Range } from '../../base/range.js';
import type { CallExpression, Expression } from '../../facts/python/expression.js';
import type { PythonModule } from '../../facts/python/module.js';
import type { FunctionStatement } from '../../facts/python/statement.js';
import type { Evaluator } from '../evaluate.js';
import type { NameResolver } from '../names.js';
import type { SplitEvent } from './event.js';
import { Rows, type State } from './state.js';
import type { Data, Fit, Part, Value } from './value.js';

/** Expressions and statements looked at in one module; over it the rest is passed over. */
const MAX_STEPS = 120_000;
const MAX_DEPTH = 3;

/** A metric of rows, kept until the whole module is known. */
export interface Score {
  readonly range: Range;
  readonly call: Range;
  readonly name: string;
  readonly rows: ReadonlySet<number>;
  readonly source: boolean;
  readonly fit: Fit;
}

/** Rows that stop the training of an estimator or choose its settings. */
export interface Tuning {
  readonly range: Range;
  readonly call: Range;
  readonly estimator: number;
  readonly subject: string;
  readonly rows: ReadonlySet<number>;
  readonly searches: boolean;
}

/** Runs a function of the module with what it is given. */
export type Apply = (
  code: FunctionStatement,
  outer: State,
  given: (name: string, position: number) => Value | undefined,
) => readonly Value[];

/** What one walk through a module learns. */
export class Analysis {
  readonly module: PythonModule;
  readonly names: NameResolver;
  readonly evaluator: Evaluator;
  readonly rows = new Rows();
  readonly functions = new Map<number, FunctionStatement>();
  readonly called = new Set<number>();
  readonly scores: Score[] = [];
  readonly tunings: Tuning[] = [];
  /** Set by whoever starts the walk: calls run bodies, bodies hold calls. */
  apply: Apply = () => [];
  top: State | undefined;
  readonly #events = new Map<string, SplitEvent>();
  readonly #active: { readonly code: FunctionStatement; readonly returned: Value[] }[] = [];
  #steps = 0;
  #estimators = 0;

  constructor(module: PythonModule, names: NameResolver, evaluator: Evaluator) {
    this.module = module;
    this.names = names;
    this.evaluator = evaluator;
  }

  /** Some rows of data, which may be a side of a split. */
  some(
    data: Data,
    side: { readonly part?: Part; readonly split?: { readonly range: Range; readonly name: string } },
  ): Data {
    const rows = new Set([...data.rows].map((row) => this.rows.make(row, side.split)));
    return { ...data, rows, part: side.part ?? data.part };
  }

  /** False when the module is too large to go on. */
  step(): boolean {
    return ++this.#steps < MAX_STEPS;
  }

  nextEstimator(): number {
    return this.#estimators++;
  }

  report(event: SplitEvent): void {
    const key = `${event.kind} ${event.range.start}`;
    if (!this.#events.has(key)) this.#events.set(key, event);
  }

  events(): readonly SplitEvent[] {
    return [...this.#events.values()].sort((a, b) => a.range.start - b.range.start);
  }

  /** A fit or draw that reaches the split of its rows. */
  reportMarks(data: Data, split: Range, name: string): void {
    if (data.part !== undefined) return;
    for (const fit of data.marks) this.reportFit(fit, split, name);
  }

  reportFit(fit: Fit, split: Range, name: string): void {
    this.report({
      kind: fit.drawn === undefined ? 'fit-before-split' : 'resample-before-split',
      range: fit.range,
      call: fit.call,
      plain: fit.plain,
      subject: fit.subject,
      method: fit.method,
      learns: fit.learns,
      mild: fit.drawn === 'less',
      other: split,
      otherName: name,
    });
  }

  /** The function of this module that a call runs, unless it is running already. */
  local(call: CallExpression): FunctionStatement | undefined {
    const { callee } = call;
    if (callee.kind !== 'name' || this.#active.length >= MAX_DEPTH) return undefined;
    const bindings = this.module.lookup(callee.name, callee.scope, callee.range.start);
    const [only] = bindings;
    if (bindings.length !== 1 || only?.kind !== 'function' || only.body === undefined) return undefined;
    const code = this.functions.get(only.body);
    return code === undefined || this.#active.some((active) => active.code === code) ? undefined : code;
  }

  /** Runs a body and gives what it returns. */
  within(code: FunctionStatement, run: () => void): readonly Value[] {
    const returned: Value[] = [];
    this.#active.push({ code, returned });
    run();
    this.#active.pop();
    return returned;
  }

  returns(value: Value): void {
    this.#active[this.#active.length - 1]?.returned.push(value);
  }
}

/** `frame`, `self.frame`: where a value is kept; undefined for other expressions. */
export function pathOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'attribute') return undefined;
  const object = pathOf(expression.object);
  return object === undefined ? undefined : `${object}.${expression.name}`;
}
