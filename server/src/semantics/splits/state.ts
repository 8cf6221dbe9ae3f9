import type { Range } from '../../base/range.js';
import { type Fit, joinValues, type Value } from './value.js';

/** Steps from a row set to the one it was cut out of. */
const MAX_HOPS = 100;

/** How row sets came about: a part of another set, with the split that made it, or some rows of it. */
export class Rows {
  readonly #parents: number[] = [];
  readonly #splits = new Map<number, { readonly range: Range; readonly name: string }>();

  make(parent = -1, split?: { readonly range: Range; readonly name: string }): number {
    const id = this.#parents.push(parent) - 1;
    if (split !== undefined) this.#splits.set(id, split);
    return id;
  }

  /** The split that divides one of `whole` on the way to one of `rows`; undefined when `rows` is no side of `whole`. */
  splitBetween(
    rows: ReadonlySet<number>,
    whole: ReadonlySet<number>,
  ): { readonly range: Range; readonly name: string } | undefined {
    for (const row of rows) {
      let split: { readonly range: Range; readonly name: string } | undefined;
      let hops = 0;
      for (let at = row; at >= 0 && hops++ < MAX_HOPS; at = this.#parents[at]!) {
        if (split !== undefined && whole.has(at)) return split;
        split ??= this.#splits.get(at);
      }
    }
    return undefined;
  }

  /** True when all `rows` lie in one of `whole`: they are it, or were cut out of it. */
  within(rows: ReadonlySet<number>, whole: ReadonlySet<number>): boolean {
    for (const row of rows) {
      let at = row;
      for (let hops = 0; at >= 0 && !whole.has(at); at = this.#parents[at]!) if (hops++ > MAX_HOPS) return false;
      if (at < 0) return false;
    }
    return rows.size > 0;
  }
}

/** Fits of one estimator that are kept. */
const MAX_FITS = 32;

/**
 * What names stand for at one point of one scope, and which fits each estimator has behind it. A fork holds only what one
 * way of the program changes.
 */
export class State {
  readonly #below: State | undefined;
  readonly #values = new Map<string, Value | undefined>();
  readonly #fits = new Map<number, readonly Fit[]>();
  /** Dotted paths by the name they start with: they go when the name gets another value. */
  readonly #members: Map<string, Set<string>>;

  constructor(below: State | undefined, members = new Map<string, Set<string>>()) {
    this.#below = below;
    this.#members = members;
  }

  fork(): State {
    return new State(this, this.#members);
  }

  get(path: string): Value | undefined {
    let state: State | undefined = this;
    for (; state !== undefined; state = state.#below) {
      const value = state.#values.get(path);
      if (value !== undefined || state.#values.has(path)) return value;
    }
    return undefined;
  }

  set(path: string, value: Value): void {
    this.#values.set(path, value);
    const dot = path.search(/[.[]/);
    if (dot >= 0) {
      const root = path.slice(0, dot);
      const known = this.#members.get(root);
      if (known === undefined) this.#members.set(root, new Set([path]));
      else known.add(path);
    } else for (const member of this.#members.get(path) ?? []) this.#values.set(member, undefined);
  }

  fitsOf(id: number): readonly Fit[] {
    return this.#fits.get(id) ?? this.#below?.fitsOf(id) ?? [];
  }

  addFit(id: number, fit: Fit): void {
    this.#fits.set(id, [...this.fitsOf(id).slice(-MAX_FITS), fit]);
  }

  /** What is known after one of several forks of this state; what only some of them know stays known. */
  become(ways: readonly State[]): void {
    const values = new Map<string, Value | undefined>();
    for (const path of new Set(ways.flatMap((way) => [...way.#values.keys()]))) {
      const [first, ...others] = ways.map((way) => way.get(path));
      values.set(
        path,
        others.reduce((a, b) => (a === undefined ? b : b === undefined ? a : joinValues(a, b)), first),
      );
    }
    const fits = new Map<number, readonly Fit[]>();
    for (const id of new Set(ways.flatMap((way) => [...way.#fits.keys()])))
      fits.set(id, ways.map((way) => way.fitsOf(id)).reduce(joinFits));
    for (const [path, value] of values) this.#values.set(path, value);
    for (const [id, list] of fits) this.#fits.set(id, list);
  }
}

/** Fits of both ways, the shared ones first. Where the last one differs, nobody knows what the estimator was fitted on last. */
function joinFits(a: readonly Fit[], b: readonly Fit[]): readonly Fit[] {
  if (a === b || a[a.length - 1] === b[b.length - 1]) return a.length >= b.length ? a : b;
  const merged = [...new Set([...a, ...b])];
  const last = merged[merged.length - 1]!;
  return [...merged, { ...last, rows: new Set<number>(), part: 'train', learns: 'nothing', drawn: undefined }];
}
