import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, child, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { isLocalHost, isPrivateHost } from '../../knowledge/http-clients.js';
import { hostOf } from '../_redis.js';

const HEAD = 'project: loans\nprovider: local\nregistry: s3://loans/registry.db\n';

export default defineRule({
  summary: 'The online store of Feast talks to a Redis elsewhere in clear text.',
  stages: ['feature-engineering', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'OWASP-A02:2021',
    'OWASP-ML02:2023',
    'https://docs.feast.dev/reference/online-stores/redis',
    'https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/',
  ],
  docs: {
    why: 'Features are looked up by customer for each score. A reader on the way sees who is asked about and what is known of them, and the password goes by as well; a writer answers with other features, and the loan is granted.',
    instead: 'Add `ssl=true` to the connection string, and let Redis listen on a TLS port.',
    fixSafety: 'A Redis without a TLS port refuses the connection afterwards, so the fix is offered for review.',
    limits:
      'Hosts of this machine, services of the same network and variables are not judged; private networks are an info. The address in Python code has a rule of its own.',
    ignoreWhen: 'The connection goes through an encrypted tunnel or a service mesh with mutual TLS.',
  },
  messages: {
    plain: 'Features go to and from `{host}` in clear text; add `ssl=true` to the connection string',
  },
  words: ['connection_string'],
  query: config.entries(['feast'], 'online_store.connection_string'),
  check(entry: ConfigEntry, { report, path, text }) {
    const address = textOf(entry);
    const type = textOf(child(entry.parent, 'type')) ?? '';
    if (address === undefined || entry.alias !== undefined || isTestFile(path)) return;
    if (!/^redis$|\.RedisOnlineStore$/.test(type) || /(?:^|,)ssl=|^rediss:|:\/\//i.test(address)) return;
    const host = hostOf(address);
    if (host === '' || isLocalHost(host)) return;
    const finding = report(entry.valueRange, 'plain', { host: host.slice(0, 50) });
    if (isPrivateHost(host)) finding.severity('info');
    if (entry.style === 'literal' || entry.style === 'folded' || (entry.style === 'plain' && entry.parent?.flow))
      return;
    finding.fix(
      'Add `ssl=true`',
      'review',
      edit.setScalar(text, entry, `${address},ssl=true`),
      'Redis has to listen with TLS',
    );
  },
  examples: [
    {
      path: 'feature_store.yaml',
      bad: `${HEAD}online_store:\n  type: redis\n  connection_string: «features.lending.eu:6379,db=0» # shared\n`,
      message: 'plain',
      good: `${HEAD}online_store:\n  type: redis\n  connection_string: features.lending.eu:6379,db=0,ssl=true # shared\n`,
    },
    {
      path: 'feature_store.yaml',
      bad: `${HEAD}online_store: {type: redis, connection_string: «"features.lending.eu:6379"»}\n`,
      message: 'plain',
      good: `${HEAD}online_store: {type: redis, connection_string: "features.lending.eu:6379,ssl=true"}\n`,
    },
    {
      path: 'feature_store.yaml',
      good: `${HEAD}online_store:\n  type: redis\n  connection_string: features.lending.eu:6379,ssl=true,db=0\n`,
      because: 'over TLS',
    },
    {
      path: 'feature_store.yaml',
      good: `${HEAD}online_store:\n  type: redis\n  connection_string: redis:6379\n`,
      because: 'a service of the same network',
    },
    {
      path: 'feature_store.yaml',
      good: `${HEAD}online_store:\n  type: redis\n  connection_string: \${REDIS_HOST}:6379\n`,
      because: 'the host is not known',
    },
    {
      path: 'feature_store.yaml',
      good: `${HEAD}online_store:\n  type: mongodb\n  connection_string: features.lending.eu:27017\n`,
      because: 'not a Redis',
    },
  ],
});
