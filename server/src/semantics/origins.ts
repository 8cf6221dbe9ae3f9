import { NamePatterns } from '../base/name-pattern.js';
import type { Range } from '../base/range.js';
import type { CallExpression, Expression } from '../facts/python/expression.js';
import type { PythonModule } from '../facts/python/module.js';
import type { Binding } from '../facts/python/scope.js';
import {
  COMMAND_DECORATORS,
  PASS_THROUGH,
  ROUTE_DECORATORS,
  type SourceEntry,
  UNTRUSTED_SOURCES,
} from '../knowledge/untrusted-sources.js';
import type { Evaluator } from './evaluate.js';
import { bufferKey, type Download, type FileEffects } from './file-effects.js';
import type { NameResolver } from './names.js';
import type { Origin, SourceKind } from './origin.js';

export { EFFECT_NAMES, type FileEffects, fileEffects } from './file-effects.js';

const MAX_DEPTH = 10;
const MAX_TRAIL = 6;

const SOURCES = new NamePatterns<SourceEntry>();
for (const source of UNTRUSTED_SOURCES) SOURCES.add(source.name, source);
const ROUTES = new NamePatterns<true>();
for (const name of ROUTE_DECORATORS) ROUTES.add(name, true);
const COMMANDS = new NamePatterns<true>();
for (const name of COMMAND_DECORATORS) COMMANDS.add(name, true);

const NOWHERE: Origin = { tier: 'T2', operator: false, description: '', trail: [] };
const CONSTANT: Origin = { tier: 'T0', operator: false, description: '', trail: [] };
const PROJECT: Origin = { tier: 'T3', operator: false, description: 'path of the project', trail: [] };

/** Follows values back to where they come from. Bounded; an unknown call neither forgets nor invents. */
export class OriginFinder {
  readonly #module: PythonModule;
  readonly #names: NameResolver;
  readonly #evaluator: Evaluator;
  readonly #effects: () => FileEffects;
  readonly #active = new Set<Expression>();
  /** Answers within one question. */
  readonly #answers = new Map<Expression, Origin>();

  constructor(module: PythonModule, names: NameResolver, evaluator: Evaluator, effects: () => FileEffects) {
    this.#module = module;
    this.#names = names;
    this.#evaluator = evaluator;
    this.#effects = effects;
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
      case 'formatted':
        return worst(
          expression.parts.filter((part) => typeof part !== 'string').map((part) => this.origin(part, depth)),
        );
      case 'operation':
        return worst(expression.operands.map((operand) => this.origin(operand, depth)));
      case 'conditional':
        return worst([this.origin(expression.then, depth), this.origin(expression.otherwise, depth)]);
      case 'await':
      case 'walrus':
      case 'star':
        return this.origin(expression.inner, depth);
      case 'list':
      case 'tuple':
      case 'set':
        return worst(expression.items.map((item) => this.origin(item, depth)));
    }
    return NOWHERE;
  }

  #source(expression: Expression): Origin | undefined {
    if (
      expression.kind !== 'call' &&
      expression.kind !== 'attribute' &&
      expression.kind !== 'subscript' &&
      expression.kind !== 'name'
    )
      return undefined;
    if (expression.kind === 'name') {
      const [binding] = this.#module.lookup(expression.name, expression.scope, expression.range.start);
      if (binding !== undefined && binding.kind !== 'import' && binding.kind !== 'parameter') return undefined;
    }
    if (expression.kind === 'call' && this.#names.results(expression.callee).length > 0) return undefined;
    for (const name of this.#names.names(expression)) {
      const [source] = SOURCES.match(name);
      if (source !== undefined) return untrusted(source.kind, source.description, expression.range);
    }
    return undefined;
  }

  /** A path that is known: fetched by this module, written by it, an address, or a file of the project. */
  #literalPath(expression: Expression): Origin | undefined {
    const value = this.#evaluator.value(expression);
    if (value.kind !== 'string' && value.kind !== 'partial') return undefined;
    const text = value.kind === 'string' ? value.value : value.prefix;
    if (/^(https?|ftp|s3|gs|abfss?|wasbs?|hdfs):\/\//.test(text)) {
      return untrusted('network', 'remote address', expression.range);
    }
    if (value.kind === 'partial') return undefined;
    const { downloads, writes } = this.#effects();
    return fetchedAt(downloads.get(text)) ?? writtenAt(writes.get(text));
  }

  #name(expression: Expression & { kind: 'name' }, depth: number): Origin {
    const bindings = this.#module.lookup(expression.name, expression.scope, expression.range.start);
    if (bindings.length === 0 && expression.name === '__file__') return PROJECT;
    return worst(
      bindings.map((binding) => {
        const buffer = this.#buffer(binding);
        if (buffer !== undefined) return buffer;
        if (binding.kind === 'parameter') return this.#parameter(expression.scope, binding.name, binding.range);
        if (binding.value === undefined) return NOWHERE;
        return step(this.origin(binding.value, depth), binding.range, `assigned to \`${binding.name}\``);
      }),
    );
  }

  /** `io.BytesIO()`: where what this module puts into it comes from. */
  #buffer(binding: Binding): Origin | undefined {
    const { value } = binding;
    if (binding.kind !== 'value' || value?.kind !== 'call' || value.arguments.length > 0) return undefined;
    if (!this.#names.names(value).includes('io.BytesIO()')) return undefined;
    const { downloads, writes } = this.#effects();
    const key = bufferKey(value);
    const written = writes.get(key);
    return fetchedAt(downloads.get(key)) ?? (written === undefined ? NOWHERE : writtenAt(written));
  }

  #parameter(scope: number, name: string, at: Range): Origin {
    let owner: number | undefined = scope;
    while (owner !== undefined && !this.#module.scope(owner).bindings.has(name))
      owner = this.#module.scope(owner).parent;
    if (owner === undefined) return NOWHERE;
    for (const decorator of this.#module.decorators(owner)) {
      for (const decoratorName of this.#names.names(decorator)) {
        const called = decorator.kind === 'call' ? decoratorName : `${decoratorName}()`;
        if (ROUTES.match(called).length > 0) return untrusted('request', 'request data', at);
        if (COMMANDS.match(called).length > 0) return untrusted('operator', 'command-line argument', at);
      }
    }
    return NOWHERE;
  }

  #member(expression: Expression & { kind: 'attribute' | 'subscript' }, depth: number): Origin {
    if (expression.kind === 'attribute' && expression.object.kind === 'name') {
      const own = this.#names.selfValues(expression.object.name, expression.object.scope, expression.name);
      if (own.length > 0) return worst(own.map((value) => this.origin(value, depth)));
    }
    const origin = this.origin(expression.object, depth);
    if (origin.tier === 'T1') return origin;
    return expression.kind === 'attribute' && PATH_PARTS.has(expression.name) ? origin : NOWHERE;
  }

  #call(expression: CallExpression, depth: number): Origin {
    const name = this.#names.names(expression.callee)[0];
    if (name !== undefined && PASS_THROUGH.has(name)) {
      return worst(
        expression.arguments.filter((a) => a.name === undefined).map((argument) => this.origin(argument.value, depth)),
      );
    }
    const results = this.#names.results(expression.callee);
    if (results.length > 0) return worst(results.map((value) => this.origin(value, depth)));
    if (expression.callee.kind === 'attribute') {
      const receiver = this.origin(expression.callee.object, depth);
      if (receiver.tier === 'T1' || READERS.has(expression.callee.name)) return receiver;
    }
    return NOWHERE;
  }
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
  'absolute',
  'expanduser',
  'as_posix',
]);

function untrusted(source: SourceKind, description: string, at: Range): Origin {
  const operator = source === 'operator';
  return { tier: 'T1', operator, source, description, trail: [{ range: at, message: description }] };
}

function fetchedAt(download: Download | undefined): Origin | undefined {
  if (download === undefined) return undefined;
  const { range, description, source } = download;
  const trail = [{ range, message: `${description} is stored here` }];
  return {
    tier: 'T1',
    operator: source === 'operator',
    ...(source === undefined ? {} : { source }),
    description,
    trail,
  };
}

function writtenAt(written: Range | undefined): Origin {
  const trail = written === undefined ? [] : [{ range: written, message: 'the same file writes it here' }];
  return {
    tier: 'T3',
    operator: false,
    description: written === undefined ? 'literal path' : 'written by the same file',
    trail,
  };
}

function step(origin: Origin, at: Range, message: string): Origin {
  if (origin.tier !== 'T1' || origin.trail.length >= MAX_TRAIL) return origin;
  return { ...origin, trail: [...origin.trail, { range: at, message }] };
}

/** Lower is worse. */
function rank(origin: Origin): number {
  return { T1: origin.operator ? 1 : 0, T2: 2, T3: 3, T0: 4 }[origin.tier];
}

function worst(origins: readonly Origin[]): Origin {
  return (
    origins.reduce<Origin | undefined>((a, b) => (a === undefined || rank(b) < rank(a) ? b : a), undefined) ?? NOWHERE
  );
}
