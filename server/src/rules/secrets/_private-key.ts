import type { TextFact } from '../../engine/index.js';

const ACCOUNT = /\bservice_account\b/;

/** True for the private key of a Google service account: the key file as one text, or its field in a mapping. */
export function isServiceAccountKey(fact: TextFact, text: string): boolean {
  if (ACCOUNT.test(fact.text)) return true;
  if (fact.name !== 'private_key') return false;
  return ACCOUNT.test(text.slice(Math.max(0, fact.range.start - 1500), fact.range.end + 3000));
}
