import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import type { Range } from '../../base/range.js';

export interface TomlDocument {
  readonly program: AST.TOMLProgram | undefined;
  readonly errors: readonly { readonly range: Range; readonly message: string }[];
}

const STATEMENT = /^[ \t]*(?:\[|(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*[.=])/;
const MAX_ATTEMPTS = 6;
/** The library recurses once per bracket; its stack ends behind some 3,000. */
const MAX_BRACKETS = 500;

/**
 * Parses TOML. Never throws. The library stops at the first error; the statement that holds it is then blanked (to equal
 * length, so that every offset stays true) and the rest parsed again, a few times; after that only the part in front of
 * the first error is read.
 */
export function parseToml(text: string): TomlDocument {
  const errors: { range: Range; message: string }[] = [];
  let source = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  const deep = deepestBracket(source, MAX_BRACKETS);
  if (deep !== undefined) {
    errors.push({ range: { start: deep, end: deep }, message: 'Nested too deeply; the rest is not read' });
    source = source.slice(0, lineStart(source, deep));
  }
  let first: number | undefined;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const result = tryParse(source);
    if (result.program !== undefined) return { program: result.program, errors };
    const at = Math.max(0, Math.min(result.at, text.length));
    first ??= at;
    errors.push({ range: { start: at, end: Math.min(at + 1, text.length) }, message: result.message });
    const blanked = blankStatement(source, at);
    if (blanked === source) break;
    source = blanked;
  }
  return { program: parseHead(text, first ?? 0), errors };
}

function tryParse(source: string): { program: AST.TOMLProgram | undefined; at: number; message: string } {
  try {
    return { program: parseTOML(source), at: 0, message: '' };
  } catch (error) {
    const index = error instanceof ParseError ? error.index : 0;
    // What is missing at the end of a line is reported behind its break.
    const at = source[index - 1] === '\n' ? index - 1 : index;
    const message = error instanceof ParseError ? error.message : 'Unreadable TOML';
    return { program: undefined, at, message };
  }
}

/** The part in front of the first error, cut at ever earlier statements: an array may be what was left open. */
function parseHead(text: string, error: number): AST.TOMLProgram | undefined {
  const head = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  let cut = lineStart(head, error);
  for (let steps = 1; steps <= 64; steps *= 2) {
    const { program } = tryParse(head.slice(0, cut));
    if (program !== undefined) return program;
    for (let i = 0; i < steps && cut > 0; i++) cut = statementStart(head, cut - 1);
  }
  return undefined;
}

/** Blanks from the start of the statement at an offset to the end of its line. */
function blankStatement(source: string, at: number): string {
  const start = statementStart(source, Math.min(at, Math.max(0, source.length - 1)));
  let end = source.indexOf('\n', at);
  if (end < 0) end = source.length;
  return source.slice(0, start) + source.slice(start, end).replace(/[^\r\n]/g, ' ') + source.slice(end);
}

/** Start of the last line at or before an offset that looks like `key =` or `[table]`. */
function statementStart(source: string, offset: number): number {
  let start = lineStart(source, offset);
  while (start > 0 && !STATEMENT.test(source.slice(start, start + 400))) start = lineStart(source, start - 1);
  return start;
}

function lineStart(source: string, offset: number): number {
  return offset <= 0 ? 0 : source.lastIndexOf('\n', offset - 1) + 1;
}

/** Where brackets nest deeper than `limit` (strings are not told apart: no real file comes near), or undefined. */
function deepestBracket(source: string, limit: number): number | undefined {
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source.charCodeAt(i);
    if (c === 91 || c === 123) {
      if (++depth > limit) return i;
    } else if ((c === 93 || c === 125) && depth > 0) depth--;
  }
  return undefined;
}
