import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { secretNameTriggerWords } from '../../knowledge/secrets/index.js';
import { offerReference, secretOf, variableName } from './_data-secrets.js';

const SECRET = 'dYKObZGCyPu3xxfBmU';

export default defineRule({
  summary: 'The configuration of Soda holds a secret.',
  stages: ['data-collection', 'preprocessing', 'monitoring'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'CWE-312',
    'OWASP-A07:2021',
    'OWASP-ML02:2023',
    'AML.T0055',
    'https://github.com/sodadata/soda-core/blob/v3/docs/configuration.md',
  ],
  docs: {
    why: 'The checks of the training data run in every pull request, so their configuration is committed. The account in it may read all tables that are checked, and the key of Soda Cloud lets a stranger report that all checks have passed.',
    instead: 'Change the secret and refer to a variable of the environment: `${NAME}`.',
    fixSafety: 'The checks stop until the variable is set, so the fix is offered for review.',
    limits:
      'Settings whose name means a secret. Tokens of known shape and addresses with a password have rules of their own. For a database on the own machine it is an info.',
    ignoreWhen: 'The value only opens a database that is started for development.',
  },
  messages: {
    literal: '`{name}` of `{section}` is a literal secret; change it and refer to a variable of the environment',
  },
  words: secretNameTriggerWords,
  query: config.entries(['soda-config'], '**'),
  check(entry: ConfigEntry, { report, path, text }) {
    const secret = isTestFile(path) ? undefined : secretOf(entry);
    if (secret === undefined) return;
    const section = String(entry.path[0]);
    const finding = report(entry.valueRange, 'literal', {
      name: secret.name.slice(0, 24),
      section: section.slice(0, 30),
    });
    const variable = variableName(section.replace(/^data_source /, ''), secret.name);
    // Version 4 looks variables of the environment up under a name of their own.
    const reference = text.includes('${env.') ? `\${env.${variable}}` : `\${${variable}}`;
    offerReference(finding, entry, variable, reference);
  },
  examples: [
    {
      path: 'soda/configuration.yml',
      bad: `data_source loans:\n  type: postgres\n  connection:\n    host: dwh.lending.eu\n    username: soda\n    password: «${SECRET}» # reader\n`,
      message: 'literal',
      good: 'data_source loans:\n  type: postgres\n  connection:\n    host: dwh.lending.eu\n    username: soda\n    password: ${LOANS_PASSWORD} # reader\n',
    },
    {
      path: 'soda/configuration.yml',
      bad: `soda_cloud: {host: cloud.soda.io, api_key_id: "\${env.SODA_ID}", api_key_secret: «"${SECRET}"»}\n`,
      message: 'literal',
      good: 'soda_cloud: {host: cloud.soda.io, api_key_id: "${env.SODA_ID}", api_key_secret: "${env.SODA_CLOUD_API_KEY_SECRET}"}\n',
    },
    {
      path: 'soda/configuration.yml',
      good: 'data_source loans:\n  type: postgres\n  username: soda\n  password: ${POSTGRES_PASSWORD}\n',
      because: 'taken from the environment',
    },
    {
      path: 'soda/configuration.yml',
      good: 'soda_cloud:\n  host: cloud.soda.io\n  api_key_id: 2f6fd1c2-6a3e-4a6c\n  api_key_secret: <secret>\n',
      because: 'an id and a placeholder',
    },
    {
      path: 'soda/configuration.yml',
      good: 'data_source loans:\n  type: bigquery\n  account_info_json_path: /run/secrets/soda.json\n  private_key_path: /run/secrets/soda.p8\n',
      because: 'paths',
    },
  ],
});
