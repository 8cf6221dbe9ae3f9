/** Character codes the scanner asks for by name. */
export const QUOTE = 34;
export const HASH = 35;
export const DOLLAR = 36;
export const PERCENT = 37;
export const OPEN_PAREN = 40;
export const CLOSE_PAREN = 41;
export const STAR = 42;
export const COMMA = 44;
export const SLASH = 47;
export const COLON = 58;
export const LESS = 60;
export const EQUALS = 61;
export const GREATER = 62;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

export function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** What closes an opening bracket; undefined for other characters. */
export function closerOf(code: number): number | undefined {
  if (code === OPEN_PAREN) return CLOSE_PAREN;
  if (code === OPEN_BRACKET) return CLOSE_BRACKET;
  return code === OPEN_BRACE ? CLOSE_BRACE : undefined;
}

export function isCloser(code: number): boolean {
  return code === CLOSE_PAREN || code === CLOSE_BRACKET || code === CLOSE_BRACE;
}
