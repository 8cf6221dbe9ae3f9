import type { ConfigEntry } from '../../engine/index.js';
import { findSecrets, isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';

/** A literal as the manifest has it; undefined for aliases, tags such as `!vault` and values that are no text. */
export function literalOf(entry: ConfigEntry): string | undefined {
  if (entry.alias !== undefined || entry.tag !== undefined || typeof entry.value !== 'string') return undefined;
  return entry.value;
}

/** Tokens with a shape of their own and passwords in addresses are reported wherever they stand. */
export function hasShape(name: string, value: string): boolean {
  return value.includes('://') || findSecrets(`${name}=${value}`).length > 0;
}

/** Whether a value is the secret its name promises: no part of it is filled in elsewhere, and no other rule knows its shape. */
export function isSecretSetting(name: string, value: string): boolean {
  return isSecretName(name) && looksLikeSecretValue(value) && !/\$[({]|\{\{/.test(value) && !hasShape(name, value);
}
