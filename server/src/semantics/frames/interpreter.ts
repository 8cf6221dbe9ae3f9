import type { Expression } from '../../facts/python/expression.js';
import type { Statement } from '../../facts/python/statement.js';
import type { Value } from './abstract-value.js';
import type { Analysis, Evaluation } from './analysis.js';
import { evaluateExpression } from './expressions.js';
import { applyTo } from './local-calls.js';
import type { State } from './state.js';
import { assignTo, runStatement } from './statements.js';

const MAX_DEPTH = 300;

/** Runs statements on abstract states. Bounded by the budget of the analysis; over it, it knows nothing more. */
export class Interpreter implements Evaluation {
  readonly analysis: Analysis;
  #depth = 0;

  constructor(analysis: Analysis) {
    this.analysis = analysis;
  }

  evaluate(expression: Expression, state: State): Value | undefined {
    if (this.#depth > MAX_DEPTH || !this.analysis.step()) return undefined;
    this.#depth++;
    const value = evaluateExpression(this, expression, state);
    this.#depth--;
    return value;
  }

  run(body: readonly Statement[], state: State): void {
    if (this.#depth > MAX_DEPTH) return;
    this.#depth++;
    for (const statement of body) {
      if (state.end !== undefined || !this.analysis.step()) break;
      runStatement(this, statement, state);
    }
    this.#depth--;
  }

  assign(target: Expression, value: Value | undefined, from: Expression | undefined, state: State): void {
    assignTo(this, target, value, from, state);
  }

  apply(callee: Value | undefined, values: readonly (Value | undefined)[], state: State): Value | undefined {
    return applyTo(this, callee, values, state);
  }
}
