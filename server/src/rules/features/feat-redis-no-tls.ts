import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';
import { addressPattern, isLocalHost } from '../../knowledge/http-clients.js';
import { BY_ADDRESS, CLIENTS, hostOf, isOff, isUnchecked, withTls } from '../_redis.js';

export default defineRule({
  summary: 'Redis is spoken to without TLS or without checking the certificate.',
  stages: ['feature-engineering', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-319',
    'CWE-295',
    'OWASP-ML02:2023',
    'https://redis.readthedocs.io/en/stable/connections.html',
    'https://docs.feast.dev/reference/online-stores/redis',
  ],
  docs: {
    why: 'An online store hands features to the model at the moment of the decision. Over plain TCP somebody in the network reads the password of the store, and then writes the income that makes the model say yes.',
    instead: 'Use `rediss://` or `ssl=True` with the authority of the server; for Feast add `,ssl=true` to the string.',
    fixSafety: 'The server needs a TLS port, mostly another one, so the fix is offered for review.',
    limits:
      'Only servers whose name is written out are judged. Loopback, service names, cluster DNS and tests are silent; a tunnel or a mesh that encrypts the link is not seen.',
    ignoreWhen: 'A service mesh or a tunnel encrypts the connection.',
  },
  messages: {
    plainHost:
      '`{callee}` talks to `{host}` without TLS: features and password can be read and changed; use `ssl=True`',
    plainAddress: '`{callee}` talks to `{host}` without TLS: features and password can be read and changed',
    unchecked: '`{option}` without a check lets another machine pose as the Redis server; require a certificate',
  },
  skipsTests: true,
  query: python.calls(...CLIENTS, ...Object.keys(BY_ADDRESS)),
  check(call: CallFact, { report, python: py, text }) {
    const callee = call.name.split('.').slice(-2).join('.');
    const entry = Object.hasOwn(BY_ADDRESS, call.name) ? BY_ADDRESS[call.name]! : undefined;
    const argument = argumentOf(call, entry?.argument ?? 'host', entry === undefined ? 0 : entry.position);
    const value = argument === undefined ? undefined : py.value(argument.value);
    const address = (value === undefined ? undefined : addressPattern(value)) ?? '';
    const host = entry === undefined ? address : hostOf(address);
    if (host !== '' && isLocalHost(host)) return;
    const checks = argumentOf(call, 'ssl_cert_reqs');
    if (checks !== undefined && isUnchecked(py.value(checks.value), py.names(checks.value))) {
      const fixed = edit.replace(checks.value.range, edit.quote(text, 'required'));
      report(checks.range, 'unchecked', { option: 'ssl_cert_reqs' })
        .confidence('high')
        .fix('Require a certificate', 'review', fixed, 'a server with a self-signed certificate is refused');
      return;
    }
    if (argument === undefined) return;
    if (entry !== undefined && /[?&]ssl_cert_reqs=(none|CERT_NONE)\b/i.test(address)) {
      report(argument.value.range, 'unchecked', { option: 'ssl_cert_reqs' });
      return;
    }
    if (host === '' || /^rediss:|\bssl=true\b/i.test(address)) return;
    if (entry === undefined) {
      if (value?.kind !== 'string' || passesUnknown(call) || !isOff(call, py)) return;
      if (argumentOf(call, 'connection_pool') !== undefined || argumentOf(call, 'unix_socket_path') !== undefined)
        return;
      report(argument.range, 'plainHost', { callee, host }).fix(
        'Set `ssl=True`',
        'review',
        edit.setKeyword(text, call.expression, 'ssl', 'True'),
        'the server needs a TLS port',
      );
      return;
    }
    const literal = py.definition(argument.value);
    const finding = report(argument.value.range, 'plainAddress', { callee, host });
    if (literal !== argument.value) finding.related(literal.range, 'the address is written here');
    finding.fix('Use TLS', 'review', withTls(literal, text), 'the server needs a TLS port');
  },
  examples: [
    {
      bad: 'import redis\nstore = redis.Redis(«host="features.example.org"», port=6379, password=pw)\n',
      message: 'plainHost',
      good: 'import redis\nstore = redis.Redis(host="features.example.org", port=6379, password=pw, ssl=True)\n',
    },
    {
      bad: 'from redis.asyncio import from_url as connect\nURL = "redis://features.example.org:6379/0"\nstore = connect(«URL»)\n',
      message: 'plainAddress',
      good: 'from redis.asyncio import from_url as connect\nURL = "rediss://features.example.org:6379/0"\nstore = connect(URL)\n',
    },
    {
      bad: 'from feast.infra.online_stores.redis import RedisOnlineStoreConfig\nstore = RedisOnlineStoreConfig(connection_string=«"features.example.org:6379"»)\n',
      message: 'plainAddress',
      good: 'from feast.infra.online_stores.redis import RedisOnlineStoreConfig\nstore = RedisOnlineStoreConfig(connection_string="features.example.org:6379,ssl=true")\n',
    },
    {
      bad: 'import redis\nstore = redis.from_url(os.environ["REDIS_URL"], «ssl_cert_reqs=None»)\n',
      message: 'unchecked',
      good: 'import redis\nstore = redis.from_url(os.environ["REDIS_URL"], ssl_cert_reqs="required")\n',
    },
    { good: 'import redis\nstore = redis.Redis(host="features.example.org", ssl=True)\n', because: 'over TLS' },
    { good: 'import redis\nstore = redis.Redis(host="localhost")\n', because: 'loopback' },
    { good: 'import redis\nstore = redis.Redis("redis", 6379)\n', because: 'a service of the same compose network' },
    { good: 'import redis\nstore = redis.Redis(host=os.environ["REDIS_HOST"])\n', because: 'the host is not known' },
    {
      good: 'import redis\nstore = redis.Redis(host="features.example.org", ssl=settings.tls)\n',
      because: 'the switch is not known',
    },
    { good: 'store = Redis(host="features.example.org")\n', because: 'nothing says which library this is' },
  ],
});
