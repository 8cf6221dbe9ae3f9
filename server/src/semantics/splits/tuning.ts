import { lastSegment } from '../../base/name-pattern.js';
import { type Argument, argumentOf, type CallExpression } from '../../facts/python/expression.js';
import type { Analysis } from './analysis.js';
import { fitOf, methodRange } from './records.js';
import type { State } from './state.js';
import { type Data, dataIn, type Estimator, newData, type Value } from './value.js';

/** Callbacks of Keras and LightGBM that choose a model by the evaluation set. */
const STOPPING = /(?:^|\.)(?:EarlyStopping|ModelCheckpoint|early_stopping)\(\)$/;
/** Keywords of evaluation sets: pairs of features and target, or, for `valid_sets`, whole data sets. */
const WATCHED = ['eval_set', 'validation_data', 'eval_X', 'evals', 'valid_sets'];

interface Passed {
  readonly argument: Argument;
  readonly value: Value;
}

/** `eval_set`, `validation_data`: rows that stop the training or choose its best state. */
export function tune(a: Analysis, call: CallExpression, model: Estimator, values: readonly Passed[]): void {
  const passed = values.find(({ argument }) => WATCHED.includes(argument.name ?? ''));
  if (passed === undefined || !(model.stops || stopsIn(a, call))) return;
  const { argument, value } = passed;
  const watched = argument.name === 'valid_sets' ? listed(value) : featuresOf(value);
  for (const { part, rows } of watched) {
    if (part !== 'test') continue;
    const { id: estimator, subject } = model;
    a.tunings.push({ range: argument.range, call: call.range, estimator, subject, rows, searches: false });
  }
}

/** `GridSearchCV(…).fit(X_test, y_test)`: the settings are chosen by the test rows. */
export function search(a: Analysis, call: CallExpression, model: Estimator, data: Data): void {
  if (model.role !== 'search' || data.part !== 'test') return;
  const { id: estimator, subject } = model;
  const { rows } = data;
  a.tunings.push({ range: methodRange(call), call: call.range, estimator, subject, rows, searches: true });
}

function stopsIn(a: Analysis, call: CallExpression): boolean {
  const rounds = argumentOf(call, 'early_stopping_rounds');
  if (rounds !== undefined && a.evaluator.value(rounds.value).kind !== 'none') return true;
  const callbacks = argumentOf(call, 'callbacks');
  if (callbacks === undefined) return false;
  const { value } = callbacks;
  const bindings = value.kind === 'name' ? a.module.lookup(value.name, value.scope, call.range.start) : [];
  const written = bindings[0]?.value ?? value;
  const items = written.kind === 'list' || written.kind === 'tuple' ? written.items : [written];
  return items.some((item) => a.names.names(item).some((name) => STOPPING.test(name)));
}

/** The features among `(X, y)`, `[(X, y), …]` or a pool. */
function featuresOf(value: Value): readonly Data[] {
  if (value.kind === 'data') return [value];
  if (value.kind !== 'several') return [];
  const [first] = value.items;
  if (first?.kind === 'data') return [first];
  return value.items.flatMap(featuresOf);
}

function listed(value: Value): readonly Data[] {
  if (value.kind === 'several') return value.items.flatMap(listed);
  return value.kind === 'data' ? [value] : [];
}

export const BOOSTERS = /^(?:xgboost|lightgbm)\.(?:\w+\.)?train$/;

/** `xgboost.train(settings, rows, evals=…)`: a fit without an object before it. */
export function trainBooster(
  a: Analysis,
  call: CallExpression,
  name: string,
  values: readonly Passed[],
  state: State,
): Estimator {
  const subject = name.replace(/\.\w+\.train$/, '.train');
  const id = a.nextEstimator();
  const model: Estimator = { kind: 'estimator', id, name, subject, role: 'model', learns: 'labels', stops: false };
  const rows = argumentOf(call, 'dtrain', 1) ?? argumentOf(call, 'train_set', 1);
  const value = values.find(({ argument }) => argument === rows)?.value;
  const data = value === undefined ? undefined : dataIn([value]);
  state.addFit(id, fitOf(call, model, data ?? newData(a.rows.make(), { part: 'train' })));
  tune(a, call, model, values);
  return { ...model, name: lastSegment(name) };
}
