import { lastSegment } from '../../base/name-pattern.js';
import type { NameSet } from '../../base/name-set.js';
import { calleeOf, children, nodeText } from '../../syntax/python/accessors.js';
import { Kind, type PythonTree } from '../../syntax/python/tree.js';
import type { PythonModule } from './module.js';

/** What a check asks of a module, by last name segment. */
export interface PythonWanted {
  readonly calls: NameSet;
  readonly references: NameSet;
  readonly keywords: NameSet;
  readonly stores: NameSet;
  readonly strings: boolean;
}

/** Nodes that may be what was asked for; names are resolved later, for these alone. */
export interface PythonHits {
  readonly calls: number[];
  readonly keywordCalls: { readonly call: number; readonly keyword: string }[];
  readonly references: number[];
  /** Assign nodes whose target ends in a wanted name. */
  readonly stores: number[];
  readonly strings: number[];
  /** Names of the module's own that stand for another name: what they are called says nothing. */
  readonly aliases: ReadonlySet<string>;
}

/** Finds candidate nodes in two linear passes over the flat tree; allocates only for hits. */
export function collect(module: PythonModule, wanted: PythonWanted): PythonHits {
  const aliases = aliasNames(module, wanted);
  const collector = new Collector(
    module,
    aliased(wanted.calls, aliases),
    aliased(wanted.references, aliases),
    aliased(wanted.stores, aliases),
    wanted,
    new Set(aliases.keys()),
  );
  collector.run();
  return collector.hits;
}

class Collector {
  readonly hits: PythonHits;
  readonly #module: PythonModule;
  readonly #tree: PythonTree;
  readonly #calls: NameSet;
  readonly #references: NameSet;
  readonly #stores: NameSet;
  readonly #wanted: PythonWanted;

  constructor(
    module: PythonModule,
    calls: NameSet,
    references: NameSet,
    stores: NameSet,
    wanted: PythonWanted,
    aliases: ReadonlySet<string>,
  ) {
    this.hits = { calls: [], keywordCalls: [], references: [], stores: [], strings: [], aliases };
    this.#module = module;
    this.#tree = module.tree;
    this.#calls = calls;
    this.#references = references;
    this.#stores = stores;
    this.#wanted = wanted;
  }

  run(): void {
    const { kind, count } = this.#tree;
    const references = this.#references.size > 0;
    const keywords = this.#wanted.keywords.size > 0;
    const stores = this.#stores.size > 0;
    for (let node = 0; node < count; node++) {
      switch (kind[node]) {
        case Kind.Call:
          if (this.#named(calleeOf(this.#tree, node), this.#calls)) this.hits.calls.push(node);
          break;
        case Kind.Kwarg:
          if (keywords) this.#keyword(node);
          break;
        case Kind.Name:
        case Kind.Attr:
          if (references && this.#named(node, this.#references) && isReference(this.#module, node))
            this.hits.references.push(node);
          break;
        case Kind.Assign:
          if (stores && this.#stored(this.#tree.first[node]!, node)) this.hits.stores.push(node);
          break;
        case Kind.Str:
        case Kind.FStr:
          if (this.#wanted.strings) this.hits.strings.push(node);
          break;
      }
    }
  }

  #named(node: number, names: NameSet): boolean {
    const { kind, aux, text, tokenStart, tokenEnd } = this.#tree;
    let at = node;
    while (kind[at] === Kind.Group) at--;
    if (kind[at] !== Kind.Attr && kind[at] !== Kind.Name) return false;
    const token = aux[at]!;
    return token >= 0 && names.at(text, tokenStart[token]!, tokenEnd[token]!) !== undefined;
  }

  #keyword(node: number): void {
    const { aux, text, tokenStart, tokenEnd, kind } = this.#tree;
    const token = aux[node]!;
    const keyword = this.#wanted.keywords.at(text, tokenStart[token]!, tokenEnd[token]!);
    if (keyword === undefined) return;
    const call = this.#module.parents()[node]!;
    if (kind[call] === Kind.Call) this.hits.keywordCalls.push({ call, keyword });
  }

  /** `os.environ["X"] = …` stores into `environ`; `torch.load = …` into `load`. The first target lies at the start. */
  #stored(first: number, assign: number): boolean {
    const { kind } = this.#tree;
    let target = first;
    while (target < assign - 1 && this.#tree.first[target + 1]! <= first && isTargetPart(kind[target + 1]!)) target++;
    if (kind[target] === Kind.Subscript || kind[target] === Kind.Attr || kind[target] === Kind.Name) {
      const [whole] = children(this.#tree, assign);
      if (whole === undefined) return false;
      const base = kind[whole] === Kind.Subscript ? children(this.#tree, whole)[0]! : whole;
      return this.#named(base, this.#stores);
    }
    return false;
  }
}

function isTargetPart(kind: number): boolean {
  return kind === Kind.Attr || kind === Kind.Subscript;
}

function aliased(names: NameSet, aliases: ReadonlyMap<string, string>): NameSet {
  const extra = [...aliases].filter(([, name]) => names.has(name)).map(([alias]) => alias);
  return extra.length === 0 ? names : names.with(extra);
}

/** Local names that stand for another one: `import x as y`, `from m import load as l`, `l = torch.load`. */
function aliasNames(module: PythonModule, wanted: PythonWanted): ReadonlyMap<string, string> {
  const { tree } = module;
  const { kind, count, aux, text, tokenStart, tokenEnd, first } = tree;
  const aliases = new Map<string, string>();
  for (const { names } of module.imports().values()) {
    for (const entry of names) {
      if (entry.asName !== undefined) aliases.set(entry.asName, lastSegment(entry.name));
    }
  }
  for (let node = 0; node < count; node++) {
    if (kind[node] === Kind.Assign && kind[node - 1] === Kind.Call) {
      const alias = partialOf(tree, node, wanted);
      if (alias !== undefined) aliases.set(nodeText(tree, first[node]!), alias);
      continue;
    }
    if (
      kind[node] === Kind.Assign &&
      kind[first[node]!] === Kind.Name &&
      (kind[node - 1] === Kind.Attr || kind[node - 1] === Kind.Name)
    ) {
      const token = aux[node - 1]!;
      if (token < 0) continue;
      const source =
        wanted.calls.at(text, tokenStart[token]!, tokenEnd[token]!) ??
        wanted.references.at(text, tokenStart[token]!, tokenEnd[token]!);
      if (source !== undefined) aliases.set(nodeText(tree, first[node]!), source);
    }
  }
  return aliases;
}

/** `load = partial(torch.load, …)`: the wanted name such a call stands for. */
function partialOf(tree: PythonTree, assign: number, wanted: PythonWanted): string | undefined {
  const { kind, aux, text, tokenStart, tokenEnd, first } = tree;
  if (kind[first[assign]!] !== Kind.Name) return undefined;
  const [callee, target] = children(tree, assign - 1);
  if (callee === undefined || target === undefined) return undefined;
  if (kind[callee] !== Kind.Name && kind[callee] !== Kind.Attr) return undefined;
  if (kind[target] !== Kind.Name && kind[target] !== Kind.Attr) return undefined;
  const [made, of] = [aux[callee]!, aux[target]!];
  if (made < 0 || of < 0 || text.slice(tokenStart[made], tokenEnd[made]) !== 'partial') return undefined;
  return wanted.calls.at(text, tokenStart[of]!, tokenEnd[of]!);
}

/** True when a name or attribute is used as a value: not called, not part of a longer path, not stored to, not imported. */
function isReference(module: PythonModule, node: number): boolean {
  const { tree } = module;
  const parent = module.parents()[node]!;
  switch (tree.kind[parent]) {
    case Kind.Call:
      return calleeOf(tree, parent) !== node;
    case Kind.Assign:
    case Kind.AnnAssign:
      return tree.first[parent]! !== tree.first[node]!;
    case Kind.Kwarg:
    case Kind.Entry:
    case Kind.List:
    case Kind.Tuple:
    case Kind.Return:
    case Kind.Ternary:
    case Kind.Group:
    case Kind.Lambda:
      return true;
  }
  return false;
}

/** True when the module calls anything whose last name is in the set. Linear, without allocation. */
export function callsAny(module: PythonModule, names: NameSet): boolean {
  const { tree } = module;
  const { kind, count, aux, text, tokenStart, tokenEnd } = tree;
  for (let node = 0; node < count; node++) {
    if (kind[node] !== Kind.Call) continue;
    const callee = calleeOf(tree, node);
    if (kind[callee] !== Kind.Attr && kind[callee] !== Kind.Name) continue;
    const token = aux[callee]!;
    if (token >= 0 && names.at(text, tokenStart[token]!, tokenEnd[token]!) !== undefined) return true;
  }
  return false;
}

/** True when the module imports from any of these top-level packages. Linear in the imported names. */
export function importsAny(module: PythonModule, packages: NameSet): boolean {
  for (const { level, module: from, names } of module.imports().values()) {
    if (level > 0) continue;
    if (from === '' ? names.some(({ name }) => packages.has(firstSegment(name))) : packages.has(firstSegment(from)))
      return true;
  }
  return false;
}

function firstSegment(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}
