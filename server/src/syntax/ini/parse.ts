import type { Range } from '../../base/range.js';

export interface IniText {
  readonly text: string;
  readonly range: Range;
}

export type IniLine =
  | { readonly kind: 'section'; readonly name: IniText; readonly end: number }
  | {
      readonly kind: 'pair';
      readonly key: IniText;
      /** Decoded value with its source range, quotes included; undefined for a key without `=` or `:`. */
      readonly value: IniText | undefined;
      /** Where an absent or empty value would stand. */
      readonly valueAt: number;
      readonly quote: 'single' | 'double' | undefined;
    };

export interface IniDocument {
  readonly lines: readonly IniLine[];
  readonly errors: readonly { readonly range: Range; readonly message: string }[];
}

/**
 * Reads INI, `.properties`, `.env`, git-style and configparser files line by line: sections, `key = value`,
 * `key: value`, `export K=V`, quotes (in which an env value may span lines), `\` line continuation and configparser's
 * indented continuation. `#` and `;` start a comment at the start of a line, ` #` also behind a value; ` ;` does not,
 * because requirement markers and connection strings hold it. Never throws; O(n).
 *
 * Grammar: https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
 */
export function parseIni(text: string): IniDocument {
  return new IniReader(text).read();
}

class IniReader {
  readonly #text: string;
  readonly #lines: IniLine[] = [];
  readonly #errors: { range: Range; message: string }[] = [];
  #at = 0;
  /** Indentation of the last key; deeper lines continue its value. -1 in front of the first key of a section. */
  #indent = -1;

  constructor(text: string) {
    this.#text = text;
  }

  read(): IniDocument {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1;
    while (this.#at < this.#text.length) this.#line();
    return { lines: this.#lines, errors: this.#errors };
  }

  #line(): void {
    const start = this.#at;
    const end = this.#lineEnd(start);
    const first = this.#skipBlanks(start, end);
    const c = this.#text[first];
    this.#at = this.#nextLine(end);
    if (first === end || c === '#' || c === ';' || c === '!') return;
    if (c === '[') this.#section(first, end);
    else this.#pair(start, first, end);
  }

  #section(start: number, end: number): void {
    const close = this.#closingBracket(start + 1, end);
    if (close < 0) this.#error(start, end, 'This section header is never closed');
    let from = this.#skipBlanks(start + 1, end);
    let to = this.#trimEnd(from, close < 0 ? end : close);
    const quote = this.#text[from];
    if (to - from >= 2 && (quote === "'" || quote === '"') && this.#text[to - 1] === quote) {
      from++;
      to--;
    }
    const name = { text: this.#text.slice(from, to), range: { start: from, end: to } };
    this.#lines.push({ kind: 'section', name, end: close < 0 ? this.#trimEnd(from, end) : close + 1 });
    this.#indent = -1;
  }

  /** The `]` that ends a header: the last one on the line in front of a comment. */
  #closingBracket(start: number, end: number): number {
    let close = -1;
    let quote = '';
    for (let i = start; i < end; i++) {
      const c = this.#text[i]!;
      if (quote !== '') {
        if (c === quote) quote = '';
      } else if (c === '"' || c === "'") quote = c;
      else if (c === ']') close = i;
      else if ((c === '#' || c === ';') && close >= 0) break;
    }
    if (close >= 0) return close;
    const last = this.#text.slice(start, end).lastIndexOf(']');
    return last < 0 ? -1 : start + last;
  }

  #pair(lineStart: number, first: number, end: number): void {
    let keyStart = first;
    const exported = /^export[ \t]+(?=[A-Za-z_])/.exec(this.#text.slice(first, Math.min(end, first + 80)));
    if (exported !== null) keyStart += exported[0].length;
    const separator = this.#separator(keyStart, end);
    this.#indent = first - lineStart;
    const keyEnd = this.#trimEnd(keyStart, separator < 0 ? this.#commentStart(keyStart, end) : separator);
    const key = { text: this.#text.slice(keyStart, keyEnd), range: { start: keyStart, end: keyEnd } };
    if (separator < 0) {
      this.#lines.push({ kind: 'pair', key, value: undefined, valueAt: keyEnd, quote: undefined });
      return;
    }
    if (keyEnd === keyStart) this.#error(separator, separator + 1, 'This line has no key');
    const valueStart = this.#skipBlanks(separator + 1, end);
    const quoted = this.#quoted(valueStart, end);
    if (quoted !== undefined) this.#lines.push({ kind: 'pair', key, valueAt: separator + 1, ...quoted });
    else this.#plain(key, separator, valueStart, end);
  }

  #separator(start: number, end: number): number {
    // Spark separates by blanks, and its values hold colons: `spark.master  spark://head:7077`.
    const spark = SPARK_KEY.exec(this.#text.slice(start, Math.min(end, start + 200)));
    if (spark !== null) return start + spark[0].length;
    for (let i = start; i < end; i++) {
      const c = this.#text[i];
      if (c === '\\') i++;
      else if (c === '=' || c === ':') return i;
    }
    return -1;
  }

  /** A value in quotes that nothing but a comment follows; it may span lines. */
  #quoted(start: number, end: number): { value: IniText; quote: 'single' | 'double' } | undefined {
    const mark = this.#text[start];
    if (mark !== '"' && mark !== "'") return undefined;
    let close = start + 1;
    const limit = Math.min(this.#text.length, start + 100_000);
    for (; close < limit && this.#text[close] !== mark; close++) {
      if (mark === '"' && this.#text[close] === '\\') close++;
    }
    if (close >= limit || this.#text[close] !== mark) {
      this.#error(start, end, 'This quote is never closed');
      return undefined;
    }
    const lineEnd = this.#lineEnd(close);
    const rest = this.#skipBlanks(close + 1, lineEnd);
    if (rest < lineEnd && this.#text[rest] !== '#' && this.#text[rest] !== ';') return undefined;
    if (lineEnd > end) this.#at = this.#nextLine(lineEnd);
    const inner = this.#text.slice(start + 1, close);
    const text = mark === '"' ? inner.replace(/\\(["\\$`nrt])/g, (_, c: string) => ESCAPES[c] ?? c) : inner;
    return { value: { text, range: { start, end: close + 1 } }, quote: mark === '"' ? 'double' : 'single' };
  }

  #plain(key: IniText, separator: number, start: number, end: number): void {
    let valueEnd = this.#trimEnd(start, this.#commentStart(start, end));
    const parts = [this.#text.slice(start, valueEnd)];
    for (let last = valueEnd, lineEnd = end; this.#at < this.#text.length; ) {
      const backslash = last === this.#trimEnd(start, lineEnd) && this.#endsInBackslash(last, start);
      const nextEnd = this.#lineEnd(this.#at);
      const first = this.#skipBlanks(this.#at, nextEnd);
      const deeper =
        first - this.#at > this.#indent && first > this.#at && first < nextEnd && this.#text[first] !== '#';
      if (!backslash && !deeper) break;
      if (backslash) parts[parts.length - 1] = parts.at(-1)!.slice(0, -1).trimEnd();
      last = this.#trimEnd(first, backslash ? nextEnd : this.#commentStart(first, nextEnd));
      parts.push((backslash ? '' : '\n') + this.#text.slice(first, last));
      if (last > first) valueEnd = last;
      lineEnd = nextEnd;
      this.#at = this.#nextLine(nextEnd);
    }
    const empty = { start: separator + 1, end: separator + 1 };
    const value = { text: parts.join(''), range: valueEnd > start ? { start, end: valueEnd } : empty };
    this.#lines.push({ kind: 'pair', key, value, valueAt: separator + 1, quote: undefined });
  }

  #endsInBackslash(end: number, start: number): boolean {
    let count = 0;
    while (end - 1 - count >= start && this.#text[end - 1 - count] === '\\') count++;
    return count % 2 === 1;
  }

  /** Start of a ` #` comment in a line, or the line's end. */
  #commentStart(start: number, end: number): number {
    for (let i = start; i < end; i++) {
      if (this.#text[i] !== '#') continue;
      if (i === start || this.#text[i - 1] === ' ' || this.#text[i - 1] === '\t') return i;
    }
    return end;
  }

  #lineEnd(from: number): number {
    for (let i = from; i < this.#text.length; i++) {
      const c = this.#text.charCodeAt(i);
      if (c === 10 || c === 13) return i;
    }
    return this.#text.length;
  }

  #nextLine(lineEnd: number): number {
    return this.#text[lineEnd] === '\r' && this.#text[lineEnd + 1] === '\n' ? lineEnd + 2 : lineEnd + 1;
  }

  #skipBlanks(from: number, end: number): number {
    let at = from;
    while (at < end && (this.#text[at] === ' ' || this.#text[at] === '\t' || this.#text[at] === '\f')) at++;
    return at;
  }

  #trimEnd(start: number, end: number): number {
    let at = end;
    while (at > start && (this.#text[at - 1] === ' ' || this.#text[at - 1] === '\t')) at--;
    return at;
  }

  #error(start: number, end: number, message: string): void {
    if (this.#errors.length < 100) this.#errors.push({ range: { start, end }, message });
  }
}

const SPARK_KEY = /^spark\.[\w.-]+(?=[ \t]+[^\s=:])/;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
