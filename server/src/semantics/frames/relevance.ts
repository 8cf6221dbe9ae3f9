import type { Range } from '../../base/range.js';
import { SOURCE_EVIDENCE } from '../../knowledge/data-frames/readers.js';
import { categoryInfo, classifyColumn } from '../../knowledge/personal-data/index.js';

const RECORD_KEY = /\[\s*["']([\w .-]{2,40})["']\s*\]/g;
const WORD = /[A-Za-z_]\w*/g;

interface Named {
  readonly name: string;
  readonly range: Range;
}

/**
 * Which functions and classes of a module can bring data into play by themselves: their text holds a reader, a frame or a
 * personal record, or it names one that does. Everything else has to be given data. O(text).
 */
export class Relevance {
  readonly #evidence: readonly number[];
  readonly #relevant = new Set<Named>();

  constructor(text: string, evidence: readonly number[], definitions: readonly Named[]) {
    this.#evidence = evidence;
    const users = new Map<string, Named[]>();
    const known = new Set(definitions.map(({ name }) => name));
    for (const definition of definitions) {
      const words = new Set(text.slice(definition.range.start, definition.range.end).match(WORD));
      for (const word of words) if (known.has(word) && word !== definition.name) add(users, word, definition);
    }
    const pending = definitions.filter(({ range }) => this.within(range));
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (this.#relevant.has(next)) continue;
      this.#relevant.add(next);
      pending.push(...(users.get(next.name) ?? []));
    }
  }

  has(definition: Named): boolean {
    return this.#relevant.has(definition);
  }

  /** True when there is evidence inside a range. O(log evidence). */
  within(range: Range): boolean {
    let low = 0;
    let high = this.#evidence.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#evidence[middle]! < range.start) low = middle + 1;
      else high = middle;
    }
    return low < this.#evidence.length && this.#evidence[low]! < range.end;
  }
}

function add(map: Map<string, Named[]>, key: string, value: Named): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Offsets of whatever can be data: readers, frames, records with a personal key. Ascending; O(text). */
export function evidenceIn(text: string): readonly number[] {
  const found: number[] = [];
  for (const match of text.matchAll(SOURCE_EVIDENCE)) found.push(match.index);
  for (const match of text.matchAll(RECORD_KEY)) {
    if (/name|nom/i.test(match[1]!) || isDirect(match[1]!)) found.push(match.index);
  }
  return found.sort((a, b) => a - b);
}

function isDirect(key: string): boolean {
  const classified = classifyColumn(key);
  return classified !== undefined && categoryInfo(classified.category).kind === 'direct';
}
