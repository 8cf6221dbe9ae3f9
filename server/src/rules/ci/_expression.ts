import type { Range } from '../../base/range.js';

/** One `${{ … }}` of a text. */
export interface Insertion {
  /** With the braces, in the file. */
  readonly range: Range;
  /** What stands between the braces, trimmed. */
  readonly body: string;
}

const INSERTION = /\$\{\{((?:'[^']{0,500}'|[^'}]|\}(?!\})){0,2000})\}\}/g;
const TOKEN =
  /'(?:[^']|'')*'|[A-Za-z_][\w-]*|[-+]?(?:0x[\da-fA-F]+|\d[\d.]*(?:[eE][-+]?\d+)?)|&&|\|\||[!=<>]=|[<>!()[\].,*]/y;
const COMPARISON: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
/** Functions whose result holds nothing of their arguments' text. */
const OPAQUE: ReadonlySet<string> = new Set([
  ...['contains', 'startswith', 'endswith', 'hashfiles'],
  ...['success', 'failure', 'always', 'cancelled'],
]);
const MAX_DEPTH = 40;

/** The `${{ … }}` of a part of a file, in order. */
export function insertionsIn(text: string, { start, end }: Range): Insertion[] {
  return [...text.slice(start, end).matchAll(INSERTION)].map((match) => ({
    range: { start: start + match.index, end: start + match.index + match[0].length },
    body: match[1]!.trim(),
  }));
}

/**
 * Contexts whose text may end up in the result of an expression, in lower case with list items as `*`; undefined when the
 * expression cannot be read. What is only compared or tested does not count. O(length).
 */
export function contributions(body: string): readonly string[] | undefined {
  const tokens = tokenize(body);
  if (tokens === undefined || tokens.length === 0) return undefined;
  const parser = new ExpressionParser(tokens);
  const found = parser.either(0);
  return parser.finished ? [...new Set(found)] : undefined;
}

function tokenize(body: string): string[] | undefined {
  const tokens: string[] = [];
  let at = 0;
  while (at < body.length) {
    if (/\s/.test(body[at]!)) {
      at++;
      continue;
    }
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(body)?.[0];
    if (token === undefined) return undefined;
    tokens.push(token);
    at += token.length;
  }
  return tokens;
}

class ExpressionParser {
  readonly #tokens: readonly string[];
  #at = 0;
  #broken = false;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get finished(): boolean {
    return !this.#broken && this.#at === this.#tokens.length;
  }

  either(depth: number): string[] {
    const found = this.#both(depth);
    while (this.#take('||')) found.push(...this.#both(depth));
    return found;
  }

  /** The result is the last operand, or an earlier one that is empty. */
  #both(depth: number): string[] {
    let found = this.#comparison(depth);
    while (this.#take('&&')) found = this.#comparison(depth);
    return found;
  }

  #comparison(depth: number): string[] {
    let found = this.#operand(depth);
    while (COMPARISON.has(this.#tokens[this.#at] ?? '')) {
      this.#at++;
      this.#operand(depth);
      found = [];
    }
    return found;
  }

  #operand(depth: number): string[] {
    const token = this.#tokens[this.#at++];
    if (token === undefined || depth > MAX_DEPTH) return this.#fail();
    if (token === '!') {
      this.#operand(depth + 1);
      return [];
    }
    if (token === '(') {
      const found = this.either(depth + 1);
      if (!this.#take(')')) return this.#fail();
      this.#steps('', depth);
      return found;
    }
    if (/^['\d+-]/.test(token)) return [];
    if (!/^[A-Za-z_]/.test(token)) return this.#fail();
    if (this.#take('(')) return this.#call(token.toLowerCase(), depth);
    const reference = this.#steps(token.toLowerCase(), depth);
    return /^(?:true|false|null|nan|infinity)$/.test(reference) ? [] : [reference];
  }

  #call(name: string, depth: number): string[] {
    const found: string[] = [];
    if (!this.#take(')')) {
      do found.push(...this.either(depth + 1));
      while (this.#take(','));
      if (!this.#take(')')) return this.#fail();
    }
    this.#steps('', depth);
    return OPAQUE.has(name) ? [] : found;
  }

  /** `.name`, `.*` and `['name']` behind a value. */
  #steps(start: string, depth: number): string {
    let path = start;
    for (;;) {
      if (this.#take('.')) path += `.${(this.#tokens[this.#at++] ?? '?').toLowerCase()}`;
      else if (this.#take('[')) {
        const key = this.#tokens[this.#at] ?? '';
        if (key === '*') this.#at++;
        else this.either(depth + 1);
        if (!this.#take(']')) this.#fail();
        path += /^'[\w-]+'$/.test(key) ? `.${key.slice(1, -1).toLowerCase()}` : '.*';
      } else return path;
    }
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #fail(): string[] {
    this.#broken = true;
    this.#at = this.#tokens.length;
    return [];
  }
}
