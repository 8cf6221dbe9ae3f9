import { type ConfigEntry, config, defineRule, descendants, edit, rootOf } from '../../engine/index.js';
import { hasKnownShape, isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { isS3aSecret } from '../../knowledge/spark-protections.js';
import { literal } from './_azureml.js';

const FORMATS = ['databricks-bundle', 'databricks-job'] as const;
/** Names of Spark that hold a secret, whatever host follows. */
const SPARK_SECRET = /(?:\.account\.key|\.secret\.key|\.client\.secret|\.sas\.fixed\.token|\.password)(?:\.|$)/;

export default defineRule({
  summary: 'A Databricks bundle or job holds a secret as a literal.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-A07:2021',
    'AML.T0055',
    'https://docs.databricks.com/aws/en/security/secrets/secrets-spark-conf-env-var',
    'https://docs.databricks.com/aws/en/machine-learning/model-serving/store-env-variable-model-serving',
  ],
  docs: {
    why: 'The bundle is committed with the password of the feature store, and the job page of the workspace shows it to everybody who may look at the cluster. From there the raw customer data is one connection away.',
    instead: 'Change the value, store it in a secret scope, and refer to it by `{{secrets/scope/key}}`.',
    fixSafety: 'The secret has to be in the scope before the next start, so the fix is offered for review.',
    limits:
      'The name has to mean a secret and the value has to look like one. Keys of known providers, addresses with a password and the secrets of S3 have rules of their own. The fix needs a scope that the file uses already.',
    ignoreWhen: 'The value is made up for a demonstration and opens nothing.',
  },
  messages: {
    literal: '`{name}` is a literal secret that the workspace shows as well; change it and use a secret scope',
  },
  query: [
    config.entries(FORMATS, '**.spark_env_vars.*'),
    config.entries(FORMATS, '**.environment_vars.*'),
    config.entries(FORMATS, '**.spark_conf.*'),
    config.entries(FORMATS, '**.external_model.*.*'),
  ],
  check(entry: ConfigEntry, { report }) {
    const name = entry.key ?? '';
    const value = literal(entry);
    if (value === undefined || typeof entry.value !== 'string' || !looksLikeSecretValue(value)) return;
    if ((!isSecretName(name) && !SPARK_SECRET.test(name)) || isS3aSecret(name)) return;
    if (hasKnownShape(name, value)) return;
    const finding = report(entry.valueRange, 'literal', { name: name.slice(0, 40) });
    const scope = scopeOf(rootOf(entry));
    if (scope === undefined || entry.style === 'literal' || entry.style === 'folded' || /_plaintext$/.test(name))
      return;
    const reference = `{{secrets/${scope}/${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}}}`;
    finding.fix(
      `Refer to \`${reference}\``,
      'review',
      edit.replace(entry.valueRange, `"${reference}"`),
      'the secret has to be in the scope',
    );
  },
  examples: [
    {
      path: 'resources/train.yml',
      bad: 'resources:\n  jobs:\n    train:\n      job_clusters:\n        - new_cluster:\n            spark_env_vars:\n              HUB: "{{secrets/loans/hub}}"\n              FEATURE_STORE_PASSWORD: «v7bNzgCoq5lEvXrC»  # reader\n',
      message: 'literal',
      good: 'resources:\n  jobs:\n    train:\n      job_clusters:\n        - new_cluster:\n            spark_env_vars:\n              HUB: "{{secrets/loans/hub}}"\n              FEATURE_STORE_PASSWORD: "{{secrets/loans/feature-store-password}}"  # reader\n',
    },
    {
      path: 'resources/endpoint.yml',
      bad: 'resources:\n  model_serving_endpoints:\n    scorer:\n      config: {served_entities: [{entity_name: scorer, environment_vars: {A: "{{secrets/loans/a}}", DB_PASSWORD: «"v7bNzgCoq5lEvXrC"»}}]}\n',
      message: 'literal',
      good: 'resources:\n  model_serving_endpoints:\n    scorer:\n      config: {served_entities: [{entity_name: scorer, environment_vars: {A: "{{secrets/loans/a}}", DB_PASSWORD: "{{secrets/loans/db-password}}"}}]}\n',
    },
    {
      path: 'resources/train.yml',
      good: 'resources:\n  jobs:\n    train:\n      job_clusters:\n        - new_cluster:\n            spark_env_vars: {DB_PASSWORD: "{{secrets/loans/db}}", DB_USER: loans_reader_1}\n',
      because: 'a reference to a scope, and a name without a secret',
    },
    {
      path: 'resources/train.yml',
      good: 'resources:\n  jobs:\n    train:\n      job_clusters:\n        - new_cluster:\n            spark_env_vars: {DB_PASSWORD: "${var.password}", TOKENIZERS_PARALLELISM: "false"}\n',
      because: 'a variable, and a setting of a library',
    },
    {
      path: 'resources/train.yml',
      good: 'resources:\n  jobs:\n    train:\n      job_clusters:\n        - new_cluster:\n            spark_env_vars: {DB_PASSWORD: changeme, API_KEY: <your-key>}\n',
      because: 'placeholders',
    },
  ],
});

/** The one secret scope that a file refers to. */
function scopeOf(root: ConfigEntry): string | undefined {
  const scopes = new Set<string>();
  for (const { value } of descendants(root)) {
    if (typeof value !== 'string') continue;
    for (const match of value.matchAll(/\{\{secrets\/([\w.-]+)\//g)) scopes.add(match[1]!);
  }
  return scopes.size === 1 ? [...scopes][0] : undefined;
}
