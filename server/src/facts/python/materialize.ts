import { type Range, range } from '../../base/range.js';
import {
  attributeName,
  calleeOf,
  children,
  comprehensionParts,
  dictEntries,
  fstringParts,
  isBytes,
  keywordName,
  nodeText,
  operatorText,
  parametersOf,
  stringValue,
  subscriptParts,
} from '../../syntax/python/accessors.js';
import { Kind, type PythonTree } from '../../syntax/python/tree.js';
import type { Argument, Expression } from './expression.js';

/** Expressions nested deeper than this become `other`: nothing asks for more. */
const MAX_DEPTH = 48;

/** Makes a record of an expression node. Linear in the size of the node up to the depth limit. */
export function materialize(tree: PythonTree, node: number, scope: number, depth = 0): Expression {
  const range = { start: tree.from[node]!, end: tree.to[node]! };
  if (depth > MAX_DEPTH) return { kind: 'other', operands: [], range };
  const context: Making = {
    tree,
    node,
    scope,
    depth,
    range,
    make: (child) => materialize(tree, child, scope, depth + 1),
  };
  const record = MAKERS.get(tree.kind[node]!)?.(context);
  return record ?? { kind: 'other', operands: children(tree, node).map(context.make), range };
}

/** One node on its way to become a record. */
interface Making {
  readonly tree: PythonTree;
  readonly node: number;
  readonly scope: number;
  readonly depth: number;
  readonly range: Range;
  readonly make: (child: number) => Expression;
}

/** What makes a record of a node; undefined when a part is missing, as in half-typed code. */
type Maker = (making: Making) => Expression | undefined;

const collection =
  (kind: 'list' | 'tuple' | 'set'): Maker =>
  ({ tree, node, range, make }) => ({ kind, items: children(tree, node).map(make), range });

const wrapped =
  (kind: 'await' | 'star' | 'yield'): Maker =>
  ({ tree, node, range, make }) => {
    const inner = children(tree, node)[0];
    return inner === undefined ? undefined : { kind, inner: make(inner), range };
  };

const operation: Maker = ({ tree, node, range, make }) => ({
  kind: 'operation',
  operator: tree.kind[node] === Kind.Not ? 'not' : operatorText(tree, node),
  operands: children(tree, node).map(make),
  range,
});

const constant: Maker = ({ tree, node, range }) => {
  const word = nodeText(tree, node);
  return { kind: 'constant', value: word === 'None' ? null : word === 'True', range };
};

const formatted: Maker = ({ tree, node, range, make }) => ({
  kind: 'formatted',
  parts: fstringParts(tree, node).map((part) => ('node' in part ? make(part.node) : part.text)),
  range,
});

const dict: Maker = ({ tree, node, range, make }) => ({
  kind: 'dict',
  entries: dictEntries(tree, node).map(({ key, value }) => ({
    key: key === undefined ? undefined : make(key),
    value: make(value),
  })),
  range,
});

const subscript: Maker = ({ tree, node, range, make }) => {
  const parts = subscriptParts(tree, node);
  return { kind: 'subscript', object: make(parts.value), index: parts.index.map(make), range };
};

const conditional: Maker = ({ tree, node, range, make }) => {
  const [then, condition, otherwise] = children(tree, node);
  if (then === undefined || condition === undefined || otherwise === undefined) return undefined;
  return { kind: 'conditional', then: make(then), condition: make(condition), otherwise: make(otherwise), range };
};

const walrus: Maker = ({ tree, node, range, make }) => {
  const [target, inner] = children(tree, node);
  if (target === undefined || inner === undefined) return undefined;
  return { kind: 'walrus', target: make(target), inner: make(inner), range };
};

const MAKERS: ReadonlyMap<number, Maker> = new Map<number, Maker>([
  [Kind.Name, ({ tree, node, scope, range }) => ({ kind: 'name', name: nodeText(tree, node), scope, range })],
  [Kind.Attr, ({ tree, node, range, make }) => attribute(tree, node, make(children(tree, node)[0]!), range)],
  [Kind.Call, ({ tree, node, scope, depth }) => callRecord(tree, node, scope, depth)],
  [
    Kind.Str,
    ({ tree, node, range }) => ({
      kind: 'string',
      value: stringValue(tree, node) ?? '',
      bytes: isBytes(tree, node),
      range,
    }),
  ],
  [Kind.FStr, formatted],
  [Kind.Num, ({ tree, node, range }) => ({ kind: 'number', value: numberOf(nodeText(tree, node)), range })],
  [Kind.Const, constant],
  [Kind.Ellipsis, ({ range }) => ({ kind: 'constant', value: '...', range })],
  [Kind.Tuple, collection('tuple')],
  [Kind.List, collection('list')],
  [Kind.Set, collection('set')],
  // Parentheses mean nothing; the record keeps the inner range.
  [Kind.Group, ({ tree, node, make }) => make(children(tree, node)[0]!)],
  [Kind.Dict, dict],
  [Kind.Subscript, subscript],
  [Kind.Bin, operation],
  [Kind.Compare, operation],
  [Kind.Bool, operation],
  [Kind.Unary, operation],
  [Kind.Not, operation],
  [Kind.Ternary, conditional],
  [Kind.Await, wrapped('await')],
  [Kind.Star, wrapped('star')],
  [Kind.DoubleStar, wrapped('star')],
  [Kind.Yield, wrapped('yield')],
  [Kind.Walrus, walrus],
  [Kind.Lambda, ({ tree, node, depth, range }) => lambdaRecord(tree, node, depth, range)],
  [Kind.Comp, ({ tree, node, depth, range }) => comprehensionRecord(tree, node, depth, range)],
]);

function attribute(tree: PythonTree, node: number, object: Expression, at: { start: number; end: number }): Expression {
  const token = tree.aux[node]!;
  const nameRange = token < 0 ? range(at.end, at.end) : range(tree.tokenStart[token]!, tree.tokenEnd[token]!);
  return { kind: 'attribute', object, name: token < 0 ? '' : attributeName(tree, node), nameRange, range: at };
}

/** Makes a record of a call; separate because the collector starts here. */
export function callRecord(tree: PythonTree, node: number, scope: number, depth = 0): Expression & { kind: 'call' } {
  const callee = calleeOf(tree, node);
  const make = (child: number): Expression => materialize(tree, child, scope, depth + 1);
  const list: Argument[] = [];
  let position: number | undefined = 0;
  for (const child of children(tree, node).slice(1)) {
    const at = { start: tree.from[child]!, end: tree.to[child]! };
    const kind = tree.kind[child];
    if (kind === Kind.Kwarg) {
      const token = tree.aux[child]!;
      const value = children(tree, child)[0];
      if (value === undefined) continue;
      list.push({
        name: keywordName(tree, child),
        nameRange: { start: tree.tokenStart[token]!, end: tree.tokenEnd[token]! },
        position: undefined,
        unpacked: false,
        value: make(value),
        range: at,
      });
    } else if (kind === Kind.Star || kind === Kind.DoubleStar) {
      const inner = children(tree, child)[0];
      if (inner === undefined) continue;
      if (kind === Kind.Star) position = undefined;
      list.push({
        name: undefined,
        nameRange: undefined,
        position: undefined,
        unpacked: true,
        value: make(inner),
        range: at,
      });
    } else {
      list.push({ name: undefined, nameRange: undefined, position, unpacked: false, value: make(child), range: at });
      if (position !== undefined) position++;
    }
  }
  const at = { start: tree.from[node]!, end: tree.to[node]! };
  const open = openParenthesis(tree, callee, at.end);
  return {
    kind: 'call',
    callee: make(callee),
    arguments: list,
    argumentsRange: { start: open, end: at.end },
    range: at,
  };
}

/** The parenthesis behind the callee: only white space, comments and closing brackets of a group can stand between. */
function openParenthesis(tree: PythonTree, callee: number, end: number): number {
  let at = tree.to[callee]!;
  const text = tree.text;
  while (at < end && text[at] !== '(') {
    if (text[at] === '#') at = Math.max(at + 1, text.indexOf('\n', at));
    else at++;
  }
  return at;
}

function lambdaRecord(tree: PythonTree, node: number, depth: number, at: { start: number; end: number }): Expression {
  const parts = children(tree, node);
  const body = parts[parts.length - 1]!;
  return {
    kind: 'lambda',
    parameters: parametersOf(tree, node).map((parameter) => parameter.name),
    body: materialize(tree, body, node, depth + 1),
    range: at,
  };
}

function comprehensionRecord(
  tree: PythonTree,
  node: number,
  depth: number,
  at: { start: number; end: number },
): Expression {
  const parts = comprehensionParts(tree, node);
  const inside = (child: number): Expression => materialize(tree, child, node, depth + 1);
  return {
    kind: 'comprehension',
    element: parts.element.map(inside),
    clauses: parts.clauses.map((clause) => ({
      target: inside(clause.target),
      iterable: inside(clause.iterable),
      conditions: clause.conditions.map(inside),
    })),
    range: at,
  };
}

function numberOf(text: string): number {
  const plain = text.replace(/_/g, '');
  return /^0[oO]/.test(plain) || /^0[xXbB]/.test(plain) ? Number(plain) : Number.parseFloat(plain);
}
