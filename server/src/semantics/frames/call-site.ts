import type { Range } from '../../base/range.js';
import { type Argument, argumentOf, type CallExpression } from '../../facts/python/expression.js';
import { mergedData, type Value } from './abstract-value.js';
import type { Evaluation } from './analysis.js';
import type { Data, Names } from './data.js';
import type { State } from './state.js';

/** A call whose arguments have been evaluated once, in order. */
export class CallSite {
  readonly e: Evaluation;
  readonly call: CallExpression;
  readonly state: State;
  readonly values: readonly (Value | undefined)[];

  constructor(e: Evaluation, call: CallExpression, state: State) {
    this.e = e;
    this.call = call;
    this.state = state;
    this.values = call.arguments.map((argument) => e.evaluate(argument.value, state));
  }

  /** Last name of what is called. */
  get lastName(): string {
    const { callee } = this.call;
    return callee.kind === 'attribute' || callee.kind === 'name' ? callee.name : '';
  }

  /** Where the last name of what is called stands. */
  get nameRange(): Range {
    const { callee } = this.call;
    return callee.kind === 'attribute' ? callee.nameRange : callee.range;
  }

  argument(name: string | undefined, position?: number): Argument | undefined {
    return argumentOf(this.call, name, position);
  }

  valueOf(argument: Argument | undefined): Value | undefined {
    return argument === undefined ? undefined : this.values[this.call.arguments.indexOf(argument)];
  }

  value(name: string | undefined, position?: number): Value | undefined {
    return this.valueOf(this.argument(name, position));
  }

  names(name: string | undefined, position?: number): Names | undefined {
    const value = this.value(name, position);
    return value?.kind === 'names' ? value : undefined;
  }

  /** Constant text of an argument, or the part of it that is known to be its beginning. */
  text(name: string | undefined, position?: number): string | undefined {
    const argument = this.argument(name, position);
    if (argument === undefined) return undefined;
    const value = this.e.analysis.evaluator.value(argument.value);
    if (value.kind === 'string') return value.value;
    return value.kind === 'partial' ? value.pieces.join('…') : undefined;
  }

  /** True when an argument is the constant `True`; undefined when it is not passed or not known. */
  flag(name: string): boolean | undefined {
    const argument = this.argument(name);
    const value = argument && this.e.analysis.evaluator.value(argument.value);
    return value?.kind === 'boolean' ? value.value : undefined;
  }

  get positional(): readonly (Value | undefined)[] {
    return this.call.arguments.flatMap((argument, i) => (argument.position === undefined ? [] : [this.values[i]]));
  }

  /** All data among the arguments, side by side. */
  get data(): Data | undefined {
    return mergedData(this.values);
  }
}
