import type { Range } from '../../base/range.js';
import { isTestFile } from '../../base/test-files.js';
import { type CallFact, defineRule, python } from '../../engine/index.js';
import { DATABASE_CLIENTS } from '../../knowledge/database-clients.js';
import { addressPattern } from '../../knowledge/http-clients.js';
import { addressOf, clientOf, distanceOf, isPublicDatabase, optionsOf } from './_connection.js';

/** Scheme and user of an address whose password is left empty: `mysql://root:@host`. */
const EMPTY_PASSWORD = /^[a-z][\w+.-]*:\/\/([^:@/\s*]+):@[^/\s]/i;
/** A user without a password; a certificate, a ticket or the cloud may prove who it is. */
const USER_ALONE = /^(?:mysql|mariadb|mongodb|clickhouse)[\w+.-]*:\/\/(root|admin|sa|default)@[^/\s]/i;
/** Other ways to prove who is asking. */
const OTHER_PROOF =
  /^(authenticator|auth_plugin|authMechanism|ssl_?cert|ssl_?key|sslrootcert|passfile|service|token)$/i;

export default defineRule({
  summary: 'A database is opened with an empty password.',
  stages: ['data-collection', 'feature-engineering', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-521',
    'CWE-287',
    'OWASP-ML02:2023',
    'https://docs.sqlalchemy.org/en/20/core/engines.html#database-urls',
    'https://pymysql.readthedocs.io/en/latest/modules/connections.html',
  ],
  docs: {
    why: 'A database that lets anybody in who can reach its port is the shortest way into the training set: a stolen laptop on the lab network is enough to read every customer, or to add rows that teach the model a back door.',
    instead:
      'Give the account a password of its own and read it from a secret store or the environment, or log in with a client certificate or the identity of the cloud.',
    fixSafety: 'There is no automatic fix: the password has to be set on the server first.',
    limits:
      'Only passwords written as an empty text are judged, not missing ones. Servers on this machine, in the same cluster and in tests are silent; where the host is not known the level is lower.',
    ignoreWhen: 'The server checks a client certificate or the network address and nothing else can reach it.',
  },
  messages: {
    emptyPassword: '`{option}=""` logs in without a password: whoever reaches the server reads and writes the data',
    emptyInAddress: 'The address logs in as `{user}` without a password: whoever reaches the server can do the same',
  },
  query: python.calls(...DATABASE_CLIENTS.flatMap((client) => client.names)),
  check(call: CallFact, { report, python: py, path }) {
    const client = clientOf(call.name);
    if (client === undefined || isTestFile(path)) return;
    const distance = distanceOf(call, client, py);
    if (distance === 'local' || isPublicDatabase(call, client, py)) return;
    const level = distance === 'unknown' ? 'info' : 'warning';
    const options = optionsOf(call, py, client.options);
    if (options.some((option) => OTHER_PROOF.test(option.name))) return;
    const found: Range[] = [];
    for (const { name, value } of options) {
      const known = py.value(value);
      if (!client.passwords.includes(name) || known.kind !== 'string' || known.value !== '') continue;
      report(value.range, 'emptyPassword', { option: name }).severity(level);
      found.push(value.range);
    }
    const address = addressOf(call, client);
    const known = address === undefined ? undefined : py.value(address);
    if (address === undefined || found.length > 0) return;
    const text = (known === undefined ? undefined : addressPattern(known)) ?? '';
    const user = (EMPTY_PASSWORD.exec(text) ?? USER_ALONE.exec(text))?.[1];
    if (user === undefined) return;
    const finding = report(address.range, 'emptyInAddress', { user }).severity(level);
    const literal = py.definition(address);
    if (literal !== address) finding.related(literal.range, 'the address is written here');
  },
  examples: [
    {
      bad: 'import pymysql\nlink = pymysql.connect(host="db.example.org", user="ml", password=«""»)\n',
      message: 'emptyPassword',
      good: 'import os\nimport pymysql\nlink = pymysql.connect(host="db.example.org", user="ml", password=os.environ["DB_PASSWORD"])\n',
      byHand: true,
    },
    {
      bad: 'import sqlalchemy as sa\nURL = "mysql+pymysql://root:@db.example.org/loans"\nengine = sa.create_engine(«URL»)\n',
      message: 'emptyInAddress',
      good: 'import os\nimport sqlalchemy as sa\nengine = sa.create_engine(os.environ["DATABASE_URL"])\n',
      byHand: true,
    },
    {
      good: 'import pymysql\nlink = pymysql.connect(host="localhost", user="root", password="")\n',
      because: 'a database on the same machine',
    },
    {
      good: 'import pymysql\nlink = pymysql.connect(host="db.example.org", user="ml", password=secret)\n',
      because: 'the password comes from elsewhere',
    },
    {
      good: 'import psycopg2\nlink = psycopg2.connect(host="db.example.org", user="ml", password="", sslcert="ml.crt", sslkey="ml.key")\n',
      because: 'a client certificate proves who is asking',
    },
    {
      good: 'import sqlalchemy as sa\nengine = sa.create_engine("postgresql://ml@db.example.org/loans")\n',
      because: 'the password may stand in `~/.pgpass`',
    },
    { good: 'form = login(host="db.example.org", password="")\n', because: 'nothing says that this is a database' },
  ],
});
