import type { Range } from '../../base/range.js';
import type { ConfigEntry, ConfigFacts, ScalarStyle } from './entry.js';

/** What a config reader returns: everything that stands in the text alone. */
export type ConfigTree = Omit<ConfigFacts, 'formats' | 'patch' | 'generated'>;

export type ConfigError = ConfigFacts['errors'][number];

/** Reads one syntax. Never throws. */
export type ConfigReader = (text: string) => ConfigTree;

/** A list of at most a hundred errors: a file that broken is no longer helped by more. */
export class ErrorList {
  readonly list: ConfigError[] = [];

  add(range: Range, message: string): void {
    if (this.list.length < 100) this.list.push({ range, message });
  }
}

/** A config entry while its reader builds it. The path is computed from the parents, so that deep files stay small. */
export class ConfigNode implements ConfigEntry {
  kind: ConfigEntry['kind'];
  key: string | undefined;
  keyRange: Range | undefined;
  valueRange: Range;
  range: Range;
  value: ConfigEntry['value'];
  style: ScalarStyle = 'plain';
  flow = false;
  tag: string | undefined;
  parent: ConfigNode | undefined;
  readonly children: ConfigNode[] = [];
  alias: ConfigNode | undefined;
  readonly document: number;
  /** Position among the children of a list. */
  index = 0;

  constructor(kind: ConfigEntry['kind'], valueRange: Range, document = 0) {
    this.kind = kind;
    this.valueRange = valueRange;
    this.range = valueRange;
    this.document = document;
  }

  get path(): readonly (string | number)[] {
    const path: (string | number)[] = [];
    for (let node: ConfigNode = this; node.parent !== undefined; node = node.parent) path.push(node.key ?? node.index);
    return path.reverse();
  }

  named(key: string, keyRange: Range): this {
    this.key = key;
    this.keyRange = keyRange;
    this.#measure();
    return this;
  }

  /** Appends a finished or growing child. */
  append(child: ConfigNode): void {
    child.parent = this;
    child.index = this.children.length;
    this.children.push(child);
  }

  setValueRange(range: Range): void {
    this.valueRange = range;
    this.#measure();
  }

  #measure(): void {
    this.range =
      this.keyRange === undefined
        ? this.valueRange
        : {
            start: Math.min(this.keyRange.start, this.valueRange.start),
            end: Math.max(this.keyRange.end, this.valueRange.end),
          };
  }
}

/** Spans all children of a block map or list; an empty one keeps its range. */
export function spanChildren(node: ConfigNode): void {
  if (node.children.length === 0) return;
  let start = Number.MAX_SAFE_INTEGER;
  let end = 0;
  for (const child of node.children) {
    start = Math.min(start, child.range.start);
    end = Math.max(end, child.range.end);
  }
  node.setValueRange({ start, end });
}
