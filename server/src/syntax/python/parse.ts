import { Arena } from './arena.js';
import { StatementParser } from './statement-parser.js';
import { Tokenizer } from './tokenizer.js';
import type { PythonTree } from './tree.js';

/** Sources longer than this do not keep their buffer. */
const KEPT_SOURCE = 1 << 22;

/** One arena for every level of nested use; the tokenizer and the parser are done before a callback runs and are shared. */
const arenas: Arena[] = [];
const tokenizer = new Tokenizer();
const parser = new StatementParser();
const usage = { depth: 0 };

function parseInto(arena: Arena, text: string): PythonTree {
  arena.reset();
  tokenizer.tokenize(arena, text);
  parser.parse(arena, tokenizer.source, text.length);
  tokenizer.trim(KEPT_SOURCE);
  return arena.tree(text);
}

function arenaAt(depth: number): Arena {
  let arena = arenas[depth];
  if (arena === undefined) {
    arena = new Arena();
    arenas[depth] = arena;
  }
  return arena;
}

/**
 * Parses a module of any Python version from 3.8 to 3.14. Never throws; broken code gives a tree with `errors`.
 * Linear in the length of the text. The tree lives in reused arrays: it is valid until the next parse at the same depth,
 * so use it at once, or use `withPythonTree`.
 */
export function parsePython(text: string): PythonTree {
  return parseInto(arenaAt(usage.depth), text);
}

/**
 * Parses a module and hands its tree to `use`. The tree is valid until `use` returns, also when `use` parses other modules.
 */
export function withPythonTree<T>(text: string, use: (tree: PythonTree) => T): T {
  const arena = arenaAt(usage.depth);
  const tree = parseInto(arena, text);
  usage.depth++;
  try {
    return use(tree);
  } finally {
    usage.depth--;
    arena.trim();
  }
}

/** Parses a module into a tree of its own, valid as long as somebody holds it. */
export function keptPythonTree(text: string): PythonTree {
  return withPythonTree(text, (tree) => ({
    ...tree,
    kind: tree.kind.slice(0, tree.count),
    from: tree.from.slice(0, tree.count),
    to: tree.to.slice(0, tree.count),
    first: tree.first.slice(0, tree.count),
    aux: tree.aux.slice(0, tree.count),
    tokenKind: tree.tokenKind.slice(0, tree.tokenCount + 1),
    tokenStart: tree.tokenStart.slice(0, tree.tokenCount + 1),
    tokenEnd: tree.tokenEnd.slice(0, tree.tokenCount + 1),
    commentStart: tree.commentStart.slice(0, tree.commentCount),
    commentEnd: tree.commentEnd.slice(0, tree.commentCount),
    errors: [...tree.errors],
  }));
}
