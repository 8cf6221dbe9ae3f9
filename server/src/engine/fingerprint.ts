import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Range } from '../base/range.js';

/**
 * Structural identities of the findings of one document: 16 hexadecimal digits of SHA-256 of the rule, the path, the statement
 * without what formatters change, and how many findings before it have the same. Nothing in it can be turned back into code.
 */
export class Fingerprints {
  readonly #path: string;
  readonly #text: string;
  readonly #structures = new Map<string, string>();
  readonly #begun = new Map<string, Begun>();

  /** @param text the document, which statements are ranges of */
  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  /** The identity of the next finding of a rule in a statement. O(statement) the first time, then O(1). */
  next(ruleId: string, statement: Range): string {
    const structure = this.#structure(statement);
    const key = `${ruleId} ${structure}`;
    let begun = this.#begun.get(key);
    if (begun === undefined) {
      begun = { hash: sha256.create().update(utf8ToBytes(`${ruleId}\n${this.#path}\n${structure}\n`)), count: 0 };
      this.#begun.set(key, begun);
    }
    const digest = begun.hash
      .clone()
      .update(utf8ToBytes(String(begun.count++)))
      .digest();
    return bytesToHex(digest).slice(0, 16);
  }

  #structure({ start, end }: Range): string {
    const place = `${start} ${end}`;
    let structure = this.#structures.get(place);
    if (structure === undefined) {
      structure = normalizeStatement(this.#text.slice(start, end));
      this.#structures.set(place, structure);
    }
    return structure;
  }
}

/** A hash that has seen all but the number of the finding. */
interface Begun {
  readonly hash: ReturnType<typeof sha256.create>;
  count: number;
}

/** A statement without what formatters change. */
function normalizeStatement(text: string): string {
  return text
    .replace(/#[^\n]*/g, '')
    .replace(/[\s\\]+/g, '')
    .replace(/,(?=[)\]}])/g, '')
    .replace(/["']/g, '"');
}
