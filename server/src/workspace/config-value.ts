import type { ConfigEntry } from '../facts/config/entry.js';
import { UNKNOWN, type Value } from '../semantics/value.js';

const MAX_DEPTH = 8;
const MAX_ENTRIES = 500;

/**
 * A config entry as the value a script gets when it loads the file. Merge keys leave a map open; interpolations (`${…}`) and
 * tags are unknown.
 */
export function configValue(entry: ConfigEntry, depth = 0): Value {
  const target = entry.alias ?? entry;
  if (depth > MAX_DEPTH || target.tag !== undefined) return UNKNOWN;
  if (target.kind === 'list') {
    return { kind: 'list', items: target.children.slice(0, MAX_ENTRIES).map((item) => configValue(item, depth + 1)) };
  }
  if (target.kind === 'scalar') return scalar(target.value);
  const entries = new Map<string, Value>();
  let open = target.children.length > MAX_ENTRIES;
  for (const child of target.children.slice(0, MAX_ENTRIES)) {
    if (child.key === undefined || child.key === '<<') open = true;
    else entries.set(child.key, configValue(child, depth + 1));
  }
  return { kind: 'dict', entries, open };
}

function scalar(value: ConfigEntry['value']): Value {
  if (value === null) return { kind: 'none' };
  switch (typeof value) {
    case 'string':
      return value.includes('${') ? UNKNOWN : { kind: 'string', value };
    case 'number':
      return { kind: 'number', value };
    case 'boolean':
      return { kind: 'boolean', value };
  }
  return UNKNOWN;
}
