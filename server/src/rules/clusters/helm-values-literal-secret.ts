import { type ConfigEntry, child, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { secretNameTriggerWords } from '../../knowledge/secrets/index.js';
import { isSecretSetting, literalOf } from './_literals.js';

/** Names of objects and of keys inside them: `existingSecret: mlflow-db`, `secretKey: password`. */
const OBJECT_NAME = /^[a-z]+(?:[-._][a-z0-9]+)*$/;
const OWN_MACHINE = /(?:^|[._-])(?:local|dev|develop|test|ci|kind|minikube|example|sample|demo)(?:[._-]|$)/i;
const HEAD = 'image:\n  repository: mlflow\nservice:\n  port: 5000\n';

export default defineRule({
  summary: 'The values of a Helm chart hold a secret.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-798',
    'CWE-1392',
    'OWASP-A07:2021',
    'AML.T0055',
    'https://helm.sh/docs/chart_best_practices/values/',
    'https://helm.sh/docs/howto/charts_tips_and_tricks/',
  ],
  docs: {
    why: 'A password in the values is the default of every installation. Whoever reads the chart signs in to each tracking server and object store that was installed without changing it, and Helm keeps the values of each release in the cluster as well.',
    instead:
      'Leave the value empty and let the chart refer to a Secret (`existingSecret`), or give it on installation from a secret store.',
    fixSafety: 'Installations miss the value until it is given to them, so the fix is offered for review.',
    limits:
      'The name has to mean a secret and the value has to look like one. Names of Secrets and of their keys, templates and encrypted values are passed over. Files for the own machine or a test are warnings. Tokens of known shape and addresses with a password have rules of their own.',
    ignoreWhen: 'The value only opens a throw-away test cluster.',
  },
  messages: {
    literal: '`{name}` holds a secret that each installation shares; leave it empty and use `existingSecret`',
  },
  skipsTests: true,
  query: config.entries(['helm-values'], '**'),
  words: secretNameTriggerWords,
  check(entry: ConfigEntry, { report, path, facts }) {
    if (entry.kind !== 'scalar') return;
    const named = entry.key === 'value' ? textOf(child(entry.parent, 'name')) : undefined;
    const name = named ?? entry.key;
    const written = literalOf(entry);
    if (name === undefined || written === undefined || !isSecretSetting(name, written)) return;
    if (isObjectName(entry, name, written)) return;
    // SOPS leaves its notes beside the values it has encrypted.
    if (child(facts?.roots[entry.document], 'sops') !== undefined) return;
    const finding = report(entry.valueRange, 'literal', { name: name.slice(0, 40) });
    if (OWN_MACHINE.test(path.slice(path.lastIndexOf('/') + 1))) finding.severity('warning');
    if (entry.style !== 'literal' && entry.style !== 'folded')
      finding.fix('Leave it empty', 'review', edit.replace(entry.valueRange, '""'), 'installations have to set it');
  },
  examples: [
    {
      path: 'charts/mlflow/values.yaml',
      bad: `${HEAD}backendStore:\n  postgres:\n    user: mlflow\n    password: «dYKObZGCyPu3xxfBmU»\n`,
      message: 'literal',
      good: `${HEAD}backendStore:\n  postgres:\n    user: mlflow\n    password: ""\n`,
    },
    {
      path: 'charts/mlflow/values-prod.yaml',
      bad: `${HEAD}extraEnv:\n  - {name: MLFLOW_FLASK_SERVER_SECRET_KEY, value: «"dYKObZGCyPu3xxfBmU"»}\n`,
      message: 'literal',
      good: `${HEAD}extraEnv:\n  - {name: MLFLOW_FLASK_SERVER_SECRET_KEY, value: ""}\n`,
    },
    {
      path: 'charts/mlflow/values.yaml',
      good: `${HEAD}auth:\n  password: ""\n  existingSecret: mlflow-auth-2\n  secretKeys: {adminPasswordKey: admin-password}\n`,
      because: 'the name of a Secret and of a key in it',
    },
    {
      path: 'charts/mlflow/values.yaml',
      good: `${HEAD}auth:\n  password: changeme\n  token: \${TOKEN}\n  clientSecret: ENC[AES256_GCM,data:p673w==]\n`,
      because: 'a stand-in, a reference and an encrypted value',
    },
    {
      path: 'conf/values.yaml',
      good: 'threshold: 0.5\nsecret_key: dYKObZGCyPu3xxfBmU\n',
      because: 'not the values of a chart',
    },
  ],
});

function isObjectName(entry: ConfigEntry, name: string, value: string): boolean {
  if (/^existing/i.test(name)) return true;
  if (!OBJECT_NAME.test(value)) return false;
  if (/secrets?$/i.test(name)) return true;
  const siblings = entry.parent?.children ?? [];
  return (
    /key$/i.test(name) && siblings.some(({ key }) => /^(?:name|secret|secretName|existingSecret)$/.test(key ?? ''))
  );
}
