import { TOKEN_KINDS, Token } from './tokens.js';

/** What a character does at the start of a token. */
export enum CharacterClass {
  Other = 0,
  Identifier = 1,
  Digit = 2,
  Space = 3,
  LineBreak = 4,
  Quote = 5,
  Comment = 6,
  Backslash = 7,
}

export enum Char {
  Tab = 9,
  LineFeed = 10,
  FormFeed = 12,
  Return = 13,
  Space = 32,
  Exclamation = 33,
  DoubleQuote = 34,
  Hash = 35,
  SingleQuote = 39,
  LeftParen = 40,
  RightParen = 41,
  Asterisk = 42,
  Plus = 43,
  Comma = 44,
  Minus = 45,
  Dot = 46,
  Slash = 47,
  Zero = 48,
  Nine = 57,
  Colon = 58,
  Less = 60,
  Equal = 61,
  Greater = 62,
  At = 64,
  LeftBracket = 91,
  Backslash = 92,
  RightBracket = 93,
  Underscore = 95,
  LowerB = 98,
  LowerE = 101,
  LowerF = 102,
  LowerJ = 106,
  LowerO = 111,
  LowerR = 114,
  LowerT = 116,
  LowerU = 117,
  LowerX = 120,
  LeftBrace = 123,
  RightBrace = 125,
}

/** `code | TO_LOWER` maps ASCII upper-case letters to lower-case ones. */
export const TO_LOWER = 32;

const NO_BREAK_SPACE = 0xa0;
const BYTE_ORDER_MARK = 0xfeff;

function classify(): Uint8Array {
  // Everything outside ASCII counts as part of an identifier: exact Unicode categories would only matter in broken code.
  const classes = new Uint8Array(0x10000).fill(CharacterClass.Identifier);
  classes.fill(CharacterClass.Other, 0, 128);
  for (let code = 65; code <= 90; code++) {
    classes[code] = CharacterClass.Identifier;
    classes[code | TO_LOWER] = CharacterClass.Identifier;
  }
  classes[Char.Underscore] = CharacterClass.Identifier;
  for (let code: number = Char.Zero; code <= Char.Nine; code++) classes[code] = CharacterClass.Digit;
  for (const code of [Char.Space, Char.Tab, Char.FormFeed, NO_BREAK_SPACE, BYTE_ORDER_MARK]) {
    classes[code] = CharacterClass.Space;
  }
  classes[Char.Return] = classes[Char.LineFeed] = CharacterClass.LineBreak;
  classes[Char.DoubleQuote] = classes[Char.SingleQuote] = CharacterClass.Quote;
  classes[Char.Hash] = CharacterClass.Comment;
  classes[Char.Backslash] = CharacterClass.Backslash;
  return classes;
}

/** `CharacterClass` of every UTF-16 code unit. */
export const characterClass: Uint8Array = classify();

/** 1 for code units that can stand inside an identifier. */
export const isIdentifierPart: Uint8Array = identifierParts();

function identifierParts(): Uint8Array {
  // Outside ASCII there are two exceptions, so that only ASCII is looked at one by one.
  const parts = new Uint8Array(characterClass.length).fill(1, 128);
  for (const code of [NO_BREAK_SPACE, BYTE_ORDER_MARK]) parts[code] = 0;
  for (let code = 0; code < 128; code++) {
    const kind = characterClass[code];
    if (kind === CharacterClass.Identifier || kind === CharacterClass.Digit) parts[code] = 1;
  }
  return parts;
}

function operators(pairs: readonly (readonly [string, Token])[]): Uint8Array {
  const table = new Uint8Array(TOKEN_KINDS);
  for (const [character, token] of pairs) table[character.charCodeAt(0)] = token;
  return table;
}

/** Operator of one ASCII character standing alone. */
export const singleOperator: Uint8Array = operators([
  ['(', Token.LeftParen],
  [')', Token.RightParen],
  ['[', Token.LeftBracket],
  [']', Token.RightBracket],
  ['{', Token.LeftBrace],
  ['}', Token.RightBrace],
  [',', Token.Comma],
  [':', Token.Colon],
  [';', Token.Semicolon],
  ['.', Token.Dot],
  ['=', Token.Equal],
  ['@', Token.At],
  ['+', Token.Plus],
  ['-', Token.Minus],
  ['*', Token.Star],
  ['/', Token.Slash],
  ['%', Token.Percent],
  ['&', Token.Ampersand],
  ['|', Token.Bar],
  ['^', Token.Caret],
  ['~', Token.Tilde],
  ['<', Token.Less],
  ['>', Token.Greater],
  ['!', Token.Exclamation],
]);

/** Operator of a character followed by `=`. */
export const operatorWithEqual: Uint8Array = operators([
  [':', Token.Walrus],
  ['=', Token.EqualEqual],
  ['!', Token.NotEqual],
  ['<', Token.LessEqual],
  ['>', Token.GreaterEqual],
  ['+', Token.Augmented],
  ['-', Token.Augmented],
  ['*', Token.Augmented],
  ['/', Token.Augmented],
  ['%', Token.Augmented],
  ['@', Token.Augmented],
  ['&', Token.Augmented],
  ['|', Token.Augmented],
  ['^', Token.Augmented],
]);

/** Operator of a character written twice; followed by `=` each of them is an augmented assignment. */
export const doubledOperator: Uint8Array = operators([
  ['*', Token.DoubleStar],
  ['/', Token.DoubleSlash],
  ['<', Token.LeftShift],
  ['>', Token.RightShift],
]);
