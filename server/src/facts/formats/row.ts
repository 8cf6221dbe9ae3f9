import type { Language } from '../../base/language.js';
import { type ConfigEntry, child, descendants, type FormatId, items, text } from '../config/entry.js';

export interface FormatSubject {
  readonly path: string;
  /** Last part of the path. */
  readonly name: string;
  readonly root: ConfigEntry;
  /** Whether the root map has a key. */
  readonly has: (key: string) => boolean;
  /** Whether a file of this name stands in the same folder; false when nobody knows. */
  readonly beside: (name: string) => boolean;
}

/** One row: a document is of this format when language, name and keys all fit. */
export interface FormatRow {
  readonly id: FormatId;
  /** Name of the format for people. */
  readonly label: string;
  readonly languages: readonly Language[];
  /** Tested against the file name, or against the whole path when the pattern holds a `/`. Absent: any name. */
  readonly name?: RegExp;
  /**
   * True for keys that other formats use too: such a row is asked only where no other row fits, and a document that two of
   * them claim is of neither format.
   */
  readonly shared?: boolean;
  /** The content test. Answers with the evidence in words, or undefined. Names alone prove little. */
  readonly keys: (file: FormatSubject) => string | undefined;
}

export const YAML: readonly Language[] = ['yaml'];
export const YAML_OR_JSON: readonly Language[] = ['yaml', 'json'];

export const when = (test: boolean | undefined, because: string): string | undefined => (test ? because : undefined);

/** Whether some child of a map or list satisfies a test; looks at the first few hundred only. */
export const some = (entry: ConfigEntry | undefined, test: (item: ConfigEntry) => boolean): boolean =>
  items(entry).slice(0, 500).some(test);

export const hasAny = (entry: ConfigEntry | undefined, ...keys: readonly string[]): boolean =>
  keys.some((key) => child(entry, key) !== undefined);

export const hasAll = (entry: ConfigEntry | undefined, ...keys: readonly string[]): boolean =>
  keys.every((key) => child(entry, key) !== undefined);

export const hasTwo = (entry: ConfigEntry | undefined, ...keys: readonly string[]): boolean =>
  keys.filter((key) => child(entry, key) !== undefined).length >= 2;

export const isMap = (entry: ConfigEntry | undefined): boolean => entry?.kind === 'map';
export const isList = (entry: ConfigEntry | undefined): boolean => entry?.kind === 'list';
export const isScalar = (entry: ConfigEntry | undefined): boolean => entry?.kind === 'scalar' && entry.value !== null;

/** Whether a key has one of these values. */
export const says = (entry: ConfigEntry | undefined, key: string, values: RegExp): boolean => {
  const value = text(child(entry, key));
  return value !== undefined && values.test(value);
};

/** Whether something in the document satisfies a test; looks at the first few thousand entries only. */
export function somewhere(root: ConfigEntry, test: (entry: ConfigEntry) => boolean): boolean {
  let seen = 0;
  for (const entry of descendants(root)) {
    if (test(entry)) return true;
    if (++seen >= 3_000) return false;
  }
  return false;
}
