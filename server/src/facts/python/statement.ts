import type { Range } from '../../base/range.js';
import { children, className, functionName, parametersOf } from '../../syntax/python/accessors.js';
import { Kind } from '../../syntax/python/tree.js';
import type { Expression } from './expression.js';
import type { PythonModule } from './module.js';

/** A Python statement as a plain record. Bodies are lists of statements; `scope` is the index of the scope of a body. */
export type Statement =
  | ExpressionStatement
  | AssignStatement
  | ReturnStatement
  | IfStatement
  | ForStatement
  | WhileStatement
  | WithStatement
  | TryStatement
  | FunctionStatement
  | ClassStatement
  | DeleteStatement
  | RaiseStatement
  | AssertStatement
  | MatchStatement
  | OtherStatement;

interface Node {
  readonly range: Range;
}
export interface ExpressionStatement extends Node {
  readonly kind: 'expression';
  readonly value: Expression;
}
/** `a = b = value`, `a: T = value`, `a += value`. */
export interface AssignStatement extends Node {
  readonly kind: 'assign';
  readonly targets: readonly Expression[];
  /** Undefined for a bare annotation. */
  readonly value: Expression | undefined;
  readonly annotation: Expression | undefined;
  readonly augmented: boolean;
}
export interface ReturnStatement extends Node {
  readonly kind: 'return';
  readonly value: Expression | undefined;
}
/** `if`, every `elif`, and `else` as the branch without a condition, in source order. */
export interface IfStatement extends Node {
  readonly kind: 'if';
  readonly branches: readonly { readonly condition: Expression | undefined; readonly body: readonly Statement[] }[];
}
export interface ForStatement extends Node {
  readonly kind: 'for';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface WhileStatement extends Node {
  readonly kind: 'while';
  readonly condition: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface WithStatement extends Node {
  readonly kind: 'with';
  readonly items: readonly { readonly context: Expression; readonly target: Expression | undefined }[];
  readonly body: readonly Statement[];
}
export interface TryStatement extends Node {
  readonly kind: 'try';
  readonly body: readonly Statement[];
  readonly handlers: readonly { readonly type: Expression | undefined; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
  readonly finally: readonly Statement[];
}
export interface Parameter {
  /** Without stars. */
  readonly name: string;
  readonly range: Range;
  readonly kind: 'positional' | 'keywordOnly' | 'variadic';
  readonly default: Expression | undefined;
  readonly annotation: Expression | undefined;
}
export interface FunctionStatement extends Node {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly decorators: readonly Expression[];
  readonly scope: number;
  readonly body: readonly Statement[];
}
export interface ClassStatement extends Node {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Expression[];
  readonly decorators: readonly Expression[];
  readonly scope: number;
  readonly body: readonly Statement[];
}
export interface DeleteStatement extends Node {
  readonly kind: 'delete';
  readonly targets: readonly Expression[];
}
export interface RaiseStatement extends Node {
  readonly kind: 'raise';
  readonly value: Expression | undefined;
}
export interface AssertStatement extends Node {
  readonly kind: 'assert';
  readonly condition: Expression;
  readonly message: Expression | undefined;
}
export interface MatchStatement extends Node {
  readonly kind: 'match';
  readonly subject: Expression;
  readonly cases: readonly { readonly body: readonly Statement[] }[];
}
/** Imports, `pass`, `break`, `continue`, `global`, type aliases and what could not be read; `word` is the first word. */
export interface OtherStatement extends Node {
  readonly kind: 'other';
  readonly word: string;
}

/**
 * All statements of a module with their bodies; those of functions are read when they are first asked for. Valid as long as
 * the tree is. Linear in the size of the tree.
 */
export function statementsOf(module: PythonModule): readonly Statement[] {
  return new StatementReader(module).block(module.root, module.root);
}

/** Record of one statement node. */
export function statementAt(module: PythonModule, node: number): Statement {
  return new StatementReader(module).statement(node, module.scopeNode(node));
}

class StatementReader {
  readonly #module: PythonModule;

  constructor(module: PythonModule) {
    this.#module = module;
  }

  block(node: number | undefined, scope: number): Statement[] {
    if (node === undefined) return [];
    return children(this.#module.tree, node).map((child) => this.statement(child, scope));
  }

  #expression(node: number | undefined, scope: number): Expression | undefined {
    return node === undefined ? undefined : this.#module.record(node, scope);
  }

  statement(node: number, scope: number): Statement {
    const { tree } = this.#module;
    const range = this.#module.span(node);
    const parts = children(tree, node);
    const record = (part: number | undefined): Expression | undefined => this.#expression(part, scope);
    const [first, second] = parts;
    switch (tree.kind[node]) {
      case Kind.Expr:
        return { kind: 'expression', value: record(first)!, range };
      case Kind.Return:
        return { kind: 'return', value: record(first), range };
      case Kind.Raise:
        return { kind: 'raise', value: record(first), range };
      case Kind.Assert:
        return { kind: 'assert', condition: record(first)!, message: record(second), range };
      case Kind.Del: {
        const listed = first !== undefined && tree.kind[first] === Kind.Tuple ? children(tree, first) : parts;
        return { kind: 'delete', targets: listed.map((part) => record(part)!), range };
      }
      case Kind.Assign:
      case Kind.AnnAssign:
      case Kind.AugAssign:
        return this.#assignment(node, parts, scope);
      case Kind.Match:
        return {
          kind: 'match',
          subject: record(first)!,
          cases: parts.slice(1).map((part) => ({ body: this.block(this.#lastBlock(part), scope) })),
          range,
        };
    }
    return this.#compound(node, parts, scope);
  }

  #assignment(node: number, parts: readonly number[], scope: number): Statement {
    const kind = this.#module.tree.kind[node];
    const range = this.#module.span(node);
    const records = parts.map((part) => this.#module.record(part, scope));
    if (kind === Kind.AnnAssign) {
      const [target, annotation, value] = records;
      return { kind: 'assign', targets: [target!], annotation, value, augmented: false, range };
    }
    const value = records[records.length - 1];
    return {
      kind: 'assign',
      targets: records.slice(0, -1),
      value,
      annotation: undefined,
      augmented: kind === Kind.AugAssign,
      range,
    };
  }

  #compound(node: number, parts: readonly number[], scope: number): Statement {
    const { tree } = this.#module;
    const range = this.#module.span(node);
    const blocks = parts.filter((part) => tree.kind[part] === Kind.Block);
    const body = (index: number): Statement[] => this.block(blocks[index], scope);
    const record = (part: number): Expression => this.#module.record(part, scope);
    switch (tree.kind[node]) {
      case Kind.If:
        return { kind: 'if', branches: this.#branches(parts, scope), range };
      case Kind.While:
        return { kind: 'while', condition: record(parts[0]!), body: body(0), otherwise: body(1), range };
      case Kind.For: {
        const [target, iterable] = [record(parts[0]!), record(parts[1]!)];
        return { kind: 'for', target, iterable, body: body(0), otherwise: body(1), range };
      }
      case Kind.With: {
        const items = parts.filter((part) => tree.kind[part] === Kind.WithItem).map((part) => children(tree, part));
        return {
          kind: 'with',
          items: items.map(([context, target]) => ({
            context: record(context!),
            target: this.#expression(target, scope),
          })),
          body: body(0),
          range,
        };
      }
      case Kind.Try:
        return this.#try(node, parts, scope);
      case Kind.Def:
        return this.#function(node, scope);
      case Kind.Class:
        return {
          kind: 'class',
          name: className(tree, node),
          bases: this.#module.bases(node),
          decorators: this.#module.decorators(node),
          scope: node,
          body: this.block(this.#lastBlock(node), node),
          range,
        };
    }
    const word = /^[a-z]*/.exec(tree.text.slice(range.start, range.start + 12))![0];
    return { kind: 'other', word, range };
  }

  #branches(parts: readonly number[], scope: number): IfStatement['branches'] {
    const branches: { condition: Expression | undefined; body: Statement[] }[] = [];
    let condition: Expression | undefined;
    for (const part of parts) {
      if (this.#module.tree.kind[part] !== Kind.Block) condition = this.#module.record(part, scope);
      else {
        branches.push({ condition, body: this.block(part, scope) });
        condition = undefined;
      }
    }
    return branches;
  }

  #try(node: number, parts: readonly number[], scope: number): TryStatement {
    const { tree } = this.#module;
    const blocks = parts.filter((part) => tree.kind[part] === Kind.Block);
    const bits = tree.aux[node]!;
    const handlers = parts
      .filter((part) => tree.kind[part] === Kind.Except)
      .map((part) => {
        const type = children(tree, part)[0];
        const typed = type !== undefined && tree.kind[type] !== Kind.Block;
        return {
          type: typed ? this.#module.record(type, scope) : undefined,
          body: this.block(this.#lastBlock(part), scope),
        };
      });
    return {
      kind: 'try',
      body: this.block(blocks[0], scope),
      handlers,
      otherwise: this.block((bits & 1) !== 0 ? blocks[1] : undefined, scope),
      finally: this.block((bits & 2) !== 0 ? blocks[blocks.length - 1] : undefined, scope),
      range: this.#module.span(node),
    };
  }

  #function(node: number, scope: number): FunctionStatement {
    const { tree } = this.#module;
    const parameters = parametersOf(tree, node)
      .filter((parameter) => parameter.name !== '')
      .map((parameter): Parameter => {
        const plain = parameter.kind === 'positional' || parameter.kind === 'keywordOnly';
        return {
          name: parameter.name,
          range: parameter.nameRange,
          kind: plain ? (parameter.kind as 'positional' | 'keywordOnly') : 'variadic',
          default: this.#expression(parameter.default, scope),
          annotation: this.#expression(parameter.annotation, scope),
        };
      });
    const lazy = new Lazy(() => this.block(this.#lastBlock(node), node));
    return {
      kind: 'function',
      name: functionName(tree, node),
      parameters,
      decorators: this.#module.decorators(node),
      scope: node,
      get body() {
        return lazy.value;
      },
      range: this.#module.span(node),
    };
  }

  /** The body: the last block among the children. */
  #lastBlock(node: number): number | undefined {
    return children(this.#module.tree, node).findLast((part) => this.#module.tree.kind[part] === Kind.Block);
  }
}

/** A list that is made when it is first asked for. */
class Lazy {
  #make: (() => readonly Statement[]) | undefined;
  #value: readonly Statement[] = [];

  constructor(make: () => readonly Statement[]) {
    this.#make = make;
  }

  get value(): readonly Statement[] {
    if (this.#make !== undefined) {
      this.#value = this.#make();
      this.#make = undefined;
    }
    return this.#value;
  }
}
