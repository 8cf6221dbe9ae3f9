import type { Range } from '../../base/range.js';
import { type ConfigEntry, child, text as textOf } from '../../engine/index.js';

/** A variable that a pipeline sets to a literal. */
export interface CiVariable {
  readonly name: string;
  readonly value: string;
  /** The value as it stands in the file. */
  readonly range: Range;
  /** What sets the variable: its entry, or the list item of `{name, value}`. */
  readonly holder: ConfigEntry;
}

/**
 * `NAME: value` of every pipeline, `NAME: {value: …}` of GitLab, `- {name: …, value: …}` of Azure, `- NAME=value` of Cloud Build.
 */
export function variableIn(entry: ConfigEntry, text: string): CiVariable | undefined {
  const { parent } = entry;
  const value = entry.alias === undefined && entry.tag === undefined ? entry.value : undefined;
  if (typeof value !== 'string' || parent === undefined) return undefined;
  if (entry.key === undefined) {
    const equals = value.indexOf('=');
    const start = entry.valueRange.start + (entry.style === 'plain' ? 0 : 1) + equals + 1;
    const range = { start, end: start + value.length - equals - 1 };
    const exact = text.slice(range.start, range.end) === value.slice(equals + 1);
    if (equals < 1) return undefined;
    const name = value.slice(0, equals);
    return { name, value: value.slice(equals + 1), range: exact ? range : entry.valueRange, holder: entry };
  }
  const pair = entry.key === 'value' && parent.path[parent.path.length - 2] === 'variables';
  if (!pair) return { name: entry.key, value, range: entry.valueRange, holder: entry };
  const name = parent.key ?? textOf(child(parent, 'name'));
  return name === undefined ? undefined : { name, value, range: entry.valueRange, holder: parent };
}
