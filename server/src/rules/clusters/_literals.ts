import type { ConfigEntry } from '../../engine/index.js';
import { hasKnownShape, isAccountName, isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';

/** A literal as the manifest has it; undefined for aliases, tags such as `!vault` and values that are no text. */
export function literalOf(entry: ConfigEntry): string | undefined {
  if (entry.alias !== undefined || entry.tag !== undefined || typeof entry.value !== 'string') return undefined;
  return entry.value;
}

/** True for a value of which another tool fills in a part: `$(NAME)`, `${NAME}`, `{{ .Values.name }}`. */
export function isFilledIn(value: string): boolean {
  return /\$[({]|\{\{/.test(value);
}

/** Addresses and tokens of known shape are reported wherever they stand. */
export function hasShape(name: string, value: string): boolean {
  return value.includes('://') || hasKnownShape(name, value);
}

/** Whether a value is the secret its name promises: no part of it is filled in elsewhere, and no other rule knows its shape. */
export function isSecretSetting(name: string, value: string): boolean {
  if (!isSecretName(name) || !looksLikeSecretValue(value) || isAccountName(name, value)) return false;
  return !isFilledIn(value) && !hasShape(name, value);
}
