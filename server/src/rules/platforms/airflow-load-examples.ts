import { defineRule } from '../../engine/index.js';
import { isOn } from '../_environment.js';
import { type AirflowFact, airflowFacts, opposite, setTo, settingsOf } from './_airflow.js';

export default defineRule({
  summary: 'Airflow loads the example pipelines that it ships with.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-1188',
    'OWASP-A05:2021',
    'https://airflow.apache.org/docs/apache-airflow/stable/configurations-ref.html#load-examples',
    'https://nvd.nist.gov/vuln/detail/CVE-2022-40127',
  ],
  docs: {
    why: 'The examples are code that nobody here reviewed, startable by every user. One of them put the parameter of a run into a shell command, so an account that may only start pipelines ran commands on the workers that hold the data and the keys of the registry.',
    instead: 'Set it to `False`; the default is `True`.',
    fixSafety: 'The example pipelines go away with their history, so the fix is offered for review.',
    limits: 'Only a setting that is written out is reported; its absence, which loads the examples as well, is not.',
    ignoreWhen: 'The installation is for learning Airflow and runs on a laptop.',
  },
  messages: {
    loaded: '`{setting}` loads example pipelines that any user may start; set it to `False`',
  },
  words: ['load_examples'],
  query: airflowFacts,
  check(fact: AirflowFact, context) {
    for (const setting of settingsOf(fact, 'loadExamples', context)) {
      if (!isOn(setting.value)) continue;
      const edits = setTo(opposite(setting.value), setting, context.text);
      context
        .report(setting.shown, 'loaded', { setting: setting.written })
        .fix('Leave the examples out', 'review', edits, 'the example pipelines go away');
    }
  },
  examples: [
    {
      path: 'airflow.cfg',
      bad: '[core]\ndags_folder = /opt/airflow/dags\n; tutorial\nload_examples = «True»\n\n[webserver]\nworkers = 4\n',
      message: 'loaded',
      good: '[core]\ndags_folder = /opt/airflow/dags\n; tutorial\nload_examples = False\n\n[webserver]\nworkers = 4\n',
    },
    {
      path: 'docker-compose.yml',
      bad: "x-airflow: &airflow\n  image: apache/airflow:2.10.2\n  environment:\n    AIRFLOW__CORE__LOAD_EXAMPLES: '«true»'\nservices:\n  web:\n    <<: *airflow\n    image: apache/airflow:2.10.2\n",
      message: 'loaded',
      good: "x-airflow: &airflow\n  image: apache/airflow:2.10.2\n  environment:\n    AIRFLOW__CORE__LOAD_EXAMPLES: 'false'\nservices:\n  web:\n    <<: *airflow\n    image: apache/airflow:2.10.2\n",
    },
    {
      path: 'compose.yaml',
      bad: 'services: {web: {image: "apache/airflow:2.10.2", environment: {AIRFLOW__CORE__LOAD_EXAMPLES: «yes», LOAD_EX: n}}}\n',
      message: 'loaded',
      good: 'services: {web: {image: "apache/airflow:2.10.2", environment: {AIRFLOW__CORE__LOAD_EXAMPLES: false, LOAD_EX: n}}}\n',
    },
    {
      path: 'docker-compose.yml',
      good: "services:\n  web:\n    image: apache/airflow:2.10.2\n    environment:\n      AIRFLOW__CORE__LOAD_EXAMPLES: 'false'\n",
      because: 'left out',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  web:\n    image: apache/airflow:2.10.2\n    environment:\n      AIRFLOW__CORE__LOAD_EXAMPLES: ${LOAD_EXAMPLES:-true}\n',
      because: 'set from outside',
    },
    {
      path: 'airflow.cfg',
      good: '[core]\ndags_folder = /opt/airflow/dags\n\n[webserver]\nload_examples = True\n',
      because: 'nothing reads it in this section',
    },
  ],
});
