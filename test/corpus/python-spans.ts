import { keywordName, parametersOf, subscriptParts, tokenFrom } from '../../server/src/syntax/python/accessors.js';
import { Token } from '../../server/src/syntax/python/tokens.js';
import { Kind, type PythonTree } from '../../server/src/syntax/python/tree.js';

/** What a tree says, in the terms of CPython's `ast` module and in the form `ast_dump.py` prints. */
export interface PythonSpans {
  /** Start and end of every node, alternating, by type. */
  readonly nodes: Record<string, number[]>;
  readonly keywords: [name: string, start: number, end: number][];
  /** Calls and named keyword arguments, those inside f-strings included. */
  readonly calls: number;
  readonly named: number;
}

const COMPREHENSIONS = ['GeneratorExp', 'ListComp', 'SetComp', 'DictComp'];

const SAME_TYPES: ReadonlyMap<number, string> = new Map([
  [Kind.Name, 'Name'],
  [Kind.Num, 'Num'],
  [Kind.Str, 'Str'],
  [Kind.FStr, 'JoinedStr'],
  [Kind.Ellipsis, 'Ellipsis'],
  [Kind.Attr, 'Attribute'],
  [Kind.Call, 'Call'],
  [Kind.Slice, 'Slice'],
  [Kind.Bin, 'BinOp'],
  [Kind.Unary, 'UnaryOp'],
  [Kind.Compare, 'Compare'],
  [Kind.Bool, 'BoolOp'],
  [Kind.Not, 'Not'],
  [Kind.Ternary, 'IfExp'],
  [Kind.Walrus, 'NamedExpr'],
  [Kind.Await, 'Await'],
  [Kind.Tuple, 'Tuple'],
  [Kind.List, 'List'],
  [Kind.Set, 'Set'],
  [Kind.Dict, 'Dict'],
  [Kind.Expr, 'Expr'],
  [Kind.Assign, 'Assign'],
  [Kind.AnnAssign, 'AnnAssign'],
  [Kind.AugAssign, 'AugAssign'],
  [Kind.Import, 'Import'],
  [Kind.ImportFrom, 'ImportFrom'],
  [Kind.Alias, 'alias'],
  [Kind.Return, 'Return'],
  [Kind.Raise, 'Raise'],
  [Kind.Assert, 'Assert'],
  [Kind.Del, 'Delete'],
  [Kind.Pass, 'Pass'],
  [Kind.Break, 'Break'],
  [Kind.Continue, 'Continue'],
  [Kind.If, 'If'],
  [Kind.For, 'For'],
  [Kind.While, 'While'],
  [Kind.Try, 'Try'],
  [Kind.Except, 'ExceptHandler'],
  [Kind.With, 'With'],
  [Kind.Match, 'Match'],
  [Kind.TypeAlias, 'TypeAlias'],
  [Kind.PatternCapture, 'MatchAs'],
  [Kind.PatternAs, 'MatchAs'],
  [Kind.PatternStar, 'MatchStar'],
  [Kind.PatternSequence, 'MatchSequence'],
  [Kind.PatternMapping, 'MatchMapping'],
  [Kind.PatternClass, 'MatchClass'],
  [Kind.PatternOr, 'MatchOr'],
]);

/** `exactFields` says whether nodes inside f-strings are listed too. */
export function pythonSpans(tree: PythonTree, exactFields: boolean): PythonSpans {
  const { kind, from, to, first, aux, count, tokenKind, tokenStart } = tree;
  const parents = new Int32Array(count).fill(-1);
  const isHidden = new Uint8Array(count);
  for (let node = 0; node < count; node++) {
    for (let child = node - 1; child >= first[node]!; child = first[child]! - 1) parents[child] = node;
    if (kind[node] === Kind.FStr && !exactFields) isHidden.fill(1, first[node]!, node);
  }
  const nodes: Record<string, number[]> = {};
  const keywords: [string, number, number][] = [];
  let calls = 0;
  let named = 0;
  const add = (type: string, start: number, end: number): void => {
    nodes[type] ??= [];
    nodes[type].push(start, end);
  };
  for (let node = 0; node < count; node++) {
    const current = kind[node]!;
    if (current === Kind.Call) calls++;
    else if (current === Kind.Kwarg) named++;
    if (isHidden[node] === 1) continue;
    const parent = kind[parents[node]!];
    const start = from[node]!;
    const end = to[node]!;
    switch (current) {
      case Kind.Kwarg:
        keywords.push([keywordName(tree, node), start, end]);
        break;
      case Kind.Star:
        add('Starred', start, end);
        break;
      case Kind.Const:
        if (parent !== Kind.PatternValue) add('Const', start, end);
        break;
      case Kind.PatternValue:
        add(kind[node - 1] === Kind.Const ? 'MatchSingleton' : 'MatchValue', start, end);
        break;
      case Kind.Subscript:
        add('Subscript', start, end);
        if (aux[node] === 1) addBareTuple(tree, node, add);
        break;
      case Kind.Yield:
        add(aux[node] === 1 ? 'YieldFrom' : 'Yield', start, end);
        break;
      case Kind.Comp:
        add(COMPREHENSIONS[aux[node]!]!, start, end);
        break;
      case Kind.Global:
        add(tokenKind[aux[node]!] === Token.Global ? 'Global' : 'Nonlocal', start, end);
        break;
      case Kind.Def:
      case Kind.Lambda: {
        if (current === Kind.Lambda) add('Lambda', start, end);
        else {
          const keyword = aux[node]!;
          const isAsync = keyword > 0 && tokenKind[keyword - 1] === Token.Async;
          add('FunctionDef', tokenStart[isAsync ? keyword - 1 : keyword]!, end);
        }
        for (const { nameRange, annotation } of parametersOf(tree, node)) {
          add('arg', nameRange.start, annotation === undefined ? nameRange.end : to[annotation]!);
        }
        break;
      }
      case Kind.Class:
        add('ClassDef', tokenStart[aux[node]!]!, end);
        break;
      default: {
        const type = SAME_TYPES.get(current);
        if (type !== undefined) add(type, start, end);
      }
    }
  }
  return { nodes, keywords, calls, named };
}

/** In `a[i, j]` the tuple has no node of its own; it ends behind its last comma or element. */
function addBareTuple(
  tree: PythonTree,
  subscript: number,
  add: (type: string, start: number, end: number) => void,
): void {
  const bracket = tokenFrom(tree, tree.to[subscript]! - 1);
  add('Tuple', tree.from[subscriptParts(tree, subscript).index[0]!]!, tree.tokenEnd[bracket - 1]!);
}

/** The first difference between two sets of spans, undefined when they say the same. */
export function spanDifference(ours: PythonSpans, theirs: PythonSpans): string | undefined {
  if (ours.calls !== theirs.calls) return `calls: ${ours.calls} instead of ${theirs.calls}`;
  if (ours.named !== theirs.named) return `keyword arguments: ${ours.named} instead of ${theirs.named}`;
  for (const type of new Set([...Object.keys(ours.nodes), ...Object.keys(theirs.nodes)])) {
    const left = sortedPairs(ours.nodes[type] ?? []);
    const right = sortedPairs(theirs.nodes[type] ?? []);
    if (left.length !== right.length)
      return `${type}: ${left.length} instead of ${right.length} ${firstMissing(left, right)}`;
    // A generator that is the only argument takes the call's parentheses in CPython.
    if (type === 'GeneratorExp') continue;
    const at = left.findIndex((pair, i) => pair !== right[i]);
    if (at >= 0) return `${type}: ${left[at]} instead of ${right[at]}`;
  }
  const left = ours.keywords.map(String).sort();
  const right = theirs.keywords.map(([name, start, end]) => String([name, start, end])).sort();
  const at = left.findIndex((keyword, i) => keyword !== right[i]);
  return at >= 0 || left.length !== right.length ? `keyword: ${left[at]} instead of ${right[at]}` : undefined;
}

function sortedPairs(flat: readonly number[]): string[] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i]!, flat[i + 1]!]);
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([start, end]) => `${start}–${end}`);
}

function firstMissing(left: readonly string[], right: readonly string[]): string {
  const known = new Set(left);
  const wanted = new Set(right);
  const extra = left.find((pair) => !wanted.has(pair));
  const missing = right.find((pair) => !known.has(pair));
  return `(only here: ${extra ?? 'none'}, only there: ${missing ?? 'none'})`;
}
