import { expect, test } from 'vitest';
import { CheckedFiles } from './check-files.js';

/** What a rule says about one file of several: level, message and the other places, as `file:line`. */
async function found(files: Record<string, string>, path: string, rule: string) {
  const checked = await CheckedFiles.open(files, [rule]);
  return checked.check(path).findings.map(({ severity, related }) => ({
    severity,
    related: (related ?? []).map(({ place }) => `${place.path}:${place.start.line + 1}`),
  }));
}

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData:\n  password: v7bNzgCoq5lEvXrC\n';
const POD = (name: string) =>
  `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: api\n      envFrom:\n        - secretRef: {name: ${name}}\n`;

test('a committed Secret weighs more where containers use it; the nearest project counts', async () => {
  const files = { 'a/secret.yaml': SECRET, 'a/k8s/pod.yaml': POD('db'), 'b/pod.yaml': POD('db') };
  expect(await found(files, 'a/secret.yaml', 'k8s-secret-committed')).toEqual([
    { severity: 'error', related: ['a/k8s/pod.yaml:7'] },
  ]);
  const other = { 'secret.yaml': SECRET, 'pod.yaml': POD('store') };
  expect(await found(other, 'secret.yaml', 'k8s-secret-committed')).toEqual([{ severity: 'warning', related: [] }]);
});

test('an environment file shows the compose file that reads it', async () => {
  const files = {
    '.env': 'DB_PASSWORD=v7bNzgCoq5lEvXrC\n',
    'compose.yaml': 'services:\n  db:\n    image: postgres:16\n    environment:\n      PW: ${DB_PASSWORD:?}\n',
    'compose.prod.yaml': 'services:\n  db:\n    image: postgres:16\n    env_file:\n      - .env\n',
    'other.yaml': 'DB_PASSWORD: ${DB_PASSWORD}\n',
  };
  expect(await found(files, '.env', 'dotenv-committed')).toEqual([
    { severity: 'warning', related: ['compose.yaml:5', 'compose.prod.yaml:5'] },
  ]);
});

test('a lock that `.dockerignore` leaves out is missing in the image', async () => {
  const files = {
    Dockerfile: 'FROM python:3.13-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync\n',
    'pyproject.toml': '[project]\nname = "scorer"\n',
    'uv.lock': 'version = 1\n',
  };
  expect(await found(files, 'Dockerfile', 'install-ignores-lock')).toEqual([]);
  const left = { ...files, '.dockerignore': '*.lock\n' };
  expect(await found(left, 'Dockerfile', 'install-ignores-lock')).toHaveLength(1);
});

const LLM =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: llm}\nspec:\n  template:\n    metadata: {labels: {app: llm}}\n    spec:\n      containers:\n        - name: llm\n          image: vllm/vllm-openai:v0.6.3\n          args: ["--model", "org/m"]\n';
const SERVICE = (name: string, more = '') =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec:\n  selector: {app: llm}\n${more}`;
const INGRESS = (service: string, head = '') =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: door\n${head}spec:\n  rules:\n    - host: llm.acme.com\n      http: {paths: [{path: /, backend: {service: {name: ${service}, port: {number: 80}}}}]}\n`;
const SIGN_IN = '  annotations: {nginx.ingress.kubernetes.io/auth-url: "https://login.acme.com"}\n';

test.each<[string, Record<string, string>, string, string[]]>([
  [
    'a balancer in another folder',
    { 'net/svc.yaml': SERVICE('a', '  type: LoadBalancer\n') },
    'warning',
    ['net/svc.yaml:6'],
  ],
  [
    'an Ingress in front of its Service',
    { 'svc/a.yaml': SERVICE('a'), 'net/door.yaml': INGRESS('a') },
    'warning',
    ['net/door.yaml:8'],
  ],
  [
    'an Ingress that asks for a sign-in',
    { 'svc/a.yaml': SERVICE('a'), 'net/d.yaml': INGRESS('a', SIGN_IN) },
    'info',
    [],
  ],
  ['an Ingress of another Service', { 'svc/a.yaml': SERVICE('a'), 'net/d.yaml': INGRESS('b') }, 'info', []],
  [
    'a Service that may mean another workload',
    { 'net/a.yaml': SERVICE('a', '  type: LoadBalancer\n'), 'z/x.yaml': LLM.replace('{name: llm}', '{name: other}') },
    'info',
    [],
  ],
  [
    'another namespace',
    {
      'apps/llm.yaml': LLM.replace('{name: llm}', '{name: llm, namespace: a}'),
      'net/a.yaml': SERVICE('a', '  type: LoadBalancer\n').replace('{name: a}', '{name: a, namespace: b}'),
    },
    'info',
    [],
  ],
])('pods and %s', async (_, files, severity, related) => {
  const all = { 'apps/llm.yaml': LLM, ...files };
  expect(await found(all, 'apps/llm.yaml', 'llm-server-no-api-key')).toEqual([{ severity, related }]);
});

test('a Service shows the server that it opens in another folder', async () => {
  const files = { 'net/svc.yaml': SERVICE('a', '  type: LoadBalancer\n'), 'apps/llm.yaml': LLM };
  expect(await found(files, 'net/svc.yaml', 'serving-public-service')).toEqual([
    { severity: 'warning', related: ['apps/llm.yaml:10'] },
  ]);
});

test.each<[string, Record<string, string>, string[]]>([
  ['a remote of DVC', { '.dvc/config': '[core]\n[\'remote "s"\']\n    url = s3://acme-risk/a\n' }, ['.dvc/config:3']],
  [
    'an address of a table',
    { 'src/load.py': 'x = pd.read_parquet("s3://acme-risk/a/b.parquet")\n' },
    ['src/load.py:1'],
  ],
])('a bucket counts as kept by %s', async (_, files, related) => {
  const all = { 'infra/main.tf': 'resource "aws_s3_bucket" "this" {\n  bucket = "acme-risk"\n}\n', ...files };
  expect(await found(all, 'infra/main.tf', 's3-no-versioning')).toEqual([{ severity: 'info', related }]);
  expect(await found(all, 'infra/main.tf', 's3-no-kms')).toMatchObject([{ related }]);
});

test.each<[string, Record<string, string>]>([
  ['an address of another bucket', { 'src/load.py': 'x = "s3://acme-risk-logs/a.parquet"\n' }],
  ['an address of no data', { 'src/load.py': 'x = "s3://acme-risk/site/index.html"\n' }],
  ['a test', { 'tests/test_load.py': 'x = "s3://acme-risk/a.parquet"\n' }],
])('a bucket does not count as kept by %s', async (_, files) => {
  const all = { 'infra/main.tf': 'resource "aws_s3_bucket" "this" {\n  bucket = "acme-risk"\n}\n', ...files };
  expect(await found(all, 'infra/main.tf', 's3-no-versioning')).toEqual([]);
});
