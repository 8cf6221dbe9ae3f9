import {
  type ConfigEntry,
  type ContainerFact,
  config,
  containers,
  defineRule,
  installCommand,
} from '../../engine/index.js';
import { settingOf } from '../_compose.js';
import { openInstalls } from '../_open-version.js';

const AIRFLOW = '_PIP_ADDITIONAL_REQUIREMENTS';

export default defineRule({
  summary: 'A container installs unpinned packages each time it starts.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://airflow.apache.org/docs/docker-stack/entrypoint.html#installing-additional-requirements',
    'https://pip.pypa.io/en/stable/topics/secure-installs/',
  ],
  docs: {
    why: 'A pod that restarts at night takes whatever was uploaded to the index that evening, with the credentials of the pipeline in its environment. A release that an attacker pushed runs in production without a build, a review or a scan, and is gone with the next restart.',
    instead:
      'Build an image with the packages, from a lock file with hashes, and start that. At least write `package==version`.',
    fixSafety: 'The versions that work are not known here, so there is no fix.',
    limits:
      'The command of a container and the variable of the Airflow image are read, not the scripts they call. Pinned packages, requirements files, local folders, addresses and wheels are passed over, and so are pipelines that Kubeflow compiles.',
    ignoreWhen: 'The container is thrown away after a demonstration.',
  },
  messages: {
    command: '`{tool} install` brings in {packages} of any version at each start; build an image with pinned packages',
    airflow: '`_PIP_ADDITIONAL_REQUIREMENTS` installs {packages} at each start; build an image with pinned packages',
  },
  words: ['install', 'add'],
  query: [containers.all(), config.entries(['compose'], '**.environment.*')],
  check(fact: ContainerFact | ConfigEntry, { report, text }) {
    if (fact.kind !== 'container') {
      const setting = settingOf(fact, text);
      if (setting?.name !== AIRFLOW) return;
      const packages = unpinned(setting.value);
      if (packages !== undefined) report(setting.range, 'airflow', { packages });
      return;
    }
    if (fact.origin === 'kfp') return;
    for (const command of fact.commands) {
      const open = openInstalls(command);
      const [first] = open;
      if (first === undefined) continue;
      const last = open[open.length - 1]!;
      const range = { start: first.range.start, end: Math.max(first.range.end, last.range.end) };
      report(range, 'command', {
        tool: installCommand(command)!.tool,
        packages: shown(open.map(({ name }) => name ?? '')),
      });
    }
    if (fact.origin !== 'kubernetes') return;
    for (const { name, value, range } of fact.variables) {
      const packages = name === AIRFLOW && value !== undefined ? unpinned(value) : undefined;
      if (packages !== undefined) report(range, 'airflow', { packages });
    }
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  mlflow:\n    image: python:3.11-slim\n    command: bash -c "pip install «mlflow psycopg2-binary» && mlflow server"\n',
      message: 'command',
      good: 'services:\n  mlflow:\n    build: ./mlflow\n    command: mlflow server\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      bad: 'x-airflow: &airflow\n  image: apache/airflow:2.10.2\n  environment:\n    _PIP_ADDITIONAL_REQUIREMENTS: «pandas scikit-learn»\nservices:\n  worker:\n    <<: *airflow\n    image: apache/airflow:2.10.2\n',
      message: 'airflow',
      good: 'x-airflow: &airflow\n  build: ./airflow\nservices:\n  worker:\n    <<: *airflow\n    image: apache/airflow:2.10.2\n',
      byHand: true,
    },
    {
      path: 'k8s/job.yaml',
      bad: 'apiVersion: batch/v1\nkind: Job\nspec:\n  template:\n    spec:\n      containers:\n        - name: train\n          image: python:3.11-slim\n          command: ["sh", "-c", "pip install «torch» && python train.py"]\n',
      message: 'command',
      good: 'apiVersion: batch/v1\nkind: Job\nspec:\n  template:\n    spec:\n      containers:\n        - name: train\n          image: registry.example.com/risk/train:1.4\n          command: ["python", "train.py"]\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  mlflow:\n    image: python:3.11-slim\n    command: bash -c "pip install mlflow==2.16.2 && mlflow server"\n',
      because: 'one version, though an image is better',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  api:\n    image: python:3.11-slim\n    command: bash -c "pip install -r requirements.txt && python -m api"\n',
      because: 'the requirements file is judged where it stands',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  worker:\n    image: apache/airflow:2.10.2\n    environment:\n      _PIP_ADDITIONAL_REQUIREMENTS: ${_PIP_ADDITIONAL_REQUIREMENTS:-}\n',
      because: 'empty unless set from outside',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  api:\n    image: python:3.11-slim\n    command: bash -c "pip install -e . && pip install --upgrade pip && python -m api"\n',
      because: 'the project itself, and the installer',
    },
  ],
});

/** Packages without a version in a list like `pandas mlflow==2.16.2`; of `${X:-list}` the default. */
function unpinned(value: string): string | undefined {
  const list = /^\$\{\w+:?-([^${}]*)\}$/.exec(value)?.[1] ?? value;
  if (list.includes('$')) return undefined;
  const open = list
    .split(/\s+/)
    .filter((word) => /^[A-Za-z][\w.-]*(?:\[[\w,.-]*\])?(?:[<>~!].*)?$/.test(word) && !/\.(?:whl|txt|gz)$/.test(word));
  return open.length === 0 ? undefined : shown(open);
}

function shown(names: readonly string[]): string {
  return `\`${names[0]!.slice(0, 20)}\`${names.length > 1 ? ' and others' : ''}`;
}
