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
import { consequenceOf } from '../../knowledge/spark-protections.js';
import { SPARK_SETTERS, settingsOf } from './_spark-settings.js';

const PROGRAMS = ['spark-submit', 'pyspark', 'spark-shell', 'spark-sql'];
/** A local master runs everything in one process; a store of the own machine needs no TLS. */
const LOCAL_MASTER = /(?:\.(?:setM|m)aster\(\s*|["']spark\.master["']\s*,\s*)["']local\b/;
const LOCAL_STORE = /fs\.s3a\.endpoint["']\s*,\s*f?["'](?:http:\/\/)?(?:localhost|127\.|minio\b|localstack\b)/;

const messages = {
  off: '`{property}=false` {consequence}; set it to `true`',
} as const;

export default defineRule({
  summary: 'A protection of Spark is switched off.',
  stages: ['data-collection', 'preprocessing', 'feature-engineering', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'CWE-311',
    'OWASP-ML02:2023',
    'https://spark.apache.org/docs/latest/security.html',
    'https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/index.html',
  ],
  docs: {
    why: 'Executors exchange rows of the training set over the network and spill them to disk. With these switches off a neighbour in the cluster reads the customers in a shuffle, changes rows on their way, or sends a task of its own to the executors.',
    instead:
      'Set the property to `true`; outside YARN and Kubernetes `spark.authenticate` needs `spark.authenticate.secret` too, taken from a secret store.',
    fixSafety:
      'Every node has to use the same setting and, for most of them, a shared secret or certificates, so the fix is offered for review.',
    limits:
      'Only switches that are turned off in so many words: Spark leaves most of them off by default, which is not reported. Files that set a local master, tests and stores on the own machine are passed over.',
    ignoreWhen: 'The cluster is a single machine, or its network and disks are encrypted below Spark.',
  },
  messages,
  words: ['spark'],
  query: [python.calls(...SPARK_SETTERS), commands.named(...PROGRAMS)],
  check(fact: CallFact | CommandFact, context) {
    if (isTestFile(context.path)) return;
    if (fact.kind === 'command') checkCommand(fact, context);
    else if (!LOCAL_MASTER.test(context.text)) {
      for (const [key, value] of settingsOf(fact, context.python)) checkPair(key, value, context);
    }
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
function checkPair(key: Expression, expression: Expression, { report, python: py, text }: Asked): void {
  const name = py.value(key);
  const consequence = name.kind === 'string' ? consequenceOf(name.value) : undefined;
  if (name.kind !== 'string' || consequence === undefined) return;
  if (name.value.endsWith('s3a.connection.ssl.enabled') && LOCAL_STORE.test(text)) return;
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
