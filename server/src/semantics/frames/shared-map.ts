/** A map whose copies share their entries until one of them changes: copying is O(1), the first change after it O(size). */
export class SharedMap<K, V> implements Iterable<[K, V]> {
  #entries: Map<K, V>;
  #shared: boolean;

  constructor(entries: Map<K, V> = new Map(), shared = false) {
    this.#entries = entries;
    this.#shared = shared;
  }

  copy(): SharedMap<K, V> {
    this.#shared = true;
    return new SharedMap(this.#entries, true);
  }

  /** True when nothing was changed in either since one was copied from the other; false says nothing. */
  sharesWith(other: SharedMap<K, V>): boolean {
    return this.#entries === other.#entries;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  set(key: K, value: V): void {
    if (this.#shared) {
      this.#entries = new Map(this.#entries);
      this.#shared = false;
    }
    this.#entries.set(key, value);
  }

  keys(): IterableIterator<K> {
    return this.#entries.keys();
  }

  /** Iterates over the entries as they are now, whatever is set meanwhile. */
  [Symbol.iterator](): IterableIterator<[K, V]> {
    this.#shared = true;
    return this.#entries[Symbol.iterator]();
  }

  /** Takes over the entries of another map; `join` decides about keys that both have. */
  merge(other: SharedMap<K, V>, join: (mine: V, theirs: V) => V): void {
    if (this.sharesWith(other)) return;
    for (const [key, theirs] of other.#entries) {
      const mine = this.#entries.get(key);
      if (mine === theirs && (mine !== undefined || this.#entries.has(key))) continue;
      const joined = this.#entries.has(key) ? join(mine as V, theirs) : theirs;
      if (joined !== mine || !this.#entries.has(key)) this.set(key, joined);
    }
  }
}
