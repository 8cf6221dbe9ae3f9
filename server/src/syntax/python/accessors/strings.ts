import type { Range } from '../../../base/range.js';
import { Token } from '../tokens.js';
import { Kind, type PythonTree } from '../tree.js';
import { children, firstChild, tokenFrom } from './nodes.js';

const REPLACEMENT = '\ufffd';

interface Prefix {
  readonly length: number;
  readonly isRaw: boolean;
  readonly isBytes: boolean;
}

function prefixAt(text: string, start: number): Prefix {
  let length = 0;
  let isRaw = false;
  let isBytes = false;
  for (; ; length++) {
    const letter = text[start + length];
    if (letter === undefined || letter === '"' || letter === "'") break;
    if (letter === 'r' || letter === 'R') isRaw = true;
    else if (letter === 'b' || letter === 'B') isBytes = true;
  }
  return { length, isRaw, isBytes };
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const HEX_ESCAPE = /^x[0-9a-fA-F]{2}/;
const OCTAL_ESCAPE = /^[0-7]{1,3}/;
const UNICODE_ESCAPE = /^(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/;
const NAMED_ESCAPE = /^N\{[^{}\n]*\}/;
const MAX_CODE_POINT = 0x10ffff;

interface Escape {
  /** Characters behind the backslash. */
  readonly length: number;
  readonly value: string;
}

/** One escape sequence; `rest` starts behind the backslash. Unknown ones stay as they are, as in Python. */
function readEscape(rest: string, isBytes: boolean): Escape {
  const simple = SIMPLE_ESCAPES[rest[0] ?? ''];
  if (simple !== undefined) return { length: 1, value: simple };
  if (rest[0] === '\r' && rest[1] === '\n') return { length: 2, value: '' };
  if (rest[0] === '\n' || rest[0] === '\r') return { length: 1, value: '' };
  const octal = OCTAL_ESCAPE.exec(rest);
  if (octal !== null) {
    const code = Number.parseInt(octal[0], 8);
    return { length: octal[0].length, value: String.fromCharCode(isBytes ? code & 0xff : code) };
  }
  const hex = HEX_ESCAPE.exec(rest);
  if (hex !== null) return { length: 3, value: String.fromCharCode(Number.parseInt(rest.slice(1, 3), 16)) };
  if (!isBytes) {
    const unicode = UNICODE_ESCAPE.exec(rest);
    if (unicode !== null) {
      const code = Number.parseInt(unicode[0].slice(1), 16);
      return { length: unicode[0].length, value: code > MAX_CODE_POINT ? REPLACEMENT : String.fromCodePoint(code) };
    }
    const named = NAMED_ESCAPE.exec(rest);
    if (named !== null) return { length: named[0].length, value: REPLACEMENT };
  }
  return { length: 0, value: '\\' };
}

/** Longest escape sequence that is looked at: `\N{…}` with the longest Unicode names. */
const MAX_ESCAPE = 100;

/** Value of literal text. Line breaks become `\n`, as CPython's tokenizer makes them. */
function unescaped(raw: string, isRaw: boolean, isBytes: boolean): string {
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  if (isRaw || !text.includes('\\')) return text;
  let value = '';
  let done = 0;
  for (let i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', done)) {
    const sequence = readEscape(text.slice(i + 1, i + MAX_ESCAPE), isBytes);
    value += text.slice(done, i) + sequence.value;
    done = i + 1 + sequence.length;
  }
  return value + text.slice(done);
}

/** Offsets of a literal's content, between its quotes. Copes with literals that were never closed. */
function contentRange(text: string, quoteAt: number, end: number): Range {
  const quote = text[quoteAt] ?? '';
  const width = text.startsWith(quote.repeat(3), quoteAt) ? 3 : 1;
  const start = Math.min(quoteAt + width, end);
  const closed = end - width >= start && text.slice(end - width, end) === quote.repeat(width);
  return { start, end: closed ? end - width : end };
}

/**
 * Value of a Str: implicit concatenation joined, escapes resolved (`\N{name}` gives U+FFFD). Bytes give their latin-1 text.
 * Undefined for an FStr, for every other kind, and when bytes and text are mixed. O(length).
 */
export function stringValue(tree: PythonTree, node: number): string | undefined {
  if (tree.kind[node] !== Kind.Str) return undefined;
  const { text, tokenKind, tokenStart, tokenEnd } = tree;
  const end = tree.to[node]!;
  let value = '';
  let bytes: boolean | undefined;
  for (let token = tree.aux[node]!; tokenKind[token] === Token.String && tokenEnd[token]! <= end; token++) {
    const prefix = prefixAt(text, tokenStart[token]!);
    if (bytes !== undefined && bytes !== prefix.isBytes) return undefined;
    bytes = prefix.isBytes;
    const content = contentRange(text, tokenStart[token]! + prefix.length, tokenEnd[token]!);
    value += unescaped(text.slice(content.start, content.end), prefix.isRaw, bytes);
  }
  return value;
}

/** True for a Str that is a bytes literal. */
export function isBytes(tree: PythonTree, node: number): boolean {
  return tree.kind[node] === Kind.Str && prefixAt(tree.text, tree.from[node]!).isBytes;
}

/** True for an FStr that is a template string (t-string, PEP 750): it makes a Template, not a str. */
export function isTemplate(tree: PythonTree, node: number): boolean {
  return tree.kind[node] === Kind.FStr && /^[rR]?[tT]/.test(tree.text.slice(tree.from[node]!, tree.from[node]! + 2));
}

/** Literal text of a formatted string, or the expression of one of its fields; a field's range includes its braces. */
export type FormattedPart =
  | { readonly text: string; readonly range: Range }
  | { readonly node: number; readonly range: Range };

/**
 * Parts of an FStr in source order; a Str gives its literals. Empty texts are left out. A debug field `{x=}` gives the text
 * `x=` before its expression, as Python does. Fields inside format specs are not listed: they are children of their Field.
 * O(length).
 */
export function fstringParts(tree: PythonTree, node: number): FormattedPart[] {
  const parts: FormattedPart[] = [];
  const { text, tokenKind, tokenStart, tokenEnd } = tree;
  const fields = tree.kind[node] === Kind.FStr ? children(tree, node) : [];
  const end = tree.to[node]!;
  let token = tree.aux[node]!;
  let field = 0;
  while (tokenStart[token]! < end) {
    if (tokenKind[token] === Token.String) {
      const prefix = prefixAt(text, tokenStart[token]!);
      const range = contentRange(text, tokenStart[token]! + prefix.length, tokenEnd[token]!);
      pushText(parts, unescaped(text.slice(range.start, range.end), prefix.isRaw, prefix.isBytes), range);
    } else if (tokenKind[token] === Token.FStringStart) {
      const { isRaw } = prefixAt(text, tokenStart[token]!);
      let start = tokenEnd[token++]!;
      while (tokenKind[token] !== Token.FStringEnd && tokenStart[token]! < end) {
        const current = fields[field];
        if (current !== undefined && tree.aux[current] === token) {
          pushLiteral(tree, parts, { start, end: tree.from[current]! }, isRaw);
          pushField(tree, parts, current);
          start = tree.to[current]!;
          token = tokenFrom(tree, start);
          field++;
        } else token++;
      }
      pushLiteral(tree, parts, { start, end: Math.min(tokenStart[token]!, end) }, isRaw);
    } else break;
    token++;
  }
  return parts;
}

function pushText(parts: FormattedPart[], text: string, range: Range): void {
  if (text !== '') parts.push({ text, range });
}

const RAW_BRACES = /\{\{|\}\}/g;
const BRACES_AND_ESCAPES = /\\N\{[^{}\n]*\}|\\[^{}]|\{\{|\}\}/g;

/** Literal text of a formatted string, where doubled braces stand for one. */
function pushLiteral(tree: PythonTree, parts: FormattedPart[], range: Range, isRaw: boolean): void {
  const source = tree.text.slice(range.start, range.end);
  const single = source.replace(isRaw ? RAW_BRACES : BRACES_AND_ESCAPES, (found) =>
    found === '{{' || found === '}}' ? found.charAt(0) : found,
  );
  pushText(parts, unescaped(single, isRaw, false), range);
}

function pushField(tree: PythonTree, parts: FormattedPart[], field: number): void {
  const expression = firstChild(tree, field);
  if (expression === undefined) return;
  const after = tokenFrom(tree, tree.to[expression]!);
  if (tree.tokenKind[after] === Token.FieldSpec && tree.text[tree.tokenStart[after]!] === '=') {
    const start = tree.from[field]! + 1;
    const end = tree.tokenStart[after + 1]!;
    pushText(parts, tree.text.slice(start, end), { start, end });
  }
  parts.push({ node: expression, range: { start: tree.from[field]!, end: tree.to[field]! } });
}
