import { lastSegment } from '../../base/name-pattern.js';
import { argumentOf, type CallExpression, type Expression } from '../../facts/python/expression.js';
import {
  CROSS_VALIDATION,
  KEEPS_OWN_ROWS,
  KEEPS_ROWS,
  KNOWN_ATTRIBUTE,
  METRIC,
  READS,
  RESAMPLE,
  SPLIT_FUNCTIONS,
} from '../../knowledge/learning/evaluation.js';
import { type LearnerKind, learnerKind, leavesOut } from '../../knowledge/learning/roles.js';
import { type Analysis, pathOf } from './analysis.js';
import { estimatorCall } from './estimators.js';
import { callRange, fitOf, methodRange } from './records.js';
import type { State } from './state.js';
import { BOOSTERS, trainBooster } from './tuning.js';
import { type Data, dataIn, type Estimator, joinValues, NOTHING, newData, partOfName, type Value } from './value.js';

type Inner = (part: Expression) => Value;

/** Methods of frames and arrays whose result holds no row. */
const MEASURES =
  /^(?:mean|median|sum|std|var|min|max|count|nunique|value_counts|describe|info|corr|cov|isnull|isna|notnull|any|all|tolist_columns|memory_usage|plot|hist|boxplot|to_\w*(?:csv|parquet|sql|excel|pickle|json)|items|keys|append_error)$/;

const LEARNER_METHOD = /^(?:fit|fit_\w+|transform|predict\w*|decision_function|score|evaluate|split)$/;

/** What a call gives. */
export function callValue(a: Analysis, call: CallExpression, state: State, inner: Inner): Value {
  const code = a.local(call);
  if (code !== undefined) return runLocal(a, call, state, inner);
  const { callee } = call;
  const worth = callee.kind !== 'attribute' || KNOWN_ATTRIBUTE.test(callee.name);
  const names = worth ? a.names.names(callee) : [];
  for (const name of names) {
    const known = functionCall(a, call, name, state, inner);
    if (known !== undefined) return known;
  }
  if (callee.kind === 'attribute') return methodCall(a, call, callee, names, state, inner);
  return unknownCall(
    a,
    names,
    call.arguments.map(({ value }) => inner(value)),
  );
}

function runLocal(a: Analysis, call: CallExpression, state: State, inner: Inner): Value {
  const code = a.local(call)!;
  const values = call.arguments.map((argument) => ({ argument, value: inner(argument.value) }));
  a.called.add(code.scope);
  const returned = a.apply(code, a.top ?? state, (name, position) => {
    const passed = argumentOf(call, name, position);
    return values.find(({ argument }) => argument === passed)?.value;
  });
  return returned.length === 0 ? NOTHING : returned.reduce((left, right) => joinValues(left, right));
}

/** Calls known by their name alone. */
function functionCall(a: Analysis, call: CallExpression, name: string, state: State, inner: Inner): Value | undefined {
  const kind = learnerKind(name);
  if (kind !== undefined) return construct(a, call, name, kind, inner);
  if (SPLIT_FUNCTIONS.test(name)) return split(a, call, inner);
  if (BOOSTERS.test(name)) {
    const passed = call.arguments.map((argument) => ({ argument, value: inner(argument.value) }));
    return trainBooster(a, call, name, passed, state);
  }
  const values = (): readonly Value[] => call.arguments.map(({ value }) => inner(value));
  if (CROSS_VALIDATION.test(name)) {
    const features = argumentOf(call, 'X', 1);
    const data = features === undefined ? undefined : dataIn([inner(features.value)]);
    if (data !== undefined) a.reportMarks(data, callRange(call), lastSegment(name));
    return NOTHING;
  }
  if (METRIC.test(name)) return metric(a, call, name, values());
  if (RESAMPLE.test(name)) return resample(a, call, inner);
  if (READS.test(name)) return read(a, call, values());
  if (name === 'sklearn.base.clone') {
    const [model] = values();
    return model?.kind === 'estimator' ? { ...model, id: a.nextEstimator() } : NOTHING;
  }
  if (KEEPS_ROWS.test(name)) return dataIn(values()) ?? newData(a.rows.make());
  return undefined;
}

function construct(a: Analysis, call: CallExpression, name: string, kind: LearnerKind, inner: Inner): Estimator {
  const parts = call.arguments.flatMap(({ value }) => estimatorsIn(inner(value)));
  const holder = kind.role === 'holder';
  const learner = parts.find(({ learns }) => learns === 'labels' || learns === 'statistics');
  const model = parts.some(({ role }) => role === 'model' || role === 'search' || role === 'grouping');
  const stops = call.arguments.some((argument) =>
    /^early_stopping_rounds$|^od_(?:type|wait)$/.test(argument.name ?? ''),
  );
  return {
    kind: 'estimator',
    id: a.nextEstimator(),
    name,
    subject: lastSegment(name),
    role: holder ? (model ? 'model' : 'transformer') : kind.role,
    learns: holder ? (learner?.learns ?? parts[0]?.learns ?? 'nothing') : learnsOf(call, kind, name),
    stops: stops || (/^catboost\./.test(name) && useBestModel(a, call)) || parts.some((one) => one.stops),
  };
}

/** `SimpleImputer(strategy="constant")` learns nothing. */
function learnsOf(call: CallExpression, kind: LearnerKind, name: string): LearnerKind['learns'] {
  const strategy = name.endsWith('SimpleImputer') ? argumentOf(call, 'strategy') : undefined;
  return strategy?.value.kind === 'string' && strategy.value.value === 'constant' ? 'nothing' : kind.learns;
}

/** CatBoost keeps the best iteration of the evaluation set unless it is told not to. */
function useBestModel(a: Analysis, call: CallExpression): boolean {
  const argument = argumentOf(call, 'use_best_model');
  const value = argument === undefined ? undefined : a.evaluator.value(argument.value);
  return value === undefined || (value.kind === 'boolean' && value.value);
}

function estimatorsIn(value: Value): readonly Estimator[] {
  if (value.kind === 'estimator') return [value];
  return value.kind === 'several' ? value.items.flatMap(estimatorsIn) : [];
}

/** `train_test_split(X, y)`: a training and a test side for each array. */
function split(a: Analysis, call: CallExpression, inner: Inner): Value {
  const split = { range: callRange(call), name: 'train_test_split' };
  const items: Value[] = [];
  for (const argument of call.arguments) {
    if (argument.position === undefined) continue;
    const value = inner(argument.value);
    const data = dataIn([value]) ?? newData(a.rows.make());
    a.reportMarks(data, split.range, split.name);
    const rest = data.part === undefined || data.part === 'train' ? (data.part ?? 'test') : data.part;
    items.push(
      a.some(data, { part: data.part ?? 'train', split }),
      a.some(data, { part: rest === 'train' ? 'validation' : rest, split }),
    );
  }
  return { kind: 'several', items };
}

function read(a: Analysis, call: CallExpression, values: readonly Value[]): Value {
  const [first] = call.arguments;
  const path = first === undefined ? undefined : a.evaluator.value(first.value);
  const said = path?.kind === 'string' ? partOfName(path.value.slice(path.value.lastIndexOf('/') + 1)) : undefined;
  const marks = dataIn(values)?.marks;
  return newData(a.rows.make(), { source: true, part: said, ...(marks === undefined ? {} : { marks }) });
}

/** `resample(rows)` repeats rows; with `replace=False` it leaves some out. */
function resample(a: Analysis, call: CallExpression, inner: Inner): Value {
  const items = call.arguments.flatMap((argument): Value[] => {
    if (argument.position === undefined) return [];
    const data = dataIn([inner(argument.value)]);
    return data === undefined ? [NOTHING] : [drawn(a, call, data, 'resample', !isFalse(a, call, 'replace'))];
  });
  return items.length === 1 ? items[0]! : { kind: 'several', items };
}

function isFalse(a: Analysis, call: CallExpression, name: string): boolean {
  const argument = argumentOf(call, name);
  if (argument === undefined) return false;
  const value = a.evaluator.value(argument.value);
  return value.kind !== 'boolean' || !value.value;
}

function drawn(a: Analysis, call: CallExpression, data: Data, subject: string, repeats: boolean): Data {
  if (data.part !== undefined) return data;
  const fit = { ...fitOf(call, { subject, learns: 'nothing' }, data), drawn: repeats ? 'more' : 'less' } as const;
  return { ...a.some(data, {}), marks: new Set([...data.marks, fit]) };
}

/** `accuracy_score(y, model.predict(X))`: the prediction says which rows are judged. */
function metric(a: Analysis, call: CallExpression, name: string, values: readonly Value[]): Value {
  for (const value of values) {
    const predicted = value.kind === 'data' ? value.predicted : undefined;
    if (predicted === undefined || value.kind !== 'data') continue;
    const { fit, rows } = predicted;
    a.scores.push({
      range: methodRange(call),
      call: call.range,
      name: lastSegment(name),
      rows,
      source: value.source,
      fit,
    });
  }
  return NOTHING;
}

function methodCall(
  a: Analysis,
  call: CallExpression,
  callee: Expression & { kind: 'attribute' },
  names: readonly string[],
  state: State,
  inner: Inner,
): Value {
  const receiver = receiverOf(a, callee.object, callee.name, state, inner);
  const values = call.arguments.map((argument) => ({ argument, value: inner(argument.value) }));
  const given = values.map(({ value }) => value);
  if (receiver.kind === 'estimator') {
    if (receiver.role === 'sampler' && /^fit_(?:re)?sample$/.test(callee.name)) {
      const repeats = !leavesOut(receiver.name);
      const items = given.map((value) =>
        value.kind === 'data' ? drawn(a, call, value, receiver.subject, repeats) : value,
      );
      return { kind: 'several', items };
    }
    return estimatorCall(a, { call, name: callee.name, receiver, values, state });
  }
  if (receiver.kind !== 'data') return unknownCall(a, names, given);
  if (MEASURES.test(callee.name)) return NOTHING;
  if (callee.name === 'sample') {
    const replace = argumentOf(call, 'replace', 2);
    const value = replace === undefined ? undefined : a.evaluator.value(replace.value);
    if (value?.kind === 'boolean' && value.value) return drawn(a, call, receiver, 'sample', true);
    return argumentOf(call, 'frac')?.value.kind === 'number' ? receiver : a.some(receiver, {});
  }
  if (/^(?:head|tail|query|filter_rows|nlargest|nsmallest|loc|take|split|random_split)$/.test(callee.name))
    return a.some(receiver, {});
  // Any object may have a method that brings other rows; a table gives its own.
  if (!KEEPS_OWN_ROWS.test(callee.name)) return unknownCall(a, names, [receiver, ...given]);
  return dataIn([receiver, ...given.filter((value) => value.kind === 'data' && value.source)]) ?? receiver;
}

/** Estimators that the walk did not see being made are known by their names: `self.scaler`. */
function receiverOf(a: Analysis, object: Expression, method: string, state: State, inner: Inner): Value {
  const value = inner(object);
  if (value.kind === 'estimator' || (value.kind === 'data' && value.source) || !LEARNER_METHOD.test(method))
    return value;
  for (const name of a.names.names(object)) {
    const kind = name.endsWith('()') ? learnerKind(name.slice(0, -2)) : undefined;
    if (kind === undefined || kind.role === 'holder') continue;
    const made: Estimator = {
      kind: 'estimator',
      id: a.nextEstimator(),
      name: name.slice(0, -2),
      subject: lastSegment(name.slice(0, -2)),
      role: kind.role,
      learns: kind.learns,
      stops: false,
    };
    const path = pathOf(object);
    if (path !== undefined) state.set(path, made);
    return made;
  }
  return value;
}

/** What nobody knows gives new rows; what was learnt from the old ones may be in them. */
function unknownCall(a: Analysis, names: readonly string[], values: readonly Value[]): Value {
  const data = dataIn(values);
  if (data === undefined) return newData(a.rows.make());
  const predicted =
    names.length > 0 && /^(?:numpy|pandas|tensorflow|torch)\./.test(names[0]!) ? data.predicted : undefined;
  return newData(a.rows.make(), { part: data.part, marks: data.marks, predicted });
}
