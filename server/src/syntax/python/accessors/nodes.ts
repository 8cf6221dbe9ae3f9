import type { Range } from '../../../base/range.js';
import { FIRST_KEYWORD, Token } from '../tokens.js';
import { Kind, type PythonTree } from '../tree.js';

/** Children of a node in source order. O(children). */
export function children(tree: PythonTree, node: number): number[] {
  const { first } = tree;
  const start = first[node]!;
  const list: number[] = [];
  for (let child = node - 1; child >= start; child = first[child]! - 1) list.push(child);
  return list.reverse();
}

/** O(children). */
export function childCount(tree: PythonTree, node: number): number {
  const { first } = tree;
  const start = first[node]!;
  let count = 0;
  for (let child = node - 1; child >= start; child = first[child]! - 1) count++;
  return count;
}

/** The last child of a node, undefined for a leaf. O(1). */
export function lastChild(tree: PythonTree, node: number): number | undefined {
  return tree.first[node]! < node ? node - 1 : undefined;
}

/** The child that comes first in the source, undefined for a leaf. O(children). */
export function firstChild(tree: PythonTree, node: number): number | undefined {
  const { first } = tree;
  const start = first[node]!;
  if (start === node) return undefined;
  let child = node - 1;
  while (first[child]! > start) child = first[child]! - 1;
  return child;
}

export function nodeRange(tree: PythonTree, node: number): Range {
  return { start: tree.from[node]!, end: tree.to[node]! };
}

/** Source text of a node. */
export function nodeText(tree: PythonTree, node: number): string {
  return tree.text.slice(tree.from[node]!, tree.to[node]!);
}

export function tokenRange(tree: PythonTree, token: number): Range {
  return { start: tree.tokenStart[token]!, end: tree.tokenEnd[token]! };
}

/** Source text of a token. */
export function tokenText(tree: PythonTree, token: number): string {
  return tree.text.slice(tree.tokenStart[token]!, tree.tokenEnd[token]!);
}

/** Index of the first token that starts at or after an offset. O(log tokens). */
export function tokenFrom(tree: PythonTree, offset: number): number {
  const { tokenStart } = tree;
  let low = 0;
  let high = tree.tokenCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokenStart[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The identifier a token spells; '' for token −1. Python compares identifiers in Unicode form NFKC
 * (https://docs.python.org/3/reference/lexical_analysis.html#identifiers), so `ｅval` and `eval` are one name.
 */
export function identifier(tree: PythonTree, token: number): string {
  if (token < 0) return '';
  const text = tokenText(tree, token);
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return text.normalize('NFKC');
  return text;
}

/** True for a token that spells a name: a name, or a keyword in a place where only a name can stand. */
export function isNameToken(tree: PythonTree, token: number): boolean {
  const kind = tree.tokenKind[token]!;
  return kind === Token.Name || kind >= FIRST_KEYWORD;
}

/** The name behind the dot of an Attr; '' while it is still missing. */
export function attributeName(tree: PythonTree, attribute: number): string {
  return identifier(tree, tree.aux[attribute]!);
}

/** The name of a Kwarg or PatternKeyword. */
export function keywordName(tree: PythonTree, keyword: number): string {
  return identifier(tree, tree.aux[keyword]!);
}

/** The called expression of a Call, the class expression of a PatternClass. O(1). */
export function calleeOf(tree: PythonTree, call: number): number {
  return tree.aux[call]!;
}

function isArgument(kind: number): boolean {
  return kind !== Kind.Decorator && kind !== Kind.TypeParams && kind !== Kind.Block && kind !== Kind.Error;
}

/**
 * Arguments of a Call, or bases and keywords of a Class: expressions, Kwarg, Star, DoubleStar and Comp nodes in source order.
 * Places where an argument is missing are left out. O(children).
 */
export function argumentsOf(tree: PythonTree, node: number): number[] {
  const list = children(tree, node);
  if (tree.kind[node] === Kind.Call) list.shift();
  return list.filter((child) => isArgument(tree.kind[child]!));
}
