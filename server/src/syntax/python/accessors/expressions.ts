import { Token } from '../tokens.js';
import { Kind, type PythonTree } from '../tree.js';
import { children, tokenFrom, tokenText } from './nodes.js';

/** Slice.aux bits. */
const HAS_LOWER = 1;
const HAS_UPPER = 2;
const HAS_STEP = 4;

/** A comparison operator from its first token: `is not` and `not in` take two. */
function comparisonText(tree: PythonTree, token: number): string {
  const text = tokenText(tree, token);
  const next = tree.tokenKind[token + 1];
  if (text === 'is' && next === Token.Not) return 'is not';
  return text === 'not' && next === Token.In ? 'not in' : text;
}

/**
 * Operator of a Bin, Unary, Not, Bool, AugAssign (`+=`) or Compare (the first one of a chain), in normal form
 * (`not in`, `is not`). '' for other kinds.
 */
export function operatorText(tree: PythonTree, node: number): string {
  switch (tree.kind[node]) {
    case Kind.Compare:
      return comparisonText(tree, tree.aux[node]!);
    case Kind.Bin:
    case Kind.Unary:
    case Kind.Not:
    case Kind.Bool:
    case Kind.AugAssign:
      return tokenText(tree, tree.aux[node]!);
    default:
      return '';
  }
}

/** All operators of a Compare, one fewer than operands. O(operands · log tokens). */
export function comparisonOperators(tree: PythonTree, compare: number): string[] {
  const operands = children(tree, compare);
  operands.pop();
  return operands.map((operand) => comparisonText(tree, tokenFrom(tree, tree.to[operand]!)));
}

export interface DictEntry {
  /** Undefined for `**mapping`. */
  readonly key?: number;
  readonly value: number;
}

/** Entries of a Dict; for `**mapping` the value is the mapping. O(entries). */
export function dictEntries(tree: PythonTree, dict: number): DictEntry[] {
  const entries: DictEntry[] = [];
  for (const child of children(tree, dict)) {
    if (tree.kind[child] === Kind.DoubleStar) entries.push({ value: child - 1 });
    else if (tree.kind[child] === Kind.Entry) entries.push({ key: tree.first[child - 1]! - 1, value: child - 1 });
  }
  return entries;
}

/** Value of a Subscript and the parts of its index: one, or several for `a[i, j]`. Slices are Slice nodes. */
export function subscriptParts(tree: PythonTree, subscript: number): { value: number; index: number[] } {
  const [value, ...index] = children(tree, subscript);
  return { value: value!, index };
}

export interface SliceParts {
  readonly lower: number | undefined;
  readonly upper: number | undefined;
  readonly step: number | undefined;
}

export function sliceParts(tree: PythonTree, slice: number): SliceParts {
  const present = tree.aux[slice]!;
  const parts = children(tree, slice);
  const take = (bit: number): number | undefined => ((present & bit) !== 0 ? parts.shift() : undefined);
  return { lower: take(HAS_LOWER), upper: take(HAS_UPPER), step: take(HAS_STEP) };
}

export type ComprehensionType = 'generator' | 'list' | 'set' | 'dict';

const COMPREHENSION_TYPES: readonly ComprehensionType[] = ['generator', 'list', 'set', 'dict'];

export interface ComprehensionClause {
  readonly target: number;
  readonly iterable: number;
  readonly conditions: readonly number[];
  readonly isAsync: boolean;
}

export interface ComprehensionParts {
  readonly type: ComprehensionType;
  /** One node; in a dict comprehension key and value. */
  readonly element: readonly number[];
  readonly clauses: readonly ComprehensionClause[];
}

/** Parts of a Comp. O(clauses and conditions). */
export function comprehensionParts(tree: PythonTree, comprehension: number): ComprehensionParts {
  const [element, ...clauses] = children(tree, comprehension);
  return {
    type: COMPREHENSION_TYPES[tree.aux[comprehension]!]!,
    element: tree.kind[element!] === Kind.Entry ? children(tree, element!) : [element!],
    clauses: clauses.map((clause) => {
      const [target, iterable, ...conditions] = children(tree, clause);
      return { target: target!, iterable: iterable!, conditions, isAsync: tree.aux[clause] === 1 };
    }),
  };
}
