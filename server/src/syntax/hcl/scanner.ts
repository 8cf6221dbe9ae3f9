import type { Range } from '../../base/range.js';
import * as c from './characters.js';
import { decodeHeredoc, decodeString } from './text.js';
import type { HclExpression, HclName } from './tree.js';

const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const HEREDOC = /<<(-?)([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?\n/uy;
/** Heads that stand at the start of a line in Terraform files only outside of all brackets. */
const HEAD =
  '(?:(?:resource|data)[ \\t]+"[^"\\n]*"[ \\t]+"[^"\\n]*"|(?:module|provider|variable|output)[ \\t]+"[^"\\n]*")[ \\t]*\\{';
const HEAD_HERE = new RegExp(HEAD, 'y');
const MAX_ERRORS = 100;
/** Open here-documents that are looked for the end of; each search may read the rest of the text. */
const MAX_OPEN_HEREDOCS = 50;

/**
 * Reads tokens of HCL where the parser stands. Grammar: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md.
 * Every step moves forward, so that reading is linear in the text.
 */
export class Scanner {
  at: number;
  readonly text: string;
  readonly errors: { range: Range; message: string }[] = [];
  /** Something was still open where the text, or with `recover` the block around it, ended. */
  unclosed = false;
  /** Behind the last token that `skip` passed. */
  end = 0;
  readonly #recover: boolean;
  #openHeredocs = 0;

  /** @param recover takes the head of a block at the start of a line for the end of all that is open */
  constructor(text: string, recover: boolean) {
    this.text = text;
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.#recover = recover;
  }

  get code(): number {
    return this.text.charCodeAt(this.at);
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  error(message: string, start = this.at, end = start + 1): void {
    if (this.errors.length >= MAX_ERRORS) return;
    const { length } = this.text;
    this.errors.push({ range: { start: Math.min(start, length), end: Math.min(end, length) }, message });
  }

  open(message: string, start: number): void {
    this.unclosed = true;
    this.error(message, start);
  }

  /** True where recovery takes up again: what is open here was never closed. */
  anchored(at = this.at): boolean {
    if (!this.#recover || (at > 0 && !c.isBreak(this.text.charCodeAt(at - 1)))) return false;
    return matchAt(HEAD_HERE, this.text, at) !== undefined;
  }

  /** Passes blanks and comments, and line breaks too where they mean nothing. */
  blanks(breaks: boolean): void {
    for (; !this.done; this.at++) {
      const { code } = this;
      if (c.isBlank(code) || (breaks && c.isBreak(code))) {
        if (c.isBreak(code) && this.anchored(this.at + 1)) {
          this.at++;
          return;
        }
      } else if (!this.#comment(code)) return;
    }
  }

  /** Passes a comment up to its last character. */
  #comment(code: number): boolean {
    const next = this.text.charCodeAt(this.at + 1);
    if (code === c.SLASH && next === c.STAR) {
      const close = this.text.indexOf('*/', this.at + 2);
      if (close < 0) this.open('Unclosed comment', this.at);
      this.at = close < 0 ? this.text.length - 1 : close + 1;
      return true;
    }
    if (code !== c.HASH && (code !== c.SLASH || next !== c.SLASH)) return false;
    while (this.at + 1 < this.text.length && !c.isBreak(this.text.charCodeAt(this.at + 1))) this.at++;
    return true;
  }

  identifier(): HclName | undefined {
    const start = this.at;
    const found = matchAt(IDENTIFIER, this.text, start);
    if (found === undefined) return undefined;
    this.at += found[0].length;
    return { text: found[0], range: { start, end: this.at } };
  }

  /** Reads a string from its opening quote. Strings end on their line; what stands in `${…}` may go on. */
  string(): HclExpression {
    const start = this.at;
    // What is open, the innermost last: true for a string, false for a brace of a template.
    const open = [true];
    let template = false;
    let i = start + 1;
    for (; i < this.text.length && open.length > 0; i++) {
      const code = this.text.charCodeAt(i);
      const next = this.text.charCodeAt(i + 1);
      if (!open[open.length - 1]) {
        if (code === c.QUOTE) open.push(true);
        else if (code === c.OPEN_BRACE) open.push(false);
        else if (code === c.CLOSE_BRACE) open.pop();
        else if (c.isBreak(code) && this.anchored(i + 1)) break;
      } else if (c.isBreak(code)) break;
      else if (code === c.QUOTE) open.pop();
      else if (code === c.BACKSLASH) i += c.isBreak(next) ? 0 : 1;
      else if (code !== c.DOLLAR && code !== c.PERCENT) continue;
      else if (next === code && this.text.charCodeAt(i + 2) === c.OPEN_BRACE) i += 2;
      else if (next === c.OPEN_BRACE) {
        template = true;
        open.push(false);
        i++;
      }
    }
    this.at = Math.min(i, this.text.length);
    const range = { start, end: this.at };
    if (open.length > 0) {
      this.open('Unclosed string', start);
      return { kind: 'unknown', ...range };
    }
    if (template) return { kind: 'unknown', ...range };
    return { kind: 'literal', value: decodeString(this.text.slice(start + 1, this.at - 1)), quote: 'double', ...range };
  }

  /** Reads `<<NAME` and its lines; undefined where there is none. */
  heredoc(): HclExpression | undefined {
    const head = matchAt(HEREDOC, this.text, this.at);
    if (head === undefined) return undefined;
    const start = this.at;
    const from = start + head[0].length;
    const close = new RegExp(`^[ \\t]*${head[2]!}(?=[ \\t]*(?![^\\r\\n]))`, 'gmu');
    close.lastIndex = from;
    const tail = this.#openHeredocs < MAX_OPEN_HEREDOCS ? close.exec(this.text) : null;
    if (tail === null) {
      this.#openHeredocs++;
      this.open('Unclosed here-document', start);
      this.at = this.#nextHead(from);
      return { kind: 'unknown', start, end: this.at };
    }
    this.at = tail.index + tail[0].length;
    const value = decodeHeredoc(this.text.slice(from, tail.index), head[1] === '-');
    if (value === undefined) return { kind: 'unknown', start, end: this.at };
    return { kind: 'literal', value, quote: 'heredoc', start, end: this.at };
  }

  #nextHead(from: number): number {
    if (!this.#recover || this.#openHeredocs >= MAX_OPEN_HEREDOCS) return this.text.length;
    const head = new RegExp(`^${HEAD}`, 'gm');
    head.lastIndex = from;
    return head.exec(this.text)?.index ?? this.text.length;
  }

  /**
   * Passes an expression that need not be understood: up to a comma, a closing bracket or (when it ends there) a line break
   * outside of its own brackets. `end` is then behind its last token.
   */
  skip(endsWithLine: boolean): void {
    const open: number[] = [];
    const start = this.at;
    while (!this.done) {
      const { code } = this;
      if (c.isBreak(code)) {
        if ((open.length === 0 && endsWithLine) || this.anchored(this.at + 1)) break;
        this.at++;
      } else if (c.isBlank(code)) this.at++;
      else if (this.#comment(code)) this.at++;
      else if (open.length === 0 && (code === c.COMMA || c.isCloser(code))) return;
      else {
        this.#token(code, open);
        this.end = this.at;
      }
    }
    if (open.length > 0) this.open('Unclosed bracket', start);
  }

  #token(code: number, open: number[]): void {
    if (code === c.QUOTE) {
      this.string();
      return;
    }
    if (code === c.LESS && this.heredoc() !== undefined) return;
    const closer = c.closerOf(code);
    if (closer !== undefined) open.push(closer);
    else if (c.isCloser(code)) {
      if (open.pop() !== code) this.error('Bracket does not match');
    } else if (open.length === 0 && this.assigns()) this.error('Unexpected `=`');
    this.at++;
  }

  /** True at a `=` that is no part of an operator. */
  assigns(): boolean {
    if (this.code !== c.EQUALS) return false;
    const next = this.text[this.at + 1] ?? '';
    return !'=>'.includes(next || ' ') && !'=!<>'.includes(this.text[this.at - 1] ?? ' ');
  }
}

/** The match of a sticky expression at a place. */
export function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | undefined {
  expression.lastIndex = at;
  return expression.exec(text) ?? undefined;
}
