/** Every host has it (https://encoding.spec.whatwg.org/#interface-textencoder); the types of none are in use here. */
declare class TextEncoder {
  encodeInto(source: string, destination: Uint8Array): { readonly written: number };
}
const encoder = new TextEncoder();
/** Room for the UTF-8 form of the text at hand; grows with the longest one seen. */
let bytes = new Uint8Array(0);

export interface ScannedWords {
  /** One byte for each word: 1 when it occurs. */
  readonly found: Uint8Array;
  /** Offsets of the last characters of the words whose places are wanted, ascending, in UTF-16 units. */
  readonly places: readonly number[];
}

/** Texts up to this many characters in all are searched word by word: the table would cost more than it saves. */
const FEW_CHARACTERS = 60_000;

/** Finds which of many words occur in a text, in any case of ASCII letters. O(text), but for the first few texts. */
export class WordScanner {
  readonly #words: readonly string[];
  readonly #placed: ReadonlySet<string>;
  #automaton: Automaton | undefined;
  #searched = 0;

  /** @param placed words whose places are wanted too */
  constructor(words: readonly string[], placed: ReadonlySet<string> = new Set()) {
    this.#words = words.map((word) => word.toLowerCase());
    this.#placed = new Set([...placed].map((word) => word.toLowerCase()));
    const foreign = this.#words.find((word) => /[^\0-\x7f]/.test(word));
    if (foreign !== undefined) throw new RangeError(`word with a character outside ASCII: ${foreign}`);
  }

  /** What occurs in a text. */
  scan(text: string): ScannedWords {
    this.#searched += text.length;
    if (this.#searched <= FEW_CHARACTERS) return this.#wordByWord(text);
    this.#automaton ??= new Automaton(this.#words, this.#placed);
    return this.#automaton.scan(text);
  }

  #wordByWord(text: string): ScannedWords {
    const lower = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
    const places: number[] = [];
    const found = Uint8Array.from(this.#words, (word) => {
      let at = lower.indexOf(word);
      if (at < 0) return 0;
      for (; this.#placed.has(word) && at >= 0; at = lower.indexOf(word, at + 1)) places.push(at + word.length - 1);
      return 1;
    });
    return { found, places: [...new Set(places)].sort((a, b) => a - b) };
  }
}

/**
 * Finds all words in one pass however many there are (Aho and Corasick, "Efficient string matching", 1975, with a table of
 * transitions). Building is O(characters of the words × 64); scanning O(text).
 */
class Automaton {
  /** Class of each byte; everything that stands in no word is class 0. */
  readonly #classes = new Uint8Array(256);
  /** A row of the table has 2 to this power places, so that rows are found without a multiplication. */
  readonly #shift: number;
  /** Next state by state and class. States are numbered by depth, those that end a word last: rows in use lie together. */
  readonly #next: Uint32Array | Uint16Array;
  readonly #firstEnd: number;
  /** Indexes of the words that end in a state, from the first such state on. */
  readonly #ends: readonly (readonly number[])[];
  readonly #count: number;

  /** 1 for states that end a word whose places are wanted, from the first ending state on. */
  readonly #placed: Uint8Array;

  constructor(words: readonly string[], placed: ReadonlySet<string>) {
    this.#count = words.length;
    const characters = [...new Set(words.join(''))];
    characters.forEach((character, index) => {
      const code = character.charCodeAt(0);
      this.#classes[code] = index + 1;
      this.#classes[character.toUpperCase().charCodeAt(0)] = index + 1;
    });
    this.#shift = Math.ceil(Math.log2(characters.length + 1));
    const size = words.reduce((sum, word) => sum + word.length, 1);
    const table = new Int32Array(size << this.#shift).fill(-1);
    const endsOf: number[][] = [];
    const states = this.#trie(words, table, endsOf);
    const order = this.#complete(states, table, endsOf);
    const ending = order.filter((state) => endsOf[state] !== undefined);
    this.#firstEnd = states - ending.length;
    this.#ends = ending.map((state) => endsOf[state]!);
    this.#placed = Uint8Array.from(this.#ends, (ends) => (ends.some((word) => placed.has(words[word]!)) ? 1 : 0));
    const inner = order.filter((state) => endsOf[state] === undefined);
    this.#next = this.#renumbered([...inner, ...ending], table);
  }

  /** What occurs in a text. */
  scan(text: string): ScannedWords {
    const found = new Uint8Array(this.#count);
    const seen = new Uint8Array(this.#ends.length);
    const places: number[] = [];
    // A UTF-16 unit takes at most three bytes.
    if (bytes.length < text.length * 3) bytes = new Uint8Array(text.length * 3);
    const { written } = encoder.encodeInto(text, bytes);
    const [classes, next, shift, firstEnd, source] = [this.#classes, this.#next, this.#shift, this.#firstEnd, bytes];
    const placed = this.#placed;
    let state = 0;
    for (let i = 0; i < written; i++) {
      state = next[(state << shift) | classes[source[i]!]!]!;
      if (state < firstEnd) continue;
      const ending = state - firstEnd;
      if (placed[ending] === 1) places.push(i);
      if (seen[ending] === 1) continue;
      seen[ending] = 1;
      for (const word of this.#ends[ending]!) found[word] = 1;
    }
    if (places.length > 0 && written !== text.length) toUnits(places, bytes);
    return { found, places };
  }

  #trie(words: readonly string[], next: Int32Array, ends: number[][]): number {
    let states = 1;
    words.forEach((word, index) => {
      let state = 0;
      for (let i = 0; i < word.length; i++) {
        const at = (state << this.#shift) | this.#classes[word.charCodeAt(i)]!;
        if (next[at]! < 0) next[at] = states++;
        state = next[at]!;
      }
      ends[state] = [...(ends[state] ?? []), index];
    });
    return states;
  }

  /** Turns the trie into a complete automaton, state by state from the root, and gives the states in that order. */
  #complete(states: number, next: Int32Array, ends: number[][]): readonly number[] {
    const width = 1 << this.#shift;
    const fallback = new Int32Array(states);
    const queue = [0];
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head]!;
      const back = fallback[state]!;
      if (state !== 0 && ends[back] !== undefined) ends[state] = [...(ends[state] ?? []), ...ends[back]];
      for (let symbol = 0; symbol < width; symbol++) {
        const at = state * width + symbol;
        const child = next[at]!;
        const shared = state === 0 ? 0 : next[back * width + symbol]!;
        if (child < 0) next[at] = shared;
        else {
          fallback[child] = shared;
          queue.push(child);
        }
      }
    }
    return queue;
  }

  #renumbered(order: readonly number[], table: Int32Array): Uint32Array | Uint16Array {
    const width = 1 << this.#shift;
    const numbers = new Uint32Array(order.length);
    order.forEach((state, number) => {
      numbers[state] = number;
    });
    // A small table stays in the processor's cache.
    const next = new (order.length <= 0xffff ? Uint16Array : Uint32Array)(order.length * width);
    for (let number = 0; number < order.length; number++) {
      const from = order[number]! * width;
      for (let symbol = 0; symbol < width; symbol++) next[number * width + symbol] = numbers[table[from + symbol]!]!;
    }
    return next;
  }
}

/** Turns ascending offsets in UTF-8 bytes into offsets in UTF-16 units. */
function toUnits(offsets: number[], source: Uint8Array): void {
  let units = 0;
  let at = 0;
  for (let i = 0; i < offsets.length; i++) {
    for (; at < offsets[i]!; at++) {
      const byte = source[at]!;
      // Bytes that go on with a character begin with the bits 10; characters of four bytes are two units.
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    offsets[i] = units;
  }
}
