import type { Range } from '../../base/range.js';

/** A Python expression as a plain record. `scope` is the index of the scope whose names it sees. */
export type Expression =
  | NameExpression
  | AttributeExpression
  | CallExpression
  | StringExpression
  | FormattedStringExpression
  | NumberExpression
  | ConstantExpression
  | CollectionExpression
  | DictExpression
  | SubscriptExpression
  | OperationExpression
  | ConditionalExpression
  | LambdaExpression
  | ComprehensionExpression
  | WrappedExpression
  | OtherExpression;

interface Node {
  readonly range: Range;
}
export interface NameExpression extends Node {
  readonly kind: 'name';
  readonly name: string;
  readonly scope: number;
}
export interface AttributeExpression extends Node {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
  readonly nameRange: Range;
}
export interface CallExpression extends Node {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  /** Parentheses included. */
  readonly argumentsRange: Range;
}
export interface StringExpression extends Node {
  readonly kind: 'string';
  readonly value: string;
  readonly bytes: boolean;
}
export interface FormattedStringExpression extends Node {
  readonly kind: 'formatted';
  readonly parts: readonly (string | Expression)[];
}
export interface NumberExpression extends Node {
  readonly kind: 'number';
  readonly value: number;
}
export interface ConstantExpression extends Node {
  readonly kind: 'constant';
  readonly value: true | false | null | '...';
}
export interface CollectionExpression extends Node {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly items: readonly Expression[];
}
export interface DictExpression extends Node {
  readonly kind: 'dict';
  /** `key` is undefined for `**other`. */
  readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[];
}
export interface SubscriptExpression extends Node {
  readonly kind: 'subscript';
  readonly object: Expression;
  /** Several for `x[a, b]`; slices appear as `other` with their parts as `operands`. */
  readonly index: readonly Expression[];
}
/** Binary, comparison, boolean, unary: the operator of a chain is the first one. */
export interface OperationExpression extends Node {
  readonly kind: 'operation';
  readonly operator: string;
  readonly operands: readonly Expression[];
}
export interface ConditionalExpression extends Node {
  readonly kind: 'conditional';
  readonly then: Expression;
  readonly condition: Expression;
  readonly otherwise: Expression;
}
export interface LambdaExpression extends Node {
  readonly kind: 'lambda';
  readonly parameters: readonly string[];
  readonly body: Expression;
}
export interface ComprehensionExpression extends Node {
  readonly kind: 'comprehension';
  readonly element: readonly Expression[];
  readonly clauses: readonly {
    readonly target: Expression;
    readonly iterable: Expression;
    readonly conditions: readonly Expression[];
  }[];
}
/** `await x`, `*x`, `**x`, `(x := y)`, `yield x`: the value inside is what matters. */
export interface WrappedExpression extends Node {
  readonly kind: 'await' | 'star' | 'walrus' | 'yield';
  readonly inner: Expression;
  /** Walrus only. */
  readonly target?: Expression;
}
/** Syntax errors, slices and what nothing asks for. */
export interface OtherExpression extends Node {
  readonly kind: 'other';
  readonly operands: readonly Expression[];
}

/** One argument of a call as written. */
export interface Argument {
  /** Keyword name; undefined for positional arguments. */
  readonly name: string | undefined;
  readonly nameRange: Range | undefined;
  /** 0-based among the positional ones before any `*`; undefined for keywords and after `*args`. */
  readonly position: number | undefined;
  /** `*x` or `**x`: the names and number of what it passes are unknown. */
  readonly unpacked: boolean;
  readonly value: Expression;
  /** Name and value. */
  readonly range: Range;
}

/** Operators whose results are booleans, as `OperationExpression` names them. */
export const COMPARISON_OPERATORS: ReadonlySet<string> = new Set('==|!=|<|>|<=|>=|in|not in|is|is not|not'.split('|'));

/** The argument passed for a parameter by keyword or by position; undefined when it is not passed by name or place. */
export function argumentOf(
  call: { readonly arguments: readonly Argument[] },
  name: string | undefined,
  position?: number,
): Argument | undefined {
  for (const argument of call.arguments) {
    if (name !== undefined && argument.name === name) return argument;
    if (position !== undefined && argument.position === position) return argument;
  }
  return undefined;
}

/** True when `*args` or `**kwargs` may pass parameters that are not visible. */
export function passesUnknown(call: { readonly arguments: readonly Argument[] }): boolean {
  return call.arguments.some((argument) => argument.unpacked);
}
