import { defineRule, type TextFact, texts } from '../../engine/index.js';
import { findConnections, findSecrets } from '../../knowledge/secrets/index.js';
import { hasRuleOfItsPlace, offerVariable } from './_literal.js';

/** Built from parts, so that this file holds no password. */
const PASSWORD = `kX9${'-vTq2Lm_w'}`;

export default defineRule({
  summary: 'An address of a database, queue or mail server holds its password.',
  stages: ['data-collection', 'feature-engineering', 'deployment', 'monitoring'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-798',
    'CWE-312',
    'OWASP-LLM02:2025',
    'OWASP-ML02:2023',
    'AML.T0055',
    'https://docs.sqlalchemy.org/en/20/core/engines.html#database-urls',
    'https://www.mongodb.com/docs/manual/reference/connection-string/',
  ],
  overlaps: ['bandit:B105', 'ruff:S105'],
  docs: {
    why: 'The feature query of a notebook carries the address of the warehouse with its password. Whoever gets the notebook reads the customers in it and, as such accounts are seldom read-only, changes the rows the next training run learns from.',
    instead:
      'Change the password. Read the whole address from the environment or a secret store, or build it with `sqlalchemy.URL.create` from such values.',
    fixSafety: 'The program needs the variable afterwards, so the fix is offered for review.',
    limits:
      'Addresses with a scheme, JDBC and ODBC strings and the keyword form of libpq are read. Stand-ins such as `user:password@host` are passed over, and so are files of tests. On the own machine, or a host that only has a name within its network, the level is lower.',
    ignoreWhen: 'The password belongs to a throw-away database of the development setup.',
  },
  messages: {
    stored: 'The address of this {service} holds its password; change it and read the address from the environment',
    local: 'The address of this {service} holds its password; read it from the environment before it leads elsewhere',
  },
  skipsTests: true,
  words: ['://', 'password', 'pwd'],
  query: texts.any(),
  check(fact: TextFact, context) {
    const { report } = context;
    const connections = findConnections(fact.text);
    if (connections.length === 0 || hasRuleOfItsPlace(fact, context)) return;
    for (const found of connections) {
      // A token of a provider in a clone address has a rule of its own.
      if (findSecrets(fact.text).some((secret) => secret.start < found.end && secret.end > found.start)) continue;
      const range = fact.escaped
        ? fact.range
        : { start: fact.range.start + found.start, end: fact.range.start + found.end };
      const finding = report(range, found.local ? 'local' : 'stored', { service: found.service });
      if (found.local) finding.severity('info');
      if (fact.escaped || /\s/.test(fact.text)) continue;
      const named = /^[A-Z][A-Z0-9_]{3,40}$/.test(fact.name ?? '') ? fact.name : undefined;
      offerVariable(finding, context, { range: fact.range }, named ?? found.variable, fact.name);
    }
  },
  examples: [
    {
      bad: `from sqlalchemy import create_engine\nengine = create_engine("postgresql+psycopg2://scoring:«${PASSWORD}»@db.lending.example.eu:5432/loans")\n`,
      message: 'stored',
      good: 'import os\nfrom sqlalchemy import create_engine\nengine = create_engine(os.environ["DATABASE_URL"])\n',
    },
    {
      bad: `FEATURES = 'mongodb+srv://etl:«${PASSWORD}»@cluster0.lending.mongodb.net/features'\n`,
      message: 'stored',
      good: "import os\nFEATURES = os.environ['FEATURES']\n",
    },
    {
      bad: `DSN = "Driver=ODBC Driver 18;Server=tcp:dwh.lending.eu,1433;Uid=etl;Pwd=«${PASSWORD}»;Encrypt=yes"\n`,
      message: 'stored',
      good: 'import os\n\nDSN = os.environ["DSN"]\n',
      byHand: true,
    },
    {
      bad: 'import redis\ncache = redis.from_url("redis://:«m1stral-cache»@localhost:6379/0")\n',
      message: 'local',
      good: 'import os\nimport redis\ncache = redis.from_url(os.environ["REDIS_URL"])\n',
    },
    {
      good: 'url = f"postgresql://{user}:{password}@{host}:5432/loans"\n',
      because: 'put together at run time',
    },
    { good: 'url = "postgresql://user:password@host:5432/dbname"\n', because: 'words that stand for values' },
    { good: 'url = "postgresql://scoring@db.lending.eu:5432/loans"\n', because: 'an account without a password' },
    { good: 'url = "postgresql://scoring:${DB_PASSWORD}@db.lending.eu/loans"\n', because: 'a variable that is put in' },
    {
      good: `url = "postgresql://scoring:${PASSWORD}@db.lending.eu/loans"\n`,
      path: 'tests/test_store.py',
      because: 'a file of tests',
    },
  ],
});
