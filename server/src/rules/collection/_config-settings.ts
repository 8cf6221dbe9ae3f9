import type { Range } from '../../base/range.js';
import type { ConfigEntry } from '../../engine/index.js';
import { text as textOf } from '../../engine/index.js';

/** A named text of a configuration file: `key: value`, `NAME=value`, `{name: NAME, value: …}`. */
export interface ConfigSetting {
  readonly name: string;
  readonly value: string;
  /** The value without quotes where it is written as it is, else as a whole. */
  readonly range: Range;
}

/** The setting a scalar makes; undefined for references, tagged values and lists. */
export function settingOf(entry: ConfigEntry, text: string): ConfigSetting | undefined {
  if (entry.kind !== 'scalar' || entry.alias !== undefined || entry.tag !== undefined) return undefined;
  const written = textOf(entry);
  if (written === undefined) return undefined;
  if (entry.key === undefined) {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(written) ?? [];
    return name === undefined || value === undefined ? undefined : { name, value, range: placeOf(entry, value, text) };
  }
  const sibling = entry.key === 'value' ? entry.parent?.children.find(({ key }) => key === 'name') : undefined;
  return { name: textOf(sibling) ?? entry.key, value: written, range: placeOf(entry, written, text) };
}

function placeOf({ valueRange }: ConfigEntry, value: string, text: string): Range {
  const at = value === '' ? -1 : text.slice(valueRange.start, valueRange.end).lastIndexOf(value);
  if (at < 0) return valueRange;
  return { start: valueRange.start + at, end: valueRange.start + at + value.length };
}

/** Words of a name in lower case: `MODEL_URL`, `storageUri`, `s3.endpoint-url`. */
export function wordsOfName(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}
