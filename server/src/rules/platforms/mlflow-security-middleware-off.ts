import { type ConfigEntry, defineRule, edit } from '../../engine/index.js';
import { configuredEnvironment, isOn, variablesOf } from '../_environment.js';

const VARIABLE = 'MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE';

export default defineRule({
  summary: 'A deployment turns the security middleware of MLflow off by a variable.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-346',
    'OWASP-A05:2021',
    'OWASP-ML06:2023',
    'https://mlflow.org/docs/latest/self-hosting/security/network/',
  ],
  docs: {
    why: 'A web page that a data scientist opens at work sends requests to the tracking server in the same network: it registers a model version of its own, or reads runs after its host name was pointed at the server. The middleware is what turns such requests away.',
    instead:
      'Leave the middleware on, and list the names of the server in `MLFLOW_SERVER_ALLOWED_HOSTS` and its pages in `MLFLOW_SERVER_CORS_ALLOWED_ORIGINS`.',
    fixSafety:
      'Requests for host names that are not listed are turned away afterwards, so the fix is offered for review.',
    limits:
      'Compose files, manifests, workflows and env files are read. The option of the command is the matter of `serve-mlflow-open`; programs, images and shells that set the variable are that of `load-env-escape-hatch`. Releases before 3.5 have no middleware and ignore the variable.',
    ignoreWhen: 'A proxy in front of the server checks host and origin of every request.',
  },
  messages: {
    off: '`{setting}` turns off host and cross-origin checks of MLflow; leave it out and list the hosts',
  },
  words: [VARIABLE.toLowerCase()],
  query: configuredEnvironment,
  check(fact: ConfigEntry, { report, python: py, text }) {
    for (const { name, value, place, range } of variablesOf(fact, py, text)) {
      if (name !== VARIABLE || !isOn(value)) continue;
      report(range, 'off', { setting: `${VARIABLE}=${value.trim()}` }).fix(
        'Leave the security middleware on',
        'review',
        place === range ? [] : edit.replace(place, 'false'),
        'hosts that are not listed are turned away',
      );
    }
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment:\n      «MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE: "true"» # 403 otherwise\n',
      message: 'off',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment:\n      MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE: "false" # 403 otherwise\n',
    },
    {
      path: 'k8s/mlflow.yaml',
      bad: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: mlflow\n      env: [{name: MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE, «value: "1"»}]\n',
      message: 'off',
      good: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: mlflow\n      env: [{name: MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE, value: "false"}]\n',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment:\n      MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE: "false"\n',
      because: 'the middleware is on',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment:\n      - MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE=${NO_CHECKS:-false}\n',
      because: 'set from outside',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment:\n      MLFLOW_SERVER_ALLOWED_HOSTS: mlflow.example.com\n',
      because: 'the hosts are listed',
    },
  ],
});
