import type { Range } from '../../../base/range.js';
import { Token } from '../tokens.js';
import { Kind, type PythonTree } from '../tree.js';
import { children, identifier, isNameToken } from './nodes.js';

/** Token of the name of a Def or Class, −1 while it is missing. */
export function definitionNameToken(tree: PythonTree, definition: number): number {
  const token = tree.aux[definition]! + 1;
  return isNameToken(tree, token) ? token : -1;
}

/** Name of a Def; '' while it is missing. */
export function functionName(tree: PythonTree, def: number): string {
  return identifier(tree, definitionNameToken(tree, def));
}

/** Name of a Class; '' while it is missing. */
export function className(tree: PythonTree, node: number): string {
  return identifier(tree, definitionNameToken(tree, node));
}

function childrenOfKind(tree: PythonTree, node: number, kind: number): number[] {
  return children(tree, node).filter((child) => tree.kind[child] === kind);
}

/** Decorator nodes of a Def or Class, outermost first; the expression is a decorator's only child. */
export function decoratorsOf(tree: PythonTree, definition: number): number[] {
  return childrenOfKind(tree, definition, Kind.Decorator);
}

/** The first Block of a compound statement, clause or definition: its body, without `else` and the like. */
export function bodyOf(tree: PythonTree, node: number): number | undefined {
  return childrenOfKind(tree, node, Kind.Block)[0];
}

/** Annotation behind `->` of a Def. */
export function returnAnnotation(tree: PythonTree, def: number): number | undefined {
  const parts = children(tree, def);
  const candidate = parts[parts.length - 2];
  return candidate === undefined || tree.kind[candidate] === Kind.Params ? undefined : candidate;
}

/** True for `async def`, `async for`, `async with` and for asynchronous comprehension clauses. */
export function isAsync(tree: PythonTree, node: number): boolean {
  const aux = tree.aux[node]!;
  switch (tree.kind[node]) {
    case Kind.Def:
      return aux > 0 && tree.tokenKind[aux - 1] === Token.Async;
    case Kind.For:
    case Kind.With:
      return tree.tokenKind[aux] === Token.Async;
    case Kind.CompFor:
      return aux === 1;
    default:
      return false;
  }
}

export interface Parameter {
  readonly name: string;
  readonly nameRange: Range;
  /** The bound in a type parameter list. */
  readonly annotation?: number | undefined;
  readonly default?: number | undefined;
  readonly kind: 'positional' | 'star' | 'doubleStar' | 'keywordOnly';
}

/** Parameters of a Def or Lambda in source order; the separators `/` and `*` are left out. O(parameters). */
export function parametersOf(tree: PythonTree, node: number): Parameter[] {
  const params = childrenOfKind(tree, node, Kind.Params)[0];
  return params === undefined ? [] : parameterList(tree, params);
}

/** Type parameters of a Def, Class or TypeAlias (PEP 695, defaults of PEP 696). */
export function typeParametersOf(tree: PythonTree, node: number): Parameter[] {
  const params = childrenOfKind(tree, node, Kind.TypeParams)[0];
  return params === undefined ? [] : parameterList(tree, params);
}

function parameterList(tree: PythonTree, params: number): Parameter[] {
  const list: Parameter[] = [];
  let plain: Parameter['kind'] = 'positional';
  for (const child of children(tree, params)) {
    if (tree.kind[child] !== Kind.Param) continue;
    const start = tree.tokenKind[tree.aux[child]!];
    const isStar = start === Token.Star;
    const hasMarker = isStar || start === Token.DoubleStar || start === Token.Slash;
    const token = tree.aux[child]! + (hasMarker ? 1 : 0);
    if (tree.tokenKind[token] === Token.Name && start !== Token.Slash && tree.tokenEnd[token]! <= tree.to[child]!) {
      list.push(parameter(tree, child, token, isStar ? 'star' : start === Token.DoubleStar ? 'doubleStar' : plain));
    }
    if (isStar) plain = 'keywordOnly';
  }
  return list;
}

function parameter(tree: PythonTree, node: number, nameToken: number, kind: Parameter['kind']): Parameter {
  const [one, two] = children(tree, node);
  const hasAnnotation = two !== undefined || tree.tokenKind[nameToken + 1] === Token.Colon;
  return {
    name: identifier(tree, nameToken),
    nameRange: { start: tree.tokenStart[nameToken]!, end: tree.tokenEnd[nameToken]! },
    annotation: hasAnnotation ? one : undefined,
    default: hasAnnotation ? two : one,
    kind,
  };
}
