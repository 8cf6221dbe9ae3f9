/** Characters of words are told apart by class; everything else is class 0. */
const CODES = 128;

/**
 * Finds which of many words occur in a text, in any case of ASCII letters, in one pass however many words there are
 * (Aho and Corasick, "Efficient string matching", 1975, with a table of transitions). Building is O(characters of the words × 64);
 * scanning O(text).
 */
export class WordScanner {
  readonly #classes = new Uint8Array(CODES);
  readonly #width: number;
  readonly #next: Int32Array | Uint16Array;
  /** Indexes of the words that end in a state. */
  readonly #ends: (readonly number[] | undefined)[] = [];
  readonly #hasEnd: Uint8Array;
  readonly #count: number;

  constructor(words: readonly string[]) {
    this.#count = words.length;
    const lower = words.map((word) => word.toLowerCase());
    const characters = [...new Set(lower.join(''))];
    this.#width = characters.length + 1;
    characters.forEach((character, index) => {
      const code = character.charCodeAt(0);
      if (code >= CODES) throw new RangeError(`word with a character outside ASCII: ${character}`);
      this.#classes[code] = index + 1;
      this.#classes[character.toUpperCase().charCodeAt(0)] = index + 1;
    });
    const size = lower.reduce((sum, word) => sum + word.length, 1);
    const table = new Int32Array(size * this.#width).fill(-1);
    const states = this.#trie(lower, table);
    this.#complete(states, table);
    // A small table stays in the processor's cache.
    const used = table.subarray(0, states * this.#width);
    this.#next = states <= 0xffff ? Uint16Array.from(used) : used.slice();
    this.#hasEnd = Uint8Array.from({ length: states }, (_, state) => (this.#ends[state] === undefined ? 0 : 1));
  }

  /** One byte for each word: 1 when it occurs. */
  scan(text: string): Uint8Array {
    const found = new Uint8Array(this.#count);
    const seen = new Uint8Array(this.#hasEnd.length);
    const [classes, next, hasEnd, width] = [this.#classes, this.#next, this.#hasEnd, this.#width];
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const symbol = code < CODES ? classes[code]! : 0;
      // Between words nothing has begun: the root stays the root without a look at the table.
      if (symbol === 0) {
        state = 0;
        continue;
      }
      state = next[state * width + symbol]!;
      if (hasEnd[state] === 1 && seen[state] === 0) {
        seen[state] = 1;
        for (const word of this.#ends[state]!) found[word] = 1;
      }
    }
    return found;
  }

  #trie(words: readonly string[], next: Int32Array): number {
    let states = 1;
    words.forEach((word, index) => {
      let state = 0;
      for (let i = 0; i < word.length; i++) {
        const at = state * this.#width + this.#classes[word.charCodeAt(i)]!;
        if (next[at]! < 0) next[at] = states++;
        state = next[at]!;
      }
      this.#ends[state] = [...(this.#ends[state] ?? []), index];
    });
    return states;
  }

  /** Turns the trie into a complete automaton, state by state from the root. */
  #complete(states: number, next: Int32Array): void {
    const fallback = new Int32Array(states);
    const queue = [0];
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head]!;
      const back = fallback[state]!;
      if (state !== 0 && this.#ends[back] !== undefined)
        this.#ends[state] = [...(this.#ends[state] ?? []), ...this.#ends[back]];
      for (let symbol = 0; symbol < this.#width; symbol++) {
        const at = state * this.#width + symbol;
        const child = next[at]!;
        const shared = state === 0 ? 0 : next[back * this.#width + symbol]!;
        if (child < 0) next[at] = shared;
        else {
          fallback[child] = shared;
          queue.push(child);
        }
      }
    }
  }
}
