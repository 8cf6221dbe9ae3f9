import { isAlias, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Range } from '../../base/range.js';
import { parseYaml } from '../../syntax/yaml/parse.js';
import type { ScalarStyle } from './entry.js';
import type { ConfigNode, ConfigTree } from './node.js';
import { looksLikeTemplate } from './template.js';
import { YamlTree } from './yaml-tree.js';

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/** Reads any YAML stream, broken ones as far as they go; the slow reader. Never throws; O(n). */
export function readYamlNodes(text: string): ConfigTree {
  const { documents, errors } = parseYaml(text);
  const tree = new YamlTree(text);
  for (const error of errors) tree.errors.add(error.range, error.message);
  const syntaxErrors = errors.length;
  const reader = new NodeReader(tree);
  const roots = documents.map((document) => reader.root(document.contents, document.range));
  return {
    roots,
    errors: tree.errors.list,
    template: looksLikeTemplate(text, syntaxErrors > 0 || reader.holdsDoubleBraces),
  };
}

class NodeReader {
  /** `{{ x }}` as a plain value is a map whose key is a map: no program writes that, template authors do. */
  holdsDoubleBraces = false;
  readonly #tree: YamlTree;
  readonly #text: string;

  constructor(tree: YamlTree) {
    this.#tree = tree;
    this.#text = tree.text;
  }

  root(contents: unknown, range: readonly number[] | undefined): ConfigNode {
    this.#tree.startDocument();
    return this.#entry(contents, Math.min(range?.[0] ?? 0, this.#text.length));
  }

  /** `fallback` is where an absent value would stand. The parser bounds the depth, so recursion is safe. */
  #entry(node: unknown, fallback: number): ConfigNode {
    if (isAlias(node)) return this.#tree.alias(node.source, this.#rangeOf(node, fallback));
    if (isMap(node) || isSeq(node)) return this.#collection(node, fallback);
    const range = this.#rangeOf(node, fallback);
    if (!isScalar(node)) return this.#tree.scalar(range, null, 'plain');
    const style = STYLES[node.type ?? ''] ?? 'plain';
    return this.#tree.scalar(this.#trimmed(range, style), scalarValue(node), style, node as Properties);
  }

  #collection(node: YAMLMap | YAMLSeq, fallback: number): ConfigNode {
    const range = this.#rangeOf(node, fallback);
    const entry = this.#tree.collection(isMap(node) ? 'map' : 'list', range, node.flow === true, node as Properties);
    if (isMap(node)) this.#pairs(node, entry);
    else for (const item of node.items) entry.append(this.#entry(item, entry.valueRange.end));
    if (!entry.flow) this.#tree.spanBlock(entry, range.start);
    return entry;
  }

  #pairs(node: YAMLMap, entry: ConfigNode): void {
    const seen = new Set<string>();
    for (const pair of node.items as Pair[]) {
      const keyRange = this.#rangeOf(pair.key, entry.valueRange.start);
      const key = this.#keyText(pair.key, keyRange);
      if (isMap(pair.key) && entry.flow && pair.key.flow === true) this.holdsDoubleBraces = true;
      this.#tree.pair(entry, seen, key, keyRange, this.#entry(pair.value, keyRange.end));
    }
  }

  #keyText(key: unknown, range: Range): string {
    if (isScalar(key)) {
      if (typeof key.value === 'string') return key.value;
      return key.source ?? (key.value === null ? '' : String(key.value));
    }
    if (isAlias(key)) return this.#tree.aliasAsKey(key.source);
    return this.#text.slice(range.start, Math.min(range.end, range.start + 200));
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

  #trimmed(range: Range, style: ScalarStyle): Range {
    return style === 'literal' || style === 'folded' ? this.#tree.withoutTrailingSpace(range) : range;
  }
}

/** What the library keeps of tag and anchor, absent or undefined. */
type Properties = { tag: string | undefined; anchor: string | undefined };

function scalarValue(node: Scalar): string | number | boolean | null {
  const value = node.value;
  // The library takes `!!float 20000` for text.
  if (node.tag === 'tag:yaml.org,2002:float' && value !== '' && Number.isFinite(Number(value))) return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === null || value === undefined) return null;
  return node.source ?? String(value);
}
