import type { Range } from '../../base/range.js';

export interface ShellToken {
  readonly kind: 'word' | 'operator' | 'heredoc';
  /** Word: quotes removed. Operator: as written, a line break as `\n`. Heredoc: the body. */
  readonly text: string;
  readonly range: Range;
  /** Texts of the `$(…)`, `<(…)` and backtick substitutions inside a word. */
  readonly substitutions: readonly Range[];
  /** Word: true when it holds a quote or an escape. */
  readonly quoted: boolean;
}

/** A longer expansion is read as plain characters: an open one must not cost the rest of the text each time. */
const MAX_EXPANSION = 300;

const OPERATORS = ['&&', '||', ';;', '|&', ';', '&', '|', '(', ')'];

/**
 * Splits POSIX shell text into words and operators: quotes, escapes, `\` line continuation, comments, substitutions,
 * redirections (dropped) and here-documents. Tolerant: an open quote or bracket ends with the text. O(n).
 *
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_03
 */
export function shellTokens(text: string, start = 0, end = text.length): ShellToken[] {
  return new ShellScanner(text, start, end).scan();
}

class ShellScanner {
  readonly #text: string;
  readonly #end: number;
  readonly #tokens: ShellToken[] = [];
  #at: number;
  #heredocs: { delimiter: string; tabs: boolean }[] = [];
  /** The next word is the target of a redirection. */
  #redirected: 'file' | 'heredoc' | 'heredoc-tabs' | undefined;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
  }

  scan(): ShellToken[] {
    while (this.#at < this.#end) this.#next();
    return this.#tokens;
  }

  #next(): void {
    const c = this.#text[this.#at]!;
    if (c === ' ' || c === '\t') this.#at++;
    else if (c === '\\' && this.#breakLength(this.#at + 1) > 0) this.#at += 1 + this.#breakLength(this.#at + 1);
    else if (c === '\n' || c === '\r') this.#lineBreak();
    else if (c === '#') this.#at = this.#lineEnd(this.#at);
    else if (c === '<' || c === '>') this.#redirection();
    else if (c === '&' && this.#text[this.#at + 1] === '>') {
      this.#at += this.#text[this.#at + 2] === '>' ? 3 : 2;
      this.#redirected = 'file';
    } else {
      const operator = OPERATORS.find((known) => this.#text.startsWith(known, this.#at));
      if (operator === undefined) this.#word();
      else this.#push('operator', operator, this.#at, this.#at + operator.length);
    }
  }

  #push(kind: ShellToken['kind'], text: string, start: number, end: number): void {
    this.#tokens.push({ kind, text, range: { start, end }, substitutions: [], quoted: false });
    this.#at = Math.max(this.#at, end);
    this.#redirected = undefined;
  }

  #lineBreak(): void {
    this.#push('operator', '\n', this.#at, this.#at + this.#breakLength(this.#at));
    const waiting = this.#heredocs;
    this.#heredocs = [];
    for (const heredoc of waiting) this.#heredocBody(heredoc);
  }

  #heredocBody({ delimiter, tabs }: { delimiter: string; tabs: boolean }): void {
    const start = this.#at;
    while (this.#at < this.#end) {
      const lineStart = this.#at;
      const lineEnd = this.#lineEnd(lineStart);
      const line = this.#text.slice(lineStart, lineEnd);
      this.#at = Math.min(this.#end, lineEnd + this.#breakLength(lineEnd));
      if ((tabs ? line.replace(/^\t+/, '') : line) === delimiter) {
        this.#push('heredoc', this.#text.slice(start, lineStart), start, lineStart);
        return;
      }
    }
    this.#push('heredoc', this.#text.slice(start, this.#at), start, this.#at);
  }

  #redirection(): void {
    const rest = this.#text.slice(this.#at, this.#at + 3);
    if (rest[1] === '(') {
      this.#word();
      return;
    }
    if (rest === '<<<') this.#at += 3;
    else if (rest === '<<-') this.#at += 3;
    else if (/^(?:<<|>>|>\||<>|>&|<&)/.test(rest)) this.#at += 2;
    else this.#at += 1;
    this.#redirected = rest === '<<-' ? 'heredoc-tabs' : rest.startsWith('<<') && rest !== '<<<' ? 'heredoc' : 'file';
  }

  #word(): void {
    const start = this.#at;
    const parts: string[] = [];
    const substitutions: Range[] = [];
    let quoted = false;
    while (this.#at < this.#end) {
      const c = this.#text[this.#at]!;
      if (c === '\\') {
        const breaks = this.#breakLength(this.#at + 1);
        if (breaks === 0) parts.push(this.#text[this.#at + 1] ?? '');
        quoted = true;
        this.#at = Math.min(this.#end, this.#at + (breaks === 0 ? 2 : 1 + breaks));
      } else if (c === "'" || c === '"') {
        parts.push(this.#quote(c, substitutions));
        quoted = true;
      } else if (this.#opensSubstitution(c)) parts.push(this.#substitution(substitutions));
      else if (this.#opensExpansion(c)) parts.push(this.#expansion());
      else if (' \t\r\n;&|()<>'.includes(c)) break;
      else {
        parts.push(c);
        this.#at++;
      }
    }
    this.#endWord(parts.join(''), start, substitutions, quoted);
  }

  #endWord(text: string, start: number, substitutions: Range[], quoted: boolean): void {
    if (this.#at === start) this.#at++;
    const redirected = this.#redirected;
    this.#redirected = undefined;
    const next = this.#text[this.#at];
    const descriptor = !quoted && (next === '<' || next === '>') && /^\d+$/.test(text);
    if (redirected === undefined && !descriptor) {
      this.#tokens.push({ kind: 'word', text, range: { start, end: this.#at }, substitutions, quoted });
    } else if (redirected === 'heredoc' || redirected === 'heredoc-tabs') {
      this.#heredocs.push({ delimiter: text, tabs: redirected === 'heredoc-tabs' });
    }
  }

  #quote(mark: string, substitutions: Range[]): string {
    const parts: string[] = [];
    this.#at++;
    while (this.#at < this.#end) {
      const c = this.#text[this.#at]!;
      if (c === mark) {
        this.#at++;
        break;
      }
      if (mark === '"' && c === '\\') {
        const next = this.#text[this.#at + 1] ?? '';
        const breaks = this.#breakLength(this.#at + 1);
        if (breaks === 0) parts.push('$`"\\'.includes(next) ? next : c + next);
        this.#at = Math.min(this.#end, this.#at + (breaks === 0 ? 2 : 1 + breaks));
      } else if (mark === '"' && this.#opensSubstitution(c)) parts.push(this.#substitution(substitutions));
      else {
        parts.push(c);
        this.#at++;
      }
    }
    return parts.join('');
  }

  #opensSubstitution(c: string): boolean {
    return c === '`' || ((c === '$' || c === '<' || c === '>') && this.#text[this.#at + 1] === '(');
  }

  /** `${…}` and template braces `{{ … }}`, which may hold blanks. */
  #opensExpansion(c: string): boolean {
    const next = this.#text[this.#at + 1];
    return next === '{' && (c === '$' || c === '{');
  }

  #expansion(): string {
    const start = this.#at;
    const close = this.#text[start] === '{' ? '}}' : '}';
    const near = this.#text.slice(start + 2, Math.min(this.#end, start + MAX_EXPANSION));
    const found = near.indexOf(close);
    const lineBreak = near.search(/[\r\n]/);
    const closed = found >= 0 && (lineBreak < 0 || found < lineBreak);
    this.#at = closed ? start + 2 + found + close.length : Math.min(start + 2, this.#end);
    return this.#text.slice(start, this.#at);
  }

  #substitution(substitutions: Range[]): string {
    const start = this.#at;
    if (this.#text[start] === '`') this.#closeBacktick(start, substitutions);
    else this.#closeBracket(start, substitutions);
    return this.#text.slice(start, this.#at);
  }

  #closeBacktick(start: number, substitutions: Range[]): void {
    let at = start + 1;
    while (at < this.#end && this.#text[at] !== '`') at += this.#text[at] === '\\' ? 2 : 1;
    const close = Math.min(at, this.#end);
    substitutions.push({ start: start + 1, end: close });
    this.#at = Math.min(close + 1, this.#end);
  }

  #closeBracket(start: number, substitutions: Range[]): void {
    let depth = 0;
    let quote = '';
    let at = start + 1;
    for (; at < this.#end; at++) {
      const c = this.#text[at]!;
      if (c === '\\' && quote !== "'") at++;
      else if (quote !== '') {
        if (c === quote) quote = '';
      } else if (c === "'" || c === '"') quote = c;
      else if (c === '(') depth++;
      else if (c === ')' && --depth === 0) break;
    }
    const close = Math.min(at, this.#end);
    const arithmetic = this.#text.startsWith('$((', start);
    if (!arithmetic) substitutions.push({ start: start + 2, end: close });
    this.#at = Math.min(close + 1, this.#end);
  }

  #lineEnd(from: number): number {
    for (let i = from; i < this.#end; i++) {
      const c = this.#text.charCodeAt(i);
      if (c === 10 || c === 13) return i;
    }
    return this.#end;
  }

  #breakLength(at: number): number {
    if (at >= this.#end) return 0;
    if (this.#text[at] === '\n') return 1;
    if (this.#text[at] !== '\r') return 0;
    return this.#text[at + 1] === '\n' && at + 1 < this.#end ? 2 : 1;
  }
}
