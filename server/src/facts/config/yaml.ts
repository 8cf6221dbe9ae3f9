import { isAlias, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Range } from '../../base/range.js';
import { parseYaml } from '../../syntax/yaml/parse.js';
import type { ScalarStyle } from './entry.js';
import { ConfigNode, type ConfigTree, ErrorList, spanChildren } from './node.js';
import { looksLikeTemplate } from './template.js';

const CORE_TAG = 'tag:yaml.org,2002:';
const STYLES: Readonly<Record<string, ScalarStyle>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/**
 * Reads a YAML stream, one root per document. Never throws; O(n). Aliases point at the entry of their anchor and are
 * never expanded, so cyclic and exploding ones are harmless. Duplicate keys stay in the tree and are reported.
 */
export function readYaml(text: string): ConfigTree {
  const { documents, errors } = parseYaml(text);
  const list = new ErrorList();
  for (const error of errors) list.add(error.range, error.message);
  const syntaxErrors = list.list.length;
  const reader = new YamlReader(text, list);
  const roots = documents.map((document, index) => reader.root(document.contents, document.range, index));
  return {
    roots,
    errors: list.list,
    template: looksLikeTemplate(text, syntaxErrors > 0 || reader.holdsDoubleBraces),
  };
}

class YamlReader {
  /** `{{ x }}` as a plain value is a map whose key is a map: no program writes that, template authors do. */
  holdsDoubleBraces = false;
  readonly #text: string;
  readonly #errors: ErrorList;
  #anchors = new Map<string, ConfigNode>();
  #document = 0;

  constructor(text: string, errors: ErrorList) {
    this.#text = text;
    this.#errors = errors;
  }

  root(contents: unknown, range: readonly number[] | undefined, document: number): ConfigNode {
    this.#anchors = new Map();
    this.#document = document;
    return this.#entry(contents, Math.min(range?.[0] ?? 0, this.#text.length));
  }

  /** `fallback` is where an absent value would stand. The parser bounds the depth, so recursion is safe. */
  #entry(node: unknown, fallback: number): ConfigNode {
    if (isAlias(node)) return this.#alias(node.source, this.#rangeOf(node, fallback));
    if (isMap(node) || isSeq(node)) return this.#collection(node, fallback);
    const range = this.#rangeOf(node, fallback);
    if (!isScalar(node)) return this.#empty(range);
    const entry = new ConfigNode('scalar', this.#trimmed(range, node), this.#document);
    entry.value = scalarValue(node);
    entry.style = STYLES[node.type ?? ''] ?? 'plain';
    this.#mark(entry, node.tag, node.anchor);
    return entry;
  }

  #empty(range: Range): ConfigNode {
    const entry = new ConfigNode('scalar', range, this.#document);
    entry.value = null;
    return entry;
  }

  #alias(name: string, range: Range): ConfigNode {
    const target = this.#anchors.get(name);
    const entry = new ConfigNode(target?.kind ?? 'scalar', range, this.#document);
    entry.alias = target;
    if (target === undefined) {
      entry.value = null;
      this.#errors.add(range, `Unknown anchor "${name.slice(0, 80)}"`);
    }
    return entry;
  }

  #collection(node: YAMLMap | YAMLSeq, fallback: number): ConfigNode {
    const range = this.#rangeOf(node, fallback);
    const entry = new ConfigNode(isMap(node) ? 'map' : 'list', this.#withoutTrailingSpace(range), this.#document);
    entry.flow = node.flow === true;
    this.#mark(entry, node.tag, node.anchor);
    if (isMap(node)) this.#pairs(node, entry);
    else for (const item of node.items) entry.append(this.#entry(item, entry.valueRange.end));
    if (!entry.flow) this.#spanBlock(entry, range.start);
    return entry;
  }

  #pairs(node: YAMLMap, entry: ConfigNode): void {
    const seen = new Set<string>();
    for (const pair of node.items as Pair[]) {
      const keyRange = this.#rangeOf(pair.key, entry.valueRange.start);
      const key = this.#keyText(pair.key, keyRange);
      if (isMap(pair.key) && entry.flow && pair.key.flow === true) this.holdsDoubleBraces = true;
      const value = this.#entry(pair.value, keyRange.end).named(key, keyRange);
      if (seen.has(key) && key !== '<<') this.#errors.add(keyRange, `Duplicate key "${key.slice(0, 80)}"`);
      seen.add(key);
      entry.append(value);
    }
  }

  #keyText(key: unknown, range: Range): string {
    if (isScalar(key)) {
      if (typeof key.value === 'string') return key.value;
      return key.source ?? (key.value === null ? '' : String(key.value));
    }
    if (isAlias(key)) {
      const value = this.#anchors.get(key.source)?.value;
      return value === undefined || value === null ? `*${key.source}` : String(value);
    }
    return this.#text.slice(range.start, Math.min(range.end, range.start + 200));
  }

  #mark(entry: ConfigNode, tag: string | undefined, anchor: string | undefined): void {
    if (tag !== undefined) entry.tag = tag.startsWith(CORE_TAG) ? `!!${tag.slice(CORE_TAG.length)}` : tag;
    if (anchor !== undefined) this.#anchors.set(anchor, entry);
  }

  /** A block list starts at its first dash, a block map at its first key; both end with their last value. */
  #spanBlock(entry: ConfigNode, start: number): void {
    if (entry.children.length === 0) return;
    spanChildren(entry);
    const { start: first, end } = entry.valueRange;
    entry.setValueRange({ start: entry.kind === 'list' ? Math.min(start, first) : first, end });
  }

  #rangeOf(node: unknown, fallback: number): Range {
    const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
    const length = this.#text.length;
    const start = Math.max(0, Math.min(range?.[0] ?? fallback, length));
    const end = Math.max(start, Math.min(range?.[1] ?? start, length));
    if (start < end) return { start, end };
    // An absent value stands right behind its separator, wherever the next token is.
    let at = start;
    while (at > 0 && (this.#text[at - 1] === ' ' || this.#text[at - 1] === '\t')) at--;
    return { start: at, end: at };
  }

  #trimmed(range: Range, node: Scalar): Range {
    return node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED' ? this.#withoutTrailingSpace(range) : range;
  }

  #withoutTrailingSpace({ start, end }: Range): Range {
    let last = end;
    while (last > start && ' \t\r\n'.includes(this.#text[last - 1]!)) last--;
    return { start, end: last };
  }
}

function scalarValue(node: Scalar): string | number | boolean | null {
  const value = node.value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === null || value === undefined) return null;
  return node.source ?? String(value);
}
