import type { Range } from '../../../base/range.js';
import { Token } from '../tokens.js';
import { Kind, type PythonTree } from '../tree.js';
import { children, identifier, isNameToken } from './nodes.js';

export interface ImportedName {
  /** `a.b` in `import a.b`, `c` in `from a import c`. */
  readonly name: string;
  /** The name behind `as`. */
  readonly asName?: string;
  /** The name together with its `as` clause. */
  readonly range: Range;
  /** The name alone. */
  readonly nameRange: Range;
}

export interface ImportedNames {
  /** Leading dots of a relative import; 0 for absolute ones. */
  readonly level: number;
  /** Module of a `from` import; '' for `import` statements and for `from . import x`. */
  readonly module: string;
  readonly star: boolean;
  readonly names: readonly ImportedName[];
}

/** What an Import or ImportFrom imports. O(tokens of the statement). */
export function importedNames(tree: PythonTree, node: number): ImportedNames {
  const names: ImportedName[] = [];
  for (const child of children(tree, node)) {
    const alias = tree.kind[child] === Kind.Alias ? importedName(tree, child) : undefined;
    if (alias !== undefined) names.push(alias);
  }
  if (tree.kind[node] === Kind.Import) return { level: 0, module: '', star: false, names };
  const { tokenKind } = tree;
  let token = tree.aux[node]! + 1;
  let level = 0;
  for (; tokenKind[token] === Token.Dot || tokenKind[token] === Token.Dots; token++) {
    level += tokenKind[token] === Token.Dot ? 1 : 3;
  }
  const start = token;
  while (tokenKind[token] === Token.Name || tokenKind[token] === Token.Dot) token++;
  const star = tokenKind[token] === Token.Import && tokenKind[token + 1] === Token.Star;
  return { level, module: dotted(tree, start, token), star, names };
}

/** Names and dots of the tokens `start`…`stop`, without the spaces and comments between them. */
function dotted(tree: PythonTree, start: number, stop: number): string {
  let name = '';
  for (let token = start; token < stop; token++) {
    name += tree.tokenKind[token] === Token.Dot ? '.' : identifier(tree, token);
  }
  return name;
}

function importedName(tree: PythonTree, alias: number): ImportedName | undefined {
  const { tokenKind, tokenStart, tokenEnd } = tree;
  const start = tree.aux[alias]!;
  const to = tree.to[alias]!;
  if (tree.from[alias] === to) return undefined;
  let token = start;
  while (tokenKind[token] !== Token.As && tokenEnd[token]! <= to && tokenKind[token] !== Token.End) token++;
  const asToken = tokenKind[token] === Token.As && tokenEnd[token]! < to ? token + 1 : -1;
  return {
    name: dotted(tree, start, token),
    ...(asToken >= 0 && isNameToken(tree, asToken) ? { asName: identifier(tree, asToken) } : {}),
    range: { start: tree.from[alias]!, end: to },
    nameRange: { start: tree.from[alias]!, end: token > start ? tokenEnd[token - 1]! : tokenStart[start]! },
  };
}
