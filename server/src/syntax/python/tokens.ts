/**
 * Token kinds. An enum rather than a constant object because the bundler replaces its members by numbers,
 * which lets the engine compile the parser's switches to jump tables.
 */
export enum Token {
  End = 0,
  Newline = 1,
  Indent = 2,
  Dedent = 3,
  Name = 4,
  Number = 5,
  /** A whole plain, raw, unicode or bytes literal, prefix and quotes included. */
  String = 6,
  /** Prefix and opening quotes of an f-string or t-string. */
  FStringStart = 7,
  /** `{` of a replacement field. */
  FieldOpen = 8,
  /** The debug `=`, a conversion such as `!r`, or the `:` before a format spec. */
  FieldSpec = 9,
  /** `}` of a replacement field. */
  FieldClose = 10,
  /** Closing quotes; empty when the string is not closed. */
  FStringEnd = 11,
  /** A character that cannot start a token. */
  Invalid = 12,

  LeftParen = 16,
  RightParen = 17,
  LeftBracket = 18,
  RightBracket = 19,
  LeftBrace = 20,
  RightBrace = 21,
  Comma = 22,
  Colon = 23,
  Semicolon = 24,
  Dot = 25,
  Dots = 26,
  Equal = 27,
  Arrow = 28,
  Walrus = 29,
  At = 30,
  Plus = 31,
  Minus = 32,
  Star = 33,
  Slash = 34,
  DoubleSlash = 35,
  Percent = 36,
  DoubleStar = 37,
  LeftShift = 38,
  RightShift = 39,
  Ampersand = 40,
  Bar = 41,
  Caret = 42,
  Tilde = 43,
  Less = 44,
  Greater = 45,
  LessEqual = 46,
  GreaterEqual = 47,
  EqualEqual = 48,
  NotEqual = 49,
  Exclamation = 50,
  /** `+=` and the other augmented assignments. */
  Augmented = 51,

  False = 64,
  None = 65,
  True = 66,
  And = 67,
  As = 68,
  Assert = 69,
  Async = 70,
  Await = 71,
  Break = 72,
  Class = 73,
  Continue = 74,
  Def = 75,
  Del = 76,
  Elif = 77,
  Else = 78,
  Except = 79,
  Finally = 80,
  For = 81,
  From = 82,
  Global = 83,
  If = 84,
  Import = 85,
  In = 86,
  Is = 87,
  Lambda = 88,
  Nonlocal = 89,
  Not = 90,
  Or = 91,
  Pass = 92,
  Raise = 93,
  Return = 94,
  Try = 95,
  While = 96,
  With = 97,
  Yield = 98,
}

/** Keywords are the kinds from here on. */
export const FIRST_KEYWORD = Token.False;

/** Kinds are below this number. */
export const TOKEN_KINDS = 128;

const KEYWORDS: readonly (readonly [string, Token])[] = [
  ['False', Token.False],
  ['None', Token.None],
  ['True', Token.True],
  ['and', Token.And],
  ['as', Token.As],
  ['assert', Token.Assert],
  ['async', Token.Async],
  ['await', Token.Await],
  ['break', Token.Break],
  ['class', Token.Class],
  ['continue', Token.Continue],
  ['def', Token.Def],
  ['del', Token.Del],
  ['elif', Token.Elif],
  ['else', Token.Else],
  ['except', Token.Except],
  ['finally', Token.Finally],
  ['for', Token.For],
  ['from', Token.From],
  ['global', Token.Global],
  ['if', Token.If],
  ['import', Token.Import],
  ['in', Token.In],
  ['is', Token.Is],
  ['lambda', Token.Lambda],
  ['nonlocal', Token.Nonlocal],
  ['not', Token.Not],
  ['or', Token.Or],
  ['pass', Token.Pass],
  ['raise', Token.Raise],
  ['return', Token.Return],
  ['try', Token.Try],
  ['while', Token.While],
  ['with', Token.With],
  ['yield', Token.Yield],
];

/** Longest keyword: `continue`, `nonlocal`. */
export const LONGEST_KEYWORD = 8;

/** The multiplier of the rolling hash the tokenizer computes while it reads a name. */
export const HASH_FACTOR = 31;

/** Perfect hash table of the keywords: slot = hash & mask; `codes` holds 8 character codes per slot, zero-padded. */
export interface KeywordTable {
  readonly mask: number;
  readonly hash: Int32Array;
  readonly kind: Uint8Array;
  readonly codes: Uint16Array;
}

function hashOf(word: string): number {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = (Math.imul(hash, HASH_FACTOR) + word.charCodeAt(i)) | 0;
  return hash;
}

function fillTable(size: number): KeywordTable | undefined {
  const table = {
    mask: size - 1,
    hash: new Int32Array(size),
    kind: new Uint8Array(size),
    codes: new Uint16Array(size * LONGEST_KEYWORD),
  };
  for (const [word, kind] of KEYWORDS) {
    const hash = hashOf(word);
    const slot = hash & table.mask;
    if (table.kind[slot] !== 0) return undefined;
    table.hash[slot] = hash;
    table.kind[slot] = kind;
    for (let i = 0; i < word.length; i++) table.codes[slot * LONGEST_KEYWORD + i] = word.charCodeAt(i);
  }
  return table;
}

function buildKeywordTable(): KeywordTable {
  for (let size = 64; ; size *= 2) {
    const table = fillTable(size);
    if (table !== undefined) return table;
  }
}

export const keywordTable: KeywordTable = buildKeywordTable();

function tokenSet(...kinds: Token[]): Uint8Array {
  const set = new Uint8Array(TOKEN_KINDS);
  for (const kind of kinds) set[kind] = 1;
  return set;
}

/** Keywords that can only start a statement, never continue an expression. */
export const startsOnlyStatements: Uint8Array = tokenSet(
  Token.Def,
  Token.Class,
  Token.Import,
  Token.Return,
  Token.While,
  Token.With,
  Token.Try,
  Token.Except,
  Token.Finally,
  Token.Raise,
  Token.Assert,
  Token.Del,
  Token.Pass,
  Token.Break,
  Token.Continue,
  Token.Global,
  Token.Nonlocal,
  Token.Elif,
);

/** Tokens that can start an expression (`*` included, `yield` not). */
export const startsExpression: Uint8Array = tokenSet(
  Token.Name,
  Token.Number,
  Token.String,
  Token.FStringStart,
  Token.LeftParen,
  Token.LeftBracket,
  Token.LeftBrace,
  Token.Dots,
  Token.Plus,
  Token.Minus,
  Token.Tilde,
  Token.Star,
  Token.False,
  Token.None,
  Token.True,
  Token.Await,
  Token.Lambda,
  Token.Not,
);

/** Tokens after which an operand is complete, so that no literal can follow. */
export const endsOperand: Uint8Array = tokenSet(
  Token.Name,
  Token.Number,
  Token.RightParen,
  Token.RightBracket,
  Token.RightBrace,
  Token.False,
  Token.None,
  Token.True,
);

/** Comparison operators; `not` stands for `not in`. */
export const isComparison: Uint8Array = tokenSet(
  Token.Less,
  Token.Greater,
  Token.LessEqual,
  Token.GreaterEqual,
  Token.EqualEqual,
  Token.NotEqual,
  Token.In,
  Token.Is,
  Token.Not,
);

/** Binding strength of the left-associative binary operators, 0 for everything else. */
export const bindingPower: Uint8Array = (() => {
  const power = new Uint8Array(TOKEN_KINDS);
  power[Token.Bar] = 5;
  power[Token.Caret] = 6;
  power[Token.Ampersand] = 7;
  power[Token.LeftShift] = power[Token.RightShift] = 8;
  power[Token.Plus] = power[Token.Minus] = 9;
  for (const kind of [Token.Star, Token.Slash, Token.DoubleSlash, Token.Percent, Token.At]) power[kind] = 10;
  return power;
})();

/** `binary(ANY_OPERATOR)` reads every binary operator; `binary(ARITHMETIC)` leaves `|`, `^`, `&` and shifts. */
export const ANY_OPERATOR = 4;
export const ARITHMETIC = 8;
