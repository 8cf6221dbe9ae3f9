import { argumentOf, type CallExpression, type Expression } from '../facts/python/expression.js';
import type { PythonModule } from '../facts/python/module.js';
import type { Binding } from '../facts/python/scope.js';
import type { ModuleLinks } from './links.js';
import { type NameResolver, splitTarget } from './names.js';

/** A function or class of the workspace. */
export type Definition =
  /** Of this module: the node of its `def` or `class`. */
  | { readonly where: 'here'; readonly node: number; readonly isClass: boolean }
  /** Of another module: `f`, `Class`, or `Class.f`. */
  | { readonly where: 'elsewhere'; readonly path: string; readonly name: string; readonly isClass: boolean };

const MAX_DEPTH = 8;

/** Finds which function, method or class of the workspace an expression stands for. Bounded; unknown stays unknown. */
export class DefinitionFinder {
  readonly #module: PythonModule;
  readonly #names: NameResolver;
  readonly #links: ModuleLinks;

  constructor(module: PythonModule, names: NameResolver, links: ModuleLinks) {
    this.#module = module;
    this.#names = names;
    this.#links = links;
  }

  /** The definition an expression such as a callee names; undefined for libraries and when several may be meant. */
  of(expression: Expression, depth = 0): Definition | undefined {
    if (depth > MAX_DEPTH) return undefined;
    switch (expression.kind) {
      case 'name': {
        const bindings = this.#module.lookup(expression.name, expression.scope, expression.range.start);
        return bindings.length === 1 ? this.#bound(bindings[0]!, depth) : undefined;
      }
      case 'attribute':
        return this.#member(expression, depth);
      case 'call':
        return this.#partial(expression, depth);
    }
    return undefined;
  }

  /** The dotted name a definition of this module has inside it: `f`, `Class.f`, `outer.inner`. */
  qualifiedName(node: number): string {
    const names: string[] = [];
    for (let at = node; at !== this.#module.root; at = this.#module.scopeNode(at)) {
      const { name } = this.#module.scope(at);
      if (name !== '') names.unshift(name);
    }
    return names.join('.');
  }

  #bound(binding: Binding, depth: number): Definition | undefined {
    switch (binding.kind) {
      case 'function':
      case 'class':
        return { where: 'here', node: binding.body!, isClass: binding.kind === 'class' };
      case 'import':
        return this.#imported(binding.target!);
      case 'value':
        return binding.value === undefined ? undefined : this.of(binding.value, depth + 1);
    }
    return undefined;
  }

  #imported(target: string): Definition | undefined {
    const { level, path } = splitTarget(target);
    const dot = path.lastIndexOf('.');
    return level === 0 && dot < 0
      ? undefined
      : this.#elsewhere(level, dot < 0 ? '' : path.slice(0, dot), path.slice(dot + 1));
  }

  #elsewhere(level: number, module: string, name: string): Definition | undefined {
    const found = this.#links.exported(level, module, name);
    if (found?.kind !== 'function' && found?.kind !== 'class') return undefined;
    return { where: 'elsewhere', path: found.path, name: found.name, isClass: found.kind === 'class' };
  }

  #member(expression: Expression & { kind: 'attribute' }, depth: number): Definition | undefined {
    const { object, name } = expression;
    if (object.kind === 'name') {
      const [binding] = this.#module.lookup(object.name, object.scope, object.range.start);
      if (binding?.kind === 'import') {
        const { level, path } = splitTarget(binding.target!);
        const found = this.#elsewhere(level, path, name);
        if (found !== undefined) return found;
      }
    }
    const owner = this.#classOf(object, depth + 1);
    return owner === undefined ? undefined : this.#method(owner, name, depth + 1);
  }

  /** The class an object is an instance of, or the class itself. */
  #classOf(object: Expression, depth: number): Definition | undefined {
    if (depth > MAX_DEPTH) return undefined;
    switch (object.kind) {
      case 'call': {
        const made = this.of(object.callee, depth);
        return made?.isClass === true ? made : undefined;
      }
      case 'await':
      case 'walrus':
        return this.#classOf(object.inner, depth + 1);
      case 'attribute': {
        if (object.object.kind !== 'name') return undefined;
        const values = this.#names.selfValues(object.object.name, object.object.scope, object.name);
        return values.length === 1 ? this.#classOf(values[0]!, depth + 1) : undefined;
      }
      case 'name': {
        if (object.name === 'self' || object.name === 'cls') {
          const node = this.#module.enclosingClass(object.scope);
          if (node !== undefined) return { where: 'here', node, isClass: true };
        }
        const bindings = this.#module.lookup(object.name, object.scope, object.range.start);
        const [binding] = bindings;
        if (binding === undefined || bindings.length > 1) return undefined;
        if (binding.kind === 'class' || binding.kind === 'import') return this.#classNamed(object, depth);
        if (binding.annotation !== undefined) return this.#classNamed(binding.annotation, depth);
        if (binding.kind === 'parameter' || binding.value === undefined) return undefined;
        return binding.kind === 'value' || binding.kind === 'context'
          ? this.#classOf(binding.value, depth + 1)
          : undefined;
      }
    }
    return undefined;
  }

  #classNamed(expression: Expression, depth: number): Definition | undefined {
    const found = this.of(expression, depth + 1);
    return found?.isClass === true ? found : undefined;
  }

  #method(owner: Definition, name: string, depth: number): Definition | undefined {
    if (depth > MAX_DEPTH) return undefined;
    if (owner.where === 'elsewhere')
      return { where: 'elsewhere', path: owner.path, name: `${owner.name}.${name}`, isClass: false };
    const bindings = this.#module.scope(owner.node).bindings.get(name) ?? [];
    if (bindings.length > 0)
      return bindings.length === 1 && bindings[0]!.kind === 'function'
        ? { where: 'here', node: bindings[0]!.body!, isClass: false }
        : undefined;
    for (const base of this.#module.bases(owner.node)) {
      const above = this.#classNamed(base, depth);
      const found = above === undefined ? undefined : this.#method(above, name, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** `functools.partial(f, …)` stands for `f`. */
  #partial(call: CallExpression, depth: number): Definition | undefined {
    const target = argumentOf(call, undefined, 0);
    if (target === undefined || !this.#names.names(call.callee).includes('functools.partial')) return undefined;
    return this.of(target.value, depth + 1);
  }
}
