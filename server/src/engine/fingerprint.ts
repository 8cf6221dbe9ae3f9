import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Structural identity of a finding: 16 hexadecimal digits of SHA-256. Nothing in it can be turned back into code. */
export function fingerprint(ruleId: string, path: string, structure: string, occurrence: number): string {
  return bytesToHex(sha256(utf8ToBytes(`${ruleId}\n${path}\n${structure}\n${occurrence}`))).slice(0, 16);
}

/** A statement without what formatters change. */
export function normalizeStatement(text: string): string {
  return text
    .replace(/#[^\n]*/g, '')
    .replace(/[\s\\]+/g, '')
    .replace(/,(?=[)\]}])/g, '')
    .replace(/["']/g, '"');
}
