import type { Range } from '../../base/range.js';

/**
 * Node kinds of the Python tree. Every kind with its children, in source order, and the meaning of `aux`
 * (`-` = no meaning, the value is −1; "token" = index into the token arrays; `[x]` optional, `x*` any number, `x+` at least one).
 * "expr" is any expression kind; a missing expression is an empty `Error`, so positions stay stable in broken code.
 *
 * | kind | children | aux |
 * |---|---|---|
 * | Module | statement* | - |
 * | Error | anything that could still be read (often nothing) | - |
 * | Name, Num, Const (`None` `True` `False`), Ellipsis | | token |
 * | Str | (implicit concatenation included) | first token |
 * | FStr | Field* (f- and t-strings; also when mixed with plain literals) | first token |
 * | Field | expr, then Field* of its format spec; range includes the braces | `{` token |
 * | Attr | expr | name token, −1 when missing |
 * | Call | callee, then (expr, Kwarg, Star, DoubleStar, Comp)* | callee node |
 * | Kwarg | value | name token |
 * | Star, DoubleStar | expr | - |
 * | Subscript | value, then (expr, Slice, Star)* | 1 when the index is a bare tuple (`a[1, 2]`, `a[1,]`, `a[*b]`), else 0 |
 * | Slice | [lower] [upper] [step] | bits: 1 lower, 2 upper, 4 step present |
 * | Bin | left, right | operator token |
 * | Unary (`-` `+` `~`), Not | operand | operator token |
 * | Compare | operand, operand+ | first operator token |
 * | Bool | operand, operand+ (one operator per node) | first operator token |
 * | Ternary | value, condition, otherwise | - |
 * | Lambda | Params, body | `lambda` token |
 * | Walrus | target, value | - |
 * | Await | expr | - |
 * | Yield | [expr] | 1 for `yield from`, else 0 |
 * | Tuple | (expr, Star)* | 1 when in parentheses, else 0 |
 * | List, Set | (expr, Star)* | - |
 * | Dict | (Entry, DoubleStar)* | - |
 * | Entry | key, value | - |
 * | Comp | element (Entry in a dict comprehension), CompFor+ | 0 generator, 1 list, 2 set, 3 dict |
 * | CompFor | target, iterable, condition* | 1 for `async for`, else 0 |
 * | Group | expr (one parenthesised expression) | - |
 * | Params | Param* | - |
 * | Param | [annotation] [default]; also the bare `*` and `/` | first token (`*`, `**`, `/` or the name) |
 * | TypeParams | Param* (annotation = bound) | - |
 * | Expr | expr | - |
 * | Assign | target, target*, value | - |
 * | AnnAssign | target, annotation, [value] | - |
 * | AugAssign | target, value | operator token |
 * | Import, ImportFrom | Alias* | `import` / `from` token |
 * | Alias | | first token |
 * | Return | [expr] | - |
 * | Del | target+ | - |
 * | Raise | [exception, [cause]] | - |
 * | Assert | condition, [message] | - |
 * | Pass, Break, Continue | | - |
 * | Global (also `nonlocal`) | | keyword token |
 * | If | condition, Block, (condition, Block)* for each `elif`, [Block] for `else` | - |
 * | For | target, iterable, Block, [Block] for `else` | first token (`async` or `for`) |
 * | While | condition, Block, [Block] for `else` | - |
 * | Try | Block, Except*, [Block] for `else`, [Block] for `finally` | bits: 1 else, 2 finally, 4 `except*` |
 * | Except | [type], Block | token of the name after `as`, −1 when absent |
 * | With | WithItem+, Block | first token (`async` or `with`) |
 * | WithItem | context, [target] | - |
 * | Def | Decorator*, [TypeParams], Params, [returns], Block | `def` token; the name is the next token |
 * | Class | Decorator*, [TypeParams], arguments as in Call, Block | `class` token; the name is the next token |
 * | Decorator | expr | - |
 * | Block | statement* | - |
 * | Match | subject, Case* | `match` token |
 * | Case | pattern, [guard], Block | `case` token |
 * | TypeAlias | Name, [TypeParams], value | `type` token |
 * | PatternValue | expr (literal or dotted name) | - |
 * | PatternCapture | (`_` included) | name token |
 * | PatternStar | (`*rest`, also `*_`) | name token, −1 when missing |
 * | PatternSequence | pattern* | - |
 * | PatternMapping | PatternEntry*, PatternRest* | - |
 * | PatternEntry | key expr, pattern | - |
 * | PatternRest | (`**rest`) | name token, −1 when missing |
 * | PatternClass | class expr, (pattern, PatternKeyword)* | class node |
 * | PatternKeyword | pattern | name token |
 * | PatternOr | pattern, pattern+ | - |
 * | PatternAs | pattern | name token, −1 when missing |
 * | PatternGroup | pattern (in parentheses) | - |
 */
export const Kind = {
  Module: 1,
  Error: 2,
  Name: 3,
  Num: 4,
  Str: 5,
  FStr: 6,
  Const: 7,
  Ellipsis: 8,
  Attr: 9,
  Call: 10,
  Kwarg: 11,
  Star: 12,
  DoubleStar: 13,
  Subscript: 14,
  Slice: 15,
  Bin: 16,
  Unary: 17,
  Compare: 18,
  Bool: 19,
  Not: 20,
  Ternary: 21,
  Lambda: 22,
  Walrus: 23,
  Await: 24,
  Yield: 25,
  Tuple: 26,
  List: 27,
  Set: 28,
  Dict: 29,
  Comp: 30,
  CompFor: 31,
  Params: 32,
  Param: 33,
  Expr: 34,
  Assign: 35,
  AnnAssign: 36,
  AugAssign: 37,
  Import: 38,
  ImportFrom: 39,
  Alias: 40,
  Return: 41,
  Raise: 42,
  Assert: 43,
  Del: 44,
  Pass: 45,
  Break: 46,
  Continue: 47,
  Global: 48,
  If: 49,
  For: 50,
  While: 51,
  Try: 52,
  Except: 53,
  With: 54,
  WithItem: 55,
  Def: 56,
  Class: 57,
  Decorator: 58,
  Block: 59,
  Match: 60,
  Case: 61,
  TypeAlias: 62,
  TypeParams: 63,
  Group: 64,
  Entry: 65,
  Field: 66,
  PatternValue: 67,
  PatternCapture: 68,
  PatternStar: 69,
  PatternSequence: 70,
  PatternMapping: 71,
  PatternEntry: 72,
  PatternRest: 73,
  PatternClass: 74,
  PatternKeyword: 75,
  PatternOr: 76,
  PatternAs: 77,
  PatternGroup: 78,
} as const;

export type NodeKind = (typeof Kind)[keyof typeof Kind];

/** A place where the text is not valid Python, with a short English reason. */
export interface SyntaxProblem {
  readonly range: Range;
  readonly message: string;
}

/** At most this many problems are recorded per text. */
export const MAX_PROBLEMS = 100;

/**
 * A parsed module in flat arrays, in post-order: node `i` covers the nodes `first[i]`…`i`, its children lie directly before it.
 * The last child of `i` is `i - 1` (when `first[i] < i`), the sibling before child `c` is `first[c] - 1`, the root is the last node.
 * Arrays may be longer than `count`, `tokenCount` and `commentCount`; what lies behind is undefined.
 *
 * Ranges are UTF-16 offsets, half-open. A child's range lies inside its parent's. Statements end before their line break,
 * compound statements where their last statement ends. A decorated `Def` or `Class` starts at its first `@`;
 * its keyword is the token `aux`.
 *
 * Nesting that recursion produces is bounded (see `TreeBuilder.maximumDepth`), but left-associative chains (`a + b + c…`,
 * `a.b().c()…`) nest to the left without bound: walk them in a loop, or iterate over the arrays.
 */
export interface PythonTree {
  readonly text: string;
  readonly count: number;
  readonly root: number;
  readonly kind: Uint8Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly first: Int32Array;
  readonly aux: Int32Array;
  readonly tokenCount: number;
  /** Values of `Token`. */
  readonly tokenKind: Uint8Array;
  readonly tokenStart: Int32Array;
  readonly tokenEnd: Int32Array;
  readonly commentCount: number;
  /** Comments from `#` up to, not including, the line break. */
  readonly commentStart: Int32Array;
  readonly commentEnd: Int32Array;
  /** By position; empty exactly when nothing in the text had to be repaired. At most `MAX_PROBLEMS`. */
  readonly errors: readonly SyntaxProblem[];
}
