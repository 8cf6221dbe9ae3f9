/** Words and numbers in small letters, as people name accounts; keys that a server made up mix their letters. */
const ACCOUNT = /^[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*$/;

/**
 * Whether the setting names an account although it is called a key: the access key of an object store, which stands beside
 * its secret key, where people give a word such as `minioadmin` or `feature-store`.
 */
export function isAccountName(name: string, value: string): boolean {
  return /access[-_]?key(?:[-_]?id)?$/i.test(name) && value.length < 20 && ACCOUNT.test(value);
}
