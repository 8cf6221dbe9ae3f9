import { type Argument, argumentOf, type CallExpression } from '../../facts/python/expression.js';
import { type Analysis, pathOf } from './analysis.js';
import { callRange, fitOf, methodRange } from './records.js';
import type { State } from './state.js';
import { search, tune } from './tuning.js';
import { type Data, dataIn, type Estimator, type Fit, NOTHING, newData, partOfName, type Value } from './value.js';

/** A method call on an estimator. */
export interface EstimatorCall {
  readonly call: CallExpression;
  readonly name: string;
  readonly receiver: Estimator;
  readonly values: readonly { readonly argument: Argument; readonly value: Value }[];
  readonly state: State;
}

/** Fits that one value remembers. */
const MAX_MARKS = 24;
const DATA_KEYWORDS = ['X', 'x', 'raw_documents', 'y'];
/** What a method of an estimator gives; fits, predictions and scores are remembered. */
export function estimatorCall(a: Analysis, site: EstimatorCall): Value {
  const { receiver, name, state, call } = site;
  if (receiver.role === 'splitter') {
    const data = dataOf(site);
    if (name !== 'split') return NOTHING;
    if (data !== undefined) a.reportMarks(data, callRange(call), receiver.subject);
    return data?.part === undefined ? { kind: 'folds', split: callRange(call), name: receiver.subject } : NOTHING;
  }
  switch (name) {
    case 'fit':
      learn(a, site);
      return receiver;
    case 'fit_transform': {
      const fitted = learn(a, site);
      const data = dataOf(site);
      return data === undefined ? newData(a.rows.make()) : transformed(receiver, data, fitted);
    }
    case 'transform': {
      const data = dataOf(site);
      const fits = state.fitsOf(receiver.id);
      const last = fits[fits.length - 1];
      if (data === undefined) return newData(a.rows.make());
      if (last !== undefined) seenBefore(a, receiver, last, data);
      return transformed(receiver, data, last);
    }
    case 'predict':
    case 'predict_proba':
    case 'decision_function':
      return predict(a, site);
    case 'fit_predict':
      learn(a, site);
      return newData(a.rows.make());
    case 'score':
    case 'evaluate':
      score(a, site);
      return NOTHING;
    case 'set_params':
      return receiver;
  }
  return NOTHING;
}

function dataOf(site: EstimatorCall): Data | undefined {
  for (const keyword of DATA_KEYWORDS) {
    const argument = argumentOf(site.call, keyword, keyword === 'X' ? 0 : undefined);
    const found = site.values.find((one) => one.argument === argument);
    if (found !== undefined) return dataIn([found.value]);
  }
  return undefined;
}

function learn(a: Analysis, site: EstimatorCall): Fit | undefined {
  const { receiver, call, state } = site;
  const data = dataOf(site);
  if (data === undefined) return undefined;
  const fitted = fitOf(call, receiver, data);
  const before = state.fitsOf(receiver.id).find(({ part }) => part === 'train');
  // Two halves that are each fitted to judge the other one are both trained on: models need the name of a test set.
  const held =
    receiver.role === 'transformer' ? data.part === 'test' || data.part === 'validation' : isCalledTest(site.call);
  const refits = receiver.role === 'transformer' || receiver.role === 'model' || receiver.role === 'search';
  if (held && data.part !== 'train' && before !== undefined && refits && receiver.learns !== 'nothing') {
    a.report({
      ...event(fitted),
      kind: 'fit-on-test',
      other: before.range,
      otherName: before.method,
    });
  }
  state.addFit(receiver.id, fitted);
  tune(a, call, receiver, site.values);
  search(a, call, receiver, data);
  return fitted;
}

function isCalledTest(call: CallExpression): boolean {
  const first = call.arguments[0]?.value;
  const path = first === undefined ? undefined : pathOf(first);
  return path !== undefined && partOfName(path) === 'test';
}

function event(fitted: Fit): Omit<Parameters<Analysis['report']>[0], 'kind'> {
  const { range, call, plain, subject, method, learns } = fitted;
  return { range, call, plain, subject, method, learns, mild: false, other: undefined, otherName: '' };
}

/** Data made by a transformer: what that learnt from undivided rows stays with it. */
function transformed(receiver: Estimator, data: Data, fitted: Fit | undefined): Data {
  if (fitted === undefined || fitted.part !== undefined || !leaks(receiver) || data.marks.size >= MAX_MARKS)
    return data;
  return { ...data, marks: new Set([...data.marks, fitted]) };
}

function leaks({ role, learns }: Estimator): boolean {
  const makesFeatures = role === 'transformer' || role === 'model';
  return makesFeatures && learns !== 'nothing' && learns !== 'numbering';
}

/** `scaler.fit(X)`, then the split of `X`, then `scaler.transform(X_test)`. */
function seenBefore(a: Analysis, receiver: Estimator, fitted: Fit, data: Data): void {
  if (fitted.part !== undefined || !leaks(receiver)) return;
  const split = a.rows.splitBetween(data.rows, fitted.rows);
  if (split !== undefined) a.reportFit(fitted, split.range, split.name);
}

function predict(a: Analysis, site: EstimatorCall): Value {
  const data = dataOf(site);
  const fits = site.state.fitsOf(site.receiver.id);
  const fitted = fits[fits.length - 1];
  if (data === undefined || fitted === undefined || site.receiver.role === 'grouping') return newData(a.rows.make());
  const { rows, part, source } = data;
  return newData(a.rows.make(), {
    part,
    source,
    predicted: { fit: fitted, rows, part, estimator: site.receiver.id },
  });
}

function score(a: Analysis, site: EstimatorCall): void {
  const data = dataOf(site);
  const fits = site.state.fitsOf(site.receiver.id);
  const fitted = fits[fits.length - 1];
  if (data === undefined || fitted === undefined || site.receiver.role === 'grouping') return;
  const { rows, source } = data;
  a.scores.push({ range: methodRange(site.call), call: site.call.range, name: site.name, rows, source, fit: fitted });
}
