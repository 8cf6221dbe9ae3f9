import type { Range } from '../../base/range.js';
import { type ConfigEntry, child, type Report, text as textOf } from '../../engine/index.js';
import { hasKnownShape, isGuessable, isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';

/** A secret that an entry of a configuration is given as a literal. */
interface LiteralSecret {
  readonly name: string;
  /** Made of words: a warning, where random ones are errors. */
  readonly guessable: boolean;
  readonly range: Range;
}

/**
 * Reports the literal secret of an entry, as `literal`, or as `guessable` and a warning where it is made of words. Undefined
 * where there is none.
 */
export function reportLiteral(
  entry: ConfigEntry,
  report: (target: Range, message: 'literal' | 'guessable', values: { readonly name: string }) => Report,
): Report | undefined {
  const secret = literalSecret(entry);
  if (secret === undefined) return undefined;
  const { name, range, guessable } = secret;
  return guessable ? report(range, 'guessable', { name }).severity('warning') : report(range, 'literal', { name });
}

/** `name: value`, `- NAME=value` or `{name: NAME, value: …}`. Keys of providers and addresses have rules of their own. */
function literalSecret(entry: ConfigEntry): LiteralSecret | undefined {
  const written = textOf(entry);
  if (written === undefined || entry.alias !== undefined || entry.tag !== undefined) return undefined;
  const { name, value } = pair(entry, written);
  if (name === undefined || !isSecretName(name) || !looksLikeSecretValue(value)) return undefined;
  if (hasKnownShape(name, value)) return undefined;
  return { name: name.slice(0, 40), guessable: isGuessable(value), range: entry.valueRange };
}

function pair(entry: ConfigEntry, written: string): { readonly name: string | undefined; readonly value: string } {
  if (entry.key === 'value') return { name: textOf(child(entry.parent, 'name')), value: written };
  if (entry.key !== undefined) return { name: entry.key, value: written };
  const [, name, value = ''] = /^(\w+)=(.*)$/s.exec(written) ?? [];
  return { name, value };
}
