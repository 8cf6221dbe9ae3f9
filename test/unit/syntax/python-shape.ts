import { children } from '../../../server/src/syntax/python/accessors.js';
import { Kind, type PythonTree } from '../../../server/src/syntax/python/tree.js';

export const kindNames: ReadonlyMap<number, string> = new Map(Object.entries(Kind).map(([name, kind]) => [kind, name]));

/** A node and what is below it as text: `Call(Name 'f', Kwarg(Num '1'))`; leaves show their source. */
export function outline(tree: PythonTree, node: number = tree.root): string {
  const name = kindNames.get(tree.kind[node]!) ?? '?';
  const parts = children(tree, node).map((child) => outline(tree, child));
  if (parts.length > 0) return `${name}(${parts.join(', ')})`;
  const text = tree.text.slice(tree.from[node]!, tree.to[node]!);
  return text === '' || name === text ? name : `${name} ${text}`;
}

/** Shape of a node's children as a word: `e` expression, `b` Block, otherwise a letter per kind. */
const LETTERS: ReadonlyMap<number, string> = new Map([
  [Kind.Block, 'b'],
  [Kind.Field, 'f'],
  [Kind.Kwarg, 'k'],
  [Kind.Star, 's'],
  [Kind.DoubleStar, 'd'],
  [Kind.Slice, 'l'],
  [Kind.Entry, 'y'],
  [Kind.CompFor, 'c'],
  [Kind.Params, 'p'],
  [Kind.Param, 'm'],
  [Kind.TypeParams, 't'],
  [Kind.Alias, 'i'],
  [Kind.Except, 'x'],
  [Kind.WithItem, 'w'],
  [Kind.Decorator, '@'],
  [Kind.Case, 'a'],
  [Kind.PatternValue, 'n'],
  [Kind.PatternCapture, 'n'],
  [Kind.PatternStar, 'n'],
  [Kind.PatternSequence, 'n'],
  [Kind.PatternMapping, 'n'],
  [Kind.PatternClass, 'n'],
  [Kind.PatternOr, 'n'],
  [Kind.PatternAs, 'n'],
  [Kind.PatternGroup, 'n'],
  [Kind.PatternEntry, 'E'],
  [Kind.PatternRest, 'R'],
  [Kind.PatternKeyword, 'K'],
]);

const EXPRESSIONS: ReadonlySet<number> = new Set([
  Kind.Name,
  Kind.Num,
  Kind.Str,
  Kind.FStr,
  Kind.Const,
  Kind.Ellipsis,
  Kind.Attr,
  Kind.Call,
  Kind.Subscript,
  Kind.Bin,
  Kind.Unary,
  Kind.Compare,
  Kind.Bool,
  Kind.Not,
  Kind.Ternary,
  Kind.Lambda,
  Kind.Walrus,
  Kind.Await,
  Kind.Yield,
  Kind.Tuple,
  Kind.List,
  Kind.Set,
  Kind.Dict,
  Kind.Comp,
  Kind.Group,
]);

/** Allowed children, as documented at `Kind`. `!` is an Error node, which may stand for an expression, pattern or statement. */
const SHAPES: ReadonlyMap<number, RegExp> = new Map([
  [Kind.Name, /^$/],
  [Kind.Num, /^$/],
  [Kind.Str, /^$/],
  [Kind.Const, /^$/],
  [Kind.Ellipsis, /^$/],
  [Kind.Pass, /^$/],
  [Kind.Break, /^$/],
  [Kind.Continue, /^$/],
  [Kind.Global, /^$/],
  [Kind.Alias, /^$/],
  [Kind.PatternCapture, /^$/],
  [Kind.PatternStar, /^$/],
  [Kind.PatternRest, /^$/],
  [Kind.FStr, /^f+$|^$/],
  [Kind.Field, /^[es!]+f*[es!f]*$/],
  [Kind.Attr, /^[e!]$/],
  [Kind.Call, /^[e!][eksd!]*$/],
  [Kind.Kwarg, /^[e!]$/],
  [Kind.Star, /^[e!]$/],
  [Kind.DoubleStar, /^[e!]$/],
  [Kind.Subscript, /^[e!][els!]*$/],
  [Kind.Slice, /^[es!]?[e!]{0,2}$/],
  [Kind.Bin, /^[e!]{2}$/],
  [Kind.Unary, /^[e!]$/],
  [Kind.Not, /^[e!]$/],
  [Kind.Compare, /^[e!]{2,}$/],
  [Kind.Bool, /^[e!]{2,}$/],
  [Kind.Ternary, /^[e!]{3}$/],
  [Kind.Lambda, /^p[e!]$/],
  [Kind.Walrus, /^[e!]{2}$/],
  [Kind.Await, /^[e!]$/],
  [Kind.Yield, /^[es!]?$/],
  [Kind.Tuple, /^[es!]*$/],
  [Kind.List, /^[es!]*$/],
  [Kind.Set, /^[es!]*$/],
  [Kind.Dict, /^[yde]*$/],
  [Kind.Entry, /^[es!][e!]$/],
  [Kind.Comp, /^[esdy!]c+$/],
  [Kind.CompFor, /^[es!][e!]+$/],
  [Kind.Group, /^[es!]$/],
  [Kind.Params, /^m*$/],
  [Kind.TypeParams, /^m*$/],
  [Kind.Param, /^[es!]{0,2}$/],
  [Kind.Expr, /^[es!]$/],
  [Kind.Assign, /^[es!]{2,}$/],
  [Kind.AnnAssign, /^[es!][e!][es!]?$/],
  [Kind.AugAssign, /^[es!]{2}$/],
  [Kind.Import, /^i+$/],
  [Kind.ImportFrom, /^i*$/],
  [Kind.Return, /^[es!]?$/],
  [Kind.Raise, /^[e!]{0,2}$/],
  [Kind.Assert, /^[e!]{1,2}$/],
  [Kind.Del, /^[es!]+$/],
  [Kind.If, /^([e!]b)+b?$/],
  [Kind.For, /^[es!][es!]bb?$/],
  [Kind.While, /^[e!]bb?$/],
  [Kind.Try, /^bx*b{0,2}$/],
  [Kind.Except, /^[es!]?b$/],
  [Kind.With, /^w+b$/],
  [Kind.WithItem, /^[es!][es!]?$/],
  [Kind.Def, /^@*t?p[es!]?b$/],
  [Kind.Class, /^@*t?[eksd!]*b$/],
  [Kind.Decorator, /^[e!]$/],
  [Kind.Match, /^[es!]/],
  [Kind.Case, /^[n!][e!]?b$/],
  [Kind.TypeAlias, /^et?[e!]$/],
  [Kind.PatternValue, /^[e!]$/],
  [Kind.PatternSequence, /^[n!]*$/],
  [Kind.PatternMapping, /^[ER]*$/],
  [Kind.PatternEntry, /^[e!][n!]$/],
  [Kind.PatternClass, /^e[nK!]*$/],
  [Kind.PatternKeyword, /^[n!]$/],
  [Kind.PatternOr, /^[n!]{2,}$/],
  [Kind.PatternAs, /^[n!]$/],
  [Kind.PatternGroup, /^[n!]$/],
]);

function letterOf(kind: number): string {
  if (kind === Kind.Error) return '!';
  if (EXPRESSIONS.has(kind)) return 'e';
  return LETTERS.get(kind) ?? 'S';
}

/** What is wrong with the layout of a tree; undefined when all that `PythonTree` and `Kind` promise holds. O(nodes). */
export function shapeProblem(tree: PythonTree): string | undefined {
  const { kind, from, to, first, count, root, text } = tree;
  const describe = (node: number): string => `${kindNames.get(kind[node]!)} ${node} at ${from[node]}…${to[node]}`;
  if (root !== count - 1 || kind[root] !== Kind.Module || first[root] !== 0) return 'no root';
  if (from[root] !== 0 || to[root] !== text.length) return 'the root does not cover the text';
  for (let node = 0; node < count; node++) {
    if (!kindNames.has(kind[node]!)) return `unknown kind ${kind[node]}`;
    if (first[node]! > node || first[node]! < 0) return `${describe(node)}: first is ${first[node]}`;
    if (from[node]! > to[node]!) return `${describe(node)}: negative length`;
    let later = to[node]!;
    let word = '';
    for (let child = node - 1; child >= first[node]!; child = first[child]! - 1) {
      if (first[child]! < first[node]!) return `${describe(node)}: child ${describe(child)} reaches out of it`;
      if (from[child]! < from[node]!) return `${describe(node)}: child ${describe(child)} starts before it`;
      if (to[child]! > later) return `${describe(node)}: child ${describe(child)} ends behind its successor or parent`;
      later = from[child]!;
      word = letterOf(kind[child]!) + word;
    }
    const shape = SHAPES.get(kind[node]!);
    if (shape !== undefined && !shape.test(word)) return `${describe(node)}: children "${word}"`;
  }
  return tokenProblem(tree);
}

function tokenProblem(tree: PythonTree): string | undefined {
  const { tokenStart, tokenEnd, tokenCount, commentStart, commentEnd, commentCount, text } = tree;
  for (let token = 1; token < tokenCount; token++) {
    if (tokenStart[token]! < tokenEnd[token - 1]!) return `token ${token} starts inside the one before`;
    if (tokenEnd[token]! < tokenStart[token]! || tokenEnd[token]! > text.length)
      return `token ${token} has no valid end`;
  }
  for (let comment = 0; comment < commentCount; comment++) {
    if (text[commentStart[comment]!] !== '#') return `comment ${comment} does not start with #`;
    if (/[\r\n]/.test(text.slice(commentStart[comment]!, commentEnd[comment]!)))
      return `comment ${comment} has a line break`;
    if (comment > 0 && commentStart[comment]! < commentEnd[comment - 1]!) return `comment ${comment} out of order`;
  }
  for (const { range } of tree.errors) {
    if (range.start < 0 || range.end < range.start || range.end > text.length) return 'a problem lies outside the text';
  }
  return undefined;
}
