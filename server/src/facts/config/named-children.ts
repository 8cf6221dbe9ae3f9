import type { ConfigNode } from './node.js';

/** The children of maps that are written in pieces, by name: the first of each name, as long as none takes its place. */
export class NamedChildren {
  readonly #names = new Map<ConfigNode, Map<string, ConfigNode>>();

  /** O(1). */
  find(parent: ConfigNode, key: string): ConfigNode | undefined {
    return this.#names.get(parent)?.get(key);
  }

  /** Appends a child to a map. */
  add(parent: ConfigNode, child: ConfigNode): void {
    if (child.key !== undefined && this.find(parent, child.key) === undefined) this.replace(parent, child.key, child);
    parent.append(child);
  }

  /** Lets another child stand for a name from now on. */
  replace(parent: ConfigNode, key: string, child: ConfigNode): void {
    const names = this.#names.get(parent) ?? new Map<string, ConfigNode>();
    this.#names.set(parent, names.set(key, child));
  }
}
