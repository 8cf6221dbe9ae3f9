import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { secretNameTriggerWords } from '../../knowledge/secrets/index.js';
import { offerReference, secretOf, variableName } from './_data-secrets.js';

const SECRET = 'dYKObZGCyPu3xxfBmU';

export default defineRule({
  summary: 'A dbt profile holds a secret.',
  stages: ['data-collection', 'preprocessing', 'feature-engineering'],
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
    'https://docs.getdbt.com/docs/core/connect-data-platform/connection-profiles',
    'https://docs.getdbt.com/reference/dbt-jinja-functions/env_var',
  ],
  docs: {
    why: 'The account in the profile builds the tables that models are trained on, so it may read the sources and replace every feature. In a committed `profiles.yml` its password belongs to everybody with a clone, a fork or an old image.',
    instead:
      "Change the secret and read it with `{{ env_var('DBT_ENV_SECRET_…') }}`; dbt hides variables with this prefix in its logs.",
    fixSafety: 'dbt stops until the variable is set, so the fix is offered for review.',
    limits:
      'Settings whose name means a secret. Tokens of known shape, keys in PEM format and addresses with a password have rules of their own. For a database on the own machine it is an info.',
    ignoreWhen: 'The value only opens a database that is started for development or a test.',
  },
  messages: {
    literal: '`{name}` of output `{output}` is a literal secret in the profile; change it and read it with `env_var`',
  },
  words: secretNameTriggerWords,
  query: config.entries(['dbt-profiles'], '*.outputs.*.**'),
  check(entry: ConfigEntry, { report, path }) {
    const secret = isTestFile(path) ? undefined : secretOf(entry);
    if (secret === undefined) return;
    const output = entry.path[2];
    const finding = report(entry.valueRange, 'literal', {
      name: secret.name.slice(0, 24),
      output: String(output).slice(0, 20),
    });
    const variable = variableName('dbt_env_secret', secret.name);
    offerReference(finding, entry, variable, `{{ env_var('${variable}') }}`);
  },
  examples: [
    {
      path: 'profiles.yml',
      bad: `loans:\n  target: prod\n  outputs:\n    prod:\n      type: snowflake\n      account: a1\n      user: dbt\n      password: «${SECRET}» # rotate\n      threads: 4\n`,
      message: 'literal',
      good: 'loans:\n  target: prod\n  outputs:\n    prod:\n      type: snowflake\n      account: a1\n      user: dbt\n      password: "{{ env_var(\'DBT_ENV_SECRET_PASSWORD\') }}" # rotate\n      threads: 4\n',
    },
    {
      path: 'profiles.yml',
      bad: `loans:\n  target: prod\n  outputs: {prod: {type: databricks, host: adb.lending.eu, token: «'${SECRET}'»}}\n`,
      message: 'literal',
      good: 'loans:\n  target: prod\n  outputs: {prod: {type: databricks, host: adb.lending.eu, token: "{{ env_var(\'DBT_ENV_SECRET_TOKEN\') }}"}}\n',
    },
    {
      path: 'profiles.yml',
      good: 'loans:\n  target: prod\n  outputs:\n    prod:\n      type: postgres\n      pass: "{{ env_var(\'PGPASSWORD\') }}"\n',
      because: 'read from the environment',
    },
    {
      path: 'profiles.yml',
      good: 'loans:\n  target: prod\n  outputs:\n    prod:\n      type: bigquery\n      method: service-account\n      keyfile: /run/secrets/dbt.json\n      private_key_path: /run/secrets/dbt.p8\n',
      because: 'paths',
    },
    {
      path: 'profiles.yml',
      good: 'loans:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      password: <password>\n      keepalives_idle: 10\n',
      because: 'a placeholder',
    },
  ],
});
