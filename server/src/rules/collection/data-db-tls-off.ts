import { type CallFact, defineRule, python } from '../../engine/index.js';
import { DATABASE_CLIENTS } from '../../knowledge/database-clients.js';
import { addressOf, clientOf, distanceOf, distanceOfText, optionsOf } from './_connection.js';
import { jdbcOption, settingByName, settingInText } from './_database-tls.js';

const UNCHECKED = /^(tlsAllow|tlsInsecure|TrustServer)/i;

export default defineRule({
  summary: 'A database connection leaves TLS or its checks off.',
  stages: ['data-collection', 'feature-engineering', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-319',
    'CWE-295',
    'OWASP-ML02:2023',
    'https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION',
    'https://pymongo.readthedocs.io/en/stable/api/pymongo/mongo_client.html',
    'https://learn.microsoft.com/en-us/sql/connect/odbc/dsn-connection-string-attribute',
    'https://dev.mysql.com/doc/connector-python/en/connector-python-connectargs.html',
  ],
  docs: {
    why: 'Rows and labels cross the network in clear text: a reader copies the customers the model is trained on, a writer changes labels on their way into the training set, and nobody sees it in the database.',
    instead:
      'Use `sslmode=verify-full` with the authority of the server, `tls=True` for MongoDB, `Encrypt=yes;TrustServerCertificate=no` for SQL Server.',
    fixSafety:
      'A server without TLS, or with a certificate nobody has signed, is refused, so the fix is offered for review.',
    limits:
      'Servers on this machine, in the same cluster and in tests are not judged; where the host is not known the level is lower, and `prefer`, the default of libpq, is a hint. Defaults are not judged.',
  },
  messages: {
    clearText: '`{option}={value}` lets data and password cross the network in clear text; use `{safe}`',
    opportunistic:
      '`{option}={value}` falls back to clear text when the server, or somebody on the way, says no to TLS',
    unchecked: '`{option}={value}` accepts any certificate: another machine can pose as the database; use `{safe}`',
  },
  skipsTests: true,
  query: [python.calls(...DATABASE_CLIENTS.flatMap((client) => client.names)), python.calls('**.option')],
  check(call: CallFact, { report, python: py, text }) {
    const client = clientOf(call.name);
    const url = client === undefined ? jdbcOption(call, py) : addressOf(call, client);
    const distance = client !== undefined ? distanceOf(call, client, py) : url && distanceOfText(py.value(url), false);
    if (distance === 'local') return;
    const inText = url === undefined ? undefined : settingInText(url, py, text);
    const byName =
      client === undefined ? [] : optionsOf(call, py, client.options).flatMap((o) => settingByName(o, call.name, py));
    for (const { at, option, value, safe, literal, edits, weak } of inText === undefined
      ? byName
      : [inText, ...byName]) {
      const values = { option, value };
      const finding = weak
        ? report(at, 'opportunistic', values).severity('info')
        : report(at, UNCHECKED.test(option) ? 'unchecked' : 'clearText', { ...values, safe });
      if (!weak && distance === 'unknown') finding.severity('warning');
      if (literal.start !== at.start) finding.related(literal, 'it is written here');
      finding.fix(
        `Set \`${option}\` to \`${safe}\``,
        'review',
        edits,
        'the server has to offer TLS with a certificate that can be checked',
      );
    }
  },
  examples: [
    {
      bad: 'import psycopg2\nlink = psycopg2.connect(host="db.example.org", password=pw, sslmode=«"disable"»)\n',
      message: 'clearText',
      good: 'import psycopg2\nlink = psycopg2.connect(host="db.example.org", password=pw, sslmode="verify-full")\n',
    },
    {
      bad: 'import sqlalchemy as sa\nURL = "postgresql://ml@db.example.org/loans?sslmode=disable"\nengine = sa.create_engine(«URL»)\n',
      message: 'clearText',
      good: 'import sqlalchemy as sa\nURL = "postgresql://ml@db.example.org/loans?sslmode=verify-full"\nengine = sa.create_engine(URL)\n',
    },
    {
      bad: 'import psycopg\nlink = psycopg.connect(«"host=db.example.org dbname=loans sslmode=prefer"»)\n',
      message: 'opportunistic',
      good: 'import psycopg\nlink = psycopg.connect("host=db.example.org dbname=loans sslmode=verify-full")\n',
    },
    {
      bad: 'from pymongo import MongoClient as Mongo\nrows = Mongo("mongodb://db.example.org", tls=True, tlsAllowInvalidCertificates=«True»)\n',
      message: 'unchecked',
      good: 'from pymongo import MongoClient as Mongo\nrows = Mongo("mongodb://db.example.org", tls=True, tlsAllowInvalidCertificates=False)\n',
    },
    {
      bad: 'import pyodbc\nlink = pyodbc.connect(«"DRIVER={ODBC Driver 18 for SQL Server};SERVER=db.example.org;TrustServerCertificate=yes"»)\n',
      message: 'unchecked',
      good: 'import pyodbc\nlink = pyodbc.connect("DRIVER={ODBC Driver 18 for SQL Server};SERVER=db.example.org;TrustServerCertificate=no")\n',
    },
    {
      good: 'import psycopg2\nlink = psycopg2.connect("host=/var/run/postgresql sslmode=disable")\n',
      because: 'a Unix socket',
    },
    {
      good: 'import psycopg2\nlink = psycopg2.connect(host="postgres", sslmode="disable")\n',
      because: 'a service of the same compose network',
    },
    {
      good: 'import psycopg2\nlink = psycopg2.connect(host=host, sslmode=os.environ["PGSSLMODE"])\n',
      because: 'the mode is not known',
    },
    {
      good: 'import pymongo\nrows = pymongo.MongoClient("mongodb://db.example.org")\n',
      because: 'a default, not a choice',
    },
    { good: 'print("postgresql://db.example.org/loans?sslmode=disable")\n', because: 'nothing connects to it' },
  ],
});
