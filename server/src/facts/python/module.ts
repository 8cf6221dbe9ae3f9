import { type Range, range } from '../../base/range.js';
import {
  calleeOf,
  children,
  className,
  decoratorsOf,
  definitionNameToken,
  functionName,
  type ImportedNames,
  importedNames,
  parametersOf,
} from '../../syntax/python/accessors.js';
import { Kind, type PythonTree } from '../../syntax/python/tree.js';
import { BindingCollector } from './bindings.js';
import type { Expression } from './expression.js';
import { materialize } from './materialize.js';
import type { Binding, Scope } from './scope.js';

/** A text that may name a column, with its offset. */
export interface ColumnLikeText {
  readonly text: string;
  readonly start: number;
}

/**
 * What one Python module says, read from its tree on demand: nothing is computed that no rule asks for. Valid as long as
 * the tree is. Scopes are known by the node they belong to; the module scope is the root.
 */
export class PythonModule {
  readonly tree: PythonTree;
  #parents: Int32Array | undefined;
  readonly #scopes = new Map<number, Scope>();
  readonly #records = new Map<number, Expression>();
  #imports: ReadonlyMap<number, ImportedNames> | undefined;
  readonly #returned = new Map<number, readonly Expression[]>();
  #calls: ReadonlyMap<string, readonly number[]> | undefined;
  readonly #selfAttributes = new Map<number, ReadonlyMap<string, readonly number[]>>();

  constructor(tree: PythonTree) {
    this.tree = tree;
  }

  /** Places that are not valid Python, by position. */
  get errors(): readonly { readonly range: Range; readonly message: string }[] {
    return this.tree.errors;
  }

  comments(): readonly Range[] {
    const { commentCount, commentStart, commentEnd } = this.tree;
    return Array.from({ length: commentCount }, (_, i) => range(commentStart[i]!, commentEnd[i]!));
  }

  get root(): number {
    return this.tree.root;
  }

  /** What each import statement imports, by node, in text order. O(n) once. */
  imports(): ReadonlyMap<number, ImportedNames> {
    if (this.#imports !== undefined) return this.#imports;
    const { count, kind } = this.tree;
    const imports = new Map<number, ImportedNames>();
    for (let node = 0; node < count; node++) {
      if (kind[node] === Kind.Import || kind[node] === Kind.ImportFrom)
        imports.set(node, importedNames(this.tree, node));
    }
    this.#imports = imports;
    return imports;
  }

  /** Parent of each node, -1 for the root. O(n) once. */
  parents(): Int32Array {
    if (this.#parents !== undefined) return this.#parents;
    const { count, first } = this.tree;
    const parents = new Int32Array(count).fill(-1);
    for (let node = 0; node < count; node++) {
      const start = first[node]!;
      for (let child = node - 1; child >= start; child = first[child]! - 1) parents[child] = node;
    }
    this.#parents = parents;
    return parents;
  }

  span(node: number): Range {
    return range(this.tree.from[node]!, this.tree.to[node]!);
  }

  /** Length of a node's text. */
  lengthOf(node: number): number {
    return this.tree.to[node]! - this.tree.from[node]!;
  }

  /** Node of the scope a node's names are looked up in. Decorators, defaults and the first iterable belong outside. */
  scopeNode(node: number): number {
    const parents = this.parents();
    const { kind } = this.tree;
    let child = node;
    for (let at = parents[node]!; at >= 0; child = at, at = parents[at]!) {
      const k = kind[at];
      if (k === Kind.Module || k === Kind.Lambda || k === Kind.Comp) return at;
      if ((k === Kind.Def || k === Kind.Class) && kind[child] === Kind.Block) return at;
    }
    return this.tree.root;
  }

  /** The scope of a scope node; its bindings are collected when it is first asked for. */
  scope(node: number): Scope {
    const known = this.#scopes.get(node);
    if (known !== undefined) return known;
    const kind = this.tree.kind[node];
    const scope: Scope = {
      index: node,
      kind: SCOPE_KINDS.get(kind!) ?? 'module',
      parent: node === this.tree.root ? undefined : this.scopeNode(node),
      range: this.span(node),
      name: kind === Kind.Def ? functionName(this.tree, node) : kind === Kind.Class ? className(this.tree, node) : '',
      bindings: new BindingCollector(
        this.tree,
        node,
        (child) => this.record(child, node),
        (statement) => this.imports().get(statement)!,
      ).bindings,
    };
    this.#scopes.set(node, scope);
    return scope;
  }

  /** Record of an expression node seen from a scope; made once. */
  record(node: number, scope: number): Expression {
    let record = this.#records.get(node);
    if (record === undefined) {
      record = materialize(this.tree, node, scope);
      this.#records.set(node, record);
    }
    return record;
  }

  /** Record of what a call node calls. */
  callee(call: number, scope: number): Expression {
    return this.record(calleeOf(this.tree, call), scope);
  }

  /**
   * Bindings of a name that may reach a use: from the nearest scope that has any, the last certain one before the use and
   * every possible one after it. A use in an inner scope sees all bindings of the outer one.
   */
  lookup(name: string, scope: number, offset: number): readonly Binding[] {
    let current: Scope | undefined = this.scope(scope);
    let local = true;
    while (current !== undefined) {
      const bindings = local || current.kind !== 'class' ? current.bindings.get(name) : undefined;
      if (bindings !== undefined) return sameFlow(current, scope) ? reaching(bindings, offset) : bindings;
      if (current.kind !== 'comprehension') local = false;
      current = current.parent === undefined ? undefined : this.scope(current.parent);
    }
    return [];
  }

  /** The logical statement around an offset-carrying node: the nearest ancestor that is a child of a block or the module. */
  statement(node: number): number {
    const parents = this.parents();
    let at = node;
    for (let parent = parents[at]!; parent >= 0; at = parent, parent = parents[at]!) {
      const kind = this.tree.kind[parent];
      if (kind === Kind.Block || kind === Kind.Module) return at;
    }
    return at;
  }

  /** Range of a statement's head: up to its first block for compound statements. */
  statementRange(node: number): Range {
    const statement = this.statement(node);
    for (const child of children(this.tree, statement)) {
      if (this.tree.kind[child] === Kind.Block) return range(this.tree.from[statement]!, this.tree.from[child]!);
    }
    return this.span(statement);
  }

  /** Texts that may name a column, with their offsets: short string literals and the annotated fields of classes. Linear. */
  columnLikeTexts(longest: number): readonly ColumnLikeText[] {
    const { count, kind, from, to, first, text } = this.tree;
    const texts: ColumnLikeText[] = [];
    for (let node = 0; node < count; node++) {
      if (kind[node] === Kind.Str) {
        const start = from[node]!;
        const length = to[node]! - start;
        if (length > 3 && length <= longest + 2) texts.push({ text: text.slice(start + 1, to[node]! - 1), start });
      } else if (kind[node] === Kind.AnnAssign && kind[first[node]!] === Kind.Name) {
        const target = first[node]!;
        texts.push({ text: text.slice(from[target]!, to[target]!), start: from[target]! });
      }
    }
    return texts;
  }

  /** First target and value of a plain assignment. */
  assignment(node: number): { readonly target: number; readonly value: number } | undefined {
    const parts = children(this.tree, node);
    const target = parts[0];
    const value = parts[parts.length - 1];
    return target === undefined || value === undefined || parts.length < 2 ? undefined : { target, value };
  }

  /** Decorators of the function a scope node belongs to, as expressions of the scope around it. */
  decorators(scopeNode: number): readonly Expression[] {
    const kind = this.tree.kind[scopeNode];
    if (kind !== Kind.Def && kind !== Kind.Class) return [];
    const outer = this.scopeNode(scopeNode);
    return decoratorsOf(this.tree, scopeNode).map((node) => this.record(children(this.tree, node)[0]!, outer));
  }

  /** Range of the name of a function or class. */
  nameRange(definition: number): Range {
    const token = definitionNameToken(this.tree, definition);
    return token < 0 ? this.span(definition) : range(this.tree.tokenStart[token]!, this.tree.tokenEnd[token]!);
  }

  /** Names of the parameters of a function or lambda node that are passed by position or keyword, in order. */
  parameterNames(functionNode: number): readonly string[] {
    return parametersOf(this.tree, functionNode)
      .filter(({ kind }) => kind === 'positional' || kind === 'keywordOnly')
      .map(({ name }) => name);
  }

  /** Nodes of functions, or of `try` or `assert` statements, in the order of their ends. O(n). */
  nodesOf(what: 'function' | 'try' | 'assert'): readonly number[] {
    const wanted = what === 'function' ? Kind.Def : what === 'try' ? Kind.Try : Kind.Assert;
    const { count, kind } = this.tree;
    const nodes: number[] = [];
    for (let node = 0; node < count; node++) if (kind[node] === wanted) nodes.push(node);
    return nodes;
  }

  /** Call nodes inside a range, by their start. O(log n + nodes inside): children come before parents, so ends never decrease. */
  callsInside(inside: Range): readonly number[] {
    const { count, kind, from, to } = this.tree;
    const calls: number[] = [];
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (to[middle]! <= inside.start) low = middle + 1;
      else high = middle;
    }
    for (let node = low; node < count && to[node]! <= inside.end; node++) {
      if (kind[node] === Kind.Call && from[node]! >= inside.start) calls.push(node);
    }
    return calls.sort((a, b) => from[a]! - from[b]!);
  }

  /** Calls of something whose last name is this one. O(n) for the first question. */
  callsNamed(name: string): readonly number[] {
    this.#calls ??= this.#callsByName();
    return this.#calls.get(name) ?? [];
  }

  #callsByName(): ReadonlyMap<string, readonly number[]> {
    const { tree } = this;
    const { kind, count, aux, text, tokenStart, tokenEnd } = tree;
    const calls = new Map<string, number[]>();
    for (let node = 0; node < count; node++) {
      if (kind[node] !== Kind.Call) continue;
      const callee = calleeOf(tree, node);
      if (kind[callee] !== Kind.Attr && kind[callee] !== Kind.Name) continue;
      const token = aux[callee]!;
      if (token < 0) continue;
      const name = text.slice(tokenStart[token]!, tokenEnd[token]!);
      const list = calls.get(name);
      if (list === undefined) calls.set(name, [node]);
      else list.push(node);
    }
    return calls;
  }

  /** The class whose body holds a function scope, if it is a method. */
  enclosingClass(scopeNode: number): number | undefined {
    for (let at = scopeNode; at !== this.tree.root; at = this.scopeNode(at)) {
      if (this.tree.kind[at] === Kind.Class) return at;
    }
    return undefined;
  }

  /** Base classes of a class node, as expressions. */
  bases(classNode: number): readonly Expression[] {
    const outer = this.scopeNode(classNode);
    const skip = new Set<number>([Kind.Decorator, Kind.TypeParams, Kind.Block, Kind.Kwarg, Kind.Star, Kind.DoubleStar]);
    return children(this.tree, classNode)
      .filter((node) => !skip.has(this.tree.kind[node]!))
      .map((node) => this.record(node, outer));
  }

  /**
   * What the `return` statements of a function give, in text order; empty for generators and for what is no function.
   * O(nodes of the function) for the first question about it.
   */
  returned(functionNode: number): readonly Expression[] {
    const known = this.#returned.get(functionNode);
    if (known !== undefined) return known;
    const values = this.tree.kind[functionNode] === Kind.Def ? this.#returnValues(functionNode) : [];
    this.#returned.set(functionNode, values);
    return values;
  }

  #returnValues(functionNode: number): readonly Expression[] {
    const { tree } = this;
    const values: Expression[] = [];
    for (let node = tree.first[functionNode]!; node < functionNode; node++) {
      const kind = tree.kind[node];
      if ((kind !== Kind.Return && kind !== Kind.Yield) || this.scopeNode(node) !== functionNode) continue;
      if (kind === Kind.Yield) return [];
      const value = children(tree, node)[0];
      if (value !== undefined) values.push(this.record(value, functionNode));
    }
    return values;
  }

  /** Values assigned to `self.<name>` anywhere in a class. O(nodes of the class) for the first question about it. */
  selfAttribute(classNode: number, name: string): readonly Expression[] {
    let attributes = this.#selfAttributes.get(classNode);
    if (attributes === undefined) {
      attributes = this.#collectSelfAttributes(classNode);
      this.#selfAttributes.set(classNode, attributes);
    }
    return (attributes.get(name) ?? []).map((node) => this.record(node, this.scopeNode(node)));
  }

  /** Value nodes by attribute name. */
  #collectSelfAttributes(classNode: number): ReadonlyMap<string, readonly number[]> {
    const { tree } = this;
    const attributes = new Map<string, number[]>();
    for (let node = tree.first[classNode]!; node < classNode; node++) {
      if (tree.kind[node] !== Kind.Assign && tree.kind[node] !== Kind.AnnAssign) continue;
      const target = this.#selfTarget(tree.first[node]!, node);
      if (target === undefined) continue;
      const parts = children(tree, node);
      if (parts.length === 1 || (tree.kind[node] === Kind.AnnAssign && parts.length === 2)) continue;
      const value = parts[parts.length - 1]!;
      const list = attributes.get(target);
      if (list === undefined) attributes.set(target, [value]);
      else list.push(value);
    }
    return attributes;
  }

  /** Name of the attribute when an assignment's first target is `self.<name>`: its `self` is the first node, the rest follows. */
  #selfTarget(first: number, assignment: number): string | undefined {
    const { tree } = this;
    const attribute = first + 1;
    if (attribute >= assignment || tree.kind[first] !== Kind.Name || tree.kind[attribute] !== Kind.Attr)
      return undefined;
    if (tree.first[attribute] !== first || tree.text.slice(tree.from[first], tree.to[first]) !== 'self')
      return undefined;
    if (this.parents()[attribute] !== assignment) return undefined;
    return tree.text.slice(tree.to[first]! + 1, tree.to[attribute]).trim();
  }
}

const SCOPE_KINDS: ReadonlyMap<number, Scope['kind']> = new Map<number, Scope['kind']>([
  [Kind.Module, 'module'],
  [Kind.Def, 'function'],
  [Kind.Class, 'class'],
  [Kind.Lambda, 'lambda'],
  [Kind.Comp, 'comprehension'],
]);

/** A comprehension runs where it stands; a function body may run at any time later. */
function sameFlow(found: Scope, from: number): boolean {
  return found.index === from || found.kind === 'comprehension';
}

function reaching(bindings: readonly Binding[], offset: number): readonly Binding[] {
  const result: Binding[] = [];
  for (let i = bindings.length - 1; i >= 0; i--) {
    const binding = bindings[i]!;
    if (binding.from > offset) continue;
    result.push(binding);
    if (binding.block.start <= offset && offset <= binding.block.end) break;
  }
  return result.length > 0 ? result : bindings;
}
