/**
 * Decides whether a server that ended by itself is started again: at most `limit` times within `windowMs`, so that a
 * server that cannot run does not spin. The caller passes the clock.
 */
export class RestartPolicy {
  readonly #limit: number;
  readonly #windowMs: number;
  #ends: number[] = [];

  constructor(limit = 3, windowMs = 5 * 60_000) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Records an unexpected end at `now` (milliseconds) and tells whether to start again. */
  mayRestart(now: number): boolean {
    this.#ends = this.#ends.filter((end) => now - end < this.#windowMs);
    this.#ends.push(now);
    return this.#ends.length <= this.#limit;
  }

  /** Forgets the past: the user asked for a restart. */
  reset(): void {
    this.#ends = [];
  }
}
