import { commands, defineRule } from '../../engine/index.js';
import { type EnvironmentFact, environment, variablesOf } from '../_environment.js';

const VARIABLES: ReadonlySet<string> = new Set(['MLFLOW_SERVER_ALLOWED_HOSTS', 'MLFLOW_SERVER_CORS_ALLOWED_ORIGINS']);
const ORIGINS = '--cors-allowed-origins';

export default defineRule({
  summary: 'MLflow answers requests for any host or from any origin.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-942',
    'CWE-346',
    'OWASP-A05:2021',
    'OWASP-ML06:2023',
    'https://mlflow.org/docs/latest/self-hosting/security/network/',
  ],
  docs: {
    why: 'With `*` any web page may talk to the tracking server from the browser of a colleague who can reach it. The page lists the runs, and moves the alias `champion` of a model to a version that its author uploaded.',
    instead:
      'List the names and origins the server is reached by: `MLFLOW_SERVER_ALLOWED_HOSTS=mlflow.example.com,localhost:*`.',
    fixSafety: 'The names of the server are not known here, so there is no fix.',
    limits:
      'Variables are read, and the origins on the command line; hosts on the command line have a rule of their own. Releases before 3.5 ignore both. Patterns such as `*.example.com` are lists.',
    ignoreWhen: 'A proxy in front of the server checks host and origin of every request.',
  },
  messages: {
    hosts: '`{setting}` turns off the check against DNS rebinding; list the host names of the server',
    origins: '`{setting}` lets any web page send requests to MLflow; list the origins of your own pages',
  },
  words: ['mlflow_server_', ORIGINS],
  query: [commands.named('mlflow'), ...environment],
  check(fact: EnvironmentFact, { report, python: py, text }) {
    if (!('keyword' in fact) && fact.kind === 'command') {
      const { words } = fact.command;
      words.forEach((word, i) => {
        const next = words[i + 1];
        if (word.text === `${ORIGINS}=*`) report(word.range, 'origins', { setting: word.text });
        if (word.text !== ORIGINS || next?.text !== '*') return;
        const end = Math.max(word.range.end, next.range.end);
        report({ start: word.range.start, end }, 'origins', { setting: `${ORIGINS} *` });
      });
    }
    for (const { name, value, range } of variablesOf(fact, py, text)) {
      if (!VARIABLES.has(name) || !value.split(',').some((one) => one.trim() === '*')) continue;
      report(range, name.endsWith('HOSTS') ? 'hosts' : 'origins', { setting: `${name}=*` });
    }
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment:\n      - «MLFLOW_SERVER_ALLOWED_HOSTS=*»\n',
      message: 'hosts',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment:\n      - MLFLOW_SERVER_ALLOWED_HOSTS=mlflow:5000,localhost:5000\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment:\n      «MLFLOW_SERVER_CORS_ALLOWED_ORIGINS: "*"»\n',
      message: 'origins',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment:\n      MLFLOW_SERVER_CORS_ALLOWED_ORIGINS: "https://mlflow.example.com"\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    command: ["mlflow", "server", "«--cors-allowed-origins", "*»", "--port", "5000"]\n',
      message: 'origins',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    command: ["mlflow", "server", "--port", "5000"]\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment:\n      MLFLOW_SERVER_ALLOWED_HOSTS: "*.example.com,localhost:*"\n',
      because: 'names of one domain',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment:\n      MLFLOW_SERVER_ALLOWED_HOSTS: ${ALLOWED_HOSTS:-*}\n',
      because: 'set from outside',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    command: mlflow server --cors-allowed-origins https://mlflow.example.com\n',
      because: 'one origin',
    },
  ],
});
