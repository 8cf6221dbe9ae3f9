import { isTestFile } from '../../base/test-files.js';
import {
  type CallFact,
  defineRule,
  KUBERNETES_LIKE,
  python,
  type RuleContext,
  type TextFact,
  texts,
} from '../../engine/index.js';
import {
  hardCodedNameWords,
  hasKnownShape,
  isHardCodedSecret,
  secretWords,
  variableOf,
} from '../../knowledge/secrets/index.js';
import { isS3aSecret } from '../../knowledge/spark-protections.js';
import { TRAINING_FORMATS } from '../../knowledge/training-settings.js';
import { isInImageEnvironment } from '../_zenml.js';
import { insideQuotes, isPutIntoEnvironment, offerFix, offerVariable, storedSecrets } from './_literal.js';
import { isAirflowConfig, isWebKey } from './_web-key.js';

/** Services without a rule of their own. */
const SERVICES = ['messaging', 'payment', 'infrastructure'] as const;

/** Configuration with rules about the literals in it, and files that hold digests. */
const OTHER_RULES = new Set<string | undefined>([
  ...[
    ...KUBERNETES_LIKE,
    'kustomization',
    'helm-values',
    'kfp',
    'compose',
    'dvc-config',
    'github-workflow',
    ...['gitlab-ci', 'azure-pipelines', 'cloud-build', 'codebuild'],
    'cloudformation',
    'databricks-bundle',
    'databricks-job',
    'env-file',
    'dagster-instance',
    'grafana-datasources',
    'prefect',
    ...TRAINING_FORMATS,
  ],
  ...[
    'kedro-catalog',
    'kedro-credentials',
    'feast',
    'great-expectations',
    'gx-variables',
    'soda-config',
    'dbt-profiles',
  ],
  ...['uv-lock', 'poetry-lock', 'pdm-lock', 'pipfile', 'pipfile-lock'],
]);

/** Credentials of datastores of Azure Machine Learning, which have a rule of their own. */
const DATASTORE_KEYS = /^(?:account_key|sas_token|client_secret)$/;

/** Built from parts, so that this file holds nothing that looks like a secret. */
const PASSWORD = `kX9${'-vTq2Lm_w'}`;
const VAULT = `hvs.${'kP3xV9sLq0TzRw7BnYf2HcJ8mUe5GdAo'}`;

export default defineRule({
  summary: 'A password, key or token is written as a literal.',
  stages: ['data-collection', 'training', 'deployment', 'monitoring'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-798',
    'CWE-259',
    'OWASP-LLM02:2025',
    'OWASP-ML05:2023',
    'AML.T0055',
    'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  ],
  overlaps: ['bandit:B105', 'bandit:B106', 'bandit:B107', 'ruff:S105', 'ruff:S106', 'ruff:S107'],
  docs: {
    why: 'The password of the feature store is written in the script that trains the model. It is in every clone, in the image of the job and in the code snapshot that the experiment tracker keeps of each run, long after the line is gone.',
    instead:
      'Change the secret. Read the new one from the environment, a secret store or a settings class with `SecretStr`, and pass it to the job from outside.',
    fixSafety: 'The program needs the variable afterwards, so the fix is offered for review.',
    limits:
      'Tokens of Slack, SendGrid, Stripe, Vault, DigitalOcean and Grafana are known by their shape. Everything else needs a name that means a secret and a value that looks like one: letters and digits, eight characters for a password, sixteen random ones for a key. Files of tests are passed over there.',
    ignoreWhen: 'The value is made up for a demonstration and opens nothing.',
  },
  messages: {
    known: '{title} ({shown}) is stored in this file; revoke it and read it from the environment',
    literal: '`{name}` is a literal secret in this file; change it and read the new one from the environment',
    fallback: '`{name}` falls back to a secret in this file; change it and let the program stop without the variable',
  },
  words: secretWords(SERVICES, hardCodedNameWords),
  query: [texts.any(), python.calls('os.getenv', 'os.environ.get')],
  check(fact: TextFact | CallFact, context) {
    if (fact.kind === 'call') {
      checkFallback(fact, context);
      return;
    }
    const services = storedSecrets(fact, SERVICES, context);
    for (const secret of services) {
      const values = { title: secret.found.format.title, shown: secret.shown };
      offerFix(context.report(secret.range, 'known', values), context, secret, fact.name);
    }
    const { name, text: value } = fact;
    if (services.length > 0 || name === undefined || !isHardCodedSecret(name, value)) return;
    const { language, facts, text, path } = context;
    if (isTestFile(path) || isAirflowConfig(path) || language === 'dockerfile' || language === 'requirements') return;
    if (facts?.formats.some((format) => OTHER_RULES.has(format?.id))) return;
    if (DATASTORE_KEYS.test(name) && facts?.formats.some((format) => format?.id === 'azureml')) return;
    if (isS3aSecret(name) && facts?.formats.some((format) => format?.id === 'spark-defaults')) return;
    if (isInImageEnvironment(facts, fact.range)) return;
    if (hasKnownShape(name, value) || value.startsWith(`${name}=`) || isWebKey(name, fact.range, text)) return;
    const python = language === 'python' || language === 'notebook';
    if (python && isPutIntoEnvironment(text, fact.range.start - 1)) return;
    const finding = context.report(fact.range, 'literal', { name: name.slice(0, 40) }).severity('warning');
    finding.confidence('medium');
    if (!fact.escaped) offerVariable(finding, context, fact, variableOf(undefined, name), name);
  },
  examples: [
    {
      bad: `import requests\n\nFEATURE_STORE_PASSWORD = "«${PASSWORD}»"\n`,
      message: 'literal',
      good: 'import os\nimport requests\n\nFEATURE_STORE_PASSWORD = os.environ["FEATURE_STORE_PASSWORD"]\n',
    },
    {
      bad: `store = connect(host="db", user="etl", password='«${PASSWORD}»')\n`,
      message: 'literal',
      good: 'import os\nstore = connect(host="db", user="etl", password=os.environ["DB_PASSWORD"])\n',
      byHand: true,
    },
    {
      bad: `from os import getenv as env\nDB_PASSWORD = env("DB_PASSWORD", "«${PASSWORD}»")\n`,
      message: 'fallback',
      good: 'import os\nDB_PASSWORD = os.environ["DB_PASSWORD"]\n',
      byHand: true,
    },
    {
      bad: `import hvac\nclient = hvac.Client(url=url, token="«${VAULT}»")\n`,
      message: 'known',
      good: 'import os\nimport hvac\nclient = hvac.Client(url=url, token=os.environ["VAULT_TOKEN"])\n',
    },
    {
      bad: `database:\n  user: etl\n  password: «${PASSWORD}»\n`,
      path: 'params.yaml',
      message: 'literal',
      good: 'database:\n  user: etl\n',
      byHand: true,
    },
    { good: 'pad_token = "<pad>"\nmax_tokens = "4096x1"\nsep_token = "[SEP]1"\n', because: 'pieces of text' },
    { good: 'password = "<your password 1>"\napi_key = "your-api-key-1"\n', because: 'placeholders' },
    {
      good: 'PASSWORD_FIELD = "password_input2"\nsecret_name = "prod-db-1"\n',
      because: 'names that describe a secret',
    },
    { good: 'cache_key = "f00ba4d17c9e2b835a61"\nprng_key = "0a1b2c3d4e5f6071"\n', because: 'ordinary keys' },
    { good: 'auth_token = "bert-base-uncased-v2-finetuned"\n', because: 'reads like words' },
    { good: `store = connect(password="${PASSWORD}")\n`, path: 'tests/test_store.py', because: 'a file of tests' },
  ],
});

/** `os.getenv("DB_PASSWORD", "the password")`. */
function checkFallback(
  call: CallFact,
  context: RuleContext<{
    readonly fallback: '`{name}` falls back to a secret in this file; change it and let the program stop without the variable';
  }>,
): void {
  const { python: py, text, path, report } = context;
  const [first, second] = call.arguments;
  if (first === undefined || second?.value.kind !== 'string' || isTestFile(path)) return;
  const key = py.value(first.value);
  if (key.kind !== 'string' || !isHardCodedSecret(key.value, second.value.value)) return;
  const range = insideQuotes(text, second.value.range);
  if (hasKnownShape(key.value, second.value.value) || isWebKey(key.value, range, text)) return;
  report(range, 'fallback', { name: key.value.slice(0, 40) })
    .severity('warning')
    .confidence('medium');
}
