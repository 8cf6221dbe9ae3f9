import type { TextEdit } from '../../base/range.js';
import { type ConfigEntry, child, descendants, edit, items, type Report, text as textOf } from '../../engine/index.js';
import { isLocalHost } from '../../knowledge/http-clients.js';
import { hasKnownShape, isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';

/** A key of a data platform with the secret that stands there as a literal. */
export interface LiteralSecret {
  readonly name: string;
  readonly entry: ConfigEntry;
}

/** Names that mean a secret in the settings of a connection, though not everywhere. */
const CONNECTION_NAMES = /^(?:token|secret|pass|account_key|sas_token|passphrase|private_key_passphrase)$/i;

/** The literal of a scalar; undefined for references, aliases, tagged values and values filled in by a template. */
export function literalOf(entry: ConfigEntry): string | undefined {
  if (entry.kind !== 'scalar' || entry.alias !== undefined || entry.tag !== undefined) return undefined;
  return typeof entry.value !== 'string' || /\$[({]|\{\{|\{%/.test(entry.value) ? undefined : entry.value;
}

/** The secret of an entry. Tokens of known shape and addresses with a password have rules of their own. */
export function secretOf(entry: ConfigEntry): LiteralSecret | undefined {
  const { key } = entry;
  const value = literalOf(entry);
  if (key === undefined || value === undefined || !(isSecretName(key) || CONNECTION_NAMES.test(key))) return undefined;
  if (!looksLikeSecretValue(value) || value.includes('://')) return undefined;
  if (hasKnownShape(key, value)) return undefined;
  return { name: key.slice(0, 40), entry };
}

/** True when a connection names a host that only this machine or network reaches by that name. */
export function isForOwnMachine(connection: ConfigEntry | undefined): boolean {
  return items(connection).some((one) => {
    const host = /^(?:host|hostname|server)$/i.test(one.key ?? '') ? textOf(one) : undefined;
    return host !== undefined && /^[\w.[\]:-]+$/.test(host) && isLocalHost(host.replace(/:\d+$/, ''));
  });
}

/** The name of a variable out of the words that lead to a setting. */
export function variableName(...words: readonly (string | undefined)[]): string {
  return words
    .flatMap((word) => (word === undefined ? [] : [word.replace(/([a-z\d])([A-Z])/g, '$1_$2')]))
    .join('_')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^[\d_]+|_$/g, '');
}

/** Puts a reference in place of a value, in the quotes that the place needs; nothing for values of several lines. */
export function referTo(reference: string, entry: ConfigEntry): TextEdit[] {
  if (entry.style === 'literal' || entry.style === 'folded') return [];
  const bare = entry.style === 'plain' && entry.parent?.flow !== true && /^[\w$]/.test(reference);
  const mark = entry.style === 'single' && !reference.includes("'") ? "'" : '"';
  return edit.replace(entry.valueRange, bare ? reference : `${mark}${reference}${mark}`);
}

/**
 * Offers a reference to a variable in place of the secret of an entry. In a connection to the own machine the finding is an
 * info.
 */
export function offerReference(finding: Report, entry: ConfigEntry, variable: string, reference: string): void {
  if (isForOwnMachine(entry.parent)) finding.severity('info');
  const edits = referTo(reference, entry);
  if (edits.length > 0) finding.fix(`Refer to \`${variable}\``, 'review', edits, 'the variable has to be set');
}

/** Secrets of a whole document; none where SOPS has encrypted it. */
export function secretsOf(root: ConfigEntry): readonly LiteralSecret[] {
  return isEncrypted(root) ? [] : [...descendants(root)].flatMap((entry) => secretOf(entry) ?? []);
}

/** Shows some of the other secrets that one finding stands for. */
export function relate(finding: Report, others: readonly LiteralSecret[]): void {
  for (const { entry } of others.slice(0, 5)) finding.related(entry.keyRange ?? entry.range, 'another secret');
}

/** Files that SOPS has encrypted keep its notes beside the values. */
function isEncrypted(root: ConfigEntry): boolean {
  return child(root, 'sops') !== undefined;
}
