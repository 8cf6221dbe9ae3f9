import type { LambdaExpression } from '../../facts/python/expression.js';
import type { ClassStatement, FunctionStatement } from '../../facts/python/statement.js';
import { type Data, factOf, joinData, mergeData, type Names, newNames, plusNames, union } from './data.js';

/** The names a function sees around it. */
export interface Surroundings {
  lookup(name: string): Value | undefined;
  has(name: string): boolean;
}

/** What the frame analysis knows of a Python value; undefined where it knows nothing. */
export type Value = Data | Names | Thing | Sequence | Dictionary | Indexer | Callable | ClassValue | Instance;

/** An object of a library: estimator, file handle, schema. */
export interface Thing {
  readonly kind: 'thing';
  /** Resolved dotted names, `sklearn.svm.SVC()`. */
  readonly names: readonly string[];
  /** Data it was built with. */
  readonly data: readonly Data[];
  /** Objects it was built with, in order; undefined for those nobody knows. */
  readonly parts: readonly (Thing | undefined)[];
  /** Columns a transformer passes on; `unknown` when it chooses and nobody knows what. */
  readonly selects: Names | 'unknown' | undefined;
  /** File handles: the path. */
  readonly target: string | undefined;
}

/** Tuple or list; `rest` stands for elements beyond the known ones. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly items: readonly (Value | undefined)[];
  readonly rest: Value | undefined;
}

export interface Dictionary {
  readonly kind: 'dictionary';
  readonly entries: ReadonlyMap<string, Value | undefined>;
  readonly rest: Value | undefined;
}

/** `df.loc`, `df.iloc`: what stands before the brackets. */
export interface Indexer {
  readonly kind: 'indexer';
  readonly data: Data;
  readonly labels: boolean;
}

export interface Callable {
  readonly kind: 'callable';
  readonly code: FunctionStatement | LambdaExpression;
  readonly closure: Surroundings;
  /** Class whose method it is. */
  readonly owner: ClassStatement | undefined;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly code: ClassStatement;
  readonly closure: Surroundings;
}

/** An object of a class of this file. Its fields are those of the class. */
export interface Instance {
  readonly kind: 'instance';
  readonly of: ClassValue;
}

export function newThing(names: readonly string[], fields: Partial<Thing> = {}): Thing {
  return { kind: 'thing', names, data: [], parts: [], selects: undefined, target: undefined, ...fields };
}

export function sequence(items: readonly (Value | undefined)[], rest?: Value): Sequence {
  return { kind: 'sequence', items, rest };
}

const MAX_DEPTH = 4;
const MAX_FLAT = 40;

/** Data inside a value, through tuples, lists and dictionaries. */
export function dataIn(value: Value | undefined, depth = 0): readonly Data[] {
  if (value === undefined || depth > MAX_DEPTH) return [];
  switch (value.kind) {
    case 'data':
      return [value];
    case 'indexer':
      return [value.data];
    case 'sequence':
      return [...value.items, value.rest].slice(0, MAX_FLAT).flatMap((item) => dataIn(item, depth + 1));
    case 'dictionary':
      return [...value.entries.values(), value.rest].slice(0, MAX_FLAT).flatMap((item) => dataIn(item, depth + 1));
  }
  return [];
}

/** One value for all data inside, as they stand side by side; undefined when there is none. */
export function mergedData(values: readonly (Value | undefined)[]): Data | undefined {
  const all = values.flatMap((value) => dataIn(value));
  return all.length === 0 ? undefined : all.reduce(mergeData);
}

/** Text made of values: whoever reads it reads them. */
export function textOf(values: readonly (Value | undefined)[]): Data | undefined {
  const data = mergedData(values.filter((value) => value?.kind !== 'data' || value.shape !== 'fact'));
  if (data !== undefined && data.shape !== 'fact')
    return { ...data, shape: data.shape === 'distinct' ? 'distinct' : 'text' };
  const facts = mergedData(values);
  return facts === undefined ? undefined : factOf(facts.origins, facts.guesses);
}

/** Read sites a value depends on. */
export function originsOf(value: Value | undefined): ReadonlySet<number> {
  if (value === undefined) return new Set();
  if (value.kind === 'names') return value.origins;
  const data = value.kind === 'thing' ? value.data : dataIn(value);
  const names = value.kind === 'sequence' || value.kind === 'dictionary' ? namesIn(value) : [];
  return [...data, ...names].reduce<ReadonlySet<number>>((all, item) => union(all, item.origins), new Set());
}

function namesIn(value: Sequence | Dictionary): readonly Names[] {
  const items = value.kind === 'sequence' ? [...value.items, value.rest] : [...value.entries.values(), value.rest];
  return items.filter((item): item is Names => item?.kind === 'names');
}

/** What is known where two ways meet. */
export function joinValues(a: Value | undefined, b: Value | undefined): Value | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a === b) return a;
  if (a.kind === 'data' && b.kind === 'data') return joinData(a, b);
  if (a.kind === 'names' && b.kind === 'names') return plusNames(a, b);
  if (a.kind === 'thing' && b.kind === 'thing') return joinThings(a, b);
  if (a.kind === 'sequence' && b.kind === 'sequence') {
    if (a.items.length === b.items.length) {
      return sequence(
        a.items.map((item, i) => joinValues(item, b.items[i])),
        joinValues(a.rest, b.rest),
      );
    }
    return sequence([], [...a.items, ...b.items, a.rest, b.rest].reduce(joinValues, undefined));
  }
  if (a.kind === 'dictionary' && b.kind === 'dictionary') {
    const entries = new Map(a.entries);
    for (const [key, value] of b.entries) entries.set(key, joinValues(entries.get(key), value));
    return { kind: 'dictionary', entries, rest: joinValues(a.rest, b.rest) };
  }
  return a.kind === 'data' || b.kind !== 'data' ? a : b;
}

const MAX_NAMES = 6;

function joinThings(a: Thing, b: Thing): Thing {
  const known = b.names.every((name) => a.names.includes(name)) && b.data.every((data) => a.data.includes(data));
  if (known && a.selects === b.selects && a.parts.length > 0 === b.parts.length > 0) return a;
  const names = [...new Set([...a.names, ...b.names])].slice(0, MAX_NAMES);
  const data = [...new Set([...a.data, ...b.data])];
  const selects = a.selects === b.selects ? a.selects : 'unknown';
  return { ...a, names, data, selects, parts: a.parts.length > 0 ? a.parts : b.parts };
}

/** What a loop over a value binds. */
export function elementOf(value: Value | undefined): Value | undefined {
  if (value === undefined) return undefined;
  switch (value.kind) {
    case 'sequence':
      return [...value.items, value.rest].reduce(joinValues, undefined);
    case 'dictionary':
      return newNames(
        [...value.entries.keys()].map((key) => [key, undefined] as const),
        { single: true },
      );
    case 'names':
      return { ...value, single: true };
    case 'data':
      if (value.shape === 'fact') return value;
      return value.shape === 'frame' && value.library === 'pandas'
        ? newNames([], { extent: 'some', single: true, origins: value.origins })
        : { ...value, shape: value.shape === 'column' ? 'text' : 'row' };
  }
  return undefined;
}
