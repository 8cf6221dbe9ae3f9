import { NamePatterns } from '../base/name-pattern.js';
import { NameSet } from '../base/name-set.js';
import { importsAny } from '../facts/python/collect.js';
import { type CallExpression, COMPARISON_OPERATORS, type Expression } from '../facts/python/expression.js';
import { type MembershipGuard, membershipGuards } from '../facts/python/guards.js';
import type { PythonModule } from '../facts/python/module.js';
import type { Binding } from '../facts/python/scope.js';
import { FOREIGN_PACKAGES } from '../knowledge/foreign-packages.js';
import {
  EVERY_SINK,
  NEUTRAL_CALLS,
  NEUTRAL_METHODS,
  PATH_NAME_PARTS,
  SANITISERS,
  SAYS_CLEAN,
} from '../knowledge/sanitisers.js';
import { PASS_THROUGH, type SourceEntry, UNTRUSTED_SOURCES } from '../knowledge/untrusted-sources.js';
import type { DefinitionFinder } from './definitions.js';
import type { Evaluator } from './evaluate.js';
import { bufferKey, type FileEffects, fetchedAt, writtenAt } from './file-effects.js';
import { type FunctionFlow, parameterOf } from './function-flow.js';
import type { HandlerParameters } from './handler-parameters.js';
import type { ModuleLinks } from './links.js';
import type { NameResolver } from './names.js';
import { CONSTANT, cleaned, NOWHERE, type Origin, PROJECT, type SourceKind, step, untrusted, worst } from './origin.js';

const MAX_DEPTH = 12;

const SOURCES = new NamePatterns<SourceEntry>();
for (const source of UNTRUSTED_SOURCES) SOURCES.add(source.name, source);

/** Everything but what the operator chose. */
const FOREIGN_KINDS: readonly SourceKind[] = [
  'request',
  'interface',
  'network',
  'hub',
  'bucket',
  'tracking',
  'queue',
  'model-output',
];

const packages = new Map<readonly SourceKind[], NameSet>();

/** Packages that sources of some kinds come from. The lists of kinds are constants of the rules. */
function packagesWith(kinds: readonly SourceKind[]): NameSet {
  let names = packages.get(kinds);
  if (names === undefined) {
    const known = [...FOREIGN_PACKAGES].filter(([, own]) => own.some((kind) => kinds.includes(kind)));
    const sources = UNTRUSTED_SOURCES.filter(({ kind }) => kinds.includes(kind));
    names = new NameSet([...known.map(([name]) => name), ...sources.map(({ name }) => name.split('.', 1)[0]!)]);
    packages.set(kinds, names);
  }
  return names;
}

/** What an origin is worked out from. */
export interface OriginParts {
  readonly module: PythonModule;
  readonly names: NameResolver;
  readonly evaluator: Evaluator;
  readonly definitions: DefinitionFinder;
  readonly handlers: HandlerParameters;
  readonly links: ModuleLinks;
  readonly flow: FunctionFlow;
  readonly effects: () => FileEffects;
}

/**
 * Follows values back to where they come from: through assignments, containers, attributes, the functions of the workspace
 * and, for parameters, their callers. Bounded; an unknown call neither forgets nor invents.
 *
 * `symbolic`: parameters are answered as references instead of being looked up at the callers.
 */
export class OriginFinder {
  readonly #parts: OriginParts;
  readonly #symbolic: boolean;
  readonly #active = new Set<Expression>();
  /** Answers within one question. */
  readonly #answers = new Map<Expression, Origin>();
  #kinds: readonly SourceKind[] = FOREIGN_KINDS;
  readonly #arriving = new Map<readonly SourceKind[], boolean>();
  readonly #guards = new Map<number, readonly MembershipGuard[]>();

  constructor(parts: OriginParts, symbolic = false) {
    this.#parts = parts;
    this.#symbolic = symbolic;
  }

  /**
   * @param kinds kinds of sources that are looked for in other modules; the fewer, the less is read
   */
  of(expression: Expression, kinds: readonly SourceKind[] = FOREIGN_KINDS): Origin {
    this.#kinds = kinds;
    return this.origin(expression);
  }

  origin(expression: Expression, depth = 0): Origin {
    if (this.#active.size === 0) this.#answers.clear();
    if (depth > MAX_DEPTH || this.#active.has(expression)) return NOWHERE;
    const known = this.#answers.get(expression);
    if (known !== undefined) return known;
    this.#active.add(expression);
    const origin = this.#originOf(expression, depth + 1);
    this.#active.delete(expression);
    this.#answers.set(expression, origin);
    return origin;
  }

  #originOf(expression: Expression, depth: number): Origin {
    const source = this.#source(expression);
    if (source !== undefined) return source;
    const literal = this.#literalPath(expression);
    if (literal !== undefined) return literal;
    switch (expression.kind) {
      case 'string':
      case 'number':
      case 'constant':
        return CONSTANT;
      case 'name':
        return this.#name(expression, depth);
      case 'attribute':
      case 'subscript':
        return this.#member(expression, depth);
      case 'call':
        return this.#call(expression, depth);
      case 'operation':
        return COMPARISON_OPERATORS.has(expression.operator) ? CONSTANT : this.#worstOf(expression.operands, depth);
      case 'conditional':
        return this.#worstOf([expression.then, expression.otherwise], depth);
      case 'await':
      case 'walrus':
      case 'star':
      case 'yield':
        return this.origin(expression.inner, depth);
      case 'other':
        return NOWHERE;
    }
    return this.#container(expression, depth);
  }

  #container(expression: Expression, depth: number): Origin {
    switch (expression.kind) {
      case 'formatted':
        return this.#worstOf(
          expression.parts.filter((part) => typeof part !== 'string'),
          depth,
        );
      case 'list':
      case 'tuple':
      case 'set':
        return this.#worstOf(expression.items, depth);
      case 'dict':
        return this.#worstOf(
          expression.entries.map(({ value }) => value),
          depth,
        );
      case 'comprehension':
        return this.#worstOf(expression.element, depth);
    }
    return NOWHERE;
  }

  #worstOf(expressions: readonly Expression[], depth: number): Origin {
    return worst(expressions.map((expression) => this.origin(expression, depth)));
  }

  #source(expression: Expression): Origin | undefined {
    if (
      expression.kind !== 'call' &&
      expression.kind !== 'attribute' &&
      expression.kind !== 'subscript' &&
      expression.kind !== 'name'
    )
      return undefined;
    const { module, names } = this.#parts;
    if (expression.kind === 'name') {
      const [binding] = module.lookup(expression.name, expression.scope, expression.range.start);
      if (binding !== undefined && binding.kind !== 'import' && binding.kind !== 'parameter') return undefined;
    }
    if (expression.kind === 'call' && names.results(expression.callee).length > 0) return undefined;
    for (const name of names.names(expression)) {
      const [source] = SOURCES.match(name);
      if (source !== undefined) return untrusted(source.kind, source.description, expression.range);
    }
    return undefined;
  }

  /** A path that is known: fetched by this module, written by it, an address, or a file of the project. */
  #literalPath(expression: Expression): Origin | undefined {
    const value = this.#parts.evaluator.value(expression);
    if (value.kind !== 'string' && value.kind !== 'partial') return undefined;
    const text = value.kind === 'string' ? value.value : value.prefix;
    if (/^(https?|ftp|s3|gs|abfss?|wasbs?|hdfs):\/\//.test(text)) {
      return untrusted('network', 'remote address', expression.range);
    }
    if (value.kind === 'partial') return undefined;
    const { downloads, writes } = this.#parts.effects();
    return fetchedAt(downloads.get(text)) ?? writtenAt(writes.get(text));
  }

  #name(expression: Expression & { kind: 'name' }, depth: number): Origin {
    const bindings = this.#parts.module.lookup(expression.name, expression.scope, expression.range.start);
    if (bindings.length === 0 && expression.name === '__file__') return PROJECT;
    const origin = worst(bindings.map((binding) => this.#binding(binding, depth)));
    const open = origin.tier === 'T1' || origin.parameters !== undefined;
    return open && this.#isMember(expression) ? CONSTANT : origin;
  }

  /** False when neither this module, nor what it imports, nor one that may call it has a source of the kinds that are asked for. */
  #mayArrive(): boolean {
    const kinds = this.#kinds;
    // What the operator chose is no kind of its own here, and comes from any module.
    if (kinds === FOREIGN_KINDS) return true;
    let may = this.#arriving.get(kinds);
    if (may === undefined) {
      const { module, links } = this.#parts;
      may = importsAny(module, packagesWith(kinds)) || links.mayReceive(kinds) || links.mayBring(kinds);
      this.#arriving.set(kinds, may);
    }
    return may;
  }

  /** True where the program has checked that a name is one of a collection. */
  #isMember(expression: Expression & { kind: 'name' }): boolean {
    const { scope, name, range } = expression;
    let guards = this.#guards.get(scope);
    if (guards === undefined) {
      guards = membershipGuards(this.#parts.module, scope);
      this.#guards.set(scope, guards);
    }
    return guards.some(
      ({ name: known, holds }) => known === name && holds.start <= range.start && range.end <= holds.end,
    );
  }

  #binding(binding: Binding, depth: number): Origin {
    const buffer = this.#buffer(binding);
    if (buffer !== undefined) return buffer;
    if (binding.kind === 'parameter') return this.#parameter(binding);
    if (binding.value === undefined) return NOWHERE;
    const value = binding.kind === 'element' ? elementOf(binding) : binding.value;
    return step(this.origin(value, depth), binding.range, `assigned to \`${binding.name}\``);
  }

  /** `io.BytesIO()`: where what this module puts into it comes from. */
  #buffer(binding: Binding): Origin | undefined {
    const { value } = binding;
    if (binding.kind !== 'value' || value?.kind !== 'call' || value.arguments.length > 0) return undefined;
    if (!this.#parts.names.names(value).includes('io.BytesIO()')) return undefined;
    const { downloads, writes } = this.#parts.effects();
    const key = bufferKey(value);
    const written = writes.get(key);
    return fetchedAt(downloads.get(key)) ?? (written === undefined ? NOWHERE : writtenAt(written));
  }

  #parameter(binding: Binding): Origin {
    const { module, handlers } = this.#parts;
    const owner = binding.body!;
    if (module.scope(owner).kind !== 'function') return NOWHERE;
    switch (handlers.handedOver(owner, binding)) {
      case 'request':
        return untrusted('request', 'request data', binding.range);
      case 'segment':
        return cleaned(untrusted('request', 'request data', binding.range), ['path']);
      case 'interface':
        return untrusted('interface', 'value a visitor enters', binding.range);
      case 'model-output':
        return untrusted('model-output', 'argument a language model wrote', binding.range);
      case 'operator':
        return untrusted('operator', 'command-line argument', binding.range);
      case 'converted':
        return CONSTANT;
      case 'injected':
        return NOWHERE;
    }
    const reference = { owner, name: binding.name };
    if (this.#symbolic) return { ...NOWHERE, parameters: [reference] };
    return (this.#mayArrive() ? this.#parts.flow.fromCallers(reference, this.#kinds) : undefined) ?? NOWHERE;
  }

  #member(expression: Expression & { kind: 'attribute' | 'subscript' }, depth: number): Origin {
    if (expression.kind === 'attribute' && expression.object.kind === 'name') {
      const { name, scope } = expression.object;
      const own = this.#parts.names.selfValues(name, scope, expression.name);
      if (own.length > 0) return this.#worstOf(own, depth);
    }
    const origin = this.origin(expression.object, depth);
    if (expression.kind === 'attribute' && PATH_NAME_PARTS.has(expression.name) && this.#isPath(expression.object))
      return cleaned(origin, ['path']);
    if (origin.tier === 'T1') return origin;
    if (expression.kind === 'attribute' && PATH_PARTS.has(expression.name)) return origin;
    return origin.parameters === undefined ? NOWHERE : { ...NOWHERE, parameters: origin.parameters };
  }

  #isPath(expression: Expression): boolean {
    return this.#parts.names.names(expression).some((name) => /^pathlib\.\w+\(\)/.test(name));
  }

  #call(expression: CallExpression, depth: number): Origin {
    const { names } = this.#parts;
    const name = names.names(expression.callee)[0];
    if (name !== undefined) {
      if (NEUTRAL_CALLS.has(name)) return CONSTANT;
      const sinks = SANITISERS.get(name);
      if (sinks !== undefined) return cleaned(this.#arguments(expression, depth), sinks);
      if (PASS_THROUGH.has(name)) return this.#arguments(expression, depth);
    }
    const result = this.#resultOf(expression, depth);
    const { callee } = expression;
    const last = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
    if (SAYS_CLEAN.test(last)) return cleaned(result ?? this.#arguments(expression, depth), EVERY_SINK);
    if (result !== undefined) return result;
    return expression.callee.kind === 'attribute' ? this.#method(expression, expression.callee, depth) : NOWHERE;
  }

  #arguments(expression: CallExpression, depth: number): Origin {
    return worst(
      expression.arguments.filter((a) => a.name === undefined).map((argument) => this.origin(argument.value, depth)),
    );
  }

  /** The result of a function of the workspace: what it is made from, with the arguments in the place of its parameters. */
  #resultOf(call: CallExpression, depth: number): Origin | undefined {
    const { definitions, links, flow } = this.#parts;
    const found = definitions.of(call.callee);
    if (found === undefined || found.isClass) return undefined;
    const summary = found.where === 'here' ? flow.result(found.node) : links.result(found.path, found.name);
    if (summary === undefined) return undefined;
    const given = summary.parameters.flatMap(({ name, cleanedFor }) => {
      const argument = call.arguments.find((a) => parameterOf(a, summary.positional) === name);
      return argument === undefined ? [] : [cleaned(this.origin(argument.value, depth), cleanedFor ?? [])];
    });
    // A function that hands its parameters on is worth what it is given.
    return summary.origin.tier === 'T2' && given.length > 0 ? worst(given) : worst([summary.origin, ...given]);
  }

  #method(call: CallExpression, callee: Expression & { kind: 'attribute' }, depth: number): Origin {
    if (NEUTRAL_METHODS.has(callee.name)) return CONSTANT;
    const receiver = this.origin(callee.object, depth);
    if (receiver.tier === 'T1' || READERS.has(callee.name)) {
      if (callee.name !== 'format' && callee.name !== 'join') return receiver;
      return worst([receiver, this.#arguments(call, depth)]);
    }
    return receiver.parameters === undefined ? NOWHERE : { ...NOWHERE, parameters: receiver.parameters };
  }
}

/** The item a name of an unpacked tuple stands for, when the tuple is written out; else all of the value. */
function elementOf(binding: Binding): Expression {
  const value = binding.value!;
  if (value.kind !== 'tuple' && value.kind !== 'list') return value;
  if (value.items.some((item) => item.kind === 'star')) return value;
  return value.items[binding.element!] ?? value;
}

/** Members of a path that are paths themselves. */
const PATH_PARTS: ReadonlySet<string> = new Set(['parent', 'parents']);

const READERS: ReadonlySet<string> = new Set([
  'read',
  'open',
  'read_bytes',
  'read_text',
  'getvalue',
  'joinpath',
  'resolve',
  'decode',
  'encode',
  'strip',
  'format',
  'join',
  'lower',
  'upper',
  'replace',
  'split',
  'absolute',
  'expanduser',
  'as_posix',
]);
