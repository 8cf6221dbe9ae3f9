import { NamePatterns } from '../../base/name-pattern.js';
import type { Range } from '../../base/range.js';
import type { Expression } from '../../facts/python/expression.js';
import {
  AWSWRANGLER_READ,
  FRAME_CONSTRUCTORS,
  LOCAL_DATASET_BUILDERS,
  READERS,
  type Reader,
  SPARK_READ,
  SPARK_TABLE,
} from '../../knowledge/data-frames/readers.js';
import { dataIn, mergedData, originsOf, type Value } from './abstract-value.js';
import type { CallSite } from './call-site.js';
import { type Column, type Data, newData, newNames, plainColumn, selectColumns } from './data.js';
import { readSelect } from './sql.js';

const TABLE = new NamePatterns<Reader>();
for (const reader of READERS) TABLE.add(reader.name, reader);

/** The frame a reader gives; undefined for calls that read nothing. */
export function read(site: CallSite, names: readonly string[]): Data | undefined {
  for (const name of names) {
    const reader = readerOf(site, name);
    if (reader !== undefined) return frameFrom(site, name, reader);
  }
  return undefined;
}

function readerOf(site: CallSite, name: string): Reader | undefined {
  const [reader] = TABLE.match(name);
  if (reader !== undefined)
    return name.startsWith('awswrangler.s3.') && !AWSWRANGLER_READ.test(name) ? undefined : reader;
  if (SPARK_READ.test(name)) return { name, library: 'pyspark', path: 0 };
  if (SPARK_TABLE.test(name)) return { name, library: 'pyspark', sql: 0 };
  if (name === 'datasets.load_dataset') {
    const builder = site.text('path', 0);
    const local = builder !== undefined && LOCAL_DATASET_BUILDERS.has(builder);
    return { name, library: 'datasets', schema: ['features'], ...(local ? {} : { path: -1 }) };
  }
  return undefined;
}

function frameFrom(site: CallSite, name: string, reader: Reader): Data {
  const { analysis } = site.e;
  const { state } = site;
  const path =
    reader.path === undefined
      ? undefined
      : (site.text(undefined, reader.path) ?? site.text('filepath_or_buffer') ?? site.text('path'));
  // A data set of a hub is published with its own card and checks; it is not input nobody has seen.
  if (reader.path === -1) return newData({ library: reader.library, container: stem(site.text('path', 0)) });
  const written = path === undefined ? undefined : state.files.get(path);
  if (written !== undefined) return { ...written, shape: 'frame', library: reader.library };
  const { site: readSite, columns } = analysis.read(site.call.callee.range, name, state.activation.owner);
  const strict =
    (reader.schema ?? []).some((keyword) => site.argument(keyword) !== undefined) ||
    /FAILFAST/.test(analysis.text(site.call.range));
  state.validated.set(readSite.id, strict ? 'schema' : 'none');
  const base = newData({ library: reader.library, origins: new Set([readSite.id]), columns, container: stem(path) });
  if (reader.sql !== undefined) return fromQuery(site, reader.sql, base);
  for (const keyword of reader.columns ?? []) {
    const listed = site.names(keyword);
    if (listed?.extent === 'exact' && !listed.single) return { ...selectColumns(base, listed), open: false };
  }
  return base;
}

function fromQuery(site: CallSite, position: number, base: Data): Data {
  const sql = site.text(undefined, position) ?? site.text('sql') ?? site.text('query');
  if (sql === undefined) return base;
  const table = /^\w+$/.test(sql) ? sql : undefined;
  const selection = table === undefined ? readSelect(sql) : { columns: undefined, table };
  const view = selection.table === undefined ? undefined : site.state.files.get(`view:${selection.table}`);
  const source = view ?? base;
  const container = selection.table ?? source.container;
  if (selection.columns === undefined) return { ...source, container };
  const argument = site.argument(undefined, position) ?? site.argument('sql') ?? site.argument('query');
  const names = newNames(selection.columns.map((name): [string, Range | undefined] => [name, argument?.value.range]));
  return { ...selectColumns(source, names), container, open: false };
}

/** `data/raw/customers.csv` is a table of customers. */
function stem(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const file = path.split(/[/\\?]/).findLast((part) => part !== '' && !part.includes('…')) ?? '';
  const name = file.replace(/\.\w{1,8}(?:\.\w{1,4})?$/, '');
  return name === '' ? undefined : name;
}

/** The frame a constructor makes of values in memory. */
export function construct(site: CallSite, names: readonly string[]): Data | undefined {
  const library = names.map((name) => FRAME_CONSTRUCTORS.get(name)).find((known) => known !== undefined);
  if (library === undefined) return undefined;
  const values = site.argument('data', 0);
  const value = site.valueOf(values);
  const listed = site.names('columns', 1) ?? site.names('schema');
  const given = mergedData([value]);
  const origins = originsOf(value);
  const shape = /\.Series$/.test(names[0]!) ? 'column' : 'frame';
  if (given !== undefined && value?.kind !== 'dictionary') return { ...relabel(given, listed), shape, library };
  const form = values !== undefined && isLiteral(site, values.value) ? 'safe' : 'plain';
  const columns = new Map<string, Column>(dictionaryColumns(values?.value, value, form));
  for (const [name, range] of listed?.known ?? [])
    if (!columns.has(name)) columns.set(name, plainColumn(range, false, form));
  const known = columns.size > 0 && listed?.extent !== 'some' && listed?.extent !== 'all';
  return newData({ library, shape, columns, origins, open: !known, guesses: given?.guesses ?? 0 });
}

function relabel(data: Data, listed: Value | undefined): Data {
  if (listed?.kind !== 'names') return data;
  const columns = new Map(
    [...listed.known].map(([name, range]) => [name, data.columns.get(name) ?? plainColumn(range)] as const),
  );
  return {
    ...data,
    columns,
    open: listed.extent !== 'exact',
    dropped: listed.dropped,
    siblings: new Set([...data.siblings, ...columns.keys()]),
  };
}

function dictionaryColumns(
  written: Expression | undefined,
  value: Value | undefined,
  form: 'safe' | 'plain',
): [string, Column][] {
  if (written?.kind === 'dict') {
    return written.entries.flatMap((entry): [string, Column][] => {
      if (entry.key?.kind !== 'string') return [];
      const name = entry.key.value;
      const own = value?.kind === 'dictionary' ? dataIn(value.entries.get(name)) : [];
      const fact = own.length > 0 && own.every((data) => data.shape === 'fact');
      return [[name, plainColumn(entry.key.range, false, fact ? 'safe' : form)]];
    });
  }
  return value?.kind === 'dictionary'
    ? [...value.entries.keys()].map((name): [string, Column] => [name, plainColumn(undefined, false, form)])
    : [];
}

const MAX_DEPTH = 5;

/** Values that stand in the program text, or that a generator of fake values or random numbers makes, are nobody's data. */
function isLiteral(site: CallSite, expression: Expression, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const inner = (part: Expression): boolean => isLiteral(site, part, depth + 1);
  switch (expression.kind) {
    case 'string':
    case 'number':
    case 'constant':
      return true;
    case 'list':
    case 'tuple':
    case 'set':
      return expression.items.every(inner);
    case 'dict':
      return expression.entries.every((entry) => inner(entry.value));
    case 'operation':
      return expression.operands.every(inner);
    case 'formatted':
      return expression.parts.every((part) => typeof part === 'string' || inner(part));
    case 'comprehension':
      return expression.element.every(inner);
    case 'call': {
      const made = site.e.analysis
        .names(expression.callee)
        .some((name) =>
          /^(?:faker|mimesis|random|numpy\.random|range$|pandas\.date_range|numpy\.(?:arange|linspace|ones|zeros))/.test(
            name,
          ),
        );
      return made || /^(?:fake|faker|rng|random)\b/.test(site.e.analysis.text(expression.range));
    }
    case 'name': {
      const definition = site.e.analysis.module.lookup(expression.name, expression.scope, expression.range.start);
      const [binding] = definition;
      return (
        definition.length === 1 && binding?.kind === 'value' && binding.value !== undefined && inner(binding.value)
      );
    }
  }
  return false;
}
