import type { Range } from '../base/range.js';
import type { ConfigCursor } from './config-cursor.js';
import { CONFIG_KEYS, type ConfigKey, type ValueShape } from './config-keys.js';

/** Something that may stand where the cursor is. */
export interface ConfigSuggestion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'rule';
  readonly description: string;
  /** What stands behind the label when it is a key: `: ` and what its value begins with. */
  readonly shape: ValueShape | undefined;
}

/** A rule or family with what it is about. */
export interface RuleName {
  readonly name: string;
  readonly description: string;
}

type Level =
  | { readonly kind: 'keys'; readonly keys: readonly ConfigKey[] }
  | { readonly kind: 'globs' }
  | { readonly kind: 'rules' }
  | { readonly kind: 'value'; readonly key: ConfigKey | undefined; readonly shape: ValueShape };

/** What the keys of a path lead to; undefined for unknown keys. */
function levelAt(path: readonly string[]): Level | undefined {
  let level: Level = { kind: 'keys', keys: CONFIG_KEYS };
  let shape: ValueShape | undefined;
  for (const name of path) {
    if (level.kind === 'keys') {
      const key: ConfigKey | undefined = level.keys.find((candidate) => candidate.name === name);
      if (key === undefined) return undefined;
      shape = key.shape;
      if (shape.kind === 'table') level = { kind: 'keys', keys: shape.keys };
      else if (shape.kind === 'tables') level = { kind: 'globs' };
      else if (shape.kind === 'levels') level = { kind: 'rules' };
      else level = { kind: 'value', key, shape };
    } else if (level.kind === 'globs' && shape?.kind === 'tables') level = { kind: 'keys', keys: shape.keys };
    else if (level.kind === 'rules' && shape?.kind === 'levels')
      level = { kind: 'value', key: undefined, shape: { kind: 'choice', values: shape.values } };
    else return undefined;
  }
  return level;
}

/** Everything that may stand at a place of a configuration file; the editor filters by what is typed. */
export function configSuggestions(cursor: ConfigCursor, rules: readonly RuleName[]): readonly ConfigSuggestion[] {
  const level = levelAt(cursor.path);
  if (level === undefined) return [];
  const names = (): ConfigSuggestion[] =>
    rules.map(({ name, description }) => ({ label: name, kind: 'rule', description, shape: undefined }));
  if (cursor.on === 'key') {
    if (level.kind === 'rules') return names();
    if (level.kind !== 'keys') return [];
    return level.keys.map(({ name, description, shape }) => ({ label: name, kind: 'key', description, shape }));
  }
  if (level.kind !== 'value') return [];
  const { shape } = level;
  const values = (list: readonly string[]): ConfigSuggestion[] =>
    list.map((label) => ({ label, kind: 'value', description: '', shape: undefined }));
  switch (shape.kind) {
    case 'boolean':
      return cursor.on === 'value' ? values(['true', 'false']) : [];
    case 'choice':
      return cursor.on === 'value' ? values(shape.values) : [];
    case 'list':
      if (cursor.on === 'value') return [];
      return shape.of === 'rule' ? names() : values(shape.values ?? []);
  }
  return [];
}

/** What the key, value or rule under the cursor means. */
export function configExplanation(
  cursor: ConfigCursor,
  text: string,
  rules: readonly RuleName[],
): { readonly range: Range; readonly name: string; readonly text: string } | undefined {
  const name = text.slice(cursor.word.start, cursor.word.end);
  if (name === '') return undefined;
  const found = configSuggestions(cursor, rules).find(({ label }) => label === name);
  const explained = found?.description ?? '';
  return explained === '' ? undefined : { range: cursor.word, name, text: explained };
}
