import type { Range } from '../../base/range.js';

/** One instruction as BuildKit's line reader sees it. */
export interface RawInstruction {
  readonly keyword: string;
  readonly keywordRange: Range;
  /** From the keyword to the end of the last line that belongs to it, here-documents included, without its line break. */
  readonly range: Range;
  /** Where the arguments start; the range's end when there are none. */
  readonly argumentStart: number;
  /** End of the arguments in front of here-document bodies. */
  readonly argumentEnd: number;
  /**
   * The text from `argumentStart` to `argumentEnd` with comments, continuation characters and their line breaks blanked to
   * equal length.
   */
  readonly flat: string;
  readonly heredocs: readonly { readonly name: string; readonly body: Range }[];
}

const DIRECTIVE = /^#[ \t]*([A-Za-z][\w-]*)[ \t]*=[ \t]*(.*?)[ \t]*$/;
const HEREDOC = /(?:^|\s)\d*<<(-?)(["']?)([A-Za-z_][\w.]*)\2(?=\s|$)/g;

/**
 * Splits a Dockerfile into instructions: comments, parser directives (`# escape=`), line continuations and
 * here-documents. Never throws; O(n).
 *
 * https://docs.docker.com/reference/dockerfile/ and BuildKit's frontend/dockerfile/parser
 */
export function parseDockerfile(text: string): RawInstruction[] {
  return new DockerfileReader(text).read();
}

class DockerfileReader {
  readonly #text: string;
  readonly #instructions: RawInstruction[] = [];
  #at = 0;
  #escape = '\\';

  constructor(text: string) {
    this.#text = text;
  }

  read(): RawInstruction[] {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1;
    this.#directives();
    while (this.#at < this.#text.length) {
      const end = this.#lineEnd(this.#at);
      const first = this.#skipBlanks(this.#at, end);
      if (first === end || this.#text[first] === '#') this.#at = this.#nextLine(end);
      else this.#instruction(first);
    }
    return this.#instructions;
  }

  /** Directives stand at the very top; the first other line ends them. */
  #directives(): void {
    for (let at = this.#at; at < this.#text.length; ) {
      const end = this.#lineEnd(at);
      const directive = DIRECTIVE.exec(this.#text.slice(at, Math.min(end, at + 200)));
      if (directive === null) return;
      if (directive[1]!.toLowerCase() === 'escape' && (directive[2] === '`' || directive[2] === '\\')) {
        this.#escape = directive[2];
      }
      at = this.#nextLine(end);
    }
  }

  #instruction(start: number): void {
    let keywordEnd = start;
    while (
      keywordEnd < this.#text.length &&
      !/\s/.test(this.#text[keywordEnd]!) &&
      this.#text[keywordEnd] !== this.#escape
    ) {
      keywordEnd++;
    }
    if (keywordEnd === start) keywordEnd++;
    const { flat: whole, end } = this.#logicalLine(keywordEnd);
    const lead = whole.length - whole.trimStart().length;
    const flat = whole.slice(lead).trimEnd();
    const argumentStart = flat === '' ? keywordEnd : keywordEnd + lead;
    const argumentEnd = argumentStart + flat.length;
    const keyword = this.#text.slice(start, keywordEnd).toUpperCase();
    const heredocs = /^(?:RUN|COPY|ADD)$/.test(keyword) ? this.#heredocs(flat) : [];
    const last = heredocs.length === 0 ? Math.max(argumentEnd, keywordEnd) : end + this.#bodiesLength(end);
    this.#instructions.push({
      keyword,
      keywordRange: { start, end: keywordEnd },
      range: { start, end: last },
      argumentStart,
      argumentEnd,
      flat,
      heredocs,
    });
  }

  #bodiesLength(end: number): number {
    let last = this.#at;
    while (last > end && (this.#text[last - 1] === '\n' || this.#text[last - 1] === '\r')) last--;
    return last - end;
  }

  /** Joins continued lines from an offset; leaves the reader behind them. */
  #logicalLine(from: number): { flat: string; end: number } {
    const parts: string[] = [];
    let at = from;
    let end = this.#lineEnd(at);
    for (;;) {
      const continued = this.#continuation(at, end);
      if (continued === undefined) {
        parts.push(this.#text.slice(at, end));
        break;
      }
      parts.push(this.#text.slice(at, continued));
      at = this.#passOver(this.#nextLine(end));
      parts.push(' '.repeat(at - continued));
      if (at >= this.#text.length) {
        end = at;
        break;
      }
      end = this.#lineEnd(at);
    }
    this.#at = this.#nextLine(end);
    return { flat: parts.join(''), end };
  }

  /** Skips the comments and empty lines that may stand inside a continued instruction. */
  #passOver(from: number): number {
    let at = Math.min(from, this.#text.length);
    while (at < this.#text.length) {
      const end = this.#lineEnd(at);
      const first = this.#skipBlanks(at, end);
      if (first !== end && this.#text[first] !== '#') break;
      at = Math.min(this.#nextLine(end), this.#text.length);
    }
    return at;
  }

  /** Offset of the escape character that continues a line, or undefined. */
  #continuation(start: number, end: number): number | undefined {
    let last = end;
    while (last > start && (this.#text[last - 1] === ' ' || this.#text[last - 1] === '\t')) last--;
    return last > start && this.#text[last - 1] === this.#escape ? last - 1 : undefined;
  }

  #heredocs(flat: string): { name: string; body: Range }[] {
    if (!flat.includes('<<')) return [];
    return [...flat.matchAll(HEREDOC)].slice(0, 20).map((match) => {
      const start = Math.min(this.#at, this.#text.length);
      let bodyEnd = start;
      while (this.#at < this.#text.length) {
        const lineStart = this.#at;
        const end = this.#lineEnd(lineStart);
        const line = this.#text.slice(lineStart, end);
        this.#at = this.#nextLine(end);
        bodyEnd = lineStart;
        if ((match[1] === '-' ? line.replace(/^\t+/, '') : line) === match[3]) break;
        bodyEnd = Math.min(this.#at, this.#text.length);
      }
      return { name: match[3]!, body: { start, end: bodyEnd } };
    });
  }

  #lineEnd(from: number): number {
    for (let i = from; i < this.#text.length; i++) {
      const c = this.#text.charCodeAt(i);
      if (c === 10 || c === 13) return i;
    }
    return this.#text.length;
  }

  #nextLine(lineEnd: number): number {
    if (lineEnd >= this.#text.length) return this.#text.length;
    return this.#text[lineEnd] === '\r' && this.#text[lineEnd + 1] === '\n' ? lineEnd + 2 : lineEnd + 1;
  }

  #skipBlanks(from: number, end: number): number {
    let at = from;
    while (at < end && (this.#text[at] === ' ' || this.#text[at] === '\t')) at++;
    return at;
  }
}
