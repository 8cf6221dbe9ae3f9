import { distance } from 'fastest-levenshtein';
import type { Range } from '../base/range.js';
import { type ConfigEntry, items } from '../facts/config/entry.js';
import type { ConfigKey, TextKind, ValueShape } from './config-keys.js';

/** A validated value of a config file: plain data in the shape its key table asks for. */
export type SettingValue = boolean | number | string | readonly string[] | { readonly [key: string]: SettingValue };

export type Settings = { readonly [key: string]: SettingValue };

export interface ValueProblem {
  readonly range: Range;
  readonly message: string;
}

/** Values found by key, with the problems of everything that was left out. */
export interface ReadSettings {
  readonly values: Settings;
  /** Ranges of the top-level values by key. */
  readonly ranges: ReadonlyMap<string, Range>;
  readonly problems: readonly ValueProblem[];
}

/** Reads a map by a key table. What does not fit is named in `problems` and left out; the rest is used. */
export function readSettings(
  root: ConfigEntry,
  keys: readonly ConfigKey[],
  ruleNames: ReadonlySet<string>,
): ReadSettings {
  const reader = new SettingsReader(ruleNames);
  const values = reader.table(root, keys);
  const ranges = new Map(items(root).map((entry) => [entry.key ?? '', entry.valueRange]));
  return { values, ranges, problems: reader.problems };
}

/** ` ; did you mean …` for the nearest name within a third of the length, or nothing. */
export function didYouMean(word: string, names: Iterable<string>): string {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const name of names) {
    const edits = distance(word.toLowerCase(), name);
    if (edits < least) {
      least = edits;
      best = name;
    }
  }
  return best === undefined ? '' : `; did you mean \`${best}\`?`;
}

class SettingsReader {
  readonly problems: ValueProblem[] = [];
  readonly #ruleNames: ReadonlySet<string>;

  constructor(ruleNames: ReadonlySet<string>) {
    this.#ruleNames = ruleNames;
  }

  table(entry: ConfigEntry, keys: readonly ConfigKey[]): Settings {
    const values: Record<string, SettingValue> = {};
    for (const item of items(entry)) {
      const key = keys.find((k) => k.name === item.key);
      if (key === undefined) {
        this.#report(
          item,
          `Unknown key \`${item.key}\`${didYouMean(
            item.key ?? '',
            keys.map((k) => k.name),
          )}`,
        );
        continue;
      }
      const value = this.#value(item, key.name, key.shape);
      if (value !== undefined) values[key.name] = value;
    }
    return values;
  }

  #value(item: ConfigEntry, name: string, shape: ValueShape): SettingValue | undefined {
    const { kind, value } = item.alias ?? item;
    switch (shape.kind) {
      case 'boolean':
        return typeof value === 'boolean' ? value : this.#wrong(item, name, '`true` or `false`');
      case 'integer':
        if (typeof value === 'number' && Number.isInteger(value) && value >= shape.minimum) return value;
        return this.#wrong(item, name, `a whole number of at least ${shape.minimum}`);
      case 'string':
        return typeof value === 'string' && value !== '' ? value : this.#wrong(item, name, 'a text');
      case 'choice':
        return this.#choice(item, name, shape.values);
      case 'list':
        return this.#list(item, name, shape);
      case 'levels':
        return kind === 'map' ? this.#levels(item, shape.values) : this.#wrong(item, name, 'a map of rules to levels');
      case 'table':
        return kind === 'map' ? this.table(item, shape.keys) : this.#wrong(item, name, 'a map');
      case 'tables':
        return kind === 'map' ? this.#tables(item, shape.keys) : this.#wrong(item, name, 'a map of globs');
    }
  }

  #choice(item: ConfigEntry, name: string, values: readonly string[]): string | undefined {
    const { value } = item.alias ?? item;
    if (typeof value === 'string' && values.includes(value)) return value;
    // `off` is a boolean to readers of YAML 1.1.
    if (value === false && values.includes('off')) return 'off';
    const hint = typeof value === 'string' ? didYouMean(value, values) : '';
    return this.#wrong(item, name, `one of ${values.map((v) => `\`${v}\``).join(', ')}`, hint);
  }

  #list(item: ConfigEntry, name: string, shape: Extract<ValueShape, { kind: 'list' }>): readonly string[] | undefined {
    const target = item.alias ?? item;
    if (shape.of === 'path' && typeof target.value === 'string') return [target.value];
    if (target.kind !== 'list') return this.#wrong(item, name, 'a list');
    const result: string[] = [];
    for (const child of target.children) {
      const text =
        shape.values === undefined ? this.#text(child, name, shape.of) : this.#choice(child, name, shape.values);
      if (text !== undefined) result.push(text);
    }
    return result;
  }

  #text(item: ConfigEntry, name: string, of: TextKind): string | undefined {
    const { value } = item.alias ?? item;
    if (typeof value !== 'string' || value === '') return this.#wrong(item, name, 'a list of texts');
    return of === 'rule' && !this.#knowsRule(item, value) ? undefined : value;
  }

  #levels(entry: ConfigEntry, values: readonly string[]): Settings {
    const result: Record<string, SettingValue> = {};
    for (const item of items(entry)) {
      const rule = item.key ?? '';
      const level = this.#choice(item, rule, values);
      if (this.#knowsRule(item, rule) && level !== undefined) result[rule] = level;
    }
    return result;
  }

  #tables(entry: ConfigEntry, keys: readonly ConfigKey[]): Settings {
    const result: Record<string, SettingValue> = {};
    for (const item of items(entry)) {
      const name = item.key ?? '';
      if ((item.alias ?? item).kind !== 'map') {
        this.#wrong(item, name, 'a map');
        continue;
      }
      const table = this.table(item, keys);
      const missing = keys.filter((key) => key.required === true && table[key.name] === undefined);
      for (const key of missing) this.#report(item, `\`${name}\` has no effect without \`${key.name}\``);
      if (missing.length === 0) result[name] = table;
    }
    return result;
  }

  #knowsRule(item: ConfigEntry, name: string): boolean {
    if (this.#ruleNames.has(name)) return true;
    this.#report(item, `Unknown rule or family \`${name}\`${didYouMean(name, this.#ruleNames)}`);
    return false;
  }

  #wrong(item: ConfigEntry, name: string, wanted: string, hint = ''): undefined {
    this.problems.push({ range: item.keyRange ?? item.valueRange, message: `\`${name}\` must be ${wanted}${hint}` });
  }

  #report(item: ConfigEntry, message: string): void {
    this.problems.push({ range: item.keyRange ?? item.valueRange, message });
  }
}
