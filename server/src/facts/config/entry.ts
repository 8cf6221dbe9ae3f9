import type { Range } from '../../base/range.js';
import type { FormatId } from './format-id.js';

export type { FormatId } from './format-id.js';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/**
 * One value of a config document, whatever its syntax (YAML, JSON, TOML, INI, properties, env, HCL): a map, a list or a
 * scalar, with the key it stands under. INI sections and TOML tables are maps; an INI section `remote "storage"` is the
 * map under the key `remote "storage"`. HCL blocks are maps below their type and labels (`resource`, `aws_s3_bucket`, `data`), blocks
 * of the same type and labels a list; the maps of types and labels, whose parts stand apart, have an empty value behind their first
 * key.
 */
export interface ConfigEntry {
  readonly kind: 'map' | 'list' | 'scalar';
  /** Keys and list indexes from the root of its (YAML) document. */
  readonly path: readonly (string | number)[];
  /** The key as written without quotes; undefined for list items and roots. */
  readonly key: string | undefined;
  readonly keyRange: Range | undefined;
  /** The value, quotes included; for an empty value an empty range behind the separator. */
  readonly valueRange: Range;
  /** From the key (or the value) to the end of the value; never holds a trailing comment or line break. */
  readonly range: Range;
  /** Scalars only: the decoded value. `null` for an empty or null value; undefined for maps and lists, and for a scalar that must be
   * computed (HCL, tagged `!expression`): neither absent nor text, and silent for every rule that wants a value. */
  readonly value: string | number | boolean | null | undefined;
  /** Scalars only. `plain` outside YAML unless quoted. */
  readonly style: ScalarStyle;
  /** True for `{…}` / `[…]` (JSON and TOML inline included): no line of its own may be inserted inside. */
  readonly flow: boolean;
  /** Explicit YAML tag such as `!Ref` or `!Sub`; HCL: `!expression` for what must be computed, `!jsonencode` for what that writes. */
  readonly tag: string | undefined;
  readonly parent: ConfigEntry | undefined;
  /** Children in source order. Merge keys (`<<`) stay as written; aliases appear with `alias` set and no children. */
  readonly children: readonly ConfigEntry[];
  /** Anchor this value refers to, when the value is a YAML alias. */
  readonly alias: ConfigEntry | undefined;
  /** 0-based index of the YAML document (`---`) inside the file; 0 elsewhere. */
  readonly document: number;
}

/** What a config file says: one root per document, what could not be read, and what each root is. */
export interface ConfigFacts {
  readonly roots: readonly ConfigEntry[];
  readonly errors: readonly { readonly range: Range; readonly message: string }[];
  /** Same length as `roots`. */
  readonly formats: readonly (RecognizedFormat | undefined)[];
  /** True for files that only a template engine or a program with its own syntax (nginx) can read: no finding needs a fix there. */
  readonly template: boolean;
  /** True for patches that a `kustomization.yaml` lists: they name what they change, so what is absent means nothing. */
  readonly patch: boolean;
  /** True where a program wrote the file, as its head or its format says: whoever wants a change makes it at the source. */
  readonly generated: boolean;
}

export interface RecognizedFormat {
  readonly id: FormatId;
  /** Why, in words for "Why is this file checked?". */
  readonly reason: string;
}

/** The root of the document an entry stands in. O(depth). */
export function rootOf(entry: ConfigEntry): ConfigEntry {
  let root = entry;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

/**
 * Child of a map by key, following an alias: its own, else one that a YAML merge key (`<<`) brings, which stands elsewhere
 * (https://yaml.org/type/merge.html). Linear in the number of children.
 */
export function child(entry: ConfigEntry | undefined, key: string): ConfigEntry | undefined {
  let merges = false;
  for (const item of items(entry)) {
    if (item.key === key) return item;
    merges ||= item.key === '<<';
  }
  if (entry === undefined || !merges) return undefined;
  for (const map of mergedInto(entry)) {
    const found = map.children.find((item) => item.key === key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Children of a map or list; those that merge keys bring to a map too: own ones first, each key once. */
export function withMerged(entry: ConfigEntry | undefined): readonly ConfigEntry[] {
  if (entry === undefined || !items(entry).some(({ key }) => key === '<<')) return items(entry);
  const found = new Map<string | undefined, ConfigEntry>();
  for (const map of [entry.alias ?? entry, ...mergedInto(entry)]) {
    for (const item of map.children) if (item.key !== '<<' && !found.has(item.key)) found.set(item.key, item);
  }
  return [...found.values()];
}

/** The maps that merge keys bring into a map, the strongest first, each once: anchors can stand in a circle. */
function mergedInto(entry: ConfigEntry): ReadonlySet<ConfigEntry> {
  const found = new Set<ConfigEntry>();
  const waiting = [entry.alias ?? entry];
  for (let map = waiting.pop(); map !== undefined; map = waiting.pop()) {
    if (found.has(map)) continue;
    found.add(map);
    const merges = map.children.filter(({ key }) => key === '<<');
    const sources = merges.flatMap((merge) => (merge.kind === 'list' ? items(merge) : [merge]));
    waiting.push(...sources.map((source) => source.alias ?? source).reverse());
  }
  found.delete(entry.alias ?? entry);
  return found;
}

/** Descends a path of keys and list indexes; undefined as soon as a step is missing. */
export function at(entry: ConfigEntry | undefined, ...path: readonly (string | number)[]): ConfigEntry | undefined {
  let current = entry;
  for (const step of path) {
    if (current === undefined) return undefined;
    current = typeof step === 'number' ? (current.alias ?? current).children[step] : child(current, step);
  }
  return current;
}

/** Children of a map or list, following an alias; empty for scalars. */
export function items(entry: ConfigEntry | undefined): readonly ConfigEntry[] {
  return entry === undefined ? [] : (entry.alias ?? entry).children;
}

/** A scalar as text (numbers and booleans as written in canonical form); undefined for null, maps and lists. */
export function text(entry: ConfigEntry | undefined): string | undefined {
  const value = entry === undefined ? undefined : (entry.alias ?? entry).value;
  return value === null || value === undefined ? undefined : String(value);
}

/** Every entry below (and including) this one, depth first, in source order; aliases are not followed. */
export function* descendants(entry: ConfigEntry): Generator<ConfigEntry> {
  const stack: ConfigEntry[] = [entry];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    for (let i = next.children.length - 1; i >= 0; i--) stack.push(next.children[i]!);
  }
}
