import type { Range } from '../../base/range.js';

/** `pseudonym`: hashed, encoded or tokenised; `safe`: masked, coarsened, constant or a measure of the value. */
export type ColumnForm = 'plain' | 'pseudonym' | 'safe';

/** What is known of one column of a frame. */
export interface Column {
  /** Where its name is written. */
  readonly range: Range | undefined;
  readonly form: ColumnForm;
  /** The program makes this column: using it says nothing about the source. */
  readonly created: boolean;
  /** The name in the list that selected it. */
  readonly selected: Range | undefined;
}

/**
 * What the values are: whole frames, one column, rows or cells, text made of them, arrays without names, the groups of a
 * `groupby`, distinct values, a Spark writer. A `fact` is a measure (`len`, `shape`, a mask): it reveals no row but
 * remembers what it was measured on.
 */
export type Shape = 'frame' | 'column' | 'row' | 'text' | 'array' | 'groups' | 'distinct' | 'fact' | 'writer';

/** Abstract tabular data. Immutable; two names for one frame hold the same object. */
export interface Data {
  readonly kind: 'data';
  readonly shape: Shape;
  /** Library the frame belongs to: `pandas`, `polars`, `pyspark`, … */
  readonly library: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly dropped: ReadonlySet<string>;
  /** There may be columns besides the known ones. */
  readonly open: boolean;
  /** Every column name seen on the way here: evidence for what the others mean. */
  readonly siblings: ReadonlySet<string>;
  /** Words that name the table: variable, file or SQL table. */
  readonly container: string | undefined;
  /** A variable has given it its name. */
  readonly named: boolean;
  /** Read sites the rows come from. */
  readonly origins: ReadonlySet<number>;
  /** Columns a `groupby` groups by. */
  readonly keys: readonly string[];
  /** Unresolved calls on the way here. */
  readonly guesses: number;
  readonly encrypted: boolean;
  /** Names of the last `drop`: where another name can be added. */
  readonly dropList: Range | undefined;
}

/** A set of column names: literal lists, `df.columns`, and what is computed from them. */
export interface Names {
  readonly kind: 'names';
  readonly known: ReadonlyMap<string, Range | undefined>;
  /** `exact`: just these; `all`: every column of the frame but `dropped`; `some`: these and others nobody knows. */
  readonly extent: 'exact' | 'all' | 'some';
  readonly dropped: ReadonlySet<string>;
  /** A string that is one of the names, not a list. */
  readonly single: boolean;
  readonly origins: ReadonlySet<number>;
  /** The list or string as written. */
  readonly written: Range | undefined;
}

const MAX_COLUMNS = 64;
const NONE: ReadonlySet<never> = new Set<never>();
const NO_COLUMNS: ReadonlyMap<string, Column> = new Map();

const EMPTY: Data = {
  kind: 'data',
  shape: 'frame',
  library: 'pandas',
  columns: NO_COLUMNS,
  dropped: NONE,
  open: true,
  siblings: NONE,
  container: undefined,
  named: false,
  origins: NONE,
  keys: [],
  guesses: 0,
  encrypted: false,
  dropList: undefined,
};

export function newData(fields: Partial<Data> = {}): Data {
  const data = { ...EMPTY, ...fields };
  return data.columns.size === 0 ? data : { ...data, siblings: union(data.siblings, data.columns.keys()) };
}

export function newNames(known: Iterable<readonly [string, Range | undefined]>, fields: Partial<Names> = {}): Names {
  const names = new Map<string, Range | undefined>();
  for (const [name, range] of known) names.set(name, range);
  // Written out because names are made for every string: one shape of object, no copies.
  return {
    kind: 'names',
    known: names,
    extent: fields.extent ?? 'exact',
    dropped: fields.dropped ?? NONE,
    single: fields.single ?? false,
    origins: fields.origins ?? NONE,
    written: fields.written,
  };
}

export function plainColumn(range: Range | undefined, created = false, form: ColumnForm = 'plain'): Column {
  return { range, form, created, selected: undefined };
}

export function union<T>(a: ReadonlySet<T>, b: Iterable<T>): ReadonlySet<T> {
  const merged = new Set(a);
  for (const item of b) merged.add(item);
  return merged.size === a.size ? a : merged;
}

function columnsOf(entries: Iterable<readonly [string, Column]>): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  for (const [name, column] of entries) {
    if (columns.size >= MAX_COLUMNS) break;
    columns.set(name, column);
  }
  return columns;
}

/** The frame with one column set or replaced. */
export function withColumn(data: Data, name: string, column: Column): Data {
  if (data.columns.size >= MAX_COLUMNS && !data.columns.has(name)) return { ...data, open: true };
  const dropped = data.dropped.has(name) ? new Set([...data.dropped].filter((other) => other !== name)) : data.dropped;
  const columns = new Map(data.columns).set(name, column);
  return { ...data, columns, dropped, siblings: union(data.siblings, [name]) };
}

/** `df[names]`: known names must exist, or Python raises. */
export function selectColumns(data: Data, names: Names): Data {
  const siblings = union(data.siblings, names.known.keys());
  const picked = [...names.known].map(([name, range]): [string, Column] => {
    const known = data.columns.get(name) ?? plainColumn(range);
    return [name, { ...known, selected: range }];
  });
  if (names.extent === 'all') {
    const kept = [...data.columns].filter(([name]) => !names.dropped.has(name));
    const dropped = union(data.dropped, names.dropped);
    return { ...data, columns: columnsOf([...kept, ...picked]), dropped, siblings, dropList: undefined };
  }
  const open = names.extent === 'some' || picked.length > MAX_COLUMNS;
  return { ...data, columns: columnsOf(picked), dropped: NONE, open, siblings, dropList: undefined };
}

/** `df.drop(columns=names)`. */
export function dropColumns(data: Data, names: Names, list?: Range): Data {
  const siblings = union(data.siblings, names.known.keys());
  const dropped = union(data.dropped, names.known.keys());
  if (names.extent !== 'exact') {
    // Unknown names go too: nothing is known to remain.
    return { ...data, columns: NO_COLUMNS, dropped: NONE, open: true, siblings, dropList: undefined };
  }
  const columns = columnsOf([...data.columns].filter(([name]) => !names.known.has(name)));
  return { ...data, columns, dropped, siblings, dropList: list };
}

/** `df.rename(columns=…)`; pairs are old and new names. */
export function renameColumns(data: Data, pairs: ReadonlyMap<string, { name: string; range: Range }>): Data {
  const columns = columnsOf(
    [...data.columns].map(([name, column]): [string, Column] => {
      const to = pairs.get(name);
      return to === undefined ? [name, column] : [to.name, { ...column, created: true }];
    }),
  );
  const added = [...pairs].filter(([old]) => data.open && !data.columns.has(old) && !data.dropped.has(old));
  const all = columnsOf([
    ...columns,
    ...added.map(([, to]): [string, Column] => [to.name, plainColumn(to.range, true)]),
  ]);
  return {
    ...data,
    columns: all,
    siblings: union(
      data.siblings,
      [...pairs.values()].map((to) => to.name),
    ),
  };
}

const FORM_ORDER: readonly ColumnForm[] = ['plain', 'pseudonym', 'safe'];

/**
 * What is known where two ways meet. A column dropped or protected on one of them counts as dropped or protected: what the
 * program does under a condition is taken as meant.
 */
export function joinData(a: Data, b: Data): Data {
  if (a === b) return a;
  const dropped = union(a.dropped, b.dropped);
  const columns = new Map<string, Column>();
  for (const [name, column] of [...a.columns, ...b.columns]) {
    if (dropped.has(name) || columns.size >= MAX_COLUMNS) continue;
    const known = columns.get(name);
    if (known === undefined || FORM_ORDER.indexOf(column.form) > FORM_ORDER.indexOf(known.form))
      columns.set(name, column);
  }
  return {
    ...a,
    ...combined(a, b),
    shape: a.shape === b.shape ? a.shape : joinShape(a, b),
    columns,
    dropped,
    dropList: a.dropList === b.dropList ? a.dropList : undefined,
  };
}

/** Columns side by side: merge, concat, a text made of several values. */
export function mergeData(a: Data, b: Data): Data {
  if (a === b) return a;
  const columns = columnsOf([...b.columns, ...a.columns]);
  return {
    ...a,
    ...combined(a, b),
    shape: joinShape(a, b),
    columns,
    dropped: new Set([...a.dropped, ...b.dropped].filter((name) => !columns.has(name))),
    dropList: undefined,
  };
}

function combined(
  a: Data,
  b: Data,
): Pick<Data, 'open' | 'siblings' | 'container' | 'origins' | 'guesses' | 'encrypted'> {
  return {
    open: a.open || b.open,
    siblings: union(a.siblings, b.siblings),
    container: a.container ?? b.container,
    origins: union(a.origins, b.origins),
    guesses: Math.max(a.guesses, b.guesses),
    encrypted: a.encrypted && b.encrypted,
  };
}

function joinShape(a: Data, b: Data): Shape {
  if (a.shape === 'fact') return b.shape;
  return b.shape === 'fact' || a.shape !== 'text' ? a.shape : b.shape;
}

/** A measure of the data: no row can be read from it. */
export function factOf(origins: ReadonlySet<number>, guesses = 0): Data {
  return { ...EMPTY, shape: 'fact', open: false, origins, guesses };
}

/** The same data with every column in another form. */
export function withForm(data: Data, form: ColumnForm): Data {
  const columns = new Map([...data.columns].map(([name, column]) => [name, { ...column, form }]));
  return { ...data, columns };
}

/** Names minus names: `set(a) - {…}`, `columns.drop(…)`, `[c for c in a if c not in b]`. */
export function minusNames(from: Names, taken: Names): Names {
  const origins = union(from.origins, taken.origins);
  if (taken.extent !== 'exact') return newNames([], { extent: 'some', origins });
  const known = [...from.known].filter(([name]) => !taken.known.has(name));
  return { ...from, known: new Map(known), dropped: union(from.dropped, taken.known.keys()), origins, single: false };
}

export function plusNames(a: Names, b: Names): Names {
  const known = new Map([...a.known, ...b.known]);
  const extent = a.extent === 'all' || b.extent === 'all' ? 'all' : a.extent === 'some' ? 'some' : b.extent;
  const dropped = new Set([...a.dropped, ...b.dropped].filter((name) => !known.has(name)));
  return {
    ...a,
    known,
    extent,
    dropped,
    origins: union(a.origins, b.origins),
    single: a.single && b.single,
    written: undefined,
  };
}

/** All column names of a frame: `df.columns`. */
export function namesOf(data: Data): Names {
  const known = [...data.columns].map(([name, column]): [string, Range | undefined] => [name, column.range]);
  return newNames(known, { extent: data.open ? 'all' : 'exact', dropped: data.dropped, origins: data.origins });
}
