import type { CallExpression, Expression } from '../facts/python/expression.js';
import type { PythonModule } from '../facts/python/module.js';
import type { Binding } from '../facts/python/scope.js';
import { argumentDefaults } from './argument-defaults.js';
import { type NameResolver, type ResolveExport, splitTarget } from './names.js';
import { UNKNOWN, type Value } from './value.js';

const MAX_DEPTH = 12;
const MAX_ITEMS = 200;

/**
 * Folds constants: literals, f-strings, `+`, `%`, `.format`, `.join`, path joins, names with one known value, what functions
 * of the module return, and the defaults of settings classes and argparse options. Bounded.
 */
export class Evaluator {
  readonly #module: PythonModule;
  readonly #names: NameResolver;
  readonly #resolveExport: ResolveExport;
  readonly #active = new Set<Expression>();
  /** Answers within one question. */
  readonly #answers = new Map<Expression, Value>();
  #defaults: ReadonlyMap<string, Expression> | undefined;

  constructor(module: PythonModule, names: NameResolver, resolveExport: ResolveExport) {
    this.#module = module;
    this.#names = names;
    this.#resolveExport = resolveExport;
  }

  value(expression: Expression, depth = 0): Value {
    if (this.#active.size === 0) this.#answers.clear();
    if (depth > MAX_DEPTH || this.#active.has(expression)) return UNKNOWN;
    const known = this.#answers.get(expression);
    if (known !== undefined) return known;
    this.#active.add(expression);
    const value = this.#valueOf(expression, depth + 1);
    this.#active.delete(expression);
    this.#answers.set(expression, value);
    return value;
  }

  #valueOf(expression: Expression, depth: number): Value {
    switch (expression.kind) {
      case 'string':
        return { kind: expression.bytes ? 'bytes' : 'string', value: expression.value };
      case 'formatted':
        return joined(expression.parts.map((part) => (typeof part === 'string' ? part : this.#text(part, depth))));
      case 'number':
        return { kind: 'number', value: expression.value };
      case 'constant':
        if (expression.value === null) return { kind: 'none' };
        return expression.value === '...' ? UNKNOWN : { kind: 'boolean', value: expression.value };
      case 'list':
      case 'tuple':
      case 'set':
        return { kind: 'list', items: expression.items.slice(0, MAX_ITEMS).map((item) => this.value(item, depth)) };
      case 'dict':
        return this.#dict(expression, depth);
      case 'name':
        return this.#fromBindings(
          this.#module.lookup(expression.name, expression.scope, expression.range.start),
          depth,
        );
      case 'attribute':
        return this.#attribute(expression, depth);
      case 'operation':
        return this.#operation(expression, depth);
      case 'conditional':
        return same([this.value(expression.then, depth), this.value(expression.otherwise, depth)]);
      case 'walrus':
      case 'await':
        return this.value(expression.inner, depth);
      case 'call':
        return this.#call(expression, depth);
    }
    return UNKNOWN;
  }

  #text(expression: Expression, depth: number): string | undefined {
    const value = this.value(expression, depth);
    if (value.kind === 'string') return value.value;
    if (value.kind === 'number') return String(value.value);
    return undefined;
  }

  #dict(expression: Expression & { kind: 'dict' }, depth: number): Value {
    const entries = new Map<string, Value>();
    let open = false;
    for (const entry of expression.entries.slice(0, MAX_ITEMS)) {
      const key = entry.key === undefined ? undefined : this.#text(entry.key, depth);
      if (key !== undefined) entries.set(key, this.value(entry.value, depth));
      else {
        const inner = entry.key === undefined ? this.value(entry.value, depth) : UNKNOWN;
        if (inner.kind === 'dict') for (const [k, v] of inner.entries) entries.set(k, v);
        open ||= inner.kind !== 'dict' || inner.open;
      }
    }
    return { kind: 'dict', entries, open };
  }

  #fromBindings(bindings: readonly Binding[], depth: number): Value {
    return bindings.length === 0 ? UNKNOWN : same(bindings.map((binding) => this.#binding(binding, depth)));
  }

  #binding(binding: Binding, depth: number): Value {
    if (binding.kind === 'value' && binding.value !== undefined) return this.value(binding.value, depth);
    if (binding.kind === 'element') {
      const value = binding.value!;
      if (value.kind !== 'tuple' && value.kind !== 'list') return UNKNOWN;
      const item = value.items[binding.element!];
      return item === undefined ? UNKNOWN : this.value(item, depth);
    }
    if (binding.kind === 'import') {
      const { level, path } = splitTarget(binding.target!);
      const dot = path.lastIndexOf('.');
      if (level === 0 && dot < 0) return UNKNOWN;
      return this.#exported(level, dot < 0 ? '' : path.slice(0, dot), path.slice(dot + 1));
    }
    return UNKNOWN;
  }

  #exported(level: number, module: string, name: string): Value {
    const found = this.#resolveExport(level, module, name);
    if (found?.kind !== 'constant') return UNKNOWN;
    if (typeof found.value === 'string') return { kind: 'string', value: found.value };
    if (typeof found.value === 'number') return { kind: 'number', value: found.value };
    if (typeof found.value === 'boolean') return { kind: 'boolean', value: found.value };
    return { kind: 'none' };
  }

  /** `self.x`, `Settings.x` and `Settings().x` of a local class, `settings.X` of a workspace module, `args.x` of argparse. */
  #attribute(expression: Expression & { kind: 'attribute' }, depth: number): Value {
    const { object, name } = expression;
    if (object.kind !== 'name') return UNKNOWN;
    const own = this.#names.selfValues(object.name, object.scope, name);
    if (own.length > 0) return same(own.map((value) => this.value(value, depth)));
    const [binding] = this.#module.lookup(object.name, object.scope, object.range.start);
    if (binding?.kind === 'class') return this.#classAttribute(binding.body!, name, depth);
    if (binding?.kind === 'value' && binding.value?.kind === 'call') {
      const field = this.#instanceField(binding.value, name, depth);
      if (field !== undefined) return field;
    }
    if (binding?.kind === 'import') {
      const { level, path } = splitTarget(binding.target!);
      return this.#exported(level, path, name);
    }
    return this.#optionDefault(object, name, depth);
  }

  #classAttribute(body: number, name: string, depth: number): Value {
    return this.#fromBindings(this.#module.scope(body).bindings.get(name) ?? [], depth);
  }

  /** A field of `Settings(…)`: the argument passed for it, else the default in the class body; undefined for other calls. */
  #instanceField(call: CallExpression, name: string, depth: number): Value | undefined {
    const { callee } = call;
    const bindings = callee.kind === 'name' ? this.#module.lookup(callee.name, callee.scope, callee.range.start) : [];
    const [made] = bindings;
    if (made?.kind !== 'class' || bindings.length > 1) return undefined;
    const passed = call.arguments.find((argument) => argument.name === name);
    if (passed !== undefined) return this.value(passed.value, depth);
    const hidden = call.arguments.some((argument) => argument.unpacked || argument.name === undefined);
    return hidden ? UNKNOWN : this.#classAttribute(made.body!, name, depth);
  }

  /** `args.x` where `args` is what argparse made: the default of the option. */
  #optionDefault(object: Expression, name: string, depth: number): Value {
    if (!this.#names.names(object, depth).some((parsed) => PARSED_ARGUMENTS.has(parsed))) return UNKNOWN;
    this.#defaults ??= argumentDefaults(this.#module);
    const value = this.#defaults.get(name);
    return value === undefined ? UNKNOWN : this.value(value, depth);
  }

  #operation(expression: Expression & { kind: 'operation' }, depth: number): Value {
    const [left, right] = expression.operands;
    if (left === undefined) return UNKNOWN;
    if (expression.operator === 'not') {
      const value = truth(this.value(left, depth));
      return value === undefined ? UNKNOWN : { kind: 'boolean', value: !value };
    }
    if (right === undefined) return this.#negative(expression.operator, left, depth);
    if (expression.operator === '+') return concatenated(this.value(left, depth), this.value(right, depth));
    if (expression.operator === '/') return this.#slash(left, right, depth);
    if (expression.operator === '%') {
      const format = this.value(left, depth);
      return format.kind === 'string'
        ? joined(format.value.split(/%[sdrif]/).flatMap((p, i) => (i === 0 ? [p] : [undefined, p])))
        : UNKNOWN;
    }
    if (expression.operator === 'or' && this.value(left, depth).kind === 'none') return this.value(right, depth);
    return UNKNOWN;
  }

  #negative(operator: string, operand: Expression, depth: number): Value {
    const value = this.value(operand, depth);
    return operator === '-' && value.kind === 'number' ? { kind: 'number', value: -value.value } : UNKNOWN;
  }

  /** `Path("a") / "b"`. */
  #slash(left: Expression, right: Expression, depth: number): Value {
    const base = this.value(left, depth);
    if (base.kind !== 'string' && base.kind !== 'partial') return UNKNOWN;
    return joined([...known(base), '/', ...known(this.value(right, depth))]);
  }

  #call(expression: Expression & { kind: 'call' }, depth: number): Value {
    const plain = expression.arguments.filter((argument) => argument.position !== undefined).map((a) => a.value);
    const { callee } = expression;
    if (callee.kind === 'attribute' && (callee.name === 'format' || callee.name === 'join')) {
      const base = this.value(callee.object, depth);
      if (base.kind === 'string' && callee.name === 'format') {
        return joined(base.value.split(/\{[^{}]*\}/).flatMap((p, i) => (i === 0 ? [p] : [undefined, p])));
      }
    }
    if (callee.kind === 'attribute' && STRING_KEEPERS.has(callee.name)) return this.value(callee.object, depth);
    const results = this.#names.results(callee);
    if (results.length > 0) return same(results.map((value) => this.value(value, depth)));
    const name = this.#names.names(callee, depth)[0];
    if (name === undefined) return UNKNOWN;
    if (PATH_MAKERS.has(name)) {
      const parts = plain.map((part) => known(this.value(part, depth)));
      return joined(parts.flatMap((part, i) => (i === 0 ? part : ['/', ...part])));
    }
    if (name === 'str' && plain[0] !== undefined) return this.value(plain[0], depth);
    if (name === 'dict') return this.#dictCall(expression, depth);
    return UNKNOWN;
  }

  #dictCall(expression: Expression & { kind: 'call' }, depth: number): Value {
    const entries = new Map<string, Value>();
    let open = false;
    for (const argument of expression.arguments) {
      if (argument.name === undefined) open = true;
      else entries.set(argument.name, this.value(argument.value, depth));
    }
    return { kind: 'dict', entries, open };
  }
}

const PARSED_ARGUMENTS: ReadonlySet<string> = new Set([
  'argparse.ArgumentParser().parse_args()',
  'argparse.ArgumentParser().parse_known_args()[]',
]);

const PATH_MAKERS: ReadonlySet<string> = new Set([
  'os.path.join',
  'pathlib.Path',
  'pathlib.PurePath',
  'pathlib.PosixPath',
  'posixpath.join',
  'os.path.abspath',
  'os.path.expanduser',
  'os.fspath',
]);

const STRING_KEEPERS: ReadonlySet<string> = new Set([
  'strip',
  'rstrip',
  'as_posix',
  'resolve',
  'absolute',
  'expanduser',
]);

function known(value: Value): (string | undefined)[] {
  if (value.kind === 'string') return [value.value];
  if (value.kind === 'number') return [String(value.value)];
  if (value.kind === 'partial') {
    return value.prefix === '' ? [undefined, ...value.pieces] : [...value.pieces, undefined];
  }
  return [undefined];
}

/** Joins pieces; `undefined` is an unknown one. Without any known piece the result is unknown. */
function joined(parts: readonly (string | undefined)[]): Value {
  if (parts.every((part) => part !== undefined)) return { kind: 'string', value: parts.join('') };
  const pieces: string[] = [];
  let piece = '';
  for (const part of parts) {
    if (part !== undefined) piece += part;
    else if (piece !== '') {
      pieces.push(piece);
      piece = '';
    }
  }
  if (piece !== '') pieces.push(piece);
  if (pieces.length === 0) return UNKNOWN;
  return { kind: 'partial', prefix: parts[0] === undefined ? '' : pieces[0]!, pieces };
}

function concatenated(left: Value, right: Value): Value {
  if (left.kind === 'list' && right.kind === 'list') return { kind: 'list', items: [...left.items, ...right.items] };
  const text = (value: Value): boolean => value.kind === 'string' || value.kind === 'partial';
  if (!text(left) && !text(right)) return UNKNOWN;
  return joined([...known(left), ...known(right)]);
}

/** One value when all are equal constants, else unknown. */
function same(values: readonly Value[]): Value {
  const [first, ...others] = values;
  if (first === undefined) return UNKNOWN;
  if (others.length === 0) return first;
  return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) && first.kind !== 'dict'
    ? first
    : UNKNOWN;
}

/** Truth of a constant as Python sees it; undefined when unknown. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'boolean':
      return value.value;
    case 'none':
      return false;
    case 'number':
      return value.value !== 0;
    case 'string':
    case 'bytes':
      return value.value !== '';
    case 'list':
      return value.items.length > 0;
  }
  return undefined;
}
