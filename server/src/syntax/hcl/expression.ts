import * as c from './characters.js';
import { matchAt, type Scanner } from './scanner.js';
import type { HclExpression, HclName, HclPair } from './tree.js';

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_.])/uy;
const CONSTANT = /(?:true|false|null)(?![\p{L}\p{N}_.[(-])/uy;
const COMPREHENSION = /[[{](?:\s|#[^\r\n]*)*for(?![\p{L}\p{N}_-])/uy;
const ENCODE = /jsonencode[ \t]*\(/y;
const MAX_DEPTH = 100;

/**
 * Reads one expression. Constants, lists and maps are told apart; all else is passed over as unknown, brackets and strings
 * minded. `endsWithLine` is false inside brackets, where line breaks mean nothing.
 */
export function readExpression(scanner: Scanner, depth: number, endsWithLine: boolean): HclExpression {
  const start = scanner.at;
  scanner.end = start;
  const known = depth < MAX_DEPTH ? readPrimary(scanner, depth) : undefined;
  if (depth >= MAX_DEPTH) scanner.error('Nested too deeply; not read');
  if (known !== undefined) {
    scanner.end = scanner.at;
    scanner.blanks(!endsWithLine);
    if (endsHere(scanner)) return known;
    if (known.kind === 'literal' && /[\p{L}\p{N}_"]/u.test(scanner.text[scanner.at]!)) {
      scanner.error('Unexpected text behind a value');
    }
  }
  scanner.skip(endsWithLine);
  if (scanner.end === start) scanner.error('Missing value', start);
  return { kind: 'unknown', start, end: scanner.end };
}

function endsHere(scanner: Scanner): boolean {
  const { code } = scanner;
  return scanner.done || code === c.COMMA || c.isCloser(code) || c.isBreak(code) || scanner.anchored();
}

function readPrimary(scanner: Scanner, depth: number): HclExpression | undefined {
  const { code, text, at } = scanner;
  if (code === c.QUOTE) return scanner.string();
  if (code === c.LESS) return scanner.heredoc();
  if (code === c.OPEN_BRACKET || code === c.OPEN_BRACE) {
    if (matchAt(COMPREHENSION, text, at) !== undefined) return undefined;
    return code === c.OPEN_BRACKET ? readTuple(scanner, depth) : readObject(scanner, depth);
  }
  const constant = matchAt(CONSTANT, text, at)?.[0];
  const number = constant === undefined ? matchAt(NUMBER, text, at)?.[0] : undefined;
  const written = constant ?? number;
  if (written === undefined) return readEncoded(scanner, depth);
  scanner.at += written.length;
  const value = number === undefined ? (JSON.parse(written) as boolean | null) : Number(number);
  return { kind: 'literal', value, quote: 'none', start: at, end: scanner.at };
}

function readEncoded(scanner: Scanner, depth: number): HclExpression | undefined {
  const start = scanner.at;
  const head = matchAt(ENCODE, scanner.text, start);
  if (head === undefined) return undefined;
  scanner.at += head[0].length;
  scanner.blanks(true);
  const content = readExpression(scanner, depth + 1, false);
  scanner.blanks(true);
  if (scanner.code === c.COMMA) {
    scanner.at++;
    scanner.blanks(true);
  }
  if (scanner.code === c.CLOSE_PAREN) scanner.at++;
  else scanner.open('Unclosed bracket', start);
  scanner.end = scanner.at;
  return { kind: 'encoded', content, start, end: scanner.at };
}

function readTuple(scanner: Scanner, depth: number): HclExpression {
  const start = scanner.at++;
  const items: HclExpression[] = [];
  for (;;) {
    scanner.blanks(true);
    if (closes(scanner, c.CLOSE_BRACKET, start)) return { kind: 'tuple', items, start, end: scanner.at };
    if (scanner.code === c.COMMA) {
      scanner.error('Missing value');
      scanner.at++;
      continue;
    }
    items.push(readExpression(scanner, depth + 1, false));
    scanner.blanks(true);
    if (scanner.code === c.COMMA) scanner.at++;
  }
}

function readObject(scanner: Scanner, depth: number): HclExpression {
  const start = scanner.at++;
  const pairs: HclPair[] = [];
  for (;;) {
    scanner.blanks(true);
    if (closes(scanner, c.CLOSE_BRACE, start)) return { kind: 'object', pairs, start, end: scanner.at };
    const key = readKey(scanner);
    if (key !== undefined) {
      scanner.at++;
      scanner.blanks(false);
      pairs.push({ key, value: readExpression(scanner, depth + 1, true) });
      scanner.blanks(false);
    }
    if (scanner.code === c.COMMA) scanner.at++;
    else if (!scanner.done && !c.isBreak(scanner.code) && scanner.code !== c.CLOSE_BRACE && !scanner.anchored()) {
      scanner.error('Expected a line break or a comma');
      if (c.isCloser(scanner.code)) return { kind: 'object', pairs, start, end: scanner.at };
    }
  }
}

/** Ends a list or map at its bracket, or where the text, another bracket or the next block shows that it has none. */
function closes(scanner: Scanner, closer: number, start: number): boolean {
  if (scanner.code === closer) {
    scanner.at++;
    scanner.end = scanner.at;
    return true;
  }
  if (!scanner.done && !scanner.anchored() && !c.isCloser(scanner.code)) return false;
  scanner.open('Unclosed bracket', start);
  scanner.end = scanner.at;
  return true;
}

/** Reads a key up to its `=` or `:`; undefined (behind the broken line) when there is none. */
function readKey(scanner: Scanner): HclName | undefined {
  const start = scanner.at;
  const literal = scanner.code === c.QUOTE ? scanner.string() : undefined;
  let end = literal === undefined ? (scanner.identifier()?.range.end ?? start) : literal.end;
  const simple = end > start && literal?.kind !== 'unknown';
  scanner.blanks(false);
  let nested = 0;
  let plain = simple;
  while (!scanner.done && !c.isBreak(scanner.code)) {
    if (nested === 0 && (scanner.assigns() || scanner.code === c.COLON)) {
      const text = plain && literal?.kind === 'literal' ? String(literal.value) : scanner.text.slice(start, end);
      return { text, range: { start, end } };
    }
    if (nested === 0 && (scanner.code === c.COMMA || c.isCloser(scanner.code))) break;
    if (c.closerOf(scanner.code) !== undefined) nested++;
    else if (c.isCloser(scanner.code)) nested--;
    if (scanner.code === c.QUOTE) scanner.string();
    else scanner.at++;
    end = scanner.at;
    plain = false;
    scanner.blanks(false);
  }
  scanner.error('Expected a key with a value', start, Math.max(end, start + 1));
  return undefined;
}
