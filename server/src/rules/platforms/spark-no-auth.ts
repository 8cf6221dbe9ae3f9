import { type ConfigEntry, defineRule } from '../../engine/index.js';
import { hostOf, isLoopback } from '../../knowledge/bind-addresses.js';
import { consequenceOf } from '../../knowledge/spark-protections.js';
import { type SparkProperty, settingOf, sparkFiles, sparkProperties } from './_spark-files.js';

/** Each of them encrypts what executors send; without the others it counts when it is off. */
const WIRE = ['spark.network.crypto.enabled', 'spark.authenticate.enableSaslEncryption', 'spark.ssl.rpc.enabled'];
const REASON = 'every node needs the same setting, and most need a shared secret or certificates';
const APPLICATION =
  'apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\nmetadata:\n  name: prepare\nspec:\n';

export default defineRule({
  summary: 'A Spark cluster takes part in jobs without authentication or encryption.',
  stages: ['data-collection', 'preprocessing', 'feature-engineering', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'CWE-319',
    'OWASP-A02:2021',
    'OWASP-ML02:2023',
    'https://spark.apache.org/docs/latest/security.html',
  ],
  docs: {
    why: 'Whoever reaches the master of a cluster without authentication submits a job of their own: it runs on the workers, with their rights to the training data. Without encryption a neighbour reads the customers in a shuffle or changes labels on their way.',
    instead:
      'Set `spark.authenticate` and `spark.network.crypto.enabled` to `true` on every node. YARN and Kubernetes make the secret themselves; a cluster of your own needs `spark.authenticate.secret` from a secret store.',
    fixSafety:
      'Every node has to use the same setting and, for most of them, a shared secret or certificates, so the fix is offered for review.',
    limits:
      'A master of its own without `spark.authenticate` is information, as the secret may be set on the command line; other clusters are only reported where a switch is off in so many words. Local masters stay silent. Calls and commands have a rule of their own.',
    ignoreWhen: 'The network of the cluster is closed and encrypted below Spark.',
  },
  messages: {
    off: '`{property}=false` {consequence}; set it to `true`',
    absent: '`spark.authenticate` is not set, so whoever reaches this master runs jobs; set it with a secret',
  },
  words: ['spark.'],
  query: sparkFiles,
  check(entry: ConfigEntry, context) {
    const properties = sparkProperties(entry, context);
    const master = properties.findLast(({ key }) => key === 'spark.master');
    if (master?.value.startsWith('local') === true) return;
    for (const property of properties) {
      const { key, value, place } = property;
      const consequence = consequenceOf(key);
      if (consequence === undefined || key.includes('.fs.s3a.') || value.toLowerCase() !== 'false') continue;
      if (WIRE.includes(key) && WIRE.some((other) => settingOf(properties, other) === 'true')) continue;
      context
        .report(place, 'off', { property: key, consequence })
        .fix(`Set \`${key}\` to \`true\``, 'review', property.setTo('true'), REASON);
    }
    if (master !== undefined && ownMaster(master) && settingOf(properties, 'spark.authenticate') === undefined)
      context.report(master.place, 'absent').severity('info');
  },
  examples: [
    {
      path: 'conf/spark-defaults.conf',
      bad: 'spark.master            yarn\nspark.authenticate      «false»\nspark.executor.memory   8g\n',
      message: 'off',
      good: 'spark.master            yarn\nspark.authenticate      true\nspark.executor.memory   8g\n',
    },
    {
      path: 'k8s/prepare.yaml',
      bad: `${APPLICATION}  sparkConf:\n    # rows of customers\n    "spark.network.crypto.enabled": «"false"»\n`,
      message: 'off',
      good: `${APPLICATION}  sparkConf:\n    # rows of customers\n    "spark.network.crypto.enabled": "true"\n`,
    },
    {
      path: 'k8s/prepare.yaml',
      bad: `${APPLICATION}  sparkConf: {spark.io.encryption.enabled: «'false'», spark.sql.shuffle.partitions: '64'}\n`,
      message: 'off',
      good: `${APPLICATION}  sparkConf: {spark.io.encryption.enabled: 'true', spark.sql.shuffle.partitions: '64'}\n`,
    },
    {
      path: 'conf/spark-defaults.conf',
      bad: 'spark.master «spark://spark-master:7077»\nspark.eventLog.enabled true\n',
      message: 'absent',
      good: 'spark.master spark://spark-master:7077\nspark.eventLog.enabled true\nspark.authenticate true\n',
      byHand: true,
    },
    {
      path: 'conf/spark-defaults.conf',
      good: 'spark.master local[*]\nspark.authenticate false\n',
      because: 'everything runs in one process',
    },
    {
      path: 'conf/spark-defaults.conf',
      good: 'spark.master yarn\nspark.authenticate true\nspark.network.crypto.enabled true\nspark.authenticate.enableSaslEncryption false\n',
      because: 'the newer encryption replaces the older one',
    },
    {
      path: 'conf/spark-defaults.conf',
      good: 'spark.master spark://localhost:7077\nspark.eventLog.enabled true\n',
      because: 'a master on the own machine',
    },
    {
      path: 'k8s/prepare.yaml',
      good: `${APPLICATION}  sparkConf:\n    spark.ui.enabled: "false"\n`,
      because: 'not a protection',
    },
  ],
});

/** A master of a cluster that is not YARN or Kubernetes, on another machine. */
function ownMaster({ value }: SparkProperty): boolean {
  const [first = ''] = value.split(',');
  return /^spark:\/\/[\w.-]+(?::\d+)?$/.test(first) && !isLoopback(hostOf(first));
}
