import { defineRule } from '../../engine/index.js';
import { isOn } from '../_environment.js';
import { type AirflowFact, airflowFacts, opposite, setTo, settingsOf } from './_airflow.js';

export default defineRule({
  summary: 'Airflow pickles the values that tasks pass to each other.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-A08:2021',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'https://airflow.apache.org/docs/apache-airflow/2.10.5/configurations-ref.html#enable-xcom-pickling',
    'https://airflow.apache.org/docs/apache-airflow/stable/security/security_model.html',
  ],
  docs: {
    why: 'Values between tasks lie in the database of Airflow and are unpickled by workers and by the web server. Whoever writes one row there, from a task of another team or through the database itself, runs code on every machine that reads it: next to the training data and the keys of the registry.',
    instead:
      'Leave it off. Pass JSON values and paths, and keep frames and models in files or behind an XCom backend of your own.',
    fixSafety: 'Tasks that return objects which JSON cannot hold fail afterwards, so the fix is offered for review.',
    limits:
      'Silent where the image or the requirements name Airflow 3, which has no such setting. Code that pickles by itself is the matter of other rules.',
  },
  messages: {
    on: '`{setting}` unpickles what tasks stored, which runs code of whoever wrote it; turn it off and pass JSON',
  },
  words: ['enable_xcom_pickling'],
  query: airflowFacts,
  check(fact: AirflowFact, context) {
    for (const setting of settingsOf(fact, 'xcomPickling', context)) {
      if (!isOn(setting.value)) continue;
      const edits = setTo(opposite(setting.value), setting, context.text);
      context
        .report(setting.shown, 'on', { setting: setting.written })
        .fix('Turn pickling off', 'review', edits, 'tasks must then pass values that JSON can hold');
    }
  },
  examples: [
    {
      path: 'airflow.cfg',
      bad: '[core]\ndags_folder = /opt/airflow/dags\nenable_xcom_pickling = «True»\n\n[webserver]\nworkers = 4\n',
      message: 'on',
      good: '[core]\ndags_folder = /opt/airflow/dags\nenable_xcom_pickling = False\n\n[webserver]\nworkers = 4\n',
    },
    {
      path: 'docker-compose.yml',
      bad: "services:\n  worker:\n    image: apache/airflow:2.9.1\n    environment:\n      AIRFLOW__CORE__ENABLE_XCOM_PICKLING: '«true»' # data frames\n      AIRFLOW__CORE__EXECUTOR: LocalExecutor\n",
      message: 'on',
      good: "services:\n  worker:\n    image: apache/airflow:2.9.1\n    environment:\n      AIRFLOW__CORE__ENABLE_XCOM_PICKLING: 'false' # data frames\n      AIRFLOW__CORE__EXECUTOR: LocalExecutor\n",
    },
    {
      path: 'compose.yaml',
      bad: 'services: {worker: {build: ., environment: ["AIRFLOW__CORE__ENABLE_XCOM_PICKLING=«True»"]}}\n',
      message: 'on',
      good: 'services: {worker: {build: ., environment: ["AIRFLOW__CORE__ENABLE_XCOM_PICKLING=False"]}}\n',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  worker:\n    image: apache/airflow:3.0.2\n    environment:\n      AIRFLOW__CORE__ENABLE_XCOM_PICKLING: "true"\n',
      because: 'Airflow 3 does not read it',
    },
    {
      path: 'airflow.cfg',
      good: '[core]\ndags_folder = /opt/airflow/dags\nenable_xcom_pickling = True\n\n[api]\nport = 8080\n',
      given: { 'apache-airflow': '3.0.2' },
      because: 'the requirements name Airflow 3',
    },
    {
      path: 'airflow.cfg',
      good: '[core]\ndags_folder = /opt/airflow/dags\ndonot_pickle = True\nenable_xcom_pickling = False\n\n[scheduler]\nenable_xcom_pickling = True\n',
      because: 'off where it is read',
    },
  ],
});
