import type { Expression } from '../../facts/python/expression.js';
import type { ClassStatement, FunctionStatement, Parameter } from '../../facts/python/statement.js';
import { FRAME_NAME, FRAME_TYPES } from '../../knowledge/data-frames/readers.js';
import { CHECKING_DECORATOR, FRAME_MODEL, ROW_MODEL } from '../../knowledge/data-frames/validation.js';
import {
  type Callable,
  type ClassValue,
  dataIn,
  joinValues,
  newThing,
  originsOf,
  type Value,
} from './abstract-value.js';
import type { Analysis, DatalessCall, Evaluation } from './analysis.js';
import type { CallSite } from './call-site.js';
import { factOf, newData, plainColumn } from './data.js';
import { originsOfAll } from './selection.js';
import { type Activation, State } from './state.js';

const MAX_DEPTH = 4;

/** The method of this file that `object.name(…)` calls. */
export function methodOf(
  e: Evaluation,
  callee: Expression & { kind: 'attribute' },
  receiver: Value | undefined,
  state: State,
): Callable | undefined {
  let code: ClassStatement | undefined;
  let closure: Callable['closure'] = state;
  if (receiver?.kind === 'instance') ({ code, closure } = receiver.of);
  else if (receiver?.kind === 'class') ({ code, closure } = receiver);
  else if (callee.object.kind === 'name' && callee.object.name === 'self' && state.activation.self !== undefined) {
    code = e.analysis.classes.get(state.activation.self);
    closure = state.outer ?? state;
  }
  return code === undefined ? undefined : methodNamed(e, code, callee.name, closure, 0);
}

function methodNamed(
  e: Evaluation,
  code: ClassStatement,
  name: string,
  closure: Callable['closure'],
  depth: number,
): Callable | undefined {
  const found = code.body.find((part): part is FunctionStatement => part.kind === 'function' && part.name === name);
  if (found !== undefined) return { kind: 'callable', code: found, closure, owner: code };
  for (const base of depth < MAX_DEPTH ? code.bases : []) {
    const value = base.kind === 'name' ? closure.lookup(base.name) : undefined;
    const inherited = value?.kind === 'class' ? methodNamed(e, value.code, name, closure, depth + 1) : undefined;
    if (inherited !== undefined) return { ...inherited, owner: code };
  }
  return undefined;
}

/** Resolved names of the bases of a class of this file, through bases of this file. */
export function baseNames(e: Evaluation, value: ClassValue, depth = 0): readonly string[] {
  return value.code.bases.flatMap((base) => {
    const local = base.kind === 'name' ? value.closure.lookup(base.name) : undefined;
    if (local?.kind === 'class' && local.code !== value.code && depth < MAX_DEPTH)
      return baseNames(e, local, depth + 1);
    return e.analysis.names(base.kind === 'subscript' ? base.object : base);
  });
}

/** `Class.method(…)` where the class inherits the method: data models that validate. */
export function classMethod(site: CallSite, receiver: ClassValue): Value | undefined {
  const bases = baseNames(site.e, receiver);
  const checks = bases.some((base) => FRAME_MODEL.test(base) || ROW_MODEL.test(base));
  if (!checks) return site.data === undefined ? undefined : { ...site.data, guesses: site.data.guesses + 1 };
  site.e.analysis.gate(site.state, originsOfAll(site.values), 'gate');
  return site.data;
}

/** `Class(…)`. */
export function instantiate(site: CallSite, of: ClassValue): Value | undefined {
  const bases = baseNames(site.e, of);
  const { data } = site;
  if (bases.some((base) => ROW_MODEL.test(base))) {
    site.e.analysis.gate(site.state, originsOfAll(site.values), 'gate');
    return data ?? { kind: 'instance', of };
  }
  const init = methodNamed(site.e, of.code, '__init__', of.closure, 0);
  if (init !== undefined) invoke(site, init);
  const holdsRows = bases.some((base) => /(?:^|\.)(?:Dataset|IterableDataset|LightningDataModule)$/.test(base));
  if (holdsRows && data !== undefined) return { ...data, shape: 'array' };
  if (bases.some((base) => /(?:^|\.)(?:keras\.Model|keras\.models\.Model|Trainer)$/.test(base))) {
    return newThing(
      bases.map((base) => `${base}()`),
      { data: dataIn(data) },
    );
  }
  return { kind: 'instance', of };
}

/** Calls a function of this file with the arguments of a call. */
export function invoke(site: CallSite, callable: Callable): Value | undefined {
  const { code } = callable;
  if (code.kind === 'lambda') return applyLambda(site.e, callable, site.positional, site.state);
  const bound = new Map<string, Value | undefined>();
  const parameters = ownParameters(site.e, callable);
  site.call.arguments.forEach((argument, i) => {
    const parameter =
      argument.name ?? (argument.position === undefined ? undefined : parameters[argument.position]?.name);
    if (parameter !== undefined) bound.set(parameter, site.values[i]);
  });
  return run(site.e, callable, bound, site.state);
}

/** Calls a function or lambda of this file with positional values. */
export function applyTo(
  e: Evaluation,
  callee: Value | undefined,
  values: readonly (Value | undefined)[],
  state: State,
): Value | undefined {
  if (callee?.kind !== 'callable') return undefined;
  if (callee.code.kind === 'lambda') return applyLambda(e, callee, values, state);
  const parameters = ownParameters(e, callee);
  return run(e, callee, new Map(values.map((value, i) => [parameters[i]?.name ?? '', value])), state);
}

function applyLambda(
  e: Evaluation,
  callee: Callable,
  values: readonly (Value | undefined)[],
  state: State,
): Value | undefined {
  const { code } = callee;
  if (code.kind !== 'lambda' || state.activation.depth >= MAX_DEPTH * 2) return undefined;
  const inner = new State({ ...state.activation, depth: state.activation.depth + 1 }, callee.closure, undefined, state);
  code.parameters.forEach((name, i) => {
    inner.set(name, values[i]);
  });
  const value = e.evaluate(code.body, inner);
  state.absorb(inner);
  return value;
}

/** Parameters as a caller sees them: without `self`. */
function ownParameters(e: Evaluation, callable: Callable): readonly Parameter[] {
  const { code, owner } = callable;
  if (code.kind === 'lambda') return [];
  const isStatic = code.decorators.some((decorator) => e.analysis.names(decorator).includes('staticmethod'));
  return owner !== undefined && !isStatic ? code.parameters.slice(1) : code.parameters;
}

/** True for values that hold rows or names of columns, or objects that do. */
function carries(analysis: Analysis, value: Value | undefined, depth = 0): boolean {
  const inside = (part: Value | undefined): boolean => depth < MAX_DEPTH && carries(analysis, part, depth + 1);
  switch (value?.kind) {
    case 'data':
    case 'indexer':
      return true;
    case 'names':
      return value.origins.size > 0 || value.extent !== 'exact';
    case 'thing':
      return value.data.length > 0;
    case 'instance':
      return holdsData(analysis, value.of.code, depth);
    case 'callable':
      return value.code.kind === 'lambda';
    case 'sequence':
      return value.items.some(inside) || inside(value.rest);
    case 'dictionary':
      return [...value.entries.values()].some(inside) || inside(value.rest);
  }
  return false;
}

/** True when a field of a class holds data. */
export function holdsData(analysis: Analysis, owner: ClassStatement, depth = 0): boolean {
  const fields = depth < MAX_DEPTH ? analysis.fields.get(owner.scope) : undefined;
  return fields !== undefined && [...fields.values()].some((field) => carries(analysis, field, depth + 1));
}

/** True when a function may have to do with data although nobody passes it any. */
export function mayHoldData(analysis: Analysis, code: FunctionStatement, owner: ClassStatement | undefined): boolean {
  return analysis.relevance.bringsData(code) || (owner !== undefined && holdsData(analysis, owner));
}

function run(
  e: Evaluation,
  callable: Callable,
  bound: ReadonlyMap<string, Value | undefined>,
  state: State,
): Value | undefined {
  const { code, owner } = callable;
  if (code.kind === 'lambda') return undefined;
  const { analysis } = e;
  const given = [...bound.values()].some((value) => carries(analysis, value));
  if (!given && !mayHoldData(analysis, code, owner)) return undefined;
  const known = given ? undefined : analysis.dataless.get(code.scope);
  if (known !== undefined && known.owner === owner && isCurrent(analysis, known)) {
    for (const [origin, strength] of known.validated) state.validated.set(origin, strength);
    return known.value;
  }
  if (state.activation.depth >= MAX_DEPTH || analysis.active.has(code.scope) || !analysis.enter()) {
    // Nobody looks inside: the data may have been checked there.
    for (const value of bound.values()) analysis.gate(state, originsOf(value), 'gate');
    return undefined;
  }
  const value = runBody(e, code, callable, bound, state);
  if (!given && state.end === undefined) {
    const validated = new Map([...state.validated].filter(([origin]) => analysis.reads[origin]?.owner === code.scope));
    analysis.dataless.set(code.scope, { value, validated, owner, fieldVersion: analysis.fieldVersion });
  }
  return value;
}

function isCurrent(analysis: Analysis, { owner, fieldVersion }: DatalessCall): boolean {
  return owner === undefined || fieldVersion === analysis.fieldVersion;
}

function activationFor(code: FunctionStatement, owner: ClassStatement | undefined, caller: Activation): Activation {
  const bySelf = code.parameters[0]?.name === 'self' ? caller.self : undefined;
  return {
    owner: code.scope,
    self: owner?.scope ?? bySelf,
    depth: caller.depth + 1,
    returns: [],
    exits: [],
    loops: [...caller.loops],
    statement: code.range,
  };
}

function runBody(
  e: Evaluation,
  code: FunctionStatement,
  callable: Callable,
  bound: ReadonlyMap<string, Value | undefined>,
  caller: State,
): Value | undefined {
  const { analysis } = e;
  const fromModule = caller.activation.owner === analysis.module.root;
  const outer = callable.closure === analysis.top && fromModule ? caller : callable.closure;
  const inner = new State(activationFor(code, callable.owner, caller.activation), outer, undefined, caller);
  analysis.active.add(code.scope);
  analysis.called.add(code.scope);
  const checked = code.decorators.some((decorator) =>
    analysis.names(decorator).some((name) => CHECKING_DECORATOR.test(name) || name.startsWith('pandera.')),
  );
  for (const parameter of code.parameters) {
    const given = bound.get(parameter.name);
    const value = given ?? (parameter.default === undefined ? undefined : e.evaluate(parameter.default, caller));
    inner.set(parameter.name, value ?? typedParameter(e, parameter, inner));
    if (checked) analysis.gate(inner, originsOf(value), 'gate');
  }
  e.run(code.body, inner);
  analysis.active.delete(code.scope);
  const { exits, returns } = inner.activation;
  inner.become([...exits, inner.fork()]);
  caller.absorb(inner);
  if (inner.end === 'exit' && exits.length === 0) caller.end = 'exit';
  const result = returns.reduce(joinValues, undefined);
  if (checked) analysis.gate(caller, originsOf(result), 'gate');
  return result;
}

/** What the annotation or the name of a parameter says nobody passes a value for. */
export function typedParameter(e: Evaluation, parameter: Parameter, state: State): Value | undefined {
  const { annotation, name } = parameter;
  if (annotation === undefined) return FRAME_NAME.test(name) ? frameNamed(name) : undefined;
  const plain = annotation.kind === 'subscript' ? annotation.object : annotation;
  const local = plain.kind === 'name' ? state.lookup(plain.name) : undefined;
  if (local?.kind === 'class') return recordOf(e, local);
  const library = e.analysis
    .names(plain)
    .map((known) => FRAME_TYPES.get(`${known}()`))
    .find((known) => known !== undefined);
  return library === undefined ? undefined : newData({ library, container: name, named: true });
}

/** A frame of which only the variable's name says that it is one. */
export function frameNamed(name: string): Value | undefined {
  return FRAME_NAME.test(name) ? newData({ container: name, named: true }) : undefined;
}

/** An object of a data model: its fields are the columns. */
function recordOf(e: Evaluation, of: ClassValue): Value | undefined {
  if (!baseNames(e, of).some((base) => ROW_MODEL.test(base))) return { kind: 'instance', of };
  const columns = of.code.body.flatMap((part) => {
    const target = part.kind === 'assign' && part.annotation !== undefined ? part.targets[0] : undefined;
    return target?.kind === 'name' ? [[target.name, plainColumn(target.range)] as const] : [];
  });
  if (columns.length === 0) return factOf(new Set());
  return newData({
    shape: 'row',
    library: 'record',
    columns: new Map(columns),
    open: false,
    container: of.code.name,
    named: true,
  });
}
