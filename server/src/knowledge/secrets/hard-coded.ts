import { entropy, looksLikeWords } from './randomness.js';
import { isSecretName } from './secret-names.js';
import { looksLikeSecretValue } from './secret-values.js';

/** Every name that `isHardCodedSecret` accepts holds one of these, case aside. Bare `key`, `token` and `pass` are too common. */
export const hardCodedNameWords: readonly string[] = [
  ...['passw', 'passphrase', 'passcode', 'pwd', '_pass', 'secret'],
  ...['_key', '-key', 'apikey', 'accesskey', 'authkey', 'privatekey', 'encryptionkey', 'sharedkey', 'masterkey'],
  ...['_token', '-token', 'apitoken', 'authtoken', 'accesstoken', 'bottoken', 'refreshtoken', 'authorization'],
];

const NAMES = new RegExp(hardCodedNameWords.join('|'), 'i');
const PASSWORDS = /passw|passphrase|passcode|pwd|_pass/i;

/** Two or more parts that are words: `bert-base-uncased-v2`, `current_password_field1`. */
function hasWords(value: string): boolean {
  return value.split(/[^A-Za-z0-9]+/).filter((part) => /^[A-Za-z]{3,}$/.test(part)).length >= 2;
}

/**
 * Whether a literal given to a name is the secret that the name promises: eight characters of two classes for a password,
 * sixteen random ones for a key or token. Says no in doubt. O(length).
 */
export function isHardCodedSecret(name: string, value: string): boolean {
  if (value.length < 8 || value.length > 200 || !NAMES.test(name) || !isSecretName(name)) return false;
  if (/[\s{}<>]|:\/\/|^[$%@#&]/.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (!looksLikeSecretValue(value) || hasWords(value)) return false;
  const [plainName, plainValue] = [name, value].map((text) => text.toLowerCase().replace(/[^a-z0-9]/g, ''));
  if (plainValue!.includes(plainName!) || plainName!.includes(plainValue!)) return false;
  if (PASSWORDS.test(name)) return true;
  return value.length >= 16 && entropy(value) >= 3 && !looksLikeWords(value);
}
