import type { Language } from '../../base/language.js';
import type { ConfigEntry, RecognizedFormat } from '../config/entry.js';
import { child } from '../config/entry.js';
import { FORMATS } from './table.js';

/**
 * What a config document is, by its name and its keys; undefined when nothing known fits. The first fitting row of the
 * table wins.
 *
 * @param path workspace-relative, with `/`
 */
export function recognizeFormat(path: string, root: ConfigEntry, language: Language): RecognizedFormat | undefined {
  const slash = path.lastIndexOf('/');
  const file = { path, name: path.slice(slash + 1), root, has: (key: string) => child(root, key) !== undefined };
  for (const format of FORMATS) {
    if (!format.languages.includes(language)) continue;
    if (format.name !== undefined && !format.name.test(format.name.source.includes('\\/') ? path : file.name)) continue;
    const because = format.keys(file);
    if (because !== undefined) return { id: format.id, reason: `${format.label}: ${because}` };
  }
  return undefined;
}
