import { argumentOf, type CallExpression, type Expression } from '../facts/python/expression.js';
import type { PythonModule } from '../facts/python/module.js';
import type { Binding } from '../facts/python/scope.js';
import { CONFIG_READERS, DEFAULT_GETTERS, FIELD_MAKERS, PARSED_ARGUMENTS } from '../knowledge/settings.js';
import { argumentDefaults } from './argument-defaults.js';
import { commandDefault, configuredBy } from './command-defaults.js';
import { concatenated, joined, known, same, truth } from './fold.js';
import type { ModuleLinks } from './links.js';
import { type NameResolver, splitTarget } from './names.js';
import { UNKNOWN, type Value } from './value.js';

const MAX_DEPTH = 12;
const MAX_ITEMS = 200;

/**
 * Folds constants: literals, f-strings, `+`, `%`, `.format`, `.join`, path joins, names with one known value here or in another
 * module, what functions of the module return, items of known containers, configuration files the script reads, and the
 * defaults of settings classes, environment variables and command-line options. Bounded.
 */
export class Evaluator {
  readonly #module: PythonModule;
  readonly #names: NameResolver;
  readonly #links: ModuleLinks;
  readonly #active = new Set<Expression>();
  /** Answers within one question. */
  readonly #answers = new Map<Expression, Value>();
  #defaults: ReadonlyMap<string, Expression> | undefined;

  constructor(module: PythonModule, names: NameResolver, links: ModuleLinks) {
    this.#module = module;
    this.#names = names;
    this.#links = links;
  }

  /** The default of the command-line option an attribute of parsed arguments stands for; undefined for anything else. */
  optionDefault(expression: Expression): Expression | undefined {
    if (expression.kind !== 'attribute') return undefined;
    const { object, name } = expression;
    if (!this.#names.names(object).some((parsed) => PARSED_ARGUMENTS.has(parsed))) return undefined;
    this.#defaults ??= argumentDefaults(this.#module);
    return this.#defaults.get(name);
  }

  /** Value of a module-level name, or of a member of what it stands for: a class constant, a field of a settings object. */
  exportedValue(name: string, member: string | undefined): Value {
    const bindings = this.#module.scope(this.#module.root).bindings.get(name) ?? [];
    return member === undefined ? this.#fromBindings(bindings, 0) : this.#memberOf(bindings, member, 0);
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
      case 'subscript':
        return this.#item(expression, depth);
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
      const from = importedName(binding.target!);
      return from === undefined ? UNKNOWN : this.#exported(from.level, from.module, from.name, undefined);
    }
    if (binding.kind === 'parameter') return this.#parameter(binding, depth);
    return UNKNOWN;
  }

  /** What a command-line framework passes when nothing is given, or the configuration Hydra loads. */
  #parameter(binding: Binding, depth: number): Value {
    const configured = configuredBy(this.#module, this.#names, binding);
    if (configured !== undefined) return this.#links.config(configured);
    const value = commandDefault(this.#module, this.#names, binding);
    return value === undefined ? UNKNOWN : this.value(value, depth);
  }

  #exported(level: number, module: string, name: string, member: string | undefined): Value {
    const found = this.#links.exported(level, module, name);
    if (found === undefined || found.kind === 'import' || found.kind === 'function') return UNKNOWN;
    if (member !== undefined || found.kind !== 'constant') return this.#links.value(found.path, found.name, member);
    if (typeof found.value === 'string') return { kind: 'string', value: found.value };
    if (typeof found.value === 'number') return { kind: 'number', value: found.value };
    if (typeof found.value === 'boolean') return { kind: 'boolean', value: found.value };
    return { kind: 'none' };
  }

  /** `self.x`, `Settings.x` and `Settings().x`, `settings.X` of a workspace module, `args.x` of argparse, `config.x.y`. */
  #attribute(expression: Expression & { kind: 'attribute' }, depth: number): Value {
    const { object, name } = expression;
    if (name === 'sep' && this.#names.names(expression, depth).some((full) => SEPARATORS.has(full)))
      return { kind: 'string', value: '/' };
    if (object.kind === 'name') {
      const own = this.#names.selfValues(object.name, object.scope, name);
      if (own.length > 0) return same(own.map((value) => this.value(value, depth)));
      const bindings = this.#module.lookup(object.name, object.scope, object.range.start);
      const member = this.#memberOf(bindings, name, depth);
      if (member.kind !== 'unknown') return member;
      const option = this.optionDefault(expression);
      if (option !== undefined) return this.value(option, depth);
    }
    // OmegaConf and the like read keys as attributes.
    const whole = this.value(object, depth);
    return whole.kind === 'dict' ? (whole.entries.get(name) ?? UNKNOWN) : UNKNOWN;
  }

  /** A member of what a name stands for: a class, an instance of one, a module of the workspace or a name of one. */
  #memberOf(bindings: readonly Binding[], name: string, depth: number): Value {
    const [binding] = bindings;
    if (binding?.kind === 'class') return this.#classAttribute(binding.body!, name, depth);
    if (binding?.kind === 'value' && bindings.length === 1 && binding.value?.kind === 'call')
      return this.#instanceField(binding.value, name, depth) ?? UNKNOWN;
    if (binding?.kind !== 'import') return UNKNOWN;
    const { level, path } = splitTarget(binding.target!);
    const inModule = this.#exported(level, path, name, undefined);
    if (inModule.kind !== 'unknown') return inModule;
    const from = importedName(binding.target!);
    return from === undefined ? UNKNOWN : this.#exported(from.level, from.module, from.name, name);
  }

  #classAttribute(body: number, name: string, depth: number): Value {
    const bindings = this.#module.scope(body).bindings.get(name) ?? [];
    const [only] = bindings;
    if (bindings.length === 1 && only!.kind === 'value' && only!.value?.kind === 'call') {
      const field = this.#fieldDefault(only!.value, depth);
      if (field !== undefined) return field;
    }
    return this.#fromBindings(bindings, depth);
  }

  /** `Field(default)` of pydantic, `field(default=…)` of dataclasses; undefined for other calls. */
  #fieldDefault(call: CallExpression, depth: number): Value | undefined {
    const maker = this.#names.names(call.callee, depth).find((name) => FIELD_MAKERS.has(name));
    if (maker === undefined) return undefined;
    const value = argumentOf(call, 'default', FIELD_MAKERS.get(maker))?.value;
    return value === undefined ? UNKNOWN : this.value(value, depth);
  }

  /** A field of `Settings(…)`: the argument passed for it, else the default in the class body; undefined for other calls. */
  #instanceField(call: CallExpression, name: string, depth: number): Value | undefined {
    const { callee } = call;
    const bindings = callee.kind === 'name' ? this.#module.lookup(callee.name, callee.scope, callee.range.start) : [];
    const [made] = bindings;
    if (bindings.length !== 1) return undefined;
    const passed = call.arguments.find((argument) => argument.name === name);
    if (made?.kind !== 'class' && made?.kind !== 'import') return undefined;
    if (passed !== undefined) return this.value(passed.value, depth);
    if (call.arguments.some((argument) => argument.unpacked || argument.name === undefined)) return UNKNOWN;
    if (made.kind === 'class') return this.#classAttribute(made.body!, name, depth);
    const from = importedName(made.target!);
    return from === undefined ? undefined : this.#exported(from.level, from.module, from.name, name);
  }

  /** An item of a container whose content is known. */
  #item(expression: Expression & { kind: 'subscript' }, depth: number): Value {
    const [index] = expression.index;
    if (index === undefined || expression.index.length > 1) return UNKNOWN;
    const whole = this.value(expression.object, depth);
    if (whole.kind !== 'dict' && whole.kind !== 'list') return UNKNOWN;
    const key = this.value(index, depth);
    if (whole.kind === 'dict') return key.kind === 'string' ? (whole.entries.get(key.value) ?? UNKNOWN) : UNKNOWN;
    return key.kind === 'number' ? (whole.items.at(key.value) ?? UNKNOWN) : UNKNOWN;
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
    if (callee.kind === 'attribute' && callee.name === 'get' && plain[0] !== undefined) {
      const whole = this.value(callee.object, depth);
      const key = whole.kind === 'dict' ? this.value(plain[0], depth) : UNKNOWN;
      if (whole.kind === 'dict' && key.kind === 'string') {
        const rest = plain[1] === undefined || whole.open ? UNKNOWN : this.value(plain[1], depth);
        return whole.entries.get(key.value) ?? rest;
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
    return this.#setting(expression, name, plain, depth);
  }

  /** `os.environ.get("X", default)`, `config.get("x", default)`, and configuration files: what holds unless somebody changes it. */
  #setting(call: CallExpression, name: string, plain: readonly Expression[], depth: number): Value {
    const fallback = DEFAULT_GETTERS.get(name);
    if (fallback !== undefined) {
      const value = argumentOf(call, fallback.keyword, fallback.position)?.value;
      return value === undefined ? UNKNOWN : this.value(value, depth);
    }
    if (!CONFIG_READERS.has(name) || plain[0] === undefined) return UNKNOWN;
    const path = this.#openedPath(plain[0], depth);
    return path === undefined ? UNKNOWN : this.#links.config(path);
  }

  /** The literal path of `open(path)`, `path.open()`, `path.read_text()` or of a path itself. */
  #openedPath(expression: Expression, depth: number): string | undefined {
    let source: Expression = expression;
    if (source.kind === 'name') {
      const bindings = this.#module.lookup(source.name, source.scope, source.range.start);
      const [only] = bindings;
      if (bindings.length === 1 && (only!.kind === 'context' || only!.kind === 'value') && only!.value !== undefined)
        source = only!.value;
    }
    if (source.kind === 'call' && source.callee.kind === 'attribute' && /^(open|read_text)$/.test(source.callee.name))
      source = source.callee.object;
    else if (source.kind === 'call' && this.#names.names(source.callee, depth).includes('open'))
      source = source.arguments[0]?.value ?? source;
    const path = this.value(source, depth);
    return path.kind === 'string' ? path.value : undefined;
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

/** What separates folders, as the paths of a workspace are written. */
const SEPARATORS: ReadonlySet<string> = new Set(['os.sep', 'os.path.sep', 'posixpath.sep']);

const STRING_KEEPERS: ReadonlySet<string> = new Set([
  'strip',
  'rstrip',
  'as_posix',
  'resolve',
  'absolute',
  'expanduser',
]);

/** The module and name an import target names; undefined for `import module`. */
function importedName(target: string): { level: number; module: string; name: string } | undefined {
  const { level, path } = splitTarget(target);
  const dot = path.lastIndexOf('.');
  if (level === 0 && dot < 0) return undefined;
  return { level, module: dot < 0 ? '' : path.slice(0, dot), name: path.slice(dot + 1) };
}
