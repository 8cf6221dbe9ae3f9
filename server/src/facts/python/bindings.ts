import { type Range, range } from '../../base/range.js';
import {
  assignmentParts,
  bodyOf,
  children,
  className,
  comprehensionParts,
  exceptParts,
  forParts,
  functionName,
  type ImportedNames,
  nodeText,
  parametersOf,
  withItems,
} from '../../syntax/python/accessors.js';
import { Kind, type PythonTree } from '../../syntax/python/tree.js';
import type { Expression } from './expression.js';
import type { Binding, BindingKind } from './scope.js';

/** What a binding is made of, as nodes. */
interface BoundNodes {
  readonly target?: string;
  readonly value?: number | undefined;
  readonly element?: number;
  readonly annotation?: number | undefined;
  readonly body?: number;
}

/** Most bindings are never asked for their value, so records are made when they are. */
class LazyBinding implements Binding {
  readonly #nodes: BoundNodes;
  readonly #record: (node: number) => Expression;

  constructor(
    readonly kind: BindingKind,
    readonly name: string,
    readonly range: Range,
    readonly from: number,
    readonly block: Range,
    nodes: BoundNodes,
    record: (node: number) => Expression,
  ) {
    this.#nodes = nodes;
    this.#record = record;
  }

  get target(): string | undefined {
    return this.#nodes.target;
  }

  get element(): number | undefined {
    return this.#nodes.element;
  }

  get body(): number | undefined {
    return this.#nodes.body;
  }

  get value(): Expression | undefined {
    return this.#nodes.value === undefined ? undefined : this.#record(this.#nodes.value);
  }

  get annotation(): Expression | undefined {
    return this.#nodes.annotation === undefined ? undefined : this.#record(this.#nodes.annotation);
  }
}

/** Collects what the names of one scope stand for, in text order. Linear in the statements of the scope. */
export class BindingCollector {
  readonly bindings = new Map<string, Binding[]>();
  readonly #tree: PythonTree;
  readonly #scope: number;
  readonly #record: (node: number) => Expression;
  readonly #imported: (statement: number) => ImportedNames;

  /**
   * `scope` is the scope's node; `record` makes expression records that see the names of this scope; `imported` tells what
   * an import statement imports.
   */
  constructor(
    tree: PythonTree,
    scope: number,
    record: (node: number) => Expression,
    imported: (statement: number) => ImportedNames,
  ) {
    this.#tree = tree;
    this.#imported = imported;
    this.#scope = scope;
    this.#record = record;
    const kind = tree.kind[scope];
    if (kind === Kind.Comp) this.#comprehension();
    else if (kind === Kind.Lambda) this.#parameters(this.#spanOf(scope));
    else {
      const body = kind === Kind.Module ? scope : bodyOf(tree, scope);
      if (kind === Kind.Def) this.#parameters(this.#spanOf(scope));
      if (body !== undefined) this.#statements(body, this.#spanOf(body));
    }
  }

  #spanOf(node: number): Range {
    return range(this.#tree.from[node]!, this.#tree.to[node]!);
  }

  #add(kind: BindingKind, node: number, block: Range, from: number, more: BoundNodes = {}): void {
    this.#bind(kind, nodeText(this.#tree, node), this.#spanOf(node), block, from, more);
  }

  #bind(kind: BindingKind, name: string, at: Range, block: Range, from: number, more: BoundNodes = {}): void {
    const binding = new LazyBinding(kind, name, at, from, block, more, this.#record);
    const list = this.bindings.get(name);
    if (list === undefined) this.bindings.set(name, [binding]);
    else list.push(binding);
  }

  #parameters(block: Range): void {
    for (const parameter of parametersOf(this.#tree, this.#scope)) {
      if (parameter.name === '') continue;
      const plain = parameter.kind === 'positional' || parameter.kind === 'keywordOnly';
      this.#bind(plain ? 'parameter' : 'opaque', parameter.name, parameter.nameRange, block, parameter.nameRange.end, {
        value: parameter.default,
        annotation: parameter.annotation,
        body: this.#scope,
      });
    }
  }

  #comprehension(): void {
    const block = this.#spanOf(this.#scope);
    for (const clause of comprehensionParts(this.#tree, this.#scope).clauses) {
      this.#target(clause.target, 'iteration', clause.iterable, block, block.start);
    }
  }

  #statements(parent: number, block: Range): void {
    for (const node of children(this.#tree, parent)) this.#statement(node, block);
  }

  #blocks(node: number, block: Range): void {
    for (const part of children(this.#tree, node)) {
      const kind = this.#tree.kind[part];
      if (kind === Kind.Block) this.#statements(part, this.#spanOf(part));
      else if (kind === Kind.Except || kind === Kind.Case) this.#statement(part, block);
    }
  }

  #statement(node: number, block: Range): void {
    const tree = this.#tree;
    switch (tree.kind[node]) {
      case Kind.Import:
      case Kind.ImportFrom:
        return this.#import(node, block);
      case Kind.Assign:
      case Kind.AnnAssign:
      case Kind.AugAssign:
        return this.#assignment(node, block);
      case Kind.For: {
        const parts = forParts(tree, node);
        this.#target(parts.target, 'iteration', parts.iterable, block, tree.to[parts.iterable]!);
        return this.#blocks(node, block);
      }
      case Kind.With:
        for (const item of withItems(tree, node)) {
          if (item.target === undefined) continue;
          this.#target(item.target, 'context', item.context, block, tree.to[item.target]!);
        }
        for (const part of children(tree, node)) if (tree.kind[part] === Kind.Block) this.#statements(part, block);
        return;
      case Kind.Def:
        return this.#definition('function', node, functionName(tree, node), block);
      case Kind.Class:
        return this.#definition('class', node, className(tree, node), block);
      case Kind.Except: {
        const parts = exceptParts(tree, node);
        const name = parts.name;
        if (name !== undefined) this.#bind('exception', name, this.#spanOf(node), block, tree.from[node]!);
        return this.#blocks(node, block);
      }
      case Kind.Expr:
      case Kind.Return:
        return this.#walrus(node, block);
      case Kind.If:
      case Kind.While:
        this.#walrus(node, block);
        return this.#blocks(node, block);
      case Kind.Try:
      case Kind.Match:
      case Kind.Case:
      case Kind.Error:
        return this.#blocks(node, block);
    }
  }

  #definition(kind: 'function' | 'class', node: number, name: string, block: Range): void {
    const token = this.#tree.aux[node]! + 1;
    const at = range(this.#tree.tokenStart[token] ?? 0, this.#tree.tokenEnd[token] ?? 0);
    this.#bind(kind, name, at, block, at.end, { body: node });
  }

  #import(node: number, block: Range): void {
    const imported = this.#imported(node);
    const end = this.#tree.to[node]!;
    for (const entry of imported.names) {
      if (this.#tree.kind[node] === Kind.Import) {
        const first = entry.name.split('.')[0]!;
        const bound = entry.asName ?? first;
        this.#bind('import', bound, entry.range, block, end, {
          target: entry.asName === undefined ? first : entry.name,
        });
      } else {
        const base = '.'.repeat(imported.level) + imported.module;
        const target = base === '' || base.endsWith('.') ? base + entry.name : `${base}.${entry.name}`;
        this.#bind('import', entry.asName ?? entry.name, entry.range, block, end, { target });
      }
    }
    if (imported.star)
      this.#bind('import', '*', this.#spanOf(node), block, end, {
        target: '.'.repeat(imported.level) + imported.module,
      });
  }

  #assignment(node: number, block: Range): void {
    const tree = this.#tree;
    const parts = assignmentParts(tree, node);
    const end = tree.to[node]!;
    if (parts.value !== undefined) this.#walrusIn(parts.value, block, end);
    if (tree.kind[node] === Kind.AugAssign) {
      for (const target of parts.targets) if (tree.kind[target] === Kind.Name) this.#add('opaque', target, block, end);
      return;
    }
    const { annotation, value } = parts;
    for (const target of parts.targets) {
      if (tree.kind[target] === Kind.Name) this.#add('value', target, block, end, { value, annotation });
      else if (value !== undefined) this.#target(target, 'value', value, block, end);
    }
  }

  /** Binds the names of a target pattern; attributes and subscripts bind no name. */
  #target(node: number, kind: 'value' | 'iteration' | 'context', value: number, block: Range, from: number): void {
    switch (this.#tree.kind[node]) {
      case Kind.Name:
        return this.#add(kind, node, block, from, { value });
      case Kind.Group:
        return this.#target(children(this.#tree, node)[0]!, kind, value, block, from);
      case Kind.Star:
      case Kind.Tuple:
      case Kind.List:
        children(this.#tree, node).forEach((part, element) => {
          if (this.#tree.kind[part] === Kind.Name) {
            this.#add(kind === 'value' ? 'element' : 'opaque', part, block, from, { value, element });
          } else this.#target(part, kind, value, block, from);
        });
    }
  }

  #walrus(node: number, block: Range): void {
    for (const part of children(this.#tree, node)) {
      if (this.#tree.kind[part] !== Kind.Block) this.#walrusIn(part, block, this.#tree.to[part]!);
    }
  }

  /** `:=` binds in the scope around the expression. Scans the node's descendants: they lie directly before it. */
  #walrusIn(node: number, block: Range, from: number): void {
    const tree = this.#tree;
    for (let i = tree.first[node]!; i <= node; i++) {
      if (tree.kind[i] !== Kind.Walrus) continue;
      const [target, value] = children(tree, i);
      if (target === undefined || value === undefined || tree.kind[target] !== Kind.Name) continue;
      this.#add('value', target, block, from, { value });
    }
  }
}
