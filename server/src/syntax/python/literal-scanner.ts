import { Char, isIdentifierPart, TO_LOWER } from './characters.js';

/** Bits of a string prefix. */
export const PREFIX_FORMATTED = 1;
export const PREFIX_RAW = 2;

/** The prefix `from`…`to` as bits, −1 when these letters are no string prefix. At most two characters. */
export function stringPrefix(source: Uint16Array, from: number, to: number): number {
  let bits = 0;
  for (let i = from; i < to; i++) {
    switch (source[i]! | TO_LOWER) {
      case Char.LowerF:
      case Char.LowerT:
        bits |= PREFIX_FORMATTED;
        break;
      case Char.LowerR:
        bits |= PREFIX_RAW;
        break;
      case Char.LowerB:
      case Char.LowerU:
        break;
      default:
        return -1;
    }
  }
  return bits;
}

export function isTripleQuote(source: Uint16Array, i: number, quote: number): boolean {
  return source[i] === quote && source[i + 1] === quote && source[i + 2] === quote;
}

/** Offset behind the closing quotes of the triple-quoted string whose quotes open at `i`, −1 when it is never closed. */
export function tripleStringEnd(source: Uint16Array, i: number, end: number): number {
  const quote = source[i]!;
  for (i += 3; i < end; i++) {
    const code = source[i];
    if (code === Char.Backslash) i++;
    else if (code === quote && source[i + 1] === quote && source[i + 2] === quote) return i + 3;
  }
  return -1;
}

/** Offset behind the closing quote of the string that opens at `i`; when its line ends first, −1 − the end of that line. */
export function singleStringEnd(source: Uint16Array, i: number, end: number): number {
  const quote = source[i]!;
  for (i++; i < end; i++) {
    const code = source[i];
    if (code === quote) return i + 1;
    if (code === Char.Backslash) {
      i++;
      if (source[i] === Char.Return && source[i + 1] === Char.LineFeed) i++;
    } else if (code === Char.LineFeed || code === Char.Return) break;
  }
  return -1 - Math.min(i, end);
}

function isDigitPart(code: number): boolean {
  return (code >= Char.Zero && code <= Char.Nine) || code === Char.Underscore;
}

function isHexPart(code: number): boolean {
  const lower = code | TO_LOWER;
  return isDigitPart(code) || (lower >= 97 && lower <= Char.LowerF);
}

function exponentEnd(source: Uint16Array, i: number): number {
  if ((source[i]! | TO_LOWER) !== Char.LowerE) return i;
  let digits = i + 1;
  if (source[digits] === Char.Plus || source[digits] === Char.Minus) digits++;
  const code = source[digits]!;
  if (code < Char.Zero || code > Char.Nine) return i;
  while (isDigitPart(source[digits]!)) digits++;
  return digits;
}

/** End of the number that starts at `i` with a digit, or with a dot before one. `1if x` is `1` and a keyword. */
export function numberEnd(source: Uint16Array, i: number): number {
  if (source[i] === Char.Zero) {
    const base = source[i + 1]! | TO_LOWER;
    if (base === Char.LowerX && isHexPart(source[i + 2]!)) {
      i += 2;
      while (isHexPart(source[i]!)) i++;
      return i;
    }
    if ((base === Char.LowerO || base === Char.LowerB) && isDigitPart(source[i + 2]!)) {
      i += 2;
      while (isDigitPart(source[i]!)) i++;
      return i;
    }
  }
  while (isDigitPart(source[i]!)) i++;
  if (source[i] === Char.Dot) {
    i++;
    while (isDigitPart(source[i]!)) i++;
  }
  i = exponentEnd(source, i);
  return (source[i]! | TO_LOWER) === Char.LowerJ ? i + 1 : i;
}

/** End of the line at `i`, its line break excluded. */
export function lineEnd(source: Uint16Array, i: number, end: number): number {
  while (i < end && source[i] !== Char.LineFeed && source[i] !== Char.Return) i++;
  return i;
}

/** End of the identifier that starts at `i`. */
export function identifierEnd(source: Uint16Array, i: number): number {
  while (isIdentifierPart[source[i]!] === 1) i++;
  return i;
}

/** First offset from `i` on that is no space or tab. */
export function skipBlanks(source: Uint16Array, i: number): number {
  while (source[i] === Char.Space || source[i] === Char.Tab) i++;
  return i;
}
