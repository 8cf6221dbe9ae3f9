import type { Range } from '../../../base/range.js';
import { Token } from '../tokens.js';
import { Kind, type PythonTree } from '../tree.js';
import { children, identifier, tokenRange } from './nodes.js';

/** Try.aux bits. */
const HAS_ELSE = 1;
const HAS_FINALLY = 2;

export interface AssignmentParts {
  /** `a` and `b` of `a = b = value`; one target for the other kinds. */
  readonly targets: readonly number[];
  /** Undefined for a bare annotation. */
  readonly value?: number | undefined;
  readonly annotation?: number | undefined;
}

/** Parts of an Assign, AnnAssign, AugAssign or Walrus. O(targets). */
export function assignmentParts(tree: PythonTree, node: number): AssignmentParts {
  const parts = children(tree, node);
  if (tree.kind[node] === Kind.AnnAssign) return { targets: [parts[0]!], annotation: parts[1], value: parts[2] };
  const value = parts.pop();
  return { targets: parts, value };
}

export interface ForParts {
  readonly target: number;
  readonly iterable: number;
  readonly body: number;
  readonly orElse: number | undefined;
}

/** Parts of a For. */
export function forParts(tree: PythonTree, node: number): ForParts {
  const [target, iterable, body, orElse] = children(tree, node);
  return { target: target!, iterable: iterable!, body: body!, orElse };
}

export interface WhileParts {
  readonly condition: number;
  readonly body: number;
  readonly orElse: number | undefined;
}

/** Parts of a While. */
export function whileParts(tree: PythonTree, node: number): WhileParts {
  const [condition, body, orElse] = children(tree, node);
  return { condition: condition!, body: body!, orElse };
}

export interface IfParts {
  /** The `if` and every `elif`. */
  readonly branches: readonly { readonly condition: number; readonly body: number }[];
  readonly orElse: number | undefined;
}

/** Parts of an If. O(branches). */
export function ifParts(tree: PythonTree, node: number): IfParts {
  const parts = children(tree, node);
  const branches: { condition: number; body: number }[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) branches.push({ condition: parts[i]!, body: parts[i + 1]! });
  return { branches, orElse: parts.length % 2 === 1 ? parts[parts.length - 1] : undefined };
}

/** The condition of an If (its first one), While, Ternary, Assert, or the guard of a Case. */
export function conditionOf(tree: PythonTree, node: number): number | undefined {
  const parts = children(tree, node);
  switch (tree.kind[node]) {
    case Kind.If:
    case Kind.While:
    case Kind.Assert:
      return parts[0];
    case Kind.Ternary:
      return parts[1];
    case Kind.Case:
      return parts.length === 3 ? parts[1] : undefined;
    default:
      return undefined;
  }
}

export interface WithItem {
  readonly context: number;
  readonly target?: number | undefined;
}

/** Items of a With. O(items). */
export function withItems(tree: PythonTree, node: number): WithItem[] {
  const items: WithItem[] = [];
  for (const child of children(tree, node)) {
    if (tree.kind[child] !== Kind.WithItem) continue;
    const [context, target] = children(tree, child);
    items.push({ context: context!, target });
  }
  return items;
}

export interface ExceptParts {
  /** Undefined for a bare `except:`; a Tuple for several types. */
  readonly type?: number | undefined;
  /** The name behind `as`. */
  readonly name?: string | undefined;
  readonly nameRange?: Range | undefined;
  readonly body: number;
}

/** Parts of an Except clause. */
export function exceptParts(tree: PythonTree, node: number): ExceptParts {
  const parts = children(tree, node);
  const token = tree.aux[node]!;
  return {
    type: parts.length === 2 ? parts[0] : undefined,
    name: token < 0 ? undefined : identifier(tree, token),
    nameRange: token < 0 ? undefined : tokenRange(tree, token),
    body: parts[parts.length - 1]!,
  };
}

export interface TryParts {
  readonly body: number;
  readonly handlers: readonly number[];
  readonly orElse: number | undefined;
  readonly finalBody: number | undefined;
}

/** Parts of a Try. O(handlers). */
export function tryParts(tree: PythonTree, node: number): TryParts {
  const [body, ...rest] = children(tree, node);
  const flags = tree.aux[node]!;
  const finalBody = (flags & HAS_FINALLY) !== 0 ? rest.pop() : undefined;
  const orElse = (flags & HAS_ELSE) !== 0 ? rest.pop() : undefined;
  return { body: body!, handlers: rest, orElse, finalBody };
}

/** Value of a Return. */
export function returnValue(tree: PythonTree, node: number): number | undefined {
  return children(tree, node)[0];
}

/** Names of a Global (`global` or `nonlocal`). */
export function declaredNames(tree: PythonTree, node: number): string[] {
  const names: string[] = [];
  for (let token = tree.aux[node]! + 1; tree.tokenEnd[token]! <= tree.to[node]!; token++) {
    if (tree.tokenKind[token] === Token.Name) names.push(identifier(tree, token));
    else if (tree.tokenKind[token] !== Token.Comma) break;
  }
  return names;
}

export interface MatchParts {
  readonly subject: number;
  readonly cases: readonly CaseParts[];
}

export interface CaseParts {
  readonly pattern: number;
  readonly guard: number | undefined;
  readonly body: number;
}

/** Parts of a Match. O(cases). */
export function matchParts(tree: PythonTree, node: number): MatchParts {
  const [subject, ...rest] = children(tree, node);
  const cases: CaseParts[] = [];
  for (const child of rest) {
    if (tree.kind[child] !== Kind.Case) continue;
    const parts = children(tree, child);
    cases.push({
      pattern: parts[0]!,
      guard: parts.length === 3 ? parts[1] : undefined,
      body: parts[parts.length - 1]!,
    });
  }
  return { subject: subject!, cases };
}
