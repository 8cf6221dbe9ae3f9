import { defineRule } from '../../engine/index.js';
import { isOn } from '../_environment.js';
import { isForDevelopment } from '../_lock-files.js';
import { type AirflowFact, airflowFacts, opposite, setTo, settingsOf } from './_airflow.js';

export default defineRule({
  summary: 'Airflow shows its whole configuration in the browser.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-200',
    'OWASP-A05:2021',
    'AML.T0055',
    'https://airflow.apache.org/docs/apache-airflow/stable/configurations-ref.html#expose-config',
  ],
  docs: {
    why: 'The page lists the Fernet key, the address of the database with its password and the key that signs sessions. Whoever gets an account that may look at it decrypts the connections of every pipeline, and writes to the bucket that models are loaded from.',
    instead: 'Set it to `False`, or to `non-sensitive-only` where people need to look settings up.',
    fixSafety: 'The page with the settings goes away, so the fix is offered for review.',
    limits:
      'Read in `[webserver]` and, from Airflow 3, in `[api]`, from `airflow.cfg` and from variables in compose files, manifests, env files and Dockerfiles. `non-sensitive-only` is fine. Files for development, tests and examples count less.',
    ignoreWhen: 'Only the administrators of the host, who hold the file anyway, have accounts.',
  },
  messages: {
    shown: '`{setting}` shows keys and passwords of Airflow in the browser; set it to `False`',
  },
  words: ['expose_config'],
  query: airflowFacts,
  check(fact: AirflowFact, context) {
    for (const setting of settingsOf(fact, 'exposeConfig', context)) {
      if (!isOn(setting.value)) continue;
      const edits = setTo(opposite(setting.value), setting, context.text);
      const finding = context.report(setting.shown, 'shown', { setting: setting.written });
      if (isForDevelopment(context.path)) finding.severity('info');
      finding.fix('Hide the configuration', 'review', edits, 'the page with the settings goes away');
    }
  },
  examples: [
    {
      path: 'airflow.cfg',
      bad: '[core]\ndags_folder = /opt/airflow/dags\n\n[webserver]\n# handy\nexpose_config = «True»\nworkers = 4\n',
      message: 'shown',
      good: '[core]\ndags_folder = /opt/airflow/dags\n\n[webserver]\n# handy\nexpose_config = False\nworkers = 4\n',
    },
    {
      path: 'docker-compose.yml',
      bad: "x-airflow: &airflow\n  image: apache/airflow:2.10.2\n  environment: &env\n    AIRFLOW__WEBSERVER__EXPOSE_CONFIG: '«true»' # look settings up\nservices:\n  web:\n    <<: *airflow\n    image: apache/airflow:2.10.2\n",
      message: 'shown',
      good: "x-airflow: &airflow\n  image: apache/airflow:2.10.2\n  environment: &env\n    AIRFLOW__WEBSERVER__EXPOSE_CONFIG: 'false' # look settings up\nservices:\n  web:\n    <<: *airflow\n    image: apache/airflow:2.10.2\n",
    },
    {
      path: 'k8s/airflow.yaml',
      bad: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - {name: api, env: [{name: AIRFLOW__API__EXPOSE_CONFIG, value: "«True»"}]}\n',
      message: 'shown',
      good: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - {name: api, env: [{name: AIRFLOW__API__EXPOSE_CONFIG, value: "False"}]}\n',
    },
    {
      path: 'airflow.cfg',
      good: '[core]\ndags_folder = /opt/airflow/dags\n\n[webserver]\nexpose_config = non-sensitive-only\n',
      because: 'without keys and passwords',
    },
    {
      path: 'airflow.cfg',
      good: '[core]\ndags_folder = /opt/airflow/dags\n\n[scheduler]\nexpose_config = True\n',
      because: 'nothing reads it in this section',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  web:\n    image: apache/airflow:2.10.2\n    environment:\n      AIRFLOW__WEBSERVER__EXPOSE_CONFIG: ${EXPOSE_CONFIG:-true}\n      AIRFLOW__API__EXPOSE_CONFIG: "true"\n',
      because: 'set from outside, and a name that Airflow 2 does not read',
    },
  ],
});
