import { beforeAll, expect, test } from 'vitest';
import { languageOf } from '../../../server/src/base/language.js';
import type { ConfigLanguage } from '../../../server/src/facts/config/facts.js';
import { configFacts, isConfigLanguage, loadDrivers } from '../../../server/src/workspace/drivers.js';

beforeAll(() => loadDrivers(['yaml', 'json', 'toml', 'ini', 'python', 'dockerfile']));

const facts = (path: string, text: string) => configFacts(path, languageOf(path) as ConfigLanguage, text);

test.each([
  ['docker-compose.yml', 'services:\n  a:\n    image: x\n', 'compose'],
  ['stack.yaml', 'services: {a: {build: .}}', 'compose'],
  ['k/pod.yaml', 'apiVersion: v1\nkind: Pod\n', 'kubernetes'],
  ['k/wf.yaml', 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\n', 'argo-workflow'],
  ['k/crd.yaml', 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n', 'crd'],
  ['k/isvc.yaml', 'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\n', 'kserve'],
  ['.dvc/config', '[core]\n    remote = s\n[\'remote "s"\']\n    url = s3://b\n', 'dvc-config'],
  ['.dvc/config.local', '[\'remote "s"\']\n    secret_access_key = x\n', 'dvc-config'],
  ['conf/config.ini', '[core]\n', undefined],
  ['dvc.yaml', 'stages:\n  train:\n    cmd: python t.py\n', 'dvc-pipeline'],
  ['dvc.yaml', 'stages:\n  b:\n    foreach: [1]\n    do:\n      cmd: x\n', 'dvc-pipeline'],
  ['params.yaml', 'train:\n  lr: 1\n', undefined],
  ['pipeline.yaml', 'deploymentSpec:\n  executors:\n    e: {}\nroot: {}\nschemaVersion: 2.1.0\n', 'kfp'],
  ['component.yaml', 'implementation:\n  container:\n    image: x\n', 'kfp'],
  ['pipeline.yaml', 'steps: [a]\n', undefined],
  ['MLproject', 'name: p\nentry_points:\n  main: {command: "python t.py"}\n', 'mlproject'],
  ['.github/workflows/ci.yml', 'on: push\njobs:\n  a:\n    runs-on: x\n', 'github-workflow'],
  ['ci.yml', 'on: push\njobs:\n  a:\n    runs-on: x\n', undefined],
  ['template.yaml', 'AWSTemplateFormatVersion: "2010-09-09"\nResources: {}\n', 'cloudformation'],
  ['stack.json', '{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}', 'cloudformation'],
  ['environment.yml', 'channels: [defaults]\ndependencies: [python]\n', 'conda'],
  ['conda.yaml', 'dependencies:\n  - pip:\n    - x\n', 'conda'],
  ['Chart.yaml', 'name: x\ndependencies:\n  - name: y\n', undefined],
  ['pyproject.toml', '[project]\nname = "x"\n', 'pyproject'],
  ['tidegate.yaml', 'profile: strict\n', 'tidegate-config'],
  ['uv.lock', 'version = 1\n', 'uv-lock'],
  ['poetry.lock', '[[package]]\nname = "x"\n', 'poetry-lock'],
  ['pdm.lock', '[metadata]\n', 'pdm-lock'],
  ['Pipfile', '[packages]\nx = "*"\n', 'pipfile'],
  ['Pipfile.lock', '{"_meta": {}, "default": {}}', 'pipfile-lock'],
  ['.env', 'A=1\n', 'env-file'],
  ['.env.example', 'export A=1\n', 'env-file'],
  ['prod.env', 'A=1\n', 'env-file'],
  ['airflow.cfg', '[core]\nx = 1\n', undefined],
  ['x.json', '[1, 2]', undefined],
])('%s with %j is %s', (path, text, id) => {
  const { formats, roots } = facts(path, text);
  expect(formats).toHaveLength(roots.length);
  expect(formats[0]?.id).toBe(id);
  if (id !== undefined) expect(formats[0]!.reason).toMatch(/\w: \S/);
});

test('each document of a file is recognised on its own', () => {
  const { formats } = facts(
    'all.yaml',
    'apiVersion: v1\nkind: Pod\n---\na: 1\n---\napiVersion: serving.kserve.io/v1\nkind: X\n',
  );
  expect(formats.map((format) => format?.id)).toEqual(['kubernetes', undefined, 'kserve']);
});

test('Helm templates and template files are marked', () => {
  expect(facts('chart/templates/d.yaml', 'apiVersion: v1\nkind: Pod\nname: "{{ .Values.n }}"\n').template).toBe(true);
  expect(facts('chart/templates/d.yaml', 'a: 1\n').template).toBe(false);
  expect(facts('conf/{{cookiecutter.name}}/a.yaml', 'a: 1\n').template).toBe(true);
  expect(facts('a.yaml', 'a: "{{ x }}"\n').template).toBe(false);
});

test('reading before loading is a mistake of the caller', () => {
  expect(() => configFacts('a.py', 'python' as ConfigLanguage, '')).toThrow(/must be awaited/);
});

test('only config languages have a lazy reader', () => {
  expect(isConfigLanguage('yaml')).toBe(true);
  expect(isConfigLanguage('python')).toBe(false);
});
