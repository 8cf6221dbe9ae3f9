import type { PythonExport } from '../facts/python/exports.js';
import type { CallExpression, Expression } from '../facts/python/expression.js';
import type { PythonModule } from '../facts/python/module.js';
import type { Binding } from '../facts/python/scope.js';
import { BUILTINS, PRESET_NAMES } from '../knowledge/python-builtins.js';

/** Looks a name up in another module of the workspace: `from <level dots><module> import <name>`. */
export type ResolveExport = (level: number, module: string, name: string) => PythonExport | undefined;

const MAX_DEPTH = 14;
/** What a link of a chain of calls counts: builders set dozens of options, and the text itself bounds them. */
const LINK = 0.15;
const MAX_NAMES = 4;

/**
 * Dotted names of an expression: what it is called in the library it comes from. `()` stands for the result of a call, `[]`
 * for an item, `with x as y` gives `y` the name of `x`, an annotation `x: tarfile.TarFile` gives `tarfile.TarFile()`.
 * Calling a function of the module gives the names of what it returns, when they are known. Several names mean that several
 * bindings may reach; none means unknown. Bounded in depth and width.
 */
export class NameResolver {
  readonly #module: PythonModule;
  readonly #resolveExport: ResolveExport;
  readonly #active = new Set<Expression>();
  readonly #answers = new Map<Expression, readonly string[]>();
  /** Answers a bound cut short: good for the question that is asked, since another one may get further. */
  readonly #partial = new Map<Expression, readonly string[]>();
  /** How often a bound was met. */
  #cuts = 0;

  constructor(module: PythonModule, resolveExport: ResolveExport) {
    this.#module = module;
    this.#resolveExport = resolveExport;
  }

  names(expression: Expression, depth = 0): readonly string[] {
    const whole = this.#answers.get(expression);
    if (whole !== undefined) return whole;
    if (depth > MAX_DEPTH || this.#active.has(expression)) {
      this.#cuts++;
      return [];
    }
    if (this.#active.size === 0) this.#partial.clear();
    const known = this.#partial.get(expression);
    if (known !== undefined) {
      this.#cuts++;
      return known;
    }
    const cuts = this.#cuts;
    this.#active.add(expression);
    const isLink = expression.kind === 'call' || expression.kind === 'attribute';
    const found = this.#namesOf(expression, depth + (isLink ? LINK : 1));
    const names = found.length > MAX_NAMES ? found.slice(0, MAX_NAMES) : found;
    this.#active.delete(expression);
    (this.#cuts === cuts ? this.#answers : this.#partial).set(expression, names);
    return names;
  }

  #namesOf(expression: Expression, depth: number): readonly string[] {
    switch (expression.kind) {
      case 'name':
        return this.#nameOf(expression.name, expression.scope, expression.range.start, depth);
      case 'attribute':
        return this.#attribute(expression, depth);
      case 'call':
        return this.#partiallyApplied(expression, depth) ?? this.#called(expression.callee, depth);
      case 'subscript':
        return this.names(expression.object, depth).map((name) => `${name}[]`);
      case 'await':
      case 'walrus':
        return this.names(expression.inner, depth);
      case 'conditional':
        return unique([...this.names(expression.then, depth), ...this.names(expression.otherwise, depth)]);
      case 'operation':
        if (expression.operator === '|') return this.#sequence(expression.operands, depth);
        if (expression.operator !== 'or') return [];
        return unique(expression.operands.flatMap((operand) => this.names(operand, depth)));
    }
    return [];
  }

  /** `functools.partial(f, …)` is called like `f`; undefined for other calls. */
  #partiallyApplied(call: CallExpression, depth: number): readonly string[] | undefined {
    const [target] = call.arguments;
    if (target === undefined || target.unpacked || target.name !== undefined) return undefined;
    const { callee } = call;
    const last = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
    if (!/partial/i.test(last) || !this.names(callee, depth).includes('functools.partial')) return undefined;
    return nonEmpty(this.names(target.value, depth));
  }

  /** `prompt | model | parser` of LangChain is one runnable; other uses of `|` have no name. */
  #sequence(operands: readonly Expression[], depth: number): readonly string[] {
    const names = operands.flatMap((operand) => this.names(operand, depth));
    return names.some((name) => /^langchain(_\w+)?\./.test(name))
      ? ['langchain_core.runnables.RunnableSequence()']
      : [];
  }

  #called(callee: Expression, depth: number): readonly string[] {
    const results = this.results(callee).flatMap((value) => this.names(value, depth));
    return nonEmpty(unique(results)) ?? this.names(callee, depth).map((name) => `${name}()`);
  }

  /** What a function or method of this module may return when it is called; empty when the callee is another one. */
  results(callee: Expression): readonly Expression[] {
    if (callee.kind === 'name') {
      const bindings = this.#module.lookup(callee.name, callee.scope, callee.range.start);
      return this.#returned(bindings);
    }
    if (callee.kind !== 'attribute' || callee.object.kind !== 'name') return [];
    return this.#returned(this.#members(callee.object.name, callee.object.scope, callee.name));
  }

  #returned(bindings: readonly Binding[]): readonly Expression[] {
    const bodies = bindings.flatMap((binding) => (binding.kind === 'function' ? [binding.body!] : []));
    return bodies.flatMap((body) => this.#module.returned(body)).slice(0, MAX_NAMES);
  }

  /** Bindings of `self.<name>` in the body of the class around a scope: methods and class attributes. */
  #members(self: string, scope: number, name: string): readonly Binding[] {
    if (self !== 'self' && self !== 'cls') return [];
    const around = this.#module.enclosingClass(scope);
    return around === undefined ? [] : (this.#module.scope(around).bindings.get(name) ?? []);
  }

  #nameOf(name: string, scope: number, offset: number, depth: number): readonly string[] {
    const bindings = this.#module.lookup(name, scope, offset);
    if (bindings.length === 0)
      return BUILTINS.has(name) ? [name] : (nonEmpty(this.#starNames(name)) ?? PRESET_NAMES.get(name) ?? []);
    return unique(bindings.flatMap((binding) => this.bindingNames(binding, depth)));
  }

  /** `from module import *`: a workspace module answers exactly; a library is asked only when it is the single one. */
  #starNames(name: string): readonly string[] {
    const stars = this.#module.scope(this.#module.root).bindings.get('*') ?? [];
    for (const star of stars) {
      const { level, path } = splitTarget(star.target!);
      const found = this.#resolveExport(level, path, name);
      if (found?.kind === 'import') return [found.target];
      if (found !== undefined) return [];
    }
    const only = stars.length === 1 ? stars[0]!.target! : '';
    return only !== '' && !only.startsWith('.') ? [`${only}.${name}`] : [];
  }

  bindingNames(binding: Binding, depth = 0): readonly string[] {
    switch (binding.kind) {
      case 'import':
        return this.#importNames(binding.target!);
      case 'value':
        if (binding.value === undefined) return this.#annotated(binding, depth);
        return nonEmpty(this.names(binding.value, depth)) ?? this.#annotated(binding, depth);
      case 'context':
        return binding.value === undefined ? [] : this.names(binding.value, depth);
      case 'element': {
        const value = binding.value!;
        if (value.kind === 'tuple' || value.kind === 'list') {
          const item = value.items[binding.element!];
          return item === undefined || value.items.some((i) => i.kind === 'star') ? [] : this.names(item, depth);
        }
        return this.names(value, depth).map((name) => `${name}[]`);
      }
      case 'iteration':
        return this.names(binding.value!, depth).map((name) => `${name}[]`);
      case 'parameter':
        return this.#annotated(binding, depth);
      case 'class':
      case 'function':
        return [`.${binding.name}`];
    }
    return [];
  }

  #annotated(binding: Binding, depth: number): readonly string[] {
    let { annotation } = binding;
    if (annotation === undefined) return [];
    if (
      annotation.kind === 'subscript' &&
      this.names(annotation.object, depth).some((n) => /(^|\.)(Optional|Annotated)$/.test(n))
    ) {
      const inner = annotation.index[0];
      if (inner === undefined) return [];
      annotation = inner;
    }
    if (annotation.kind === 'operation' && annotation.operator === '|') annotation = annotation.operands[0]!;
    if (annotation.kind !== 'name' && annotation.kind !== 'attribute') return [];
    return this.names(annotation, depth).map((name) => `${name}()`);
  }

  #importNames(target: string): readonly string[] {
    const { level, path } = splitTarget(target);
    const dot = path.lastIndexOf('.');
    if (level > 0 || dot > 0) {
      const name = path.slice(dot + 1);
      const found = this.#resolveExport(level, dot < 0 ? '' : path.slice(0, dot), name);
      if (found !== undefined) return found.kind === 'import' ? [found.target] : [`.${name}`];
    }
    return [target];
  }

  #attribute(expression: Expression & { kind: 'attribute' }, depth: number): readonly string[] {
    const { object, name } = expression;
    if (object.kind === 'name') {
      const values = this.selfValues(object.name, object.scope, name, depth);
      if (values.length > 0) return unique(values.flatMap((value) => this.names(value, depth)));
      const found = this.#moduleMember(object, name);
      if (found !== undefined) return found;
    }
    return this.names(object, depth).map((base) => `${base}.${name}`);
  }

  /** `import loaders; loaders.load`: a member of a workspace module. */
  #moduleMember(object: Expression & { kind: 'name' }, name: string): readonly string[] | undefined {
    const [binding] = this.#module.lookup(object.name, object.scope, object.range.start);
    if (binding?.kind !== 'import') return undefined;
    const { level, path } = splitTarget(binding.target!);
    const found = this.#resolveExport(level, path, name);
    if (found === undefined) return undefined;
    return found.kind === 'import' ? [found.target] : [`.${name}`];
  }

  /**
   * Values of `self.<name>` in the class around a scope: what its methods assign, else what its body sets or its
   * property returns. Empty when the name is neither `self` nor `cls`, or nothing gives it a value.
   */
  selfValues(self: string, scope: number, name: string, depth = 0): readonly Expression[] {
    if (self !== 'self' && self !== 'cls') return [];
    const around = this.#module.enclosingClass(scope);
    if (around === undefined) return [];
    const assigned = self === 'self' ? this.#module.selfAttribute(around, name) : [];
    if (assigned.length > 0) return assigned.slice(0, MAX_NAMES);
    const members = this.#members(self, scope, name);
    const set = members.flatMap((member) =>
      member.kind === 'value' && member.value !== undefined ? [member.value] : [],
    );
    const properties = members.filter((member) => member.kind === 'function' && this.#isProperty(member.body!, depth));
    return [...set, ...this.#returned(properties)].slice(0, MAX_NAMES);
  }

  #isProperty(body: number, depth: number): boolean {
    return this.#module
      .decorators(body)
      .some((decorator) =>
        this.names(decorator, depth).some((name) => /^property$|^functools\.cached_property$/.test(name)),
      );
  }
}

/** Splits `..a.b` into its leading dots and the dotted path. */
export function splitTarget(target: string): { level: number; path: string } {
  let level = 0;
  while (target[level] === '.') level++;
  return { level, path: target.slice(level) };
}

function unique(names: readonly string[]): readonly string[] {
  return names.length < 2 ? names : [...new Set(names)];
}

function nonEmpty(names: readonly string[]): readonly string[] | undefined {
  return names.length > 0 ? names : undefined;
}
