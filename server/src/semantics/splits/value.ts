import type { Range } from '../../base/range.js';
import type { Learns, Role } from '../../knowledge/learning/roles.js';

/** Which side of a split rows are on. */
export type Part = 'train' | 'test' | 'validation';

/** One `fit` or draw that stands behind data or an estimator. */
export interface Fit {
  readonly range: Range;
  readonly call: Range;
  readonly plain: boolean;
  readonly subject: string;
  readonly method: string;
  readonly learns: Learns;
  readonly rows: ReadonlySet<number>;
  readonly part: Part | undefined;
  readonly source: boolean;
  /** Set for draws: rows were only left out, or repeated and made up. */
  readonly drawn: 'less' | 'more' | undefined;
}

/** What a model said about rows, with the fit it had then. */
export interface Prediction {
  readonly fit: Fit;
  readonly rows: ReadonlySet<number>;
  readonly part: Part | undefined;
  readonly estimator: number;
}

/** Rows, whatever holds them. Immutable. */
export interface Data {
  readonly kind: 'data';
  /** Numbers of the row sets it is made of; `Rows` knows how they relate. */
  readonly rows: ReadonlySet<number>;
  readonly part: Part | undefined;
  /** The fits and draws over undivided rows that made it. */
  readonly marks: ReadonlySet<Fit>;
  readonly predicted: Prediction | undefined;
  /** The program reads it from a file or makes it itself, all of it. */
  readonly source: boolean;
}

export interface Estimator {
  readonly kind: 'estimator';
  readonly id: number;
  readonly name: string;
  readonly subject: string;
  readonly role: Role;
  readonly learns: Learns;
  /** Constructor keywords that say that training is stopped by the evaluation set. */
  readonly stops: boolean;
}

export interface Several {
  readonly kind: 'several';
  readonly items: readonly Value[];
}

/** Row numbers of one side, as `KFold.split` gives them. */
export interface Indices {
  readonly kind: 'indices';
  readonly part: Part;
  readonly split: Range;
  readonly name: string;
}

/** What `KFold().split(X)` gives: pairs of row numbers. */
export interface Folds {
  readonly kind: 'folds';
  readonly split: Range;
  readonly name: string;
}

export interface Nothing {
  readonly kind: 'nothing';
}

export type Value = Data | Estimator | Several | Indices | Folds | Nothing;

export const NOTHING: Nothing = { kind: 'nothing' };
const NONE: ReadonlySet<never> = new Set<never>();

export function newData(row: number, fields: Partial<Data> = {}): Data {
  return {
    kind: 'data',
    rows: new Set([row]),
    part: undefined,
    marks: NONE,
    predicted: undefined,
    source: false,
    ...fields,
  };
}

/** Row sets and marks of one value; what comes on top is passed over. */
const MAX_MEMBERS = 24;

function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): ReadonlySet<T> {
  if (b.size === 0 || a === b || a.size + b.size > MAX_MEMBERS) return a;
  return a.size === 0 ? b : new Set([...a, ...b]);
}

/** Rows of both, side by side or below each other; `sameMeaning` is asked for where two ways of the program meet. */
export function mergeData(a: Data, b: Data): Data {
  if (a === b) return a;
  return {
    kind: 'data',
    rows: union(a.rows, b.rows),
    part: a.part === b.part ? a.part : (a.part ?? b.part),
    marks: union(a.marks, b.marks),
    predicted: a.predicted ?? b.predicted,
    source: a.source && b.source,
  };
}

/** All the data in some values; undefined when there is none. */
export function dataIn(values: readonly Value[]): Data | undefined {
  let merged: Data | undefined;
  for (const value of values) {
    const data = value.kind === 'data' ? value : value.kind === 'several' ? dataIn(value.items) : undefined;
    if (data !== undefined) merged = merged === undefined ? data : mergeData(merged, data);
  }
  return merged;
}

export function joinValues(a: Value, b: Value): Value {
  if (a === b) return a;
  if (a.kind === 'data' && b.kind === 'data') {
    // On one of the ways it may be another part: nothing is known of it then.
    return a.part === b.part ? mergeData(a, b) : { ...mergeData(a, b), part: a.part ?? b.part };
  }
  if (a.kind === 'estimator' && b.kind === 'estimator') return a;
  if (a.kind === 'several' && b.kind === 'several' && a.items.length === b.items.length)
    return { kind: 'several', items: a.items.map((item, i) => joinValues(item, b.items[i]!)) };
  return a.kind === 'nothing' ? b : b.kind === 'nothing' ? a : NOTHING;
}

/** What a name says about the side of a split: `X_train`, `df_test`, `valX`; undefined when it says nothing or several things. */
export function partOfName(name: string): Part | undefined {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  const parts = new Set<Part>();
  for (const word of words) {
    if (/^(?:x|y|df|ds)?(?:train|training|trn|tr)$/.test(word)) parts.add('train');
    else if (/^(?:x|y|df|ds)?(?:test|testing|tst|holdout|te)$/.test(word)) parts.add('test');
    else if (/^(?:x|y|df|ds)?(?:val|valid|validation|dev|eval|cv)$/.test(word)) parts.add('validation');
  }
  return parts.size === 1 ? [...parts][0] : undefined;
}
