const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const table = new Uint32Array(256);
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  table[n] = c >>> 0;
}

/** CRC-32 (ISO 3309, as in zlib) of an ASCII text, unsigned. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) crc = table[(crc ^ text.charCodeAt(i)) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** CRC-32 of `payload` as six base62 digits, zero-padded. */
export function base62Checksum(payload: string): string {
  let rest = crc32(payload);
  let digits = '';
  for (let i = 0; i < 6; i++) {
    digits = base62[rest % 62]! + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/**
 * GitHub's token checksum: the last six characters are the CRC-32 of those before them.
 * https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/
 */
export function hasGitHubChecksum(body: string): boolean {
  return body.length > 6 && base62Checksum(body.slice(0, -6)) === body.slice(-6);
}
