import type { PythonModule } from '../../facts/python/module.js';
import {
  type ClassStatement,
  type FunctionStatement,
  type Statement,
  statementsOf,
} from '../../facts/python/statement.js';
import type { Evaluator } from '../evaluate.js';
import type { NameResolver } from '../names.js';
import type { Callable, Surroundings } from './abstract-value.js';
import { Analysis } from './analysis.js';
import { type Definition, definitionsIn } from './definitions.js';
import type { FrameEvent } from './event.js';
import { Interpreter } from './interpreter.js';
import { applyTo, holdsData, mayHoldData } from './local-calls.js';
import { type Interest, Relevance } from './relevance.js';
import { type Activation, State } from './state.js';

export type { FrameEvent, PersonalColumn } from './event.js';

const PASSES = 2;

/**
 * What happens to tabular data in a module: writes and logs that hold personal data, and trainings with the reads their
 * data comes from. An abstract interpretation of the module body, and of every function that nothing in the file calls, with
 * functions of the file followed where they are called. The first pass learns which columns the sources have, the second
 * reports. Bounded in steps, calls and depth; over a bound it goes on with what it knows. In text order.
 */
export function frameEvents(
  module: PythonModule,
  names: NameResolver,
  evaluator: Evaluator,
  interest: Interest,
): readonly FrameEvent[] {
  const statements = statementsOf(module);
  const { functions, classes, variables } = definitionsIn(statements);
  const relevance = new Relevance(module, [...functions.map(({ code }) => code), ...classes, ...variables], interest);
  if (relevance.empty) return [];
  const analysis = new Analysis(module, names, evaluator, relevance);
  for (const code of classes) analysis.classes.set(code.scope, code);
  for (let pass = 1; pass <= PASSES; pass++) {
    analysis.startPass();
    runPass(new Interpreter(analysis), statements, functions);
    if (!analysis.learnt) break;
  }
  return analysis.events();
}

function activationOf(owner: number, statement: Statement | undefined): Activation {
  const range = statement?.range ?? { start: 0, end: 0 };
  return { owner, self: undefined, depth: 0, returns: [], exits: [], loops: [], statement: range };
}

function runPass(interpreter: Interpreter, statements: readonly Statement[], definitions: readonly Definition[]): void {
  const { analysis } = interpreter;
  const top = new State(activationOf(analysis.module.root, statements[0]), undefined);
  analysis.top = top;
  for (const { code, owner } of definitions) {
    if (owner === undefined) top.set(code.name, callable(code, owner, top));
  }
  interpreter.run(statements, top);
  top.end = undefined;
  // Functions that nothing here calls: whoever calls them passes anything. `__init__` comes first in a class.
  const initial = definitions.filter(({ code }) => code.name === '__init__');
  for (const { code, owner } of [...initial, ...definitions]) {
    if (analysis.called.has(code.scope) || !mayReport(analysis, code, owner)) continue;
    const around = new State(activationOf(analysis.module.root, code), top);
    applyTo(interpreter, callable(code, owner, top), [], around);
  }
}

/** True when running a function by itself may show something: what one method puts into a field another may write. */
function mayReport(analysis: Analysis, code: FunctionStatement, owner: ClassStatement | undefined): boolean {
  const { relevance } = analysis;
  if (!mayHoldData(analysis, code, owner)) return false;
  return relevance.mayReport(code) || (owner !== undefined && relevance.mayReport(owner) && holdsData(analysis, owner));
}

function callable(code: FunctionStatement, owner: ClassStatement | undefined, closure: Surroundings): Callable {
  return { kind: 'callable', code, closure, owner };
}
