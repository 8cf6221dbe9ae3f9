import type { Language } from '../../base/language.js';
import type { ConfigEntry, RecognizedFormat } from '../config/entry.js';
import type { FormatRow, FormatSubject } from './row.js';
import { FORMATS } from './table.js';

/** Whether a file of this name stands in the folder of the document. */
export type Beside = (name: string) => boolean;

const NOTHING_KNOWN: Beside = () => false;

/**
 * What a config document is, by its name and its keys; undefined when nothing known fits. The first fitting row of the
 * table wins; of the rows whose keys other formats share, a single one.
 *
 * @param path workspace-relative, with `/`
 */
export function recognizeFormat(
  path: string,
  root: ConfigEntry,
  language: Language,
  beside: Beside = NOTHING_KNOWN,
): RecognizedFormat | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const keys = new Set((root.alias ?? root).children.map(({ key }) => key));
  const file: FormatSubject = { path, name, root, has: (key) => keys.has(key), beside };
  const rows = byLanguage(language);
  for (const row of rows.own) {
    const because = evidence(row, file);
    if (because !== undefined) return { id: row.id, reason: `${row.label}: ${because}` };
  }
  let found: RecognizedFormat | undefined;
  for (const row of rows.shared) {
    const because = evidence(row, file);
    if (because === undefined) continue;
    if (found !== undefined && found.id !== row.id) return undefined;
    found ??= { id: row.id, reason: `${row.label}: ${because}` };
  }
  return found;
}

function evidence({ name, keys }: FormatRow, file: FormatSubject): string | undefined {
  if (name !== undefined && !name.test(name.source.includes('\\/') ? file.path : file.name)) return undefined;
  return keys(file);
}

interface Rows {
  readonly own: readonly FormatRow[];
  readonly shared: readonly FormatRow[];
}

const rowsByLanguage = new Map<Language, Rows>();

function byLanguage(language: Language): Rows {
  let rows = rowsByLanguage.get(language);
  if (rows === undefined) {
    const all = FORMATS.filter((row) => row.languages.includes(language));
    rows = { own: all.filter((row) => row.shared !== true), shared: all.filter((row) => row.shared === true) };
    rowsByLanguage.set(language, rows);
  }
  return rows;
}
