import { type ConfigEntry, defineRule } from '../../engine/index.js';
import { isDefaultPassword } from '../../knowledge/default-credentials.js';
import { hasKnownShape, isGuessable, isHardCodedSecret, looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { isS3aSecret } from '../../knowledge/spark-protections.js';
import { databricksFiles, type SparkProperty, sparkFiles, sparkProperties } from './_spark-files.js';

const TLS = /^(?:spark\.hadoop\.)?fs\.s3a\.(?:bucket\.[\w.-]+\.)?connection\.ssl\.enabled$/;
const ENDPOINT = /^(?:spark\.hadoop\.)?fs\.s3a\.(?:bucket\.[\w.-]+\.)?endpoint$/;

export default defineRule({
  summary: 'A Spark configuration holds the secret of a bucket or reaches it without TLS.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-798',
    'CWE-319',
    'OWASP-A07:2021',
    'OWASP-ML02:2023',
    'AML.T0055',
    'https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/index.html',
    'https://spark.apache.org/docs/latest/security.html',
  ],
  docs: {
    why: 'Every job on the cluster reads the configuration it runs with, a notebook of a trainee as well, and the file lies in the repository and on each node. Whoever has read it once copies the raw training data from anywhere, or replaces part of it before the next run.',
    instead:
      'Deactivate the key. Let the workers use a role, read the credentials from a Hadoop credential store or the environment, and on Databricks from `{{secrets/<scope>/<key>}}`. Leave TLS on.',
    fixSafety:
      'Jobs need credentials from elsewhere before the key goes, and an endpoint may have no certificate, so the fixes are offered for review.',
    limits:
      'Keys in the shape of AWS that stand behind `=` or `:` have a rule of their own. Well-known passwords of local stores stay silent, made-up words for one are information, and so does TLS that is off for a host without a domain, such as `minio`.',
    ignoreWhen: 'The store is a throw-away one for tests and holds no data.',
  },
  messages: {
    secret: '`{key}` holds a secret that every job and reader of this file gets; deactivate it and use a role',
    tls: '`{key}=false` sends data and signatures to the bucket unencrypted; leave it on',
  },
  words: ['fs.s3a.'],
  query: [...sparkFiles, ...databricksFiles],
  check(entry: ConfigEntry, context) {
    const properties = sparkProperties(entry, context);
    const local = properties.some(({ key, value }) => ENDPOINT.test(key) && isLocalStore(value));
    for (const property of properties) {
      const { key, value, place } = property;
      if (isS3aSecret(key) && isSecret(property, entry)) {
        const finding = context.report(place, 'secret', { key: shortName(key) });
        if (local && isGuessable(value)) finding.severity('info');
        finding.fix(
          `Delete \`${shortName(key)}\``,
          'review',
          property.remove(),
          'jobs need credentials from elsewhere',
        );
      } else if (TLS.test(key) && value.toLowerCase() === 'false' && !local) {
        context
          .report(place, 'tls', { key: shortName(key) })
          .severity('warning')
          .fix('Leave TLS on', 'review', property.setTo('true'), 'the store needs a certificate');
      }
    }
  },
  examples: [
    {
      path: 'conf/spark-defaults.conf',
      bad: 'spark.master yarn\nspark.hadoop.fs.s3a.secret.key «q7LwZ2tVxN4cRb9Kd3Fh»\nspark.executor.memory 8g\n',
      message: 'secret',
      good: 'spark.master yarn\nspark.executor.memory 8g\n',
    },
    {
      path: 'databricks.yml',
      bad: 'bundle:\n  name: loans\nresources:\n  jobs:\n    train:\n      job_clusters:\n        - new_cluster:\n            spark_conf:\n              # raw data\n              fs.s3a.session.token: «q7LwZ2tVxN4cRb9Kd3Fh»\n              spark.speculation: "true"\n',
      message: 'secret',
      good: 'bundle:\n  name: loans\nresources:\n  jobs:\n    train:\n      job_clusters:\n        - new_cluster:\n            spark_conf:\n              # raw data\n              spark.speculation: "true"\n',
    },
    {
      path: 'k8s/prepare.yaml',
      bad: 'apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\nspec:\n  sparkConf: {spark.hadoop.fs.s3a.connection.ssl.enabled: «"false"»}\n',
      message: 'tls',
      good: 'apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\nspec:\n  sparkConf: {spark.hadoop.fs.s3a.connection.ssl.enabled: "true"}\n',
    },
    {
      path: 'databricks.yml',
      good: 'bundle:\n  name: loans\nresources:\n  jobs:\n    train:\n      new_cluster:\n        spark_conf:\n          spark.hadoop.fs.s3a.secret.key: "{{secrets/loans/s3}}"\n',
      because: 'a reference to a secret store',
    },
    {
      path: 'conf/spark-defaults.conf',
      good: 'spark.hadoop.fs.s3a.endpoint http://minio:9000\nspark.hadoop.fs.s3a.secret.key minioadmin\nspark.hadoop.fs.s3a.connection.ssl.enabled false\n',
      because: 'a store on the own machine with the password it comes with',
    },
    {
      path: 'conf/spark-defaults.conf',
      good: 'spark.hadoop.fs.s3a.aws.credentials.provider com.amazonaws.auth.WebIdentityTokenCredentialsProvider\nspark.hadoop.fs.s3a.secret.key ${env:S3_SECRET}\n',
      because: 'read from the environment',
    },
  ],
});

function shortName(key: string): string {
  return key.replace(/^spark\.hadoop\./, '').slice(0, 50);
}

/** A host without a domain is a container beside the job, one of the cluster is inside of its network. */
function isLocalStore(endpoint: string): boolean {
  const [, host = ''] = /^(?:https?:\/\/)?([^:/]*)/.exec(endpoint) ?? [];
  return /^127\./.test(host) || /^[\w-]+$/.test(host) || /\.(?:local|svc|internal)$/.test(host);
}

/** Other rules see keys in the shape of AWS and, behind `=` and `:`, secrets in files of a ConfigMap. */
function isSecret({ key, value, byBlanks }: SparkProperty, entry: ConfigEntry): boolean {
  if (!looksLikeSecretValue(value) || isDefaultPassword(value, undefined) || /\$\{|\$\(|\{\{/.test(value)) return false;
  const embedded = entry.kind === 'scalar';
  if (embedded && byBlanks) return true;
  return !hasKnownShape(key, value) && !(embedded && isHardCodedSecret(key, value));
}
