import { Char, CharacterClass, characterClass } from './characters.js';
import { identifierEnd, lineEnd, skipBlanks } from './literal-scanner.js';
import { HASH_FACTOR, keywordTable, LONGEST_KEYWORD, startsOnlyStatements, Token } from './tokens.js';

const { mask, hash: hashes, kind: kinds, codes } = keywordTable;

/** Token kind of the word of `length` characters at `start`: a keyword, or `Name`. `slot` is its place in the table. */
export function keywordAt(source: Uint16Array, start: number, length: number, slot: number): Token {
  const base = slot * LONGEST_KEYWORD;
  for (let i = 0; i < length; i++) if (codes[base + i] !== source[start + i]) return Token.Name;
  if (length < LONGEST_KEYWORD && codes[base + length] !== 0) return Token.Name;
  return kinds[slot]! as Token;
}

/** Token kind of the word between two offsets, 0 for none. */
function wordKind(source: Uint16Array, start: number, end: number): Token {
  if (end === start) return Token.End;
  if (end - start > LONGEST_KEYWORD) return Token.Name;
  let hash = 0;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, HASH_FACTOR) + source[i]!) | 0;
  const slot = hash & mask;
  return hashes[slot] === hash && kinds[slot] !== 0 ? keywordAt(source, start, end - start, slot) : Token.Name;
}

/** What the layout says about a line that begins inside brackets. */
export enum LineGuess {
  /** Nothing speaks against the brackets still being open. */
  Continues = 0,
  /** Only by its indentation the line looks like a statement. */
  LooksLikeStatement = 1,
  /** No expression can continue like this. */
  IsStatement = 2,
}

/**
 * Judges the line whose line break ends at `i`. `column` is the indentation of the statement that opened the bracket,
 * `afterHeader` says that the line before ended in `:` and the statement is a compound one.
 */
export function guessLine(
  source: Uint16Array,
  i: number,
  end: number,
  column: number,
  afterHeader: boolean,
): LineGuess {
  const start = skipBlanks(source, i);
  const code = source[start]!;
  const isOutside = start - i <= column;
  if (code === Char.At) return isOutside ? LineGuess.LooksLikeStatement : LineGuess.Continues;
  if (characterClass[code] !== CharacterClass.Identifier || start >= end) return LineGuess.Continues;
  const wordEnd = identifierEnd(source, start);
  const word = wordKind(source, start, wordEnd);
  const next = source[skipBlanks(source, wordEnd)]!;
  if (startsOnlyStatements[word] === 1) {
    const isArgument = next === Char.Equal || next === Char.Comma || next === Char.RightParen;
    return isArgument ? LineGuess.Continues : LineGuess.IsStatement;
  }
  if (afterHeader) return LineGuess.LooksLikeStatement;
  if (!isOutside) return LineGuess.Continues;
  if (word === Token.Name) return closesBracket(next) ? LineGuess.Continues : LineGuess.LooksLikeStatement;
  return startsStatementHere(source, wordEnd, end, word) ? LineGuess.LooksLikeStatement : LineGuess.Continues;
}

function closesBracket(code: number): boolean {
  return code === Char.RightParen || code === Char.RightBracket || code === Char.RightBrace;
}

/** For keywords that occur both at the start of statements and inside expressions. */
function startsStatementHere(source: Uint16Array, wordEnd: number, end: number, word: Token): boolean {
  switch (word) {
    case Token.Yield:
    case Token.From:
      return true;
    case Token.If:
    case Token.For:
    case Token.Else:
    case Token.Async: {
      let last = lineEnd(source, wordEnd, end) - 1;
      while (last > wordEnd && (source[last] === Char.Space || source[last] === Char.Tab)) last--;
      return source[last] === Char.Colon;
    }
    default:
      return false;
  }
}

/** How far `fieldContinues` looks ahead, and past how many open brackets; the latter keeps many broken fields cheap. */
const FIELD_LOOKAHEAD = 2000;
const FIELD_BRACKETS = 10;

/**
 * True when a replacement field of a single-quoted f-string may go on in the line that starts at `i` (PEP 701): when a
 * closing brace without an opening one follows, before a line that can only be a statement. Valid code that follows an
 * unfinished f-string never has one. `brackets` are open inside the field. Looks at no more than `FIELD_LOOKAHEAD` characters.
 */
export function fieldContinues(source: Uint16Array, i: number, end: number, brackets: number): boolean {
  const stop = Math.min(end, i + FIELD_LOOKAHEAD);
  let atLineStart = true;
  for (; i < stop; i++) {
    const code = source[i]!;
    switch (code) {
      case Char.Space:
      case Char.Tab:
        continue;
      case Char.LineFeed:
      case Char.Return:
        atLineStart = true;
        continue;
      case Char.LeftParen:
      case Char.LeftBracket:
      case Char.LeftBrace:
        if (++brackets > FIELD_BRACKETS) return false;
        break;
      case Char.RightBrace:
        if (brackets === 0) return true;
        brackets--;
        break;
      case Char.RightParen:
      case Char.RightBracket:
        if (brackets === 0) return false;
        brackets--;
        break;
      case Char.Hash:
        i = lineEnd(source, i, stop) - 1;
        break;
      default:
        if (atLineStart && startsOnlyStatements[wordKind(source, i, identifierEnd(source, i))] === 1) return false;
    }
    atLineStart = false;
  }
  return false;
}

/**
 * Where a triple-quoted string that spans `start`…`end` was probably meant to end, −1 when nothing says so: at the end of the
 * line before the first line inside it that begins, at column 0, a definition or an import.
 */
export function stringCut(source: Uint16Array, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    const code = source[i];
    if (code !== Char.LineFeed && code !== Char.Return) continue;
    const next = code === Char.Return && source[i + 1] === Char.LineFeed ? i + 2 : i + 1;
    if (next < end && beginsDefinition(source, next)) return i;
    i = next - 1;
  }
  return -1;
}

function beginsDefinition(source: Uint16Array, start: number): boolean {
  if (source[start] === Char.At) return characterClass[source[start + 1]!] === CharacterClass.Identifier;
  const wordEnd = identifierEnd(source, start);
  if (source[wordEnd] !== Char.Space) return false;
  switch (wordKind(source, start, wordEnd)) {
    case Token.Def:
    case Token.Class:
    case Token.Import:
    case Token.From:
      return true;
    case Token.Async: {
      const next = skipBlanks(source, wordEnd);
      return wordKind(source, next, identifierEnd(source, next)) === Token.Def;
    }
    default:
      return false;
  }
}

/** True when the text before closing quotes at `i` ends in `:`, as it does when the quotes really open a docstring. */
export function followsHeader(source: Uint16Array, i: number, start: number): boolean {
  let last = i - 1;
  while (last > start && (characterClass[source[last]!] === CharacterClass.Space || isLineBreak(source[last]!))) last--;
  return source[last] === Char.Colon;
}

function isLineBreak(code: number): boolean {
  return characterClass[code] === CharacterClass.LineBreak;
}
