import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { AIRFLOW_ADMIN_PASSWORD } from '../../knowledge/default-credentials.js';
import { fromEnvironment, settingOf } from '../_compose.js';
import { withExample } from '../_env-example.js';

export default defineRule({
  summary: 'The first administrator of Airflow gets a password from the compose file.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-1392',
    'OWASP-A07:2021',
    'AML.T0055',
    'https://airflow.apache.org/docs/docker-stack/entrypoint.html#creating-admin-user',
    'https://airflow.apache.org/docs/apache-airflow/stable/howto/docker-compose/index.html',
  ],
  docs: {
    why: 'An administrator of Airflow starts pipelines with parameters, reads connections and edits variables: with `airflow`/`airflow` from the quick start, or with the password that is committed here, a stranger retrains the model on data of their choice.',
    instead: 'Write `${_AIRFLOW_WWW_USER_PASSWORD:?set in .env}` and keep the value in an ignored `.env` file.',
    fixSafety: 'The variable has to be set before the services start again, so the fix is offered for review.',
    limits:
      'A default inside `${…:-airflow}` is information, since the variable may be set. Users that a command creates are not read here.',
    ignoreWhen: 'The stack runs on a laptop and publishes its ports on loopback.',
  },
  messages: {
    literal: 'The password of the Airflow administrator stands in the file; change it and take it from `.env`',
    fallback: 'The Airflow administrator gets the password of the quick start when `{name}` is not set; require it',
  },
  words: [AIRFLOW_ADMIN_PASSWORD.toLowerCase()],
  query: config.entries(['compose'], '**.environment.*'),
  check(entry: ConfigEntry, context) {
    const { report, text } = context;
    const setting = settingOf(entry, text);
    if (setting?.name !== AIRFLOW_ADMIN_PASSWORD || setting.value === '' || /^<.*>$|\{\{/.test(setting.value)) return;
    const fallback = /^\$\{\w+:?-(\w+)\}$/.exec(setting.value)?.[1];
    if (setting.value.includes('$') && !/^(?:airflow|admin|password)$/i.test(fallback ?? '')) return;
    const finding =
      fallback === undefined
        ? report(setting.range, 'literal')
        : report(setting.range, 'fallback', { name: AIRFLOW_ADMIN_PASSWORD }).severity('info');
    const files = withExample(fromEnvironment(setting, text), AIRFLOW_ADMIN_PASSWORD, context);
    finding.fixFiles('Require the variable', files, 'it has to be set in `.env`');
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  airflow-init:\n    image: apache/airflow:2.10.2\n    environment:\n      _AIRFLOW_WWW_USER_USERNAME: airflow\n      _AIRFLOW_WWW_USER_PASSWORD: «airflow» # change\n',
      message: 'literal',
      good: 'services:\n  airflow-init:\n    image: apache/airflow:2.10.2\n    environment:\n      _AIRFLOW_WWW_USER_USERNAME: airflow\n      _AIRFLOW_WWW_USER_PASSWORD: ${_AIRFLOW_WWW_USER_PASSWORD:?set in .env} # change\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  airflow-init:\n    image: apache/airflow:2.10.2\n    environment:\n      _AIRFLOW_WWW_USER_PASSWORD: «${_AIRFLOW_WWW_USER_PASSWORD:-airflow}»\n',
      message: 'fallback',
      good: 'services:\n  airflow-init:\n    image: apache/airflow:2.10.2\n    environment:\n      _AIRFLOW_WWW_USER_PASSWORD: ${_AIRFLOW_WWW_USER_PASSWORD:?set in .env}\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services: {init: {image: "apache/airflow:2.10.2", environment: {_AIRFLOW_WWW_USER_PASSWORD: «admin»}}}\n',
      message: 'literal',
      good: 'services: {init: {image: "apache/airflow:2.10.2", environment: {_AIRFLOW_WWW_USER_PASSWORD: "${_AIRFLOW_WWW_USER_PASSWORD:?set in .env}"}}}\n',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  airflow-init:\n    image: apache/airflow:2.10.2\n    environment:\n      - _AIRFLOW_WWW_USER_PASSWORD=${AIRFLOW_PASSWORD:?}\n',
      because: 'required from outside',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  airflow-init:\n    image: apache/airflow:2.10.2\n    environment:\n      - _AIRFLOW_WWW_USER_PASSWORD\n',
      because: 'taken from the environment',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  airflow-init:\n    image: apache/airflow:2.10.2\n    environment:\n      _AIRFLOW_WWW_USER_CREATE: "true"\n      _AIRFLOW_WWW_USER_USERNAME: airflow\n',
      because: 'no password',
    },
  ],
});
