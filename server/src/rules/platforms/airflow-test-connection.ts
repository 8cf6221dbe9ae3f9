import { defineRule } from '../../engine/index.js';
import { type AirflowFact, airflowFacts, setTo, settingsOf } from './_airflow.js';

export default defineRule({
  summary: 'Airflow lets users test connections that they wrote themselves.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-749',
    'CWE-918',
    'OWASP-A05:2021',
    'https://airflow.apache.org/docs/apache-airflow/stable/configurations-ref.html#test-connection',
    'https://airflow.apache.org/docs/apache-airflow/stable/security/security_model.html',
  ],
  docs: {
    why: 'A test opens the connection from the server, with the driver and the options that the user typed in. An account that may edit connections then reaches the database of the feature store from inside, reads files through options of a driver, or makes a driver run code beside the keys of Airflow.',
    instead: 'Leave it `Disabled`, the default, and try a connection out with a task.',
    fixSafety: 'The button in the browser goes away, so the fix is offered for review.',
    limits: 'Airflow 2.7 brought the setting; the tests of older releases are always on and not reported.',
    ignoreWhen: 'Everybody who may edit connections may also run code on the server.',
  },
  messages: {
    enabled: '`{setting}` opens connections with options that users typed in, from the server; leave it `Disabled`',
  },
  words: ['test_connection'],
  query: airflowFacts,
  check(fact: AirflowFact, context) {
    for (const setting of settingsOf(fact, 'testConnection', context)) {
      if (!/^enabled$/i.test(setting.value)) continue;
      context
        .report(setting.shown, 'enabled', { setting: setting.written })
        .fix(
          'Disable tests of connections',
          'review',
          setTo('Disabled', setting, context.text),
          'the button goes away',
        );
    }
  },
  examples: [
    {
      path: 'airflow.cfg',
      bad: '[core]\ndags_folder = /opt/airflow/dags\ntest_connection = «Enabled»\n\n[webserver]\nworkers = 4\n',
      message: 'enabled',
      good: '[core]\ndags_folder = /opt/airflow/dags\ntest_connection = Disabled\n\n[webserver]\nworkers = 4\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  web:\n    image: apache/airflow:2.10.2\n    environment:\n      AIRFLOW__CORE__TEST_CONNECTION: «Enabled» # for the demo\n',
      message: 'enabled',
      good: 'services:\n  web:\n    image: apache/airflow:2.10.2\n    environment:\n      AIRFLOW__CORE__TEST_CONNECTION: Disabled # for the demo\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services: {web: {image: "apache/airflow:3.0.2", environment: {AIRFLOW__CORE__TEST_CONNECTION: "«enabled»"}}}\n',
      message: 'enabled',
      good: 'services: {web: {image: "apache/airflow:3.0.2", environment: {AIRFLOW__CORE__TEST_CONNECTION: "Disabled"}}}\n',
    },
    {
      path: 'airflow.cfg',
      good: '[core]\ndags_folder = /opt/airflow/dags\ntest_connection = Hidden\n\n[webserver]\nworkers = 4\n',
      because: 'off, and the button is hidden',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  web:\n    image: apache/airflow:2.6.3\n    environment:\n      AIRFLOW__CORE__TEST_CONNECTION: Enabled\n',
      because: 'a release that does not know the setting',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  web:\n    image: apache/airflow:2.10.2\n    environment:\n      - AIRFLOW__CORE__TEST_CONNECTION=${TEST_CONNECTION:-Enabled}\n',
      because: 'set from outside',
    },
  ],
});
