import { isTestFile } from '../../base/test-files.js';
import {
  type CallFact,
  type CommandFact,
  commands,
  defineRule,
  type Expression,
  edit,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { isDefaultPassword } from '../../knowledge/default-credentials.js';
import { findSecrets, isGuessable, looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { consequenceOf, isSecretProperty } from '../../knowledge/spark-protections.js';
import { SPARK_SETTERS, settingsOf } from './_spark-settings.js';

const PROGRAMS = ['spark-submit', 'pyspark', 'spark-shell', 'spark-sql'];
/** A local master runs everything in one process; a store of the own machine needs no TLS. */
const LOCAL_MASTER = /(?:\.(?:setM|m)aster\(\s*|["']spark\.master["']\s*,\s*)["']local\b/;
const LOCAL_STORE =
  /fs\.s3a\.endpoint["']\s*,\s*f?["'](?:https?:\/\/)?(?:localhost|127\.|[\w-]*minio\b|localstack\b|[\w-]+(?::\d+)?\/?["'])/;
/** An endpoint under a name, and the address of a container or of this machine that it may stand for. */
const NAMED_STORE = /fs\.s3a\.endpoint["']\s*,\s*[A-Za-z_]/;
const LOCAL_ADDRESS = /["'](?:https?:\/\/)?(?:127\.[\d.]+|[\w-]+):\d{2,5}\/?["']/;

const messages = {
  off: '`{property}=false` {consequence}; set it to `true`',
  secret: '`{property}` is a secret that stands in the code and in the pages of the job; deactivate it and use a role',
} as const;

export default defineRule({
  summary: 'A protection of Spark is switched off, or a secret given to it stands in the code.',
  stages: ['data-collection', 'preprocessing', 'feature-engineering', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'CWE-311',
    'CWE-798',
    'OWASP-ML02:2023',
    'https://spark.apache.org/docs/latest/security.html',
    'https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/index.html',
  ],
  docs: {
    why: 'Executors exchange rows of the training set over the network and spill them to disk. With these switches off a neighbour in the cluster reads the customers in a shuffle, changes rows on their way, or sends a task of its own to the executors.',
    instead:
      'Set the property to `true`; outside YARN and Kubernetes `spark.authenticate` needs `spark.authenticate.secret` too, taken from a secret store. Reach buckets with a role, or read their keys from the environment.',
    fixSafety:
      'Every node has to use the same setting and, for most of them, a shared secret or certificates, so the fix is offered for review. A secret has to come from elsewhere before it goes, so there is no fix for it.',
    limits:
      'Only switches that are turned off in so many words: Spark leaves most of them off by default, which is not reported. Files that set a local master, tests and stores on the own machine are passed over. Secrets are literals under the names that Hadoop gives them; well-known passwords of local stores stay silent, made-up words for one are information, and keys in the shape of AWS have a rule of their own.',
    ignoreWhen: 'The cluster is a single machine, or its network and disks are encrypted below Spark.',
  },
  messages,
  words: ['spark'],
  query: [python.calls(...SPARK_SETTERS), commands.named(...PROGRAMS)],
  check(fact: CallFact | CommandFact, context) {
    if (isTestFile(context.path)) return;
    if (fact.kind === 'command') checkCommand(fact, context);
    else for (const [key, value] of settingsOf(fact, context.python)) checkPair(key, value, context);
  },
  examples: [
    {
      bad: 'from pyspark.sql import SparkSession\nspark = SparkSession.builder.appName("prepare").config("spark.authenticate", «"false"»).getOrCreate()\n',
      message: 'off',
      good: 'from pyspark.sql import SparkSession\nspark = SparkSession.builder.appName("prepare").config("spark.authenticate", "true").getOrCreate()\n',
    },
    {
      bad: 'from pyspark import SparkConf as Conf\nconf = Conf()\nconf.set("spark.io.encryption.enabled", «"false"»)\n',
      message: 'off',
      good: 'from pyspark import SparkConf as Conf\nconf = Conf()\nconf.set("spark.io.encryption.enabled", "true")\n',
    },
    {
      bad: 'import os\nos.system("spark-submit --conf «spark.network.crypto.enabled=false» prepare.py")\n',
      message: 'off',
      good: 'import os\nos.system("spark-submit --conf spark.network.crypto.enabled=true prepare.py")\n',
    },
    {
      bad: 'from pyspark.sql import SparkSession\nbuilder = SparkSession.builder.config("spark.hadoop.fs.s3a.secret.key", «"q7LwZ2tVxN4cRb9Kd3Fh"»)\n',
      message: 'secret',
      good: 'import os\nfrom pyspark.sql import SparkSession\nbuilder = SparkSession.builder.config("spark.hadoop.fs.s3a.secret.key", os.environ["S3_SECRET"])\n',
      byHand: true,
    },
    {
      good: 'from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\n',
      because: 'a default is no decision of this file',
    },
    {
      good: 'from pyspark.sql import SparkSession\nspark = SparkSession.builder.config("spark.ui.enabled", "false").getOrCreate()\n',
      because: 'not a protection',
    },
    {
      good: 'from pyspark.sql import SparkSession\nspark = SparkSession.builder.master("local[4]").config("spark.authenticate", "false").getOrCreate()\n',
      because: 'everything runs in one process',
    },
    {
      good: 'from pyspark import SparkConf\nconf = SparkConf().set("spark.authenticate", secure)\n',
      because: 'the value is not known',
    },
    { good: 'settings.set("spark.authenticate", "false")\n', because: 'nothing says that these are settings of Spark' },
  ],
});

type Asked = RuleContext<typeof messages>;

function isLocalStore(text: string): boolean {
  return LOCAL_STORE.test(text) || (NAMED_STORE.test(text) && LOCAL_ADDRESS.test(text));
}

function checkPair(key: Expression, expression: Expression, context: Asked): void {
  const { report, python: py, text } = context;
  const name = py.value(key);
  const consequence = name.kind === 'string' ? consequenceOf(name.value) : undefined;
  if (name.kind === 'string' && isSecretProperty(name.value)) checkSecret(name.value, expression, context);
  if (name.kind !== 'string' || consequence === undefined || LOCAL_MASTER.test(text)) return;
  if (name.value.endsWith('s3a.connection.ssl.enabled') && isLocalStore(text)) return;
  const value = py.value(expression);
  const off = value.kind === 'boolean' ? !value.value : value.kind === 'string' && /^false$/i.test(value.value.trim());
  if (!off) return;
  const literal = py.definition(expression);
  const finding = report(expression.range, 'off', { property: name.value, consequence });
  if (literal !== expression) finding.related(literal.range, 'the value is written here');
  else
    finding.fix(
      'Set it to `true`',
      'review',
      edit.replace(expression.range, literal.kind === 'string' ? edit.quote(text, 'true') : 'True'),
      'every node needs the same setting, and most need a shared secret or certificates',
    );
}

/** A literal, or a name of one; a default of a variable of the environment is none. */
function checkSecret(property: string, expression: Expression, { report, python: py, text }: Asked): void {
  const literal = py.definition(expression);
  if (literal.kind !== 'string' || !looksLikeSecretValue(literal.value) || isDefaultPassword(literal.value, undefined))
    return;
  if (findSecrets(`${property}=${literal.value}`).length > 0) return;
  const finding = report(expression.range, 'secret', {
    property: property.replace(/^spark\.hadoop\./, '').slice(0, 30),
  });
  if (literal !== expression) finding.related(literal.range, 'the value is written here');
  finding.severity(isLocalStore(text) && isGuessable(literal.value) ? 'info' : 'error');
}

function checkCommand(fact: CommandFact, { report, text }: Asked): void {
  const { words } = fact.command;
  const master = words.findIndex((word) => word.text === '--master');
  if (words[master + 1]?.text.startsWith('local') && master >= 0) return;
  for (const { text: word, range } of words) {
    const [, name, value] = /^(?:--conf=)?(spark\.[\w.]+)=(.*)$/s.exec(word) ?? [];
    const consequence = name === undefined ? undefined : consequenceOf(name);
    if (name === undefined || consequence === undefined || value!.toLowerCase() !== 'false') continue;
    const written = text.slice(range.start, range.end);
    const at = written.lastIndexOf(value!);
    report(range, 'off', { property: name, consequence }).fix(
      'Set it to `true`',
      'review',
      at < 0 ? [] : edit.replace({ start: range.start + at, end: range.start + at + value!.length }, 'true'),
      'every node needs the same setting, and most need a shared secret or certificates',
    );
  }
}
