import { createScanner, type JSONScanner } from 'jsonc-parser';
import type { Range } from '../../base/range.js';

/** A property name with the range of its quotes and all. */
export interface JsonKey {
  readonly text: string;
  readonly range: Range;
}

/** A JSON value. `value` is set for scalars, `children` (in source order) for objects and arrays. */
export interface JsonNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  readonly start: number;
  end: number;
  readonly value: string | number | boolean | null | undefined;
  readonly key: JsonKey | undefined;
  readonly children: JsonNode[];
}

export interface JsonError {
  readonly range: Range;
  readonly message: string;
}

export interface JsonDocument {
  readonly root: JsonNode | undefined;
  readonly errors: readonly JsonError[];
}

/** Containers nested deeper than this are reported and left out, so that no reader of the tree can overflow the stack. */
export const MAX_JSON_DEPTH = 200;

const MAX_ERRORS = 100;

/** The library's token numbers: it declares them as a const enum, which a module compiled on its own cannot use. */
const Token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  end: 17,
} as const;
const NO_CHILDREN: JsonNode[] = [];

/**
 * Reads JSON, JSON with comments and trailing commas, and what is left of broken or cut JSON. Never throws; O(n), with
 * a stack of its own instead of recursion. `NaN`, `Infinity` and `-Infinity`, which Python's json module writes, are
 * numbers.
 */
export function parseJson(text: string): JsonDocument {
  return new JsonReader(text).read();
}

class JsonReader {
  readonly #scanner: JSONScanner;
  readonly #text: string;
  readonly #errors: JsonError[] = [];
  readonly #stack: JsonNode[] = [];
  #root: JsonNode | undefined;
  #key: JsonKey | undefined;
  #colon = false;
  /** A value has ended and neither a comma nor a closing bracket was seen since. */
  #needsComma = false;
  #openObjects = 0;
  #tooDeep = false;

  constructor(text: string) {
    this.#text = text;
    this.#scanner = createScanner(text, true);
    if (text.charCodeAt(0) === 0xfeff) this.#scanner.setPosition(1);
  }

  read(): JsonDocument {
    const scanner = this.#scanner;
    let end = 0;
    for (let token: number = scanner.scan(); token !== Token.end; token = scanner.scan()) {
      const start = scanner.getTokenOffset();
      end = start + scanner.getTokenLength();
      if (end <= start) break;
      this.#token(token, start, end);
    }
    if (this.#stack.length > 0) {
      this.#error(this.#stack.at(-1)!.start, end, 'This bracket is never closed');
      for (const open of this.#stack) open.end = end;
    }
    return { root: this.#root, errors: this.#errors };
  }

  #token(token: number, start: number, end: number): void {
    if (token === Token.openBrace || token === Token.openBracket) {
      this.#open(token === Token.openBrace ? 'object' : 'array', start, end);
    } else if (token === Token.closeBrace || token === Token.closeBracket) {
      this.#close(token === Token.closeBrace ? 'object' : 'array', start, end);
    } else if (token === Token.comma) this.#comma(start, end);
    else if (token === Token.colon) this.#colonToken(start, end);
    else if (token === Token.string) this.#string(start, end);
    else if (token === Token.number) this.#scalar('number', Number(this.#text.slice(start, end)), start, end);
    else if (token === Token.true || token === Token.false) this.#scalar('boolean', token === Token.true, start, end);
    else if (token === Token.null) this.#scalar('null', null, start, end);
    else this.#unknown(start, end);
  }

  #colonToken(start: number, end: number): void {
    if (this.#key !== undefined && !this.#colon) this.#colon = true;
    else this.#error(start, end, 'Unexpected colon');
  }

  #open(kind: 'object' | 'array', start: number, end: number): void {
    const node: JsonNode = { kind, start, end, value: undefined, key: this.#takeKey(start), children: [] };
    this.#place(node);
    this.#stack.push(node);
    if (kind === 'object') this.#openObjects++;
    this.#needsComma = false;
  }

  #close(kind: 'object' | 'array', start: number, end: number): void {
    this.#dropKey(start);
    const open = kind === 'object' ? this.#openObjects : this.#stack.length - this.#openObjects;
    if (open === 0) {
      this.#error(start, end, 'This bracket closes nothing');
      return;
    }
    for (let node = this.#stack.pop(); node !== undefined; node = this.#stack.pop()) {
      node.end = end;
      if (node.kind === 'object') this.#openObjects--;
      if (node.kind === kind) break;
      node.end = start;
      this.#error(node.start, node.start + 1, 'This bracket is never closed');
    }
    this.#needsComma = true;
  }

  #comma(start: number, end: number): void {
    if (this.#key === undefined && !this.#needsComma) this.#error(start, end, 'Value expected');
    this.#dropKey(start);
    this.#needsComma = false;
  }

  #string(start: number, end: number): void {
    const error: number = this.#scanner.getTokenError();
    if (error !== 0) this.#error(start, end, STRING_ERRORS[error] ?? 'Invalid string');
    const value = this.#scanner.getTokenValue();
    if (this.#stack.at(-1)?.kind === 'object' && !this.#colon) {
      if (this.#needsComma) this.#error(start, start, 'Comma expected');
      this.#dropKey(start);
      this.#key = { text: value, range: { start, end } };
      this.#needsComma = false;
    } else this.#scalar('string', value, start, end);
  }

  #unknown(start: number, end: number): void {
    const word = this.#text.slice(start, Math.min(end, start + 16));
    const negative = this.#text[start - 1] === '-';
    if (word === 'NaN') this.#scalar('number', Number.NaN, start, end);
    else if (word === 'Infinity' && negative) this.#scalar('number', Number.NEGATIVE_INFINITY, start - 1, end);
    else if (word === 'Infinity') this.#scalar('number', Number.POSITIVE_INFINITY, start, end);
    else if (word === '-' && this.#text.startsWith('Infinity', end)) return;
    else this.#error(start, end, 'Unexpected text');
  }

  #scalar(kind: JsonNode['kind'], value: string | number | boolean | null, start: number, end: number): void {
    this.#place({ kind, start, end, value, key: this.#takeKey(start), children: NO_CHILDREN });
    this.#needsComma = true;
  }

  #place(node: JsonNode): void {
    if (this.#needsComma) this.#error(node.start, node.start, 'Comma expected');
    const parent = this.#stack.at(-1);
    if (parent === undefined) {
      if (this.#root === undefined) this.#root = node;
      return;
    }
    if (parent.kind === 'object' && node.key === undefined) {
      this.#error(node.start, node.end, 'Property name expected');
      return;
    }
    if (this.#stack.length <= MAX_JSON_DEPTH) parent.children.push(node);
    else if (!this.#tooDeep) {
      this.#tooDeep = true;
      this.#error(node.start, node.end, 'Nested too deeply; the rest is not read');
    }
  }

  #takeKey(start: number): JsonKey | undefined {
    const key = this.#key;
    if (key !== undefined && !this.#colon) this.#error(start, start, 'Colon expected');
    this.#key = undefined;
    this.#colon = false;
    return key;
  }

  /** Ends a property whose value is missing; it stays in the tree as null. */
  #dropKey(end: number): void {
    if (this.#key === undefined) return;
    this.#error(this.#key.range.start, this.#key.range.end, 'This property has no value');
    const at = this.#colon ? end : this.#key.range.end;
    this.#colon = true;
    this.#scalar('null', null, at, at);
  }

  #error(start: number, end: number, message: string): void {
    if (this.#errors.length < MAX_ERRORS) this.#errors.push({ range: { start, end }, message });
  }
}

/** By the library's scan error number. */
const STRING_ERRORS: Readonly<Record<number, string>> = {
  2: 'This string is never closed',
  4: 'Invalid \\u escape in string',
  5: 'Invalid escape in string',
  6: 'Control character in string',
};
