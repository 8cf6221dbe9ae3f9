import type { Range, TextEdit } from '../base/range.js';
import { argumentOf, type CallFact, type Expression, edit, type PythonQuestions, type Value } from '../engine/index.js';

const MODULES = ['redis', 'redis.asyncio', 'redis.client', 'redis.asyncio.client', 'aioredis', 'valkey'];
export const CLIENTS = [
  ...MODULES.flatMap((module) => ['Redis', 'StrictRedis'].map((name) => `${module}.${name}`)),
  ...['redis.RedisCluster', 'redis.cluster.RedisCluster', 'redis.asyncio.RedisCluster', 'valkey.Valkey'],
];
/** Calls that take an address: where it is passed. */
export const BY_ADDRESS: Readonly<Record<string, { readonly argument: string; readonly position?: number }>> =
  Object.fromEntries([
    ...[
      ...CLIENTS,
      ...MODULES,
      'redis.ConnectionPool',
      'redis.BlockingConnectionPool',
      'redis.asyncio.ConnectionPool',
    ].map((base) => [`${base}.from_url`, { argument: 'url', position: 0 }]),
    ['feast.infra.online_stores.redis.RedisOnlineStoreConfig', { argument: 'connection_string' }],
    ['celery.Celery', { argument: 'broker' }],
  ]);

/** Host of an address or of a connection string of Feast; empty when it is not known. */
export function hostOf(address: string): string {
  const match = /^rediss?:\/\/(?:[^@/\s]*@)?([\w.-]+)/i.exec(address) ?? /^(?!\w+:\/\/)([\w.-]+):\d+/.exec(address);
  return match === null || address.startsWith(`${match[0]}*`) ? '' : match[1]!;
}

export function isOff(call: CallFact, py: PythonQuestions): boolean {
  const ssl = argumentOf(call, 'ssl');
  const value = ssl === undefined ? undefined : py.value(ssl.value);
  return value === undefined || (value.kind === 'boolean' && !value.value);
}

export function isUnchecked(value: Value, names: readonly string[]): boolean {
  return (
    value.kind === 'none' || (value.kind === 'string' && value.value === 'none') || names.includes('ssl.CERT_NONE')
  );
}

/** `redis://` becomes `rediss://`; a connection string of Feast gets `,ssl=true`. */
export function withTls(literal: Expression, text: string): readonly TextEdit[] {
  const { start, end }: Range = literal.range;
  const at = text.slice(start, end).search(/redis:\/\//i);
  if (at >= 0) return edit.insert(start + at + 5, 's');
  return literal.kind === 'string' && /["']/.test(text[end - 1]!) ? edit.insert(end - 1, ',ssl=true') : [];
}
