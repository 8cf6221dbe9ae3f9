import { lastSegment } from '../../base/name-pattern.js';
import { NameSet } from '../../base/name-set.js';
import { importsAny } from '../../facts/python/collect.js';
import type { PythonModule } from '../../facts/python/module.js';
import { type FunctionStatement, type Statement, statementsOf } from '../../facts/python/statement.js';
import { HELD_OUT } from '../../knowledge/learning/evaluation.js';
import type { Evaluator } from '../evaluate.js';
import type { NameResolver } from '../names.js';
import { Analysis, type Score } from './analysis.js';
import type { SplitEvent } from './event.js';
import { State } from './state.js';
import { apply, run } from './statements.js';
import { workerGenerators } from './workers.js';

export type { SplitEvent, SplitEventKind } from './event.js';

const LIBRARIES = new NameSet(
  'sklearn sklearnex imblearn category_encoders feature_engine xgboost lightgbm catboost cuml dask_ml keras tensorflow'.split(
    ' ',
  ),
);
const FITTING = /\bfit\b|\bfit_|\bresample\b|\bsample\b|\btrain\(/;
/** A split, rows named after one, or a program that reads rows and judges: without them there is nothing to leak. */
const DIVIDED =
  /train_test_split|KFold|ShuffleSplit|TimeSeriesSplit|LeaveOneOut|cross_val|random_split|GridSearch|RandomizedSearch|[Xxy]_?te(?:st)?\b|test_?(?:df|data|set|x|y)\b|te(?:st)?_[Xxy]\b|eval_set|validation_data|\btest(?:\s*[[=.]|$)|\.test\b/im;
const READS = /\b(?:read_(?:csv|parquet|excel|table|json|feather)|(?:load|fetch|make)_\w+)\s*\(/;
const JUDGES = /(?:_score|\.score|_error|_matrix|_report|metrics)\b/;
const MAX_FUNCTIONS = 1000;
const MAX_SCORES = 300;

/**
 * What goes wrong in the order of splitting, fitting and judging: the module body in order, with the functions of the file
 * followed where they are called, then every function that nothing in the file calls. Bounded in steps and depth; over a
 * bound it says what it knows. In text order. A module that fits nothing costs two linear looks.
 */
export function splitEvents(module: PythonModule, names: NameResolver, evaluator: Evaluator): readonly SplitEvent[] {
  const workers = workerGenerators(module, names);
  if (!importsAny(module, LIBRARIES) || !FITTING.test(module.tree.text)) return workers;
  const { text } = module.tree;
  if (!DIVIDED.test(text) && !(READS.test(text) && JUDGES.test(text))) return workers;
  const a = new Analysis(module, names, evaluator);
  const statements = statementsOf(module);
  collectFunctions(statements, a.functions);
  const top = new State(undefined);
  a.top = top;
  a.apply = (code, outer, given) => apply(a, code, outer, given);
  run(a, statements, top);
  // Those that others call are given what the others pass, so they come last.
  const named = calledNames(module.tree.text);
  const functions = [...a.functions.values()];
  const outermost = functions.filter(({ name }) => !named.has(name));
  for (const code of [...outermost, ...functions]) {
    if (a.called.has(code.scope)) continue;
    a.called.add(code.scope);
    apply(a, code, top, () => undefined);
  }
  a.scores.length = Math.min(a.scores.length, MAX_SCORES);
  a.tunings.length = Math.min(a.tunings.length, MAX_SCORES);
  reportTunings(a);
  const held = HELD_OUT.test(module.tree.text);
  for (const score of a.scores) reportScore(a, score, held);
  return [...a.events(), ...workers].sort((left, right) => left.range.start - right.range.start);
}

function collectFunctions(body: readonly Statement[], found: Map<number, FunctionStatement>): void {
  for (const statement of body) {
    if (found.size >= MAX_FUNCTIONS) return;
    if (statement.kind === 'function') {
      found.set(statement.scope, statement);
      collectFunctions(statement.body, found);
    } else if (statement.kind === 'class') collectFunctions(statement.body, found);
    else if (statement.kind === 'if') for (const branch of statement.branches) collectFunctions(branch.body, found);
    else if (statement.kind === 'try' || statement.kind === 'with') collectFunctions(statement.body, found);
  }
}

function calledNames(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/(?<!def\s+|\w)([A-Za-z_]\w*)\(/g)].map((match) => match[1]!));
}

/** The rows that stopped the training are judged afterwards. */
function reportTunings(a: Analysis): void {
  for (const { range, call, subject, rows, searches } of a.tunings) {
    const later = a.scores.find((score) => score.call.start > call.start && a.rows.within(score.rows, rows));
    if (later === undefined) continue;
    const none = { plain: false, method: 'fit', learns: 'labels', mild: searches } as const;
    a.report({ kind: 'tune-on-test', range, call, subject, ...none, other: later.range, otherName: later.name });
  }
}

/**
 * Scores of rows the model was fitted on: always when a split stands between, as then the test side was learnt from; of the
 * very rows only when the file reads them itself and nothing in it speaks of held-out ones.
 */
function reportScore(a: Analysis, { range, call, name, rows, source, fit }: Score, held: boolean): void {
  if (fit.part !== undefined || rows.size === 0) return;
  const split = a.rows.splitBetween(rows, fit.rows);
  if (split === undefined && (held || !source || !fit.source || !a.rows.within(rows, fit.rows))) return;
  a.report({
    kind: 'score-on-fitted',
    range,
    call,
    plain: false,
    subject: fit.subject,
    method: lastSegment(name),
    learns: 'labels',
    mild: split === undefined,
    other: fit.range,
    otherName: split?.name ?? '',
  });
}
