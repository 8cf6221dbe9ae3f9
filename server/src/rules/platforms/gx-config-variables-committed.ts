import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { secretNameTriggerWords } from '../../knowledge/secrets/index.js';
import { relate, secretsOf } from './_data-secrets.js';

const SECRET = 'dYKObZGCyPu3xxfBmU';

export default defineRule({
  summary: 'The variables of a Great Expectations project hold secrets and are not ignored by Git.',
  stages: ['data-collection', 'preprocessing', 'monitoring'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-538',
    'CWE-312',
    'OWASP-A05:2021',
    'OWASP-ML02:2023',
    'AML.T0055',
    'https://docs.greatexpectations.io/docs/core/configure_project_settings/configure_credentials/',
    'https://git-scm.com/docs/gitignore',
  ],
  docs: {
    why: 'The folder is named `uncommitted`, but only a line in `.gitignore` keeps it out. Without that line the password of the account that reads the training data goes along with the next `git add .`, and stays in the history for good.',
    instead: 'Change the secrets, take the file out with `git rm --cached`, and let `.gitignore` name `uncommitted/`.',
    fixSafety: 'There is no fix: a line in `.gitignore` does not take a file out that Git already tracks.',
    limits:
      'Files that `.gitignore` names are not checked at all, so a finding means that nothing keeps the file out. The name has to mean a secret and the value has to look like one. Tokens of known shape and addresses with a password have rules of their own.',
    ignoreWhen: 'The values only open a database that is started for tests.',
  },
  messages: {
    secret: '`{name}` is a literal secret in `config_variables.yml`, which Git does not ignore; untrack the file',
  },
  words: secretNameTriggerWords,
  query: config.entries(['gx-variables'], ''),
  check(root: ConfigEntry, { report, path }) {
    const [first, ...others] = isTestFile(path) ? [] : secretsOf(root);
    if (first !== undefined)
      relate(report(first.entry.valueRange, 'secret', { name: first.name.slice(0, 30) }), others);
  },
  examples: [
    {
      path: 'gx/uncommitted/config_variables.yml',
      bad: `warehouse:\n  drivername: postgresql\n  host: dwh.lending.eu\n  password: «${SECRET}»\n`,
      message: 'secret',
      good: 'warehouse:\n  drivername: postgresql\n  host: dwh.lending.eu\n  password: ${WAREHOUSE_PASSWORD}\n',
      byHand: true,
    },
    {
      path: 'great_expectations/uncommitted/config_variables.yml',
      bad: `lake: {account: a1, password: «"${SECRET}"»}\nother_password: ${SECRET}2\n`,
      message: 'secret',
      good: 'lake: {account: a1, password: "${LAKE_PASSWORD}"}\n',
      byHand: true,
    },
    {
      path: 'gx/uncommitted/config_variables.yml',
      good: 'instance_id: 2f6fd1c2-6a3e-4a6c-9c8e-2b7a1f7e4d10\nwarehouse:\n  password: ${DB_PASSWORD}\n',
      because: 'an id, and a reference',
    },
    {
      path: 'gx/uncommitted/config_variables.yml',
      good: 'warehouse:\n  username: etl\n  password: <password>\n',
      because: 'a placeholder',
    },
    {
      path: 'gx/uncommitted/settings.yml',
      good: `warehouse:\n  password: ${SECRET}\n`,
      because: 'another file',
    },
  ],
});
