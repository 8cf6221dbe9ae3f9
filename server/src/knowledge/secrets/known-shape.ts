import { findConnections } from './connection-strings.js';
import { findSecrets } from './find.js';

/**
 * Whether a value given to a name has a shape that tells whose it is: a key of a provider, or an address with a password.
 * There is a rule about each, wherever the value stands; rules about names leave them to those. O(length).
 */
export function hasKnownShape(name: string, value: string): boolean {
  return findSecrets(`${name}=${value}`).length > 0 || findConnections(value).length > 0;
}
