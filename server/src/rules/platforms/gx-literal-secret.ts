import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { secretNameTriggerWords } from '../../knowledge/secrets/index.js';
import { offerReference, secretOf, variableName } from './_data-secrets.js';

const HEAD = 'config_version: 3.0\nconfig_variables_file_path: uncommitted/config_variables.yml\n';
const SECRET = 'dYKObZGCyPu3xxfBmU';

export default defineRule({
  summary: 'The configuration of a Great Expectations project holds a secret.',
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
    'https://docs.greatexpectations.io/docs/core/configure_project_settings/configure_credentials/',
  ],
  docs: {
    why: '`great_expectations.yml` is the part of the project that is meant to be committed. The account that checks the training data may read all of it; with its password in the repository, so may everybody with a clone.',
    instead:
      'Change the secret and refer to it: `${NAME}` is taken from the environment or from the ignored `uncommitted/config_variables.yml`.',
    fixSafety: 'The checks stop until the variable is set, so the fix is offered for review.',
    limits:
      'Settings whose name means a secret. Addresses with a password (`connection_string`) and tokens of known shape have rules of their own. For a database on the own machine it is an info. The files under `uncommitted` are the matter of `gx-config-variables-committed`.',
    ignoreWhen: 'The value only opens a database that is started for development.',
  },
  messages: {
    literal: '`{name}` of `{section}` is a literal secret in a committed file; change it and refer to a variable',
  },
  words: secretNameTriggerWords,
  query: config.entries(['great-expectations'], '**'),
  check(entry: ConfigEntry, { report, path }) {
    const secret = isTestFile(path) ? undefined : secretOf(entry);
    if (secret === undefined) return;
    const words = entry.path.map(String).filter((word) => !/^(?:fluent_)?datasources$|^credentials$|^\d+$/.test(word));
    const section = words.at(-2) ?? 'great_expectations';
    const finding = report(entry.valueRange, 'literal', {
      name: secret.name.slice(0, 24),
      section: section.slice(0, 24),
    });
    const variable = variableName(section, secret.name);
    offerReference(finding, entry, variable, `\${${variable}}`);
  },
  examples: [
    {
      path: 'gx/great_expectations.yml',
      bad: `${HEAD}datasources:\n  warehouse:\n    credentials:\n      drivername: postgresql\n      host: dwh.lending.eu\n      password: «${SECRET}» # reader\n`,
      message: 'literal',
      good: `${HEAD}datasources:\n  warehouse:\n    credentials:\n      drivername: postgresql\n      host: dwh.lending.eu\n      password: \${WAREHOUSE_PASSWORD} # reader\n`,
    },
    {
      path: 'gx/great_expectations.yml',
      bad: `${HEAD}fluent_datasources:\n  lake: {type: snowflake, connection_string: {account: a1, password: «"${SECRET}"»}}\n`,
      message: 'literal',
      good: `${HEAD}fluent_datasources:\n  lake: {type: snowflake, connection_string: {account: a1, password: "\${CONNECTION_STRING_PASSWORD}"}}\n`,
    },
    {
      path: 'gx/great_expectations.yml',
      good: `${HEAD}datasources:\n  warehouse:\n    credentials: \${warehouse_credentials}\n    password: $DB_PASSWORD\n`,
      because: 'taken from variables',
    },
    {
      path: 'gx/great_expectations.yml',
      good: `${HEAD}datasources:\n  warehouse:\n    credentials: {password: <password>, private_key_path: /run/secrets/key}\n`,
      because: 'a placeholder and a path',
    },
    {
      path: 'app.yml',
      good: `config_version: 3\npassword: ${SECRET}\n`,
      because: 'not a project of Great Expectations',
    },
  ],
});
