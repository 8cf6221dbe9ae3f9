import type { CallExpression } from '../../facts/python/expression.js';
import { CONTAINERS_OF_DATA, ESTIMATOR, TRANSFORMING } from '../../knowledge/data-frames/estimators.js';
import {
  ARRAY_MODULES,
  COARSENING_FUNCTIONS,
  COMBINERS,
  CONTAINER_FUNCTIONS,
  MEASURING_FUNCTIONS,
  REARRANGING,
  ROWLESS,
  ROWLESS_METHODS,
  SPLITTERS,
  TEXT_FUNCTIONS,
  TYPE_TESTS,
} from '../../knowledge/data-frames/functions.js';
import { ENCODERS } from '../../knowledge/data-frames/methods.js';
import {
  dataIn,
  elementOf,
  mergedData,
  newThing,
  originsOf,
  sequence,
  type Thing,
  textOf,
  type Value,
} from './abstract-value.js';
import type { Evaluation } from './analysis.js';
import { CallSite } from './call-site.js';
import { judge } from './checks.js';
import { containerMethod } from './container-methods.js';
import { type Data, factOf, mergeData, withForm } from './data.js';
import { frameMethod } from './frame-methods.js';
import { classMethod, instantiate, invoke, methodOf } from './local-calls.js';
import { logCall } from './logs.js';
import { construct, read } from './reads.js';
import type { State } from './state.js';
import { protectionOf } from './stores.js';
import { train } from './training.js';
import { choices, transformed } from './transformers.js';
import { writeCall } from './writes.js';

/** Evaluates a call: what it does to data is done, what it shows, writes or trains on is reported. */
export function callOf(e: Evaluation, call: CallExpression, state: State): Value | undefined {
  const { callee } = call;
  if (callee.kind === 'attribute') {
    const receiver = e.evaluate(callee.object, state);
    const site = new CallSite(e, call, state);
    if (receiver?.kind === 'data') return frameMethod(site, callee.name, receiver);
    if (receiver?.kind === 'names' || receiver?.kind === 'sequence' || receiver?.kind === 'dictionary') {
      return containerMethod(site, callee, receiver);
    }
    const method = methodOf(e, callee, receiver, state);
    if (method !== undefined) return invoke(site, method);
    if (receiver?.kind === 'class') return classMethod(site, receiver);
    const names =
      receiver?.kind === 'thing' ? receiver.names.map((name) => `${name}.${callee.name}`) : calleeNames(e, call);
    return libraryCall(site, names, receiver?.kind === 'thing' ? receiver : undefined);
  }
  const value = e.evaluate(callee, state);
  const site = new CallSite(e, call, state);
  if (value?.kind === 'callable') return invoke(site, value);
  if (value?.kind === 'class') return instantiate(site, value);
  if (value?.kind === 'thing')
    return libraryCall(
      site,
      value.names.map((name) => `${name}()`),
      value,
    );
  return libraryCall(site, calleeNames(e, call), undefined);
}

/** Resolved names; for names the platform gives (`spark`, `display`) the text as written. */
function calleeNames(e: Evaluation, call: CallExpression): readonly string[] {
  const names = e.analysis.names(call.callee);
  if (names.length > 0) return names;
  const written = writtenName(call.callee);
  return written !== undefined && /^(?:spark|sqlContext|display)\b/.test(written) ? [written] : [];
}

function writtenName(callee: CallExpression['callee']): string | undefined {
  if (callee.kind === 'name') return callee.name;
  if (callee.kind === 'call') return `${writtenName(callee.callee) ?? '?'}()`;
  return callee.kind === 'attribute' ? `${writtenName(callee.object) ?? '?'}.${callee.name}` : undefined;
}

/** A call of something outside of this file. */
function libraryCall(site: CallSite, names: readonly string[], receiver: Thing | undefined): Value | undefined {
  logCall(site, names);
  writeCall(site, names, receiver);
  const source = read(site, names) ?? construct(site, names);
  if (source !== undefined) return source;
  const trained = train(site, names, receiver);
  if (trained !== undefined) return trained;
  const judged = judge(site, names, receiver);
  if (judged !== undefined) return judged;
  for (const name of names) {
    const value = byTable(site, name);
    if (value !== undefined) return value.value;
  }
  const protection = protectionOf(site.e, site.call);
  const { data } = site;
  if (protection !== undefined && /encrypt/i.test(site.lastName)) noteEncrypted(site);
  if (protection !== undefined && data !== undefined) {
    return { ...withForm(data, protection), encrypted: /encrypt/i.test(site.e.analysis.text(site.call.callee.range)) };
  }
  return general(site, names, receiver, data);
}

/** Whatever is passed to something that encrypts: a file under that name does not stay readable. */
function noteEncrypted(site: CallSite): void {
  for (const argument of site.call.arguments) {
    site.e.analysis.encrypted.add(site.e.analysis.text(argument.value.range));
    const value = site.e.analysis.evaluator.value(argument.value);
    if (value.kind === 'string') site.e.analysis.encrypted.add(value.value);
  }
}

function byTable(site: CallSite, name: string): { value: Value | undefined } | undefined {
  const { data } = site;
  if (TYPE_TESTS.has(name)) return { value: undefined };
  if (MEASURING_FUNCTIONS.has(name)) {
    const origins = new Set(site.values.flatMap((value) => [...originsOf(value)]));
    return { value: origins.size > 0 || data !== undefined ? factOf(origins, data?.guesses) : undefined };
  }
  if (CONTAINER_FUNCTIONS.has(name)) return { value: contained(name, site.positional[0]) };
  if (name === 'enumerate') return { value: sequence([], sequence([undefined, elementOf(site.positional[0])])) };
  if (name === 'zip') return { value: sequence([], sequence(site.positional.map(elementOf))) };
  if (name === 'map' || name === 'functools.partial') {
    const element = site.e.apply(site.positional[0], [elementOf(site.positional[1])], site.state);
    return { value: element === undefined ? site.positional[1] : sequence([], element) };
  }
  if (TEXT_FUNCTIONS.has(name)) return { value: textOf(site.values) };
  if (name === 'getattr')
    return { value: site.positional[0]?.kind === 'data' ? { ...site.positional[0], columns: new Map() } : undefined };
  const parts = SPLITTERS.get(name);
  if (parts !== undefined) return { value: split(site, parts) };
  if (COMBINERS.has(name)) return { value: data };
  if (COARSENING_FUNCTIONS.has(name)) return { value: data === undefined ? undefined : withForm(data, 'safe') };
  if (name === 'pandas.get_dummies' || name === 'pandas.factorize')
    return {
      value: data === undefined ? undefined : withForm(data, name.endsWith('factorize') ? 'pseudonym' : 'plain'),
    };
  if (name === 'pandas.crosstab' || name === 'pandas.pivot_table')
    return { value: data === undefined ? undefined : { ...data, shape: 'distinct' } };
  if (CONTAINERS_OF_DATA.test(name)) return { value: dataIn(site.value('data', 0))[0] ?? data };
  if (ENCODERS.test(name))
    return { value: data === undefined ? undefined : { ...withForm(data, 'pseudonym'), shape: 'array' } };
  return ROWLESS.test(name) ? { value: undefined } : undefined;
}

/** `list(x)`, `sorted(x)`, `next(x)`. */
function contained(name: string, value: Value | undefined): Value | undefined {
  if (name === 'next') return elementOf(value);
  if (value?.kind === 'data' && value.shape === 'frame' && (name === 'list' || name === 'set' || name === 'sorted')) {
    return {
      kind: 'names',
      known: new Map([...value.columns].map(([column, { range }]) => [column, range])),
      extent: value.open ? 'all' : 'exact',
      dropped: value.dropped,
      single: false,
      origins: value.origins,
      written: undefined,
    };
  }
  return value?.kind === 'names' ? { ...value, single: false } : value;
}

function split(site: CallSite, parts: number): Value {
  const results = site.positional.flatMap((value) =>
    Array.from({ length: parts }, () => (value?.kind === 'data' ? { ...value } : value)),
  );
  return sequence(results, site.data);
}

/** Calls no table knows: arrays stay what they are, objects remember what they were made of. */
function general(
  site: CallSite,
  names: readonly string[],
  receiver: Thing | undefined,
  data: Data | undefined,
): Value | undefined {
  const { lastName } = site;
  if (receiver !== undefined && /^(?:fit_)?transform$|^fit_resample$|^inverse_transform$/.test(lastName)) {
    return transformed(site, receiver, data);
  }
  if (receiver !== undefined && lastName === 'fit') return receiver;
  if (ROWLESS_METHODS.test(lastName) && site.call.callee.kind === 'attribute') return undefined;
  const result = data === undefined ? undefined : resultOf(site, names, data);
  const made = names.map((name) => `${name}()`);
  const learner = made.some((name) => ESTIMATOR.test(name) && !TRANSFORMING.test(name));
  if (data !== undefined && (names.length === 0 || !(learner || MAKES_OBJECT.test(lastName)))) return result;
  if (names.length === 0 && receiver === undefined) return undefined;
  return newThing(made, {
    data: [...new Set([...(receiver?.data ?? []), ...site.values.flatMap((value) => dataIn(value))])],
    parts: partsOf(site.values, receiver),
    selects: choices(site, made),
    target: OPENS.test(lastName) ? (site.text(undefined, 0) ?? receiver?.target) : receiver?.target,
  });
}

/** Calls that make an object rather than give back what they are given. */
const MAKES_OBJECT = /^(?:[A-Z].*|open|make_.*)$/;
/** Calls whose first argument is where the object's bytes are. */
const OPENS = /^(?:open|Path|connect|create_engine|ParquetWriter|ExcelWriter|ZipFile)$/;

function partsOf(values: readonly (Value | undefined)[], receiver: Thing | undefined): readonly (Thing | undefined)[] {
  const parts = values.flatMap((value) => thingsIn(value));
  return parts.length > 0 ? parts : (receiver?.parts ?? []);
}

/** Objects inside an argument: `[("scale", StandardScaler()), ("model", SVC())]`. */
function thingsIn(value: Value | undefined, depth = 0): readonly (Thing | undefined)[] {
  if (value?.kind === 'thing') return [value];
  if (value?.kind === 'instance' || value?.kind === 'callable') return [undefined];
  if (value?.kind !== 'sequence' || depth > 3) return [];
  const pair = value.items.length >= 2 && value.items[0]?.kind === 'names' && value.items[1]?.kind !== 'sequence';
  if (pair) return value.items[1]?.kind === 'thing' ? [value.items[1]] : [undefined];
  const items = value.rest === undefined ? value.items : [...value.items, value.rest];
  return items.flatMap((item) => (item === undefined ? [undefined] : thingsIn(item, depth + 1)));
}

/** Data that went through a function nobody can look into: its rows are still in there somewhere. */
function resultOf(site: CallSite, names: readonly string[], data: Data): Data {
  const all = site.values
    .flatMap((value) => dataIn(value))
    .reduce<Data | undefined>((a, b) => (a === undefined ? b : mergeData(a, b)), undefined);
  const known = names.some((name) => ARRAY_MODULES.test(name));
  const base = mergedData([all]) ?? data;
  if (!known) return { ...base, guesses: base.guesses + 1, open: true };
  const computed = names.some(
    (name) => /^(?:numpy|scipy|torch|tensorflow|jax|cupy)\./.test(name) && !REARRANGING.test(name),
  );
  return computed && base.shape !== 'fact' ? { ...base, columns: new Map(), dropped: new Set(), open: true } : base;
}
