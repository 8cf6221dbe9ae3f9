import { lastSegment, NamePatterns } from '../base/name-pattern.js';
import type { Range } from '../base/range.js';
import { argumentOf, type CallExpression, type Expression } from '../facts/python/expression.js';
import type { PythonModule } from '../facts/python/module.js';
import {
  COMMAND_DECORATORS,
  DOWNLOADERS,
  PASS_THROUGH,
  ROUTE_DECORATORS,
  UNTRUSTED_SOURCES,
  WRITERS,
} from '../knowledge/untrusted-sources.js';
import type { Evaluator } from './evaluate.js';
import type { NameResolver } from './names.js';
import type { Origin } from './origin.js';

const MAX_DEPTH = 10;
const MAX_TRAIL = 6;

const SOURCES = new NamePatterns<string>();
for (const source of UNTRUSTED_SOURCES) SOURCES.add(source.name, source.description);
const ROUTES = new NamePatterns<true>();
for (const name of ROUTE_DECORATORS) ROUTES.add(name, true);
const COMMANDS = new NamePatterns<true>();
for (const name of COMMAND_DECORATORS) COMMANDS.add(name, true);

const NOWHERE: Origin = { tier: 'T2', description: '', trail: [] };
const CONSTANT: Origin = { tier: 'T0', description: '', trail: [] };

/** Files the module itself fetches or writes, by literal path. */
export interface FileEffects {
  readonly downloads: ReadonlyMap<string, { readonly range: Range; readonly description: string }>;
  readonly writes: ReadonlyMap<string, Range>;
}

/** Follows values back to where they come from. Bounded; an unknown call neither forgets nor invents. */
export class OriginFinder {
  readonly #module: PythonModule;
  readonly #names: NameResolver;
  readonly #evaluator: Evaluator;
  readonly #effects: () => FileEffects;
  readonly #active = new Set<Expression>();

  constructor(module: PythonModule, names: NameResolver, evaluator: Evaluator, effects: () => FileEffects) {
    this.#module = module;
    this.#names = names;
    this.#evaluator = evaluator;
    this.#effects = effects;
  }

  origin(expression: Expression, depth = 0): Origin {
    if (depth > MAX_DEPTH || this.#active.has(expression)) return NOWHERE;
    this.#active.add(expression);
    const origin = this.#originOf(expression, depth + 1);
    this.#active.delete(expression);
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
    for (const name of this.#names.names(expression)) {
      const [description] = SOURCES.match(name);
      if (description !== undefined)
        return { tier: 'T1', description, trail: [{ range: expression.range, message: description }] };
    }
    return undefined;
  }

  /** A path that is known: fetched by this module, written by it, an address, or a file of the project. */
  #literalPath(expression: Expression): Origin | undefined {
    const value = this.#evaluator.value(expression);
    if (value.kind !== 'string' && value.kind !== 'partial') return undefined;
    const text = value.kind === 'string' ? value.value : value.prefix;
    if (/^(https?|ftp|s3|gs|abfss?|wasbs?|hdfs):\/\//.test(text)) {
      return {
        tier: 'T1',
        description: 'remote address',
        trail: [{ range: expression.range, message: 'remote address' }],
      };
    }
    if (value.kind === 'partial') return undefined;
    const download = this.#effects().downloads.get(text);
    if (download !== undefined) {
      return {
        tier: 'T1',
        description: download.description,
        trail: [{ range: download.range, message: `${download.description} is stored here` }],
      };
    }
    const written = this.#effects().writes.get(text);
    const trail = written === undefined ? [] : [{ range: written, message: 'the same file writes it here' }];
    return { tier: 'T3', description: written === undefined ? 'literal path' : 'written by the same file', trail };
  }

  #name(expression: Expression & { kind: 'name' }, depth: number): Origin {
    const bindings = this.#module.lookup(expression.name, expression.scope, expression.range.start);
    return worst(
      bindings.map((binding) => {
        if (binding.kind === 'parameter') return this.#parameter(expression.scope, binding.name, binding.range);
        if (binding.value === undefined) return NOWHERE;
        return step(this.origin(binding.value, depth), binding.range, `assigned to \`${binding.name}\``);
      }),
    );
  }

  #parameter(scope: number, name: string, at: Range): Origin {
    let owner: number | undefined = scope;
    while (owner !== undefined && !this.#module.scope(owner).bindings.has(name))
      owner = this.#module.scope(owner).parent;
    if (owner === undefined) return NOWHERE;
    for (const decorator of this.#module.decorators(owner)) {
      for (const decoratorName of this.#names.names(decorator)) {
        const called = decorator.kind === 'call' ? decoratorName : `${decoratorName}()`;
        if (ROUTES.match(called).length > 0) return untrusted('request data', at);
        if (COMMANDS.match(called).length > 0) return untrusted('command-line argument', at);
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
    return origin.tier === 'T1' ? origin : NOWHERE;
  }

  #call(expression: CallExpression, depth: number): Origin {
    const name = this.#names.names(expression.callee)[0];
    if (name !== undefined && PASS_THROUGH.has(name)) {
      return worst(
        expression.arguments.filter((a) => a.name === undefined).map((argument) => this.origin(argument.value, depth)),
      );
    }
    if (expression.callee.kind === 'attribute') {
      const receiver = this.origin(expression.callee.object, depth);
      if (receiver.tier === 'T1' || READERS.has(expression.callee.name)) return receiver;
    }
    return NOWHERE;
  }
}

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

function untrusted(description: string, at: Range): Origin {
  return { tier: 'T1', description, trail: [{ range: at, message: description }] };
}

function step(origin: Origin, at: Range, message: string): Origin {
  if (origin.tier !== 'T1' || origin.trail.length >= MAX_TRAIL) return origin;
  return { ...origin, trail: [...origin.trail, { range: at, message }] };
}

const ORDER = { T1: 0, T2: 1, T3: 2, T0: 3 } as const;

function worst(origins: readonly Origin[]): Origin {
  return (
    origins.reduce<Origin | undefined>(
      (a, b) => (a === undefined || ORDER[b.tier] < ORDER[a.tier] ? b : a),
      undefined,
    ) ?? NOWHERE
  );
}

/** Last names of the calls whose file effects are known. */
export const EFFECT_NAMES: readonly string[] = [
  ...[...DOWNLOADERS, ...WRITERS].map((entry) => lastSegment(entry.name)),
  'write',
];

/** Literal paths the given calls fetch or write. `calls` are all calls of the module with a name of the tables. */
export function fileEffects(
  calls: readonly { readonly name: string; readonly expression: CallExpression }[],
  evaluator: Evaluator,
  origin: (expression: Expression) => Origin,
  definition: (expression: Expression) => Expression,
): FileEffects {
  const downloads = new Map<string, { range: Range; description: string }>();
  const writes = new Map<string, Range>();
  for (const { name, expression } of calls) {
    if (name === 'open().write') {
      const written = fetchedInto(expression, evaluator, origin, definition);
      if (written !== undefined)
        downloads.set(written.path, { range: written.range, description: written.description });
      continue;
    }
    const downloader = DOWNLOADERS.find((entry) => entry.name === name);
    const writer = WRITERS.find((entry) => entry.name === name);
    const entry = downloader ?? writer;
    const argument = entry && argumentOf(expression, entry.keyword, entry.position);
    if (entry === undefined || argument === undefined) continue;
    let value = evaluator.value(argument.value);
    if (value.kind !== 'string' && argument.value.kind === 'call') {
      const first = argument.value.arguments[0];
      if (first !== undefined) value = evaluator.value(first.value);
    }
    if (value.kind !== 'string') continue;
    if (downloader !== undefined)
      downloads.set(value.value, { range: expression.range, description: downloader.description });
    else writes.set(value.value, expression.range);
  }
  return { downloads, writes };
}

/** `open("x", "wb").write(response.content)`: the path, and where the content was fetched. */
function fetchedInto(
  call: CallExpression,
  evaluator: Evaluator,
  origin: (expression: Expression) => Origin,
  definition: (expression: Expression) => Expression,
): { path: string; range: Range; description: string } | undefined {
  const content = call.arguments[0];
  const opened = call.callee.kind === 'attribute' ? definition(call.callee.object) : undefined;
  if (content === undefined || opened?.kind !== 'call' || opened.arguments[0] === undefined) return undefined;
  const path = evaluator.value(opened.arguments[0].value);
  if (path.kind !== 'string') return undefined;
  const from = origin(content.value);
  const [first] = from.trail;
  return from.tier === 'T1' && first !== undefined
    ? { path: path.value, range: first.range, description: from.description }
    : undefined;
}
