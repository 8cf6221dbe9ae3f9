import type { TextEdit } from '../../base/range.js';
import { isTestFile } from '../../base/test-files.js';
import {
  type ConfigEntry,
  type ContainerFact,
  type ContainerVariable,
  child,
  config,
  containers,
  defineRule,
  edit,
  text as textOf,
} from '../../engine/index.js';
import {
  AIRFLOW_ADMIN_PASSWORD,
  defaultPassword,
  isDefaultPassword,
  PASSWORD_VALUES,
} from '../../knowledge/default-credentials.js';
import { looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { withExample } from '../_env-example.js';

export default defineRule({
  summary: 'A server is set up with a password that everybody tries first.',
  stages: ['data-collection', 'training', 'deployment', 'monitoring'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-1392',
    'CWE-798',
    'OWASP-A07:2021',
    'OWASP-ML05:2023',
    'AML.T0012',
    'https://hub.docker.com/_/postgres',
    'https://min.io/docs/minio/linux/reference/minio-server/settings/root-credentials.html',
    'https://airflow.apache.org/docs/apache-airflow/stable/howto/docker-compose/index.html',
  ],
  docs: {
    why: '`minioadmin`, `airflow` and `postgres` are the first words of every scanner. Whoever reaches the port reads the bucket of models, replaces the one that is served tomorrow, or starts a job of their own in the scheduler, and the logs show the usual account.',
    instead:
      'Generate a password and keep it out of the file: `${POSTGRES_PASSWORD:?}` in compose with an ignored `.env`, a Secret in Kubernetes, a values file outside the repository for Helm.',
    fixSafety:
      'Compose does not start before the variable is set, and a server that exists already keeps its old password, so the fix is offered for review.',
    limits:
      'The settings of databases, object stores, brokers and consoles are known by name, and only well-known words count. A compose service that publishes no port to other machines is a warning, as only its own network reaches it. Manifests of Kubernetes leave longer values to the rule about literal secrets, compose files the administrator of Airflow to `airflow-default-admin`. Containers that are told where the server is, such as `POSTGRES_HOST`, only use the password. Files of tests are passed over.',
    ignoreWhen: 'The stack only ever runs for a demonstration on one machine.',
  },
  messages: {
    known: '`{name}` gives {service} a password that everybody tries first; generate one and keep it out of the file',
  },
  query: [
    containers.all(),
    config.entries(['kubernetes'], 'stringData.*'),
    config.entries(['kubernetes'], 'data.*'),
    ...Object.keys(PASSWORD_VALUES).map((key) => config.entries('any', `**.${key}`)),
  ],
  words: ['password', '_pass', 'minio_secret_key'],
  check(fact: ContainerFact | ConfigEntry, { report, path, text, workspace }) {
    if (isTestFile(path)) return;
    if (fact.kind !== 'container') {
      const found = inManifest(fact, path);
      if (found !== undefined) report(fact.valueRange, 'known', { name: fact.key ?? '', service: found });
      return;
    }
    const values = new Map(fact.variables.map(({ name, value }) => [name, value]));
    for (const variable of fact.variables) {
      const { value = '' } = variable;
      const setting = defaultPassword(variable.name, value, (name) => values.get(name));
      if (setting === undefined || isClient(setting.password, values)) continue;
      if (fact.origin === 'compose' ? variable.name === AIRFLOW_ADMIN_PASSWORD : looksLikeSecretValue(value)) continue;
      const finding = report(variable.range, 'known', { name: variable.name, service: setting.service });
      if (fact.origin === 'compose' && !fact.ports.some(({ published }) => published)) finding.severity('warning');
      const edits = fact.origin === 'compose' ? fromEnvironment(variable, text) : [];
      finding.fixFiles(
        `Read \`${variable.name}\` from the environment`,
        withExample(edits, variable.name, { path, workspace }),
        'the variable has to be set, and the server given the new password',
      );
    }
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  minio:\n    image: minio/minio:RELEASE.2024-10-13T13-34-11Z\n    environment:\n      MINIO_ROOT_USER: minioadmin\n      MINIO_ROOT_PASSWORD: «minioadmin»  # change it\n    ports:\n      - "9000:9000"\n',
      message: 'known',
      good: 'services:\n  minio:\n    image: minio/minio:RELEASE.2024-10-13T13-34-11Z\n    environment:\n      MINIO_ROOT_USER: minioadmin\n      MINIO_ROOT_PASSWORD: ${MINIO_ROOT_PASSWORD:?set in .env}  # change it\n    ports:\n      - "9000:9000"\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services:\n  db: {image: "postgres:16", environment: ["POSTGRES_USER=scoring", "POSTGRES_PASSWORD=«scoring»"]}\n',
      message: 'known',
      good: 'services:\n  db: {image: "postgres:16", environment: ["POSTGRES_USER=scoring", "POSTGRES_PASSWORD=${POSTGRES_PASSWORD:?set in .env}"]}\n',
    },
    {
      path: 'k8s/secret.yaml',
      bad: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: features\nstringData:\n  POSTGRES_PASSWORD: «postgres»\n',
      message: 'known',
      good: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: features\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-postgres}\n',
      because: 'the value comes from outside',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_USER: postgres\n      POSTGRES_DB: postgres\n      POSTGRES_PASSWORD_FILE: /run/secrets/db\n',
      because: 'an account, a database and a file',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  trainer:\n    build: .\n    environment:\n      RUN_PASSWORD: airflow\n',
      because: 'no setting of a server',
    },
    {
      path: 'k8s/secret.yaml',
      good: 'apiVersion: v1\nkind: Secret\ndata:\n  POSTGRES_PASSWORD: cG9zdGdyZXM=\n',
      because: 'encoded values are not read',
    },
  ],
});

/** Whether the container signs in elsewhere: it is told on which host the server is. */
function isClient(password: string, values: ReadonlyMap<string, string | undefined>): boolean {
  const service = /^[A-Z]+/.exec(password)?.[0] ?? '';
  return ['HOST', 'HOSTNAME', 'SERVER', 'ENDPOINT'].some((end) => values.has(`${service}_${end}`));
}

/** A plain value of a Secret or ConfigMap, or a value of a Helm chart. */
function inManifest(entry: ConfigEntry, path: string): string | undefined {
  const value = textOf(entry);
  if (value === undefined || entry.alias !== undefined || entry.tag !== undefined) return undefined;
  const chart = PASSWORD_VALUES[entry.key ?? ''];
  if (chart !== undefined && /(?:^|\/)values[\w.-]*\.ya?ml$/.test(path))
    return isDefaultPassword(value, undefined) ? chart : undefined;
  if (entry.path.length !== 2) return undefined;
  return defaultPassword(entry.key ?? '', value, (name) => textOf(child(entry.parent, name)))?.service;
}

/** `${NAME:?…}` in place of the value; quoted where a brace would end a flow map. */
function fromEnvironment({ name, range, entry, valueEntry }: ContainerVariable, text: string): readonly TextEdit[] {
  const written = `\${${name}:?set in .env}`;
  if (valueEntry === undefined || entry.alias !== undefined) return [];
  if (entry.key === undefined) {
    const quoted = /["']/.test(text[entry.valueRange.start] ?? '');
    return entry.parent?.flow === true && !quoted ? [] : edit.replace(range, written);
  }
  const plain = valueEntry.style === 'plain' && entry.parent?.flow === true;
  return plain ? edit.replace(valueEntry.valueRange, `"${written}"`) : edit.setScalar(text, valueEntry, written);
}
