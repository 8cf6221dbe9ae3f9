const BUCKETS = 64;

/**
 * A set of names that answers for a stretch of text without cutting it out: most names of a program are turned down by
 * their first character and length.
 */
export class NameSet {
  readonly #names: ReadonlySet<string>;
  readonly #shapes = new Uint8Array(128 * BUCKETS);

  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
    for (const name of this.#names) this.#shapes[shapeOf(name.charCodeAt(0), name.length)] = 1;
  }

  get size(): number {
    return this.#names.size;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  [Symbol.iterator](): Iterator<string> {
    return this.#names[Symbol.iterator]();
  }

  /** The name at `from … to` when it is in the set. */
  at(text: string, from: number, to: number): string | undefined {
    if (this.#shapes[shapeOf(text.charCodeAt(from), to - from)] === 0) return undefined;
    const name = text.slice(from, to);
    return this.#names.has(name) ? name : undefined;
  }

  with(names: Iterable<string>): NameSet {
    return new NameSet([...this.#names, ...names]);
  }
}

function shapeOf(first: number, length: number): number {
  return (first & 127) * BUCKETS + (length < BUCKETS ? length : 0);
}
