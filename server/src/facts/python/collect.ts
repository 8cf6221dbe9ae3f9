import {
  attributeName,
  calleeOf,
  children,
  importedNames,
  keywordName,
  nodeText,
  stringValue,
} from '../../syntax/python/accessors.js';
import { Kind } from '../../syntax/python/tree.js';
import type { PythonModule } from './module.js';

/** What a check asks of a module, by last name segment. */
export interface PythonWanted {
  readonly calls: ReadonlySet<string>;
  readonly references: ReadonlySet<string>;
  readonly keywords: ReadonlySet<string>;
  readonly stores: ReadonlySet<string>;
  readonly strings: boolean;
}

/** Nodes that may be what was asked for; names are resolved later, for these alone. */
export interface PythonHits {
  readonly calls: readonly number[];
  readonly keywordCalls: readonly { readonly call: number; readonly keyword: string }[];
  readonly references: readonly number[];
  /** Assign nodes whose target ends in a wanted name. */
  readonly stores: readonly number[];
  readonly strings: readonly number[];
}

/** Finds candidate nodes in two linear passes over the flat tree; allocates only for hits. */
export function collect(module: PythonModule, wanted: PythonWanted): PythonHits {
  const { tree } = module;
  const aliases = aliasNames(module, wanted);
  const hits = {
    calls: [] as number[],
    keywordCalls: [] as { call: number; keyword: string }[],
    references: [] as number[],
    stores: [] as number[],
    strings: [] as number[],
  };
  const { kind, count } = tree;
  for (let node = 0; node < count; node++) {
    switch (kind[node]) {
      case Kind.Call: {
        const name = lastName(module, calleeOf(tree, node));
        if (name !== undefined && (wanted.calls.has(name) || wanted.calls.has(aliases.get(name) ?? '')))
          hits.calls.push(node);
        break;
      }
      case Kind.Kwarg:
        if (wanted.keywords.size > 0) {
          const keyword = keywordName(tree, node);
          const call = module.parents()[node]!;
          if (wanted.keywords.has(keyword) && kind[call] === Kind.Call) hits.keywordCalls.push({ call, keyword });
        }
        break;
      case Kind.Name:
      case Kind.Attr:
        if (wanted.references.size > 0) {
          const name = lastName(module, node);
          if (name !== undefined && (wanted.references.has(name) || wanted.references.has(aliases.get(name) ?? ''))) {
            if (isReference(module, node)) hits.references.push(node);
          }
        }
        break;
      case Kind.Assign:
        if (wanted.stores.size > 0) {
          const name = storeName(module, children(tree, node)[0]!);
          if (name !== undefined && (wanted.stores.has(name) || wanted.stores.has(aliases.get(name) ?? '')))
            hits.stores.push(node);
        }
        break;
      case Kind.Str:
      case Kind.FStr:
        if (wanted.strings) hits.strings.push(node);
        break;
    }
  }
  return hits;
}

function lastName(module: PythonModule, node: number): string | undefined {
  const { tree } = module;
  switch (tree.kind[node]) {
    case Kind.Attr:
      return tree.aux[node]! < 0 ? undefined : attributeName(tree, node);
    case Kind.Name:
      return nodeText(tree, node);
    case Kind.Group:
      return lastName(module, node - 1);
  }
  return undefined;
}

/** `os.environ["X"]` stores into `environ`; `torch.load = f` into `load`. */
function storeName(module: PythonModule, target: number): string | undefined {
  return module.tree.kind[target] === Kind.Subscript
    ? lastName(module, children(module.tree, target)[0]!)
    : lastName(module, target);
}

/** Local names that stand for a wanted one: `import x as y`, `from m import load as l`, `l = torch.load`. */
function aliasNames(module: PythonModule, wanted: PythonWanted): ReadonlyMap<string, string> {
  const { tree } = module;
  const { kind, count } = tree;
  const aliases = new Map<string, string>();
  for (let node = 0; node < count; node++) {
    if (kind[node] === Kind.Import || kind[node] === Kind.ImportFrom) {
      for (const entry of importedNames(tree, node).names) {
        if (entry.asName !== undefined) aliases.set(entry.asName, entry.name.slice(entry.name.lastIndexOf('.') + 1));
      }
    } else if (kind[node] === Kind.Assign && (kind[node - 1] === Kind.Attr || kind[node - 1] === Kind.Name)) {
      const source = lastName(module, node - 1)!;
      const target = tree.first[node]!;
      if (kind[target] === Kind.Name && (wanted.calls.has(source) || wanted.references.has(source)))
        aliases.set(nodeText(tree, target), source);
    }
  }
  return aliases;
}

/** True when a name or attribute is used as a value: not called, not part of a longer path, not stored to, not imported. */
function isReference(module: PythonModule, node: number): boolean {
  const { tree } = module;
  const parent = module.parents()[node]!;
  const kind = tree.kind[parent];
  if (kind === Kind.Attr) return false;
  if (kind === Kind.Call) return calleeOf(tree, parent) !== node;
  if (kind === Kind.Assign || kind === Kind.AnnAssign || kind === Kind.AugAssign)
    return tree.first[parent]! !== tree.first[node]!;
  return (
    kind === Kind.Kwarg ||
    kind === Kind.Entry ||
    kind === Kind.List ||
    kind === Kind.Tuple ||
    kind === Kind.Return ||
    kind === Kind.Ternary ||
    kind === Kind.Group ||
    kind === Kind.Lambda
  );
}

/** Text of a string node, or the joined literal parts of a formatted one. */
export function literalText(module: PythonModule, node: number): string | undefined {
  return stringValue(module.tree, node);
}
