const SIMPLE: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * Decodes the inside of a JSON string literal and tells where each piece of it starts: piece i covers decoded offsets
 * `decoded[i]` up to the next one's and starts at `raw[i]` in the text. Every escape is a piece of its own; a broken
 * escape stands for itself. O(n).
 *
 * @param start behind the opening quote
 * @param end at the closing quote
 * @param from decoded offset of the first character
 */
export function decodeString(
  text: string,
  start: number,
  end: number,
  from: number,
  decoded: number[],
  raw: number[],
): string {
  const parts: string[] = [];
  let length = from;
  let at = start;
  while (at < end) {
    const found = text.indexOf('\\', at);
    const stop = found < 0 || found >= end ? end : found;
    if (stop > at) {
      decoded.push(length);
      raw.push(at);
      parts.push(text.slice(at, stop));
      length += stop - at;
    }
    if (stop === end) break;
    const { value, width } = escapeAt(text, stop, end);
    decoded.push(length);
    raw.push(stop);
    parts.push(value);
    length += value.length;
    at = stop + width;
  }
  return parts.join('');
}

function escapeAt(text: string, at: number, end: number): { value: string; width: number } {
  if (at + 1 >= end) return { value: '\\', width: 1 };
  const c = text[at + 1]!;
  if (c !== 'u') return { value: SIMPLE[c] ?? c, width: 2 };
  const digits = text.slice(at + 2, Math.min(at + 6, end));
  if (!/^[0-9a-fA-F]{4}$/.test(digits)) return { value: 'u', width: 2 };
  return { value: String.fromCharCode(Number.parseInt(digits, 16)), width: 6 };
}

/** Text as it is written inside a JSON string. Lone surrogates become `\u` escapes. */
export function escapeForJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
