import { isPlaceholder } from './placeholder.js';
import { looksLikeSecretValue } from './secret-values.js';

/** A password inside an address of a database, queue or mail server; offsets are those of the password. */
export interface FoundConnection {
  readonly start: number;
  readonly end: number;
  /** What the address opens, for messages. */
  readonly service: string;
  /** The variable that such an address is kept in by convention. */
  readonly variable: string;
  /** A machine that only this machine or network reaches by that name: `localhost`, a service of a compose file. */
  readonly local: boolean;
}

const SERVICES: readonly [RegExp, service: string, variable: string][] = [
  [/^(?:postgres(?:ql)?|redshift|cockroachdb)$/, 'PostgreSQL', 'DATABASE_URL'],
  [/^(?:mysql|mariadb)$/, 'MySQL', 'DATABASE_URL'],
  [/^(?:mssql|sqlserver|oracle|snowflake|clickhouse|trino|presto|db2)$/, 'database', 'DATABASE_URL'],
  [/^mongodb$/, 'MongoDB', 'MONGODB_URI'],
  [/^(?:rediss?|valkeys?)$/, 'Redis', 'REDIS_URL'],
  [/^amqps?$/, 'message queue', 'AMQP_URL'],
  [/^(?:smtps?)$/, 'mail server', 'SMTP_URL'],
  [/^(?:neo4j|bolt|couchbases?|nats|influxdb)$/, 'database', 'DATABASE_URL'],
  [/^(?:s?ftps?|ldaps?)$/, 'file server', 'SERVER_URL'],
  [/^https?$/, 'web service', 'SERVER_URL'],
];

const ADDRESS = /\b([a-z][a-z0-9+.]{1,40}):\/\/([^\s:/@"'`<>]{0,100}):([^\s/@"'`]{1,200})@([^\s/?#"'`,;)]{1,255})/gi;
const PAIR = /(?:^|[;?&\s])(?:password|pwd)\s{0,2}=\s{0,2}([^;&\s"'`]{1,128})/gi;
const PAIR_HOST = /(?:server|host|data source)\s{0,2}=\s{0,2}(?:tcp:)?([^;,&\s"'`]{1,255})|\/\/([^/:;?&\s"'`]{1,255})/i;

/** Words that stand for a password in documentation. */
const WORDS =
  /^(?:pass(?:word|wd|code)?|pwd?|pswd|secret|my_?(?:pass(?:word)?|secret)|token|key|credentials?|(?:db_?|user_?)?pass(?:word)?|motdepasse|\w*_?password_?here)$/i;
const HOST_WORDS =
  /^(?:host(?:name)?|server(?:name)?|addr(?:ess)?|ip|domain|db_?host|myhost|myserver|your\W?.*|.*\bexample\.(?:com|org|net))$/i;

/** Passwords in addresses and connection strings. Linear: every repetition is bounded. */
export function findConnections(text: string): readonly FoundConnection[] {
  const found: FoundConnection[] = [];
  if (text.includes('://')) {
    for (const hit of text.matchAll(ADDRESS)) {
      const [whole, scheme = '', user = '', password = '', authority = ''] = hit;
      const start = hit.index + scheme.length + 3 + user.length + 1;
      const one = connection(scheme, user, password, authority, start, /\s/.test(text));
      if (one !== undefined && whole.length < 600) found.push(one);
    }
  }
  if (found.length === 0 && text.includes('=') && /p(?:assword|wd)\s{0,2}=/i.test(text) && isPairs(text)) {
    const scheme = /^jdbc:([a-z]+):/i.exec(text)?.[1] ?? 'sqlserver';
    const host = PAIR_HOST.exec(text);
    for (const hit of text.matchAll(PAIR)) {
      const password = hit[1]!;
      const start = hit.index + hit[0].length - password.length;
      const one = connection(scheme, '', password, host?.[1] ?? host?.[2] ?? '', start, false);
      if (one !== undefined) found.push(one);
    }
  }
  return found;
}

/** `jdbc:…`, ODBC and ADO strings, and the keyword form of libpq. */
function isPairs(text: string): boolean {
  if (text.length > 2000) return false;
  return /^jdbc:/i.test(text) || /(?:^|[;\s])(?:driver|server|data source|host|dsn)\s{0,2}=[^=]*(?:[;\s])/i.test(text);
}

function connection(
  scheme: string,
  user: string,
  password: string,
  authority: string,
  start: number,
  prose: boolean,
): FoundConnection | undefined {
  const parts = scheme.toLowerCase().split('+');
  const base = parts[0] === 'db' ? (parts[1] ?? '') : parts[0]!;
  const service = SERVICES.find(([form]) => form.test(base));
  if (service === undefined) return undefined;
  const host = authority.replace(/:\d{0,5}$/, '').replace(/^\[|\]$/g, '');
  if (/[{}$<>*%]|\.\.\./.test(password.replace(/%[0-9A-Fa-f]{2}/g, '')) || HOST_WORDS.test(host)) return undefined;
  const open = /[{$<%]/.test(host);
  const local = !open && isLocal(host);
  const web = service[1] === 'web service';
  // RabbitMQ lets its account `guest` in from the own machine only.
  if (local && user === 'guest' && password === 'guest') return undefined;
  const plain = WORDS.test(password) || password === user;
  // What documentation writes is no password of anyone, unless a server on the own machine may really have it.
  if (isPlaceholder(password) || password.length < 4 || (plain && (prose || !local || web))) return undefined;
  if (web && (local || password.length < 8 || !looksLikeSecretValue(password) || !/\d/.test(password)))
    return undefined;
  return { start, end: start + password.length, service: service[1], variable: service[2], local };
}

function isLocal(host: string): boolean {
  return (
    host === '' ||
    /^(?:127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1|host\.docker\.internal|.*\.local(?:host)?)$/i.test(host) ||
    !/[.:]/.test(host)
  );
}
