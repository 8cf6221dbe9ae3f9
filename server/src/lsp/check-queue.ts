/** Longest time a check is put off for changes that keep coming. */
const PATIENCE_MS = 50;
/** Longest stretch of work before waiting messages get their turn. */
const SLICE_MS = 15;

/**
 * What has to be checked: documents being edited first, files on disk after them. Work starts once a whole turn passed
 * without new entries, so that a burst of changes is checked once, at its newest state.
 */
export class CheckQueue<T> {
  readonly #defer: (run: () => void) => void;
  readonly #now: () => number;
  readonly #work: (item: T) => void;
  readonly #idle: () => void;
  readonly #urgent = new Set<T>();
  readonly #background = new Set<T>();
  #additions = 0;
  #running = false;
  #held = true;

  /** Nothing runs before `release`. `work` must not throw; `idle` is called each time the queue has run empty. */
  constructor(defer: (run: () => void) => void, now: () => number, work: (item: T) => void, idle: () => void) {
    this.#defer = defer;
    this.#now = now;
    this.#work = work;
    this.#idle = idle;
  }

  release(): void {
    this.#held = false;
    if (this.#urgent.size + this.#background.size > 0) this.#start();
  }

  add(item: T): void {
    this.#urgent.add(item);
    this.#start();
  }

  addLater(item: T): void {
    this.#background.add(item);
    this.#start();
  }

  remove(item: T): void {
    this.#urgent.delete(item);
    this.#background.delete(item);
  }

  clear(): void {
    this.#urgent.clear();
    this.#background.clear();
  }

  #start(): void {
    this.#additions++;
    if (this.#running || this.#held) return;
    this.#running = true;
    const seen = this.#additions;
    const since = this.#now();
    this.#defer(() => this.#settle(seen, since));
  }

  /** Waits until nothing was added for a turn. */
  #settle(seen: number, since: number): void {
    this.#defer(() => {
      if (this.#additions !== seen && this.#now() - since < PATIENCE_MS) this.#settle(this.#additions, since);
      else this.#drain();
    });
  }

  #drain(): void {
    const until = this.#now() + SLICE_MS;
    for (;;) {
      const item = this.#take();
      if (item === undefined) {
        this.#running = false;
        this.#idle();
        return;
      }
      this.#work(item);
      if (this.#now() >= until) break;
    }
    this.#defer(() => this.#drain());
  }

  #take(): T | undefined {
    for (const set of [this.#urgent, this.#background]) {
      for (const item of set) {
        set.delete(item);
        return item;
      }
    }
    return undefined;
  }
}

/** A promise of the next turn, for loops that must let messages through. */
export function turn(defer: (run: () => void) => void): Promise<void> {
  return new Promise((resolve) => defer(resolve));
}

/** Runs `work` over items in slices, yielding in between; stops early when `stopped` says so. Returns how many it did. */
export async function inSlices<T>(
  items: Iterable<T>,
  clock: { readonly now: () => number; readonly defer: (run: () => void) => void },
  work: (item: T) => void,
  stopped: () => boolean,
): Promise<number> {
  let done = 0;
  let until = clock.now() + SLICE_MS;
  for (const item of items) {
    if (stopped()) return done;
    work(item);
    done++;
    if (clock.now() < until) continue;
    await turn(clock.defer);
    until = clock.now() + SLICE_MS;
  }
  return done;
}
