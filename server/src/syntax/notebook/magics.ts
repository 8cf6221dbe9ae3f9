import type { Range } from '../../base/range.js';

/** An IPython construct that is no Python, with offsets in its cell. */
export interface CellMagic {
  readonly kind: 'shell' | 'line' | 'cell';
  readonly name: string;
  readonly argument: string;
  readonly range: Range;
  readonly argumentRange: Range;
  readonly assignedTo: string | undefined;
}

export interface BlankedCell {
  /** The source with every magic replaced by Python of the same length; line breaks stay where they are. */
  readonly text: string;
  readonly magics: readonly CellMagic[];
}

/** Cell magics whose body is Python that runs here. */
const PYTHON_BODY = new Set(
  'time timeit capture prun memit mprun lprun snakeviz pyinstrument scalene heat wandb python python3 pypy px spark local debug'.split(
    ' ',
  ),
);
/** Databricks writes these with one `%` at the top of a cell that is not Python. */
const LANGUAGE_CELL = /^%(sql|md|sh|scala|r|html|bash|fs|js)[ \t]*$/i;
/** Line magics that run the Python behind them; their options are skipped. */
const RUNS_CODE = /^%(time|timeit|prun|memit|mprun|lprun)((?:[ \t]+-[A-Za-z]+(?:[ \t]*[\d.]+)?)*[ \t]+)(?=\S)/;
const COMPOUND = /^(?:if|for|while|with|def|class|try|async|match|@)\b/;
const HELP = /^(?:\?{1,2}%{0,2}[A-Za-z_*][\w.*]*|%{0,2}[A-Za-z_*][\w.*]*(?:\[[\w'"]{1,80}\])?\?{1,2})[ \t]*;?[ \t]*$/;
const ASSIGNED = /^([A-Za-z_][\w.]*(?:[ \t]*,[ \t]*[A-Za-z_]\w*)*)[ \t]*=[ \t]*(?=[!%])/;
const MAGIC = /^%([A-Za-z_][\w.]*)[ \t]*/;
const BARE_INSTALL = /^(pip|conda|mamba)[ \t]+(?:install|uninstall|download|list|freeze)\b/;

/**
 * Finds the magics and shell lines of a code cell and blanks them. A statement becomes `pass`, or `0` where there is no
 * room for it; an assigned one (`x = !ls`) becomes the unknown name `_`. Lines inside strings and brackets are Python.
 * O(n).
 *
 * https://ipython.readthedocs.io/en/stable/interactive/reference.html
 */
export function blankMagics(source: string): BlankedCell {
  return new MagicReader(source).read();
}

class MagicReader {
  readonly #source: string;
  readonly #magics: CellMagic[] = [];
  readonly #parts: string[] = [];
  /** Everything before this offset is in `#parts`. */
  #copied = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(): BlankedCell {
    const first = this.#source.search(/\S/);
    let at = 0;
    if (first >= 0 && this.#source[first] === '%') at = this.#cellMagic(first);
    while (at < this.#source.length) at = this.#logicalLine(at);
    this.#parts.push(this.#source.slice(this.#copied));
    return { text: this.#parts.join(''), magics: this.#magics };
  }

  /** Reads a `%%name` cell; answers with where Python goes on. */
  #cellMagic(first: number): number {
    const end = this.#lineEnd(first);
    const line = this.#source.slice(first, end);
    const double = /^%%([^\s%]+)[ \t]*/.exec(line);
    const single = double === null && this.#source.slice(end).trim() !== '' ? LANGUAGE_CELL.exec(line) : null;
    if (double === null && single === null) return 0;
    const name = (double ?? single)![1]!;
    const argumentStart = first + (double ?? single)![0].length;
    const python = PYTHON_BODY.has(name);
    const stop = python ? end : this.#source.length;
    this.#record('cell', name, { start: first, end: stop }, Math.min(argumentStart, stop), undefined);
    this.#blank(first, stop, 'pass');
    return stop;
  }

  #record(
    kind: CellMagic['kind'],
    name: string,
    range: Range,
    argumentStart: number,
    assignedTo: string | undefined,
  ): void {
    const argumentRange = { start: argumentStart, end: Math.max(argumentStart, this.#trimEnd(range.end)) };
    const argument = this.#source.slice(argumentRange.start, argumentRange.end);
    this.#magics.push({ kind, name, argument, range, argumentRange, assignedTo });
  }

  #trimEnd(end: number): number {
    let at = end;
    while (at > 0 && ' \t\r\n'.includes(this.#source[at - 1]!)) at--;
    return at;
  }

  #blank(start: number, end: number, statement: string): void {
    const firstEnd = Math.min(end, this.#lineEnd(start));
    const word = firstEnd - start >= statement.length ? statement : '0';
    this.#parts.push(this.#source.slice(this.#copied, start), word);
    this.#parts.push(this.#source.slice(start + word.length, end).replace(/[^\r\n]/g, ' '));
    this.#copied = end;
  }

  #logicalLine(start: number): number {
    let first = start;
    while (this.#source[first] === ' ' || this.#source[first] === '\t') first++;
    return this.#magicLine(start, first) ?? this.#pythonLine(first);
  }

  #magicLine(lineStart: number, first: number): number | undefined {
    const c = this.#source[first];
    const head = this.#source.slice(first, Math.min(this.#lineEnd(first), first + 300));
    if (c === '!' || c === '%') {
      if (c === '%' && !MAGIC.test(head) && !HELP.test(head)) return undefined;
      return this.#command(first, first, undefined, head);
    }
    const assigned = ASSIGNED.exec(head);
    if (assigned !== null) {
      return this.#command(first, first + assigned[0].length, assigned[1], head.slice(assigned[0].length));
    }
    if (HELP.test(head)) return this.#help(first, head);
    if (first !== lineStart || !BARE_INSTALL.test(head)) return undefined;
    const end = this.#commandEnd(first);
    const name = /^\w+/.exec(head)![0];
    this.#record('line', name, { start: first, end }, first + name.length + 1, undefined);
    this.#blank(first, end, 'pass');
    return end;
  }

  #help(first: number, head: string): number {
    const end = first + head.length;
    const bare = head.replace(/[?;\s]/g, '');
    const range = { start: first, end };
    const from = first + head.indexOf(bare);
    this.#magics.push({
      kind: 'line',
      name: 'pinfo',
      argument: bare,
      range,
      argumentRange: { start: from, end: from + bare.length },
      assignedTo: undefined,
    });
    this.#blank(first, end, 'pass');
    return end;
  }

  /** A shell line or line magic that starts at `at`, its statement at `first`. */
  #command(first: number, at: number, assignedTo: string | undefined, head: string): number | undefined {
    if (assignedTo === undefined && HELP.test(head)) return this.#help(first, head);
    const shell = this.#source[at] === '!';
    const magic = shell ? null : MAGIC.exec(head);
    if (!shell && magic === null) return undefined;
    const code = assignedTo === undefined ? RUNS_CODE.exec(head) : null;
    if (code !== null && !COMPOUND.test(head.slice(code[0].length))) return this.#runsCode(first, code);
    const end = this.#commandEnd(at);
    const width = shell ? (this.#source[at + 1] === '!' ? 2 : 1) : magic![0].length;
    this.#record(
      shell ? 'shell' : 'line',
      magic?.[1] ?? '',
      { start: first, end },
      Math.min(at + width, end),
      assignedTo,
    );
    this.#blank(at, end, assignedTo === undefined ? 'pass' : '_');
    return end;
  }

  /** `%time x = f()`: the magic becomes `0;` so that its statement is still read. */
  #runsCode(first: number, code: RegExpExecArray): number {
    const codeStart = first + code[0].length;
    this.#record('line', code[1]!, { start: first, end: this.#lineEnd(first) }, codeStart, undefined);
    this.#parts.push(this.#source.slice(this.#copied, first), '0;', ' '.repeat(codeStart - first - 2));
    this.#copied = codeStart;
    return this.#pythonLine(codeStart);
  }

  /** End of a line and of the lines that a trailing `\` adds. */
  #commandEnd(start: number): number {
    let end = this.#lineEnd(start);
    while (end < this.#source.length && this.#source[end - 1] === '\\' && end > start)
      end = this.#lineEnd(this.#nextLine(end));
    return end;
  }

  /** Passes over a Python line and all that its brackets, strings and `\` join to it. */
  #pythonLine(start: number): number {
    let depth = 0;
    let at = start;
    while (at < this.#source.length) {
      const c = this.#source[at]!;
      if (c === '\n' || c === '\r') {
        at = this.#nextLine(at);
        if (depth === 0) return at;
      } else if (c === '#') at = this.#lineEnd(at);
      else if (c === '"' || c === "'") at = this.#string(at, c);
      else if (c === '\\') at = this.#lineEnd(at + 1) === at + 1 ? this.#nextLine(at + 1) : at + 1;
      else {
        if (c === '(' || c === '[' || c === '{') depth++;
        else if ((c === ')' || c === ']' || c === '}') && depth > 0) depth--;
        at++;
      }
    }
    return this.#source.length;
  }

  #string(start: number, quote: string): number {
    const triple = this.#source.startsWith(quote.repeat(3), start);
    let at = start + (triple ? 3 : 1);
    for (; at < this.#source.length; at++) {
      const c = this.#source[at];
      if (c === '\\') at++;
      else if (c === quote && (!triple || this.#source.startsWith(quote.repeat(3), at))) return at + (triple ? 3 : 1);
      else if (!triple && (c === '\n' || c === '\r')) return at;
    }
    return this.#source.length;
  }

  #lineEnd(from: number): number {
    for (let i = from; i < this.#source.length; i++) {
      const c = this.#source.charCodeAt(i);
      if (c === 10 || c === 13) return i;
    }
    return this.#source.length;
  }

  #nextLine(lineEnd: number): number {
    if (lineEnd >= this.#source.length) return this.#source.length;
    return this.#source[lineEnd] === '\r' && this.#source[lineEnd + 1] === '\n' ? lineEnd + 2 : lineEnd + 1;
  }
}
