import { defineRule } from '../../engine/index.js';
import { looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { isForDevelopment } from '../_lock-files.js';
import { type AirflowFact, airflowFacts, moveOut, settingsOf } from './_airflow.js';

/** What Airflow writes when the library for encryption is missing. */
const NO_ENCRYPTION = 'cryptography_not_found_storing_passwords_in_plain_text';

export default defineRule({
  summary: 'The key that encrypts the connections of Airflow is empty or stands in the file.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-321',
    'CWE-311',
    'OWASP-A02:2021',
    'AML.T0055',
    'https://airflow.apache.org/docs/apache-airflow/stable/security/secrets/fernet.html',
    'https://airflow.apache.org/docs/apache-airflow/stable/howto/set-config.html',
  ],
  docs: {
    why: 'Airflow keeps the passwords of all connections in its database, encrypted with this key. With an empty key they lie there as they are; with a key that is committed, a copy of the database and a clone of the repository give the password of every warehouse, bucket and registry that a pipeline uses.',
    instead:
      'Make a key with `Fernet.generate_key()`, keep it in a secret store or an ignored `.env` file, and rotate with `airflow rotate-fernet-key` if one was committed.',
    fixSafety:
      'Airflow needs the key from its new place, and what another key encrypted cannot be read without it, so the fix is offered for review.',
    limits:
      'Keys in env files are not reported, since that is where they are kept, and those in manifests are left to the rule about literal secrets there. An empty key is a warning: another place may set it. Files for development, tests and examples count less.',
    ignoreWhen: 'The installation is for learning and holds no connection that matters.',
  },
  messages: {
    literal: 'The key that encrypts connections of Airflow stands in the file; rotate it and keep the new one outside',
    empty: '`{setting}` is empty, so Airflow stores the passwords of connections unencrypted; set a key from outside',
  },
  words: ['fernet_key'],
  query: airflowFacts,
  check(fact: AirflowFact, context) {
    if (/\.(?:example|sample|template|dist)$/i.test(context.path)) return;
    for (const setting of settingsOf(fact, 'fernetKey', context)) {
      const isEmpty = setting.value === '' || setting.value === NO_ENCRYPTION;
      if (!isEmpty && (setting.origin === 'other' || !looksLikeSecretValue(setting.value))) continue;
      const finding = isEmpty
        ? context
            .report(setting.shown, 'empty', { setting: setting.written })
            .severity(isForDevelopment(context.path) ? 'info' : 'warning')
        : context.report(setting.shown, 'literal');
      const { title, reason, edits } = moveOut(setting, context.text);
      finding.fix(title, 'review', edits, reason);
    }
  },
  examples: [
    {
      path: 'airflow.cfg',
      bad: '[core]\ndags_folder = /opt/airflow/dags\n# generated\nfernet_key = «qCPvOEHYhBfk4GzxCqXfbbPOBZ0nYAwUHrPGsWQlYsE=»\n\n[webserver]\nworkers = 4\n',
      message: 'literal',
      good: '[core]\ndags_folder = /opt/airflow/dags\n# generated\nfernet_key_cmd = cat /run/secrets/airflow_fernet_key\n\n[webserver]\nworkers = 4\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  web:\n    image: apache/airflow:2.10.2\n    environment:\n      AIRFLOW__CORE__FERNET_KEY: «qCPvOEHYhBfk4GzxCqXfbbPOBZ0nYAwUHrPGsWQlYsE=» # rotate\n',
      message: 'literal',
      good: 'services:\n  web:\n    image: apache/airflow:2.10.2\n    environment:\n      AIRFLOW__CORE__FERNET_KEY: ${AIRFLOW__CORE__FERNET_KEY:?set in .env} # rotate\n',
    },
    {
      path: 'docker-compose.yml',
      bad: "services:\n  web:\n    image: apache/airflow:2.10.2\n    environment:\n      AIRFLOW__CORE__FERNET_KEY: «''»\n",
      message: 'empty',
      good: "services:\n  web:\n    image: apache/airflow:2.10.2\n    environment:\n      AIRFLOW__CORE__FERNET_KEY: '${AIRFLOW__CORE__FERNET_KEY:?set in .env}'\n",
    },
    {
      path: 'compose.yaml',
      bad: 'services: {web: {image: "apache/airflow:2.10.2", environment: {AIRFLOW__CORE__FERNET_KEY: «""», AIRFLOW_UID: 50000}}}\n',
      message: 'empty',
      good: 'services: {web: {image: "apache/airflow:2.10.2", environment: {AIRFLOW__CORE__FERNET_KEY: "${AIRFLOW__CORE__FERNET_KEY:?set in .env}", AIRFLOW_UID: 50000}}}\n',
    },
    {
      path: 'airflow.cfg',
      bad: '[core]\ndags_folder = /opt/airflow/dags\n«fernet_key» =\n\n[webserver]\nworkers = 4\n',
      message: 'empty',
      good: '[core]\ndags_folder = /opt/airflow/dags\nfernet_key_cmd = cat /run/secrets/airflow_fernet_key\n\n[webserver]\nworkers = 4\n',
    },
    {
      path: 'airflow.cfg',
      good: '[core]\ndags_folder = /opt/airflow/dags\nfernet_key_cmd = cat /run/secrets/fernet\n\n[webserver]\nworkers = 4\n',
      because: 'read by a command',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  web:\n    image: apache/airflow:2.10.2\n    environment:\n      AIRFLOW__CORE__FERNET_KEY: ${FERNET_KEY}\n      AIRFLOW__CORE__FERNET_KEY_SECRET: fernet\n',
      because: 'set from outside',
    },
    {
      path: 'airflow.cfg',
      good: '[core]\ndags_folder = /opt/airflow/dags\nfernet_key = {FERNET_KEY}\n\n[webserver]\nworkers = 4\n',
      because: 'a template that Airflow fills in',
    },
  ],
});
