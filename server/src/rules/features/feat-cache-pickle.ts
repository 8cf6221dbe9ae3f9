import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  passesUnknown,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { addressPattern, isLocalHost } from '../../knowledge/http-clients.js';
import { sharedBy } from '../../knowledge/shared-folders.js';
import { BY_ADDRESS, CLIENTS, hostOf } from '../_redis.js';

/** Caches that keep pickles in files, and where they take the folder. */
const CACHES: Readonly<Record<string, readonly [argument: string, position: number | undefined]>> = {
  'diskcache.Cache': ['directory', 0],
  'diskcache.FanoutCache': ['directory', 0],
  'diskcache.Index': ['directory', 0],
  'diskcache.Deque': ['directory', 1],
  'joblib.Memory': ['location', 0],
  'joblib.memory.Memory': ['location', 0],
  'shelve.open': ['filename', 0],
  'sklearn.pipeline.Pipeline': ['memory', undefined],
  'sklearn.pipeline.make_pipeline': ['memory', undefined],
  'imblearn.pipeline.Pipeline': ['memory', undefined],
};
/** Of those the ones that take another way of storing values. */
const WITH_DISK = ['diskcache.Cache', 'diskcache.FanoutCache'];
const PICKLERS = ['pickle.dumps', 'cloudpickle.dumps', 'dill.dumps'];
const REDIS = [
  ...CLIENTS,
  ...Object.keys(BY_ADDRESS).filter((name) => name.endsWith('.from_url') && !name.includes('Pool')),
];
/** Methods of Redis, and where they take the value. */
const SETTERS: Readonly<Record<string, readonly [argument: string, position: number]>> = {
  set: ['value', 1],
  setex: ['value', 2],
  setnx: ['value', 1],
  hset: ['value', 2],
  lpush: ['value', 1],
  rpush: ['value', 1],
};

const messages = {
  folder: '`{callee}` keeps pickles in `{path}`; whoever can write there runs code in every job that reads the cache',
  remote: 'Pickles are cached in Redis on `{host}`; whoever can write there runs code in every reader; store JSON',
  redis: 'Pickles are cached in Redis; whoever can write there runs code in every reader; store JSON or Arrow',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'A cache of pickles lies where others can write.',
  stages: ['feature-engineering', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML10:2023',
    'AML.T0018',
    'https://grantjenks.com/docs/diskcache/api.html#jsondisk',
    'https://joblib.readthedocs.io/en/stable/memory.html',
    'https://docs.python.org/3/library/shelve.html#restrictions',
  ],
  docs: {
    why: 'A team keeps computed features in a `joblib.Memory` on the cluster share. One account of the cluster that was broken into writes a file there; the next training of every colleague finds it in the cache and runs it.',
    instead:
      'Give every user a folder of their own (`~/.cache/…` with mode `0o700`), or keep values that are data: `disk=diskcache.JSONDisk`, Parquet or Arrow files, JSON in Redis.',
    fixSafety:
      'Values have to be JSON, and what the cache holds today is not found any more, so the fix is offered for review.',
    limits:
      'A folder is judged by its written path: below `/tmp`, on mounts and shares by their usual names, in buckets. Other folders and computed paths are silent, as are Redis on this machine and tests; for a Redis whose host is not known the level is lower.',
    ignoreWhen: 'Only your own account can write to the folder or the Redis server.',
  },
  messages,
  query: python.calls(
    ...Object.keys(CACHES),
    ...REDIS.flatMap((client) => Object.keys(SETTERS).map((method) => `${client}().${method}`)),
  ),
  check(call: CallFact, context) {
    if (isTestFile(context.path)) return;
    const cache = CACHES[call.name];
    if (cache === undefined) checkRedis(call, context);
    else checkFolder(call, cache, context);
  },
  examples: [
    {
      bad: 'import diskcache\ncache = diskcache.Cache(«"/tmp/features"»)\n',
      message: 'folder',
      good: 'import diskcache\ncache = diskcache.Cache("/tmp/features", disk=diskcache.JSONDisk)\n',
    },
    {
      bad: 'from joblib import Memory as Store\nmemory = Store(location=«"/mnt/cluster/cache"», verbose=0)\n',
      message: 'folder',
      good: 'from joblib import Memory as Store\nmemory = Store(location=".cache", verbose=0)\n',
      byHand: true,
    },
    {
      bad: 'import pickle\nimport redis\nstore = redis.Redis(host="features.example.org", ssl=True)\nstore.set("u:1", «pickle.dumps(row)»)\n',
      message: 'remote',
      good: 'import json\nimport redis\nstore = redis.Redis(host="features.example.org", ssl=True)\nstore.set("u:1", json.dumps(row))\n',
      byHand: true,
    },
    {
      bad: 'import os\nimport pickle\nimport redis\nstore = redis.from_url(os.environ["REDIS_URL"])\nstore.setex("u:1", 60, «pickle.dumps(row)»)\n',
      message: 'redis',
      good: 'import json\nimport os\nimport redis\nstore = redis.from_url(os.environ["REDIS_URL"])\nstore.setex("u:1", 60, json.dumps(row))\n',
      byHand: true,
    },
    { good: 'import diskcache\ncache = diskcache.Cache()\n', because: 'a temporary folder of its own' },
    { good: 'from joblib import Memory\nmemory = Memory(".cache")\n', because: 'a folder of the project' },
    {
      good: 'import diskcache\ncache = diskcache.Cache("/tmp/features", disk=diskcache.JSONDisk)\n',
      because: 'values are JSON',
    },
    {
      good: 'import pickle\nimport redis\nstore = redis.Redis(host="localhost")\nstore.set("u:1", pickle.dumps(row))\n',
      because: 'a Redis on this machine',
    },
    { good: 'import shelve\nrows = shelve.open(path)\n', because: 'the path is not known' },
  ],
});

function checkFolder(call: CallFact, place: readonly [string, number | undefined], context: Context): void {
  const { report, python: py, text } = context;
  const argument = argumentOf(call, place[0], place[1]);
  if (argument === undefined || argument.unpacked) return;
  const value = py.value(argument.value);
  const path = value.kind === 'string' ? value.value : value.kind === 'partial' ? value.prefix : '';
  if (sharedBy(path) === undefined || argumentOf(call, 'disk') !== undefined) return;
  const callee = call.name.split('.').slice(-2).join('.');
  const shown = path.length > 30 ? `${path.slice(0, 29)}…` : path;
  const finding = report(argument.value.range, 'folder', { callee, path: shown });
  const literal = py.definition(argument.value);
  if (literal !== argument.value) finding.related(literal.range, 'the path is written here');
  if (!WITH_DISK.includes(call.name) || passesUnknown(call)) return;
  // Beside a class that was imported by its name stands its sibling, whatever it is called here.
  const isMember = call.callee.kind === 'attribute';
  const module = isMember ? `${text.slice(call.callee.object.range.start, call.callee.object.range.end)}.` : '';
  finding.fix(
    'Store values as JSON',
    'review',
    [
      ...(isMember ? [] : edit.addImport(text, 'from diskcache import JSONDisk')),
      ...edit.setKeyword(text, call.expression, 'disk', `${module}JSONDisk`),
    ],
    'values have to be JSON, and the cache starts empty',
  );
}

function checkRedis(call: CallFact, { report, python: py }: Context): void {
  const method = call.name.slice(call.name.lastIndexOf('.') + 1);
  const place = SETTERS[method];
  const argument = place === undefined ? undefined : argumentOf(call, place[0], place[1]);
  if (argument === undefined || call.callee.kind !== 'attribute') return;
  const made = py.definition(argument.value);
  if (made.kind !== 'call' || !py.names(made.callee).some((name) => PICKLERS.includes(name))) return;
  const host = serverOf(call.callee.object, py);
  if (host !== undefined && isLocalHost(host)) return;
  if (host === undefined) report(argument.value.range, 'redis').severity('info');
  else report(argument.value.range, 'remote', { host: host.slice(0, 40) });
}

/** Host of the server a client talks to; this machine when none is named, undefined when it is not known. */
function serverOf(client: Expression, py: PythonQuestions): string | undefined {
  const made = py.definition(client);
  if (made.kind !== 'call' || passesUnknown(made)) return undefined;
  const entry = py.names(made.callee).flatMap((name) => BY_ADDRESS[name] ?? [])[0];
  const argument = argumentOf(made, entry?.argument ?? 'host', entry === undefined ? 0 : entry.position);
  if (argument === undefined)
    return argumentOf(made, 'connection_pool') === undefined && entry === undefined ? 'localhost' : undefined;
  const address = addressPattern(py.value(argument.value)) ?? '';
  const host = entry === undefined ? address : hostOf(address);
  return host === '' ? undefined : host;
}
