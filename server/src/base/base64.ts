const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Decodes base64 of printable ASCII, line breaks included; undefined for anything else. O(length). */
export function decodeText(encoded: string): string | undefined {
  const digits = encoded.replace(/\s+/g, '').replace(/={1,2}$/, '');
  if (digits.length % 4 === 1) return undefined;
  let text = '';
  let bits = 0;
  let held = 0;
  for (const digit of digits) {
    const value = DIGITS.indexOf(digit);
    if (value < 0) return undefined;
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const code = (held >> bits) & 0xff;
    if ((code < 32 || code > 126) && code !== 10 && code !== 13 && code !== 9) return undefined;
    text += String.fromCharCode(code);
    held &= (1 << bits) - 1;
  }
  return text;
}
