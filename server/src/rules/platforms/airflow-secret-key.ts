import { defineRule } from '../../engine/index.js';
import { looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { isForDevelopment } from '../_lock-files.js';
import { type AirflowFact, airflowFacts, moveOut, settingsOf } from './_airflow.js';

/** The default of releases before 2.2, with which every session of theirs was signed. */
const OLD_DEFAULT = 'temporary_key';

export default defineRule({
  summary: 'The key that Airflow signs sessions and tokens with stands in the file.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-321',
    'CWE-798',
    'OWASP-A02:2021',
    'AML.T0055',
    'https://airflow.apache.org/docs/apache-airflow/stable/configurations-ref.html#secret-key',
    'https://airflow.apache.org/docs/apache-airflow/stable/howto/set-config.html',
    'https://nvd.nist.gov/vuln/detail/CVE-2020-17526',
  ],
  docs: {
    why: 'Whoever knows the key writes a session cookie or a token for the administrator, without any password. With that, a reader of the repository starts the training pipeline on other data, reads the connections and fetches the logs of the workers.',
    instead:
      'Make a long random key, keep it in a secret store or an ignored `.env` file, and read it with `secret_key_cmd`, a secrets backend or a variable.',
    fixSafety:
      'Airflow needs the key from its new place, and all users sign in again, so the fix is offered for review.',
    limits:
      'Covers `secret_key` of `[webserver]` and `[api]`, `jwt_secret` of `[api_auth]` and `internal_api_secret_key`. Keys in env files are not reported, since that is where they are kept, and those in manifests are left to the rule about literal secrets there. Files for development, tests and examples count less.',
    ignoreWhen: 'The installation is for learning and only this machine reaches it.',
  },
  messages: {
    literal:
      '`{setting}`, which signs sessions or tokens of Airflow, stands in the file; change it and keep it outside',
    known: '`{setting}` is the old default, with which anybody signs in as administrator; set another one from outside',
  },
  words: ['secret_key', 'jwt_secret'],
  query: airflowFacts,
  check(fact: AirflowFact, context) {
    for (const setting of settingsOf(fact, 'secretKey', context)) {
      const known = setting.value === OLD_DEFAULT;
      if (setting.origin === 'other' || (!known && !looksLikeSecretValue(setting.value))) continue;
      const { title, reason, edits } = moveOut(setting, context.text);
      const finding = context.report(setting.shown, known ? 'known' : 'literal', { setting: setting.written });
      if (isForDevelopment(context.path)) finding.severity(known ? 'warning' : 'info');
      finding.fix(title, 'review', edits, reason);
    }
  },
  examples: [
    {
      path: 'airflow.cfg',
      bad: '[core]\ndags_folder = /opt/airflow/dags\n\n[webserver]\n# sessions\nsecret_key = «EJMkGeFLoyZAtPGvOZleKw==»\n',
      message: 'literal',
      good: '[core]\ndags_folder = /opt/airflow/dags\n\n[webserver]\n# sessions\nsecret_key_cmd = cat /run/secrets/airflow_secret_key\n',
    },
    {
      path: 'airflow.cfg',
      bad: '[core]\ndags_folder = /opt/airflow/dags\n\n[webserver]\nsecret_key = «temporary_key»\n',
      message: 'known',
      good: '[core]\ndags_folder = /opt/airflow/dags\n\n[webserver]\nsecret_key_cmd = cat /run/secrets/airflow_secret_key\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  api:\n    image: apache/airflow:3.0.2\n    environment:\n      AIRFLOW__API_AUTH__JWT_SECRET: «G831qkKWTZ7navgwdAjQD1» # tokens\n',
      message: 'literal',
      good: 'services:\n  api:\n    image: apache/airflow:3.0.2\n    environment:\n      AIRFLOW__API_AUTH__JWT_SECRET: ${AIRFLOW__API_AUTH__JWT_SECRET:?set in .env} # tokens\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services: {web: {image: "apache/airflow:2.10.2", environment: ["AIRFLOW__WEBSERVER__SECRET_KEY=«dYKObZGCyPu3xxfBmU»"]}}\n',
      message: 'literal',
      good: 'services: {web: {image: "apache/airflow:2.10.2", environment: ["AIRFLOW__WEBSERVER__SECRET_KEY=${AIRFLOW__WEBSERVER__SECRET_KEY:?set in .env}"]}}\n',
    },
    {
      path: 'airflow.cfg',
      good: '[core]\ndags_folder = /opt/airflow/dags\n\n[webserver]\nsecret_key_cmd = cat /run/secrets/key\n\n[api]\nsecret_key = {SECRET_KEY}\n',
      because: 'read by a command, and a template',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  api:\n    image: apache/airflow:3.0.2\n    environment:\n      AIRFLOW__API_AUTH__JWT_SECRET: ${JWT_SECRET:-airflow_jwt_secret}\n      AIRFLOW__API__SECRET_KEY:\n',
      because: 'set from outside',
    },
    {
      path: 'airflow.cfg',
      good: '[core]\ndags_folder = /opt/airflow/dags\n\n[webserver]\nsecret_key = <your secret key>\n\n[celery]\nsecret_key_size = 32\n',
      because: 'a placeholder, and another setting',
    },
  ],
});
