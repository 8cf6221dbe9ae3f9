const BUCKETS = 64;
type Buckets = (readonly string[] | undefined)[];

/**
 * A set of names that answers for a stretch of text without cutting it out: names of the same first character and length lie
 * together, so that most names of a program are turned down at once and the others after a few characters.
 */
export class NameSet {
  readonly #names: ReadonlySet<string>;
  /** Made for the first stretch of text: most programs have no use for most sets. */
  #buckets: Buckets | undefined;
  /** A set this one adds names to, and shares nothing but the names with: it may be large. */
  readonly #more: NameSet | undefined;

  constructor(names: Iterable<string>, more?: NameSet) {
    this.#names = new Set(names);
    this.#more = more;
  }

  get size(): number {
    return this.#names.size + (this.#more?.size ?? 0);
  }

  has(name: string): boolean {
    return this.#names.has(name) || this.#more?.has(name) === true;
  }

  *[Symbol.iterator](): Iterator<string> {
    yield* this.#names;
    if (this.#more !== undefined) yield* this.#more;
  }

  /** The name at `from … to` when it is in the set. */
  at(text: string, from: number, to: number): string | undefined {
    const names = this.#filled()[bucketOf(text.charCodeAt(from), to - from)];
    if (names === undefined) return undefined;
    for (let i = 0; i < names.length; i++) if (standsAt(names[i]!, text, from, to)) return names[i];
    return undefined;
  }

  with(names: readonly string[]): NameSet {
    return names.length === 0 ? this : new NameSet(names, this);
  }

  #filled(): Buckets {
    if (this.#buckets !== undefined) return this.#buckets;
    const more = this.#more;
    const buckets: Buckets = more === undefined ? new Array(128 * BUCKETS).fill(undefined) : more.#filled().slice();
    for (const name of this.#names) {
      const bucket = bucketOf(name.charCodeAt(0), name.length);
      buckets[bucket] = [...(buckets[bucket] ?? []), name];
    }
    this.#buckets = buckets;
    return buckets;
  }
}

function bucketOf(first: number, length: number): number {
  return (first & 127) * BUCKETS + (length < BUCKETS ? length : 0);
}

/** Names differ at their ends sooner than at their beginnings. */
function standsAt(name: string, text: string, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let i = name.length - 1; i >= 0; i--) if (name.charCodeAt(i) !== text.charCodeAt(from + i)) return false;
  return true;
}
