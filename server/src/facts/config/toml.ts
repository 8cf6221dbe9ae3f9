import type { AST } from 'toml-eslint-parser';
import type { Range } from '../../base/range.js';
import { parseToml } from '../../syntax/toml/parse.js';
import { NamedChildren } from './named-children.js';
import { ConfigNode, type ConfigTree, ErrorList, spanChildren } from './node.js';
import { looksLikeTemplate } from './template.js';

const MAX_DEPTH = 200;

/**
 * Reads TOML as one document: `[a.b]` and dotted keys become nested maps, `[[a]]` a list of maps. Never throws; O(n).
 * Dates and times are scalars whose value is their source text.
 */
export function readToml(text: string): ConfigTree {
  const { program, errors } = parseToml(text);
  const list = new ErrorList();
  for (const error of errors) list.add(error.range, error.message);
  const root =
    program === undefined ? new ConfigNode('map', { start: 0, end: 0 }) : new TomlReader(text, list).read(program);
  return { roots: [root], errors: list.list, template: looksLikeTemplate(text, list.list.length > 0) };
}

class TomlReader {
  readonly #text: string;
  readonly #errors: ErrorList;
  readonly #names = new NamedChildren();

  constructor(text: string, errors: ErrorList) {
    this.#text = text;
    this.#errors = errors;
  }

  read(program: AST.TOMLProgram): ConfigNode {
    const root = new ConfigNode('map', { start: 0, end: 0 });
    for (const statement of program.body[0].body) {
      if (statement.type === 'TOMLTable') {
        const table = this.#table(root, statement);
        for (const pair of statement.body) this.#pair(table, pair, 0);
      } else this.#pair(root, statement, 0);
    }
    spanBlocks(root);
    return root;
  }

  #table(root: ConfigNode, table: AST.TOMLTable): ConfigNode {
    const keys = table.key.keys;
    const last = keys.at(-1);
    if (last === undefined) return root;
    const parent = this.#descend(root, keys.slice(0, -1));
    const behind = Math.min(table.key.range[1] + (table.kind === 'array' ? 2 : 1), this.#text.length);
    const empty: Range = { start: behind, end: behind };
    if (table.kind === 'standard') return this.#step(parent, last, 'map', empty);
    const list = this.#step(parent, last, 'list', empty);
    const item = new ConfigNode('map', empty);
    list.append(item);
    return item;
  }

  /** Follows all but the last part of a dotted key, making the maps that are not there yet. */
  #descend(from: ConfigNode, keys: readonly (AST.TOMLBare | AST.TOMLQuoted)[]): ConfigNode {
    let node = from;
    for (const key of keys.slice(0, MAX_DEPTH)) {
      const next = this.#step(node, key, 'map', { start: key.range[1], end: key.range[1] });
      node = next.kind === 'list' ? (next.children.at(-1) ?? next) : next;
    }
    return node;
  }

  #step(parent: ConfigNode, key: AST.TOMLBare | AST.TOMLQuoted, kind: 'map' | 'list', empty: Range): ConfigNode {
    const known = this.#names.find(parent, keyText(key));
    if (known !== undefined && known.kind !== 'scalar') return known;
    const made = new ConfigNode(kind, empty).named(keyText(key), rangeOf(key));
    this.#names.add(parent, made);
    return made;
  }

  #pair(table: ConfigNode, pair: AST.TOMLKeyValue, depth: number): void {
    const last = pair.key.keys.at(-1);
    if (last === undefined) return;
    const parent = this.#descend(table, pair.key.keys.slice(0, -1));
    const key = keyText(last);
    if (this.#names.find(parent, key) !== undefined)
      this.#errors.add(rangeOf(last), `Duplicate key "${key.slice(0, 80)}"`);
    this.#names.add(parent, this.#value(pair.value, depth).named(key, rangeOf(last)));
  }

  #value(node: AST.TOMLContentNode, depth: number): ConfigNode {
    const range = rangeOf(node);
    if (node.type === 'TOMLValue') {
      const entry = new ConfigNode('scalar', range);
      entry.value = typeof node.value === 'object' ? this.#text.slice(range.start, range.end) : node.value;
      if (node.kind === 'string') entry.style = node.style === 'literal' ? 'single' : 'double';
      return entry;
    }
    const entry = new ConfigNode(node.type === 'TOMLArray' ? 'list' : 'map', range);
    entry.flow = true;
    if (depth >= MAX_DEPTH) this.#errors.add(range, 'Nested too deeply; the rest is not read');
    else if (node.type === 'TOMLArray') for (const item of node.elements) entry.append(this.#value(item, depth + 1));
    else for (const pair of node.body) this.#pair(entry, pair, depth + 1);
    return entry;
  }
}

/** Gives tables, which are written in pieces, the span of all they hold. Depth is that of the keys, which is bounded. */
function spanBlocks(node: ConfigNode): void {
  for (const child of node.children) if (child.kind !== 'scalar' && !child.flow) spanBlocks(child);
  spanChildren(node);
}

function keyText(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

function rangeOf(node: { readonly range: readonly [number, number] }): Range {
  return { start: node.range[0], end: node.range[1] };
}
