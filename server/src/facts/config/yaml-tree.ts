import type { Range } from '../../base/range.js';
import type { ConfigEntry, ScalarStyle } from './entry.js';
import { ConfigNode, ErrorList, spanChildren } from './node.js';

const CORE_TAG = 'tag:yaml.org,2002:';

/** The tag and the anchor written before a value. */
export interface YamlProperties {
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
}

/** The entries of a YAML stream while a reader builds them: anchors, duplicate keys and spans are the same for every reader. */
export class YamlTree {
  readonly errors = new ErrorList();
  #anchors = new Map<string, ConfigNode>();
  #document = -1;

  constructor(readonly text: string) {}

  /** Anchors end with their document. */
  startDocument(): void {
    this.#anchors = new Map();
    this.#document++;
  }

  scalar(range: Range, value: ConfigEntry['value'], style: ScalarStyle, properties?: YamlProperties): ConfigNode {
    const entry = new ConfigNode('scalar', range, this.#document);
    entry.value = value;
    entry.style = style;
    this.#mark(entry, properties);
    return entry;
  }

  alias(name: string, range: Range): ConfigNode {
    const target = this.#anchors.get(name);
    const entry = new ConfigNode(target?.kind ?? 'scalar', range, this.#document);
    entry.alias = target;
    if (target === undefined) {
      entry.value = null;
      this.errors.add(range, `Unknown anchor "${name.slice(0, 80)}"`);
    }
    return entry;
  }

  /** Opens a map or a list: the caller appends its children and, when it is a block, spans it. */
  collection(kind: 'map' | 'list', range: Range, flow: boolean, properties: YamlProperties): ConfigNode {
    const entry = new ConfigNode(kind, this.withoutTrailingSpace(range), this.#document);
    entry.flow = flow;
    this.#mark(entry, properties);
    return entry;
  }

  /** Appends a value under its key to a map; `seen` holds the keys before it. */
  pair(map: ConfigNode, seen: Set<string>, key: string, keyRange: Range, value: ConfigNode): void {
    value.named(key, keyRange);
    if (seen.has(key) && key !== '<<') this.errors.add(keyRange, `Duplicate key "${key.slice(0, 80)}"`);
    seen.add(key);
    map.append(value);
  }

  /** What an alias stands for, as a key. */
  aliasAsKey(name: string): string {
    const value = this.#anchors.get(name)?.value;
    return value === undefined || value === null ? `*${name}` : String(value);
  }

  /** A block list starts at its first dash, a block map at its first key; both end with their last value. */
  spanBlock(entry: ConfigNode, start: number): void {
    if (entry.children.length === 0) return;
    spanChildren(entry);
    const { start: first, end } = entry.valueRange;
    entry.setValueRange({ start: entry.kind === 'list' ? Math.min(start, first) : first, end });
  }

  withoutTrailingSpace({ start, end }: Range): Range {
    let last = end;
    while (last > start && ' \t\r\n'.includes(this.text[last - 1]!)) last--;
    return { start, end: last };
  }

  #mark(entry: ConfigNode, properties: YamlProperties | undefined): void {
    if (properties === undefined) return;
    const { tag, anchor } = properties;
    if (tag !== undefined) entry.tag = tag.startsWith(CORE_TAG) ? `!!${tag.slice(CORE_TAG.length)}` : tag;
    if (anchor !== undefined) this.#anchors.set(anchor, entry);
  }
}
