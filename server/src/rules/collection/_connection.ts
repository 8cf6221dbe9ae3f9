import { argumentOf, type CallFact, type Expression, type PythonQuestions, type Value } from '../../engine/index.js';
import { DATABASE_CLIENTS, type DatabaseClient, PUBLIC_DATABASES } from '../../knowledge/database-clients.js';
import { addressPattern, isLocalHost } from '../../knowledge/http-clients.js';

/** One option of a connection as written: a keyword argument, or an entry of a dict that stands for some. */
export interface Option {
  readonly name: string;
  readonly value: Expression;
}

/** Where the server is: another machine, this one or its own network, or not known. */
export type Distance = 'remote' | 'local' | 'unknown';

/** The database client a call belongs to; `**.read.jdbc` and its like go by the end of the name. */
export function clientOf(name: string): DatabaseClient | undefined {
  const ends = (pattern: string): boolean =>
    pattern.startsWith('**') ? name.endsWith(pattern.slice(2)) : pattern === name;
  return DATABASE_CLIENTS.find((client) => client.names.some(ends));
}

/** Keyword arguments, and the entries of the dicts behind `**settings` and of the argument called `nested`. */
export function optionsOf(call: CallFact, py: PythonQuestions, nested?: string): readonly Option[] {
  return call.arguments.flatMap(({ name, unpacked, value }) => {
    const isDict = unpacked || (name !== undefined && name === nested);
    return isDict ? entriesOf(value, py) : name === undefined ? [] : [{ name, value }];
  });
}

/** Entries of a dict, or of a call of `dict`, that is written out. */
export function entriesOf(expression: Expression, py: PythonQuestions): readonly Option[] {
  const dict = py.definition(expression);
  if (dict.kind === 'call' && py.names(dict.callee).includes('dict')) {
    return dict.arguments.flatMap(({ name, value }) => (name === undefined ? [] : [{ name, value }]));
  }
  if (dict.kind !== 'dict') return [];
  return dict.entries.flatMap(({ key, value }) => {
    const name = key === undefined ? undefined : py.value(key);
    return name?.kind === 'string' ? [{ name: name.value, value }] : [];
  });
}

/** The address or connection string of a call. */
export function addressOf(call: CallFact, client: DatabaseClient): Expression | undefined {
  const { address } = client;
  return address === undefined ? undefined : argumentOf(call, address.name, address.position)?.value;
}

/** Known parts of a text in order. */
export function partsOf(value: Value): readonly string[] {
  return value.kind === 'string' ? [value.value] : value.kind === 'partial' ? value.pieces : [];
}

const IN_TEXT =
  /(?:\b(?:host|hostaddr|server|data source|addr)\s*=\s*(?:tcp:)?["']?([^;,\s"']+))|(?:\/\/(?:[^@/\s]*@)?(\[[^\]]*\]|[^/:?#,;\s]+))/i;

/** How far the server of a call is away, by its options and its address. */
export function distanceOf(call: CallFact, client: DatabaseClient, py: PythonQuestions): Distance {
  const named = optionsOf(call, py, client.options).find((option) => client.hosts.includes(option.name));
  const address = addressOf(call, client);
  if (named === undefined && address === undefined) {
    const others = call.arguments.some(({ unpacked, value }) => unpacked && py.definition(value).kind !== 'dict');
    return others || client.hosts.length === 0 ? 'unknown' : 'local';
  }
  return distanceOfText(py.value(named?.value ?? address!), named !== undefined);
}

/** How far away the server is that an address, a connection string or, by itself, a host names. */
export function distanceOfText(value: Value, isHost: boolean): Distance {
  const text = addressPattern(value);
  if (text === undefined) return 'unknown';
  const found = IN_TEXT.exec(text);
  const host = found?.[1] ?? found?.[2];
  if (host === undefined && /^sqlite|^[\w+]+:\/\/\//i.test(text)) return 'local';
  const name = (host ?? (isHost ? text : '*')).replace(/[:,\\].*$/, '');
  if (name.includes('*')) return 'unknown';
  return name.startsWith('/') || isLocalHost(name) || /^[({<%]/.test(name) ? 'local' : 'remote';
}

/** True for a server that everybody may read without a password. */
export function isPublicDatabase(call: CallFact, client: DatabaseClient, py: PythonQuestions): boolean {
  const named = optionsOf(call, py, client.options).find((option) => client.hosts.includes(option.name));
  const server = named?.value ?? addressOf(call, client);
  return server !== undefined && PUBLIC_DATABASES.test(addressPattern(py.value(server)) ?? '');
}
