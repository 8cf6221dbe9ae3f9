import { expect, test } from 'vitest';
import { open } from './open.js';

const FILES = {
  'overlays/prod/kustomization.yaml':
    'resources: [../../base]\npatches:\n  - path: patches/replicas.yaml\n  - patch: |-\n      a: 1\npatchesStrategicMerge:\n  - ./env.yaml\n',
  'overlays/prod/patches/replicas.yaml': 'kind: Deployment\n',
  'overlays/prod/env.yaml': 'kind: Deployment\n',
  'overlays/prod/extra.yaml': 'kind: Deployment\n',
  'base/deploy.yaml': 'kind: Deployment\n',
};

test('patches are the files that a kustomization lists', async () => {
  const { workspace } = await open(FILES);
  const patches = Object.keys(FILES).filter((path) => workspace.isPatch(path));
  expect(patches).toEqual(['overlays/prod/patches/replicas.yaml', 'overlays/prod/env.yaml']);
});

test('a change of the kustomization changes what is a patch', async () => {
  const { workspace } = await open(FILES);
  expect(workspace.isPatch('overlays/prod/extra.yaml')).toBe(false);
  expect(workspace.overlay('overlays/prod/kustomization.yaml', 'patches: [{path: extra.yaml}]\n')).toBe(true);
  expect(workspace.isPatch('overlays/prod/extra.yaml')).toBe(true);
  expect(workspace.isPatch('overlays/prod/env.yaml')).toBe(false);
});

test('charts from a repository are left out, those of the project are checked', async () => {
  const { workspace } = await open({
    'chart/Chart.yaml':
      'apiVersion: v2\nname: api\nversion: 1.0.0\ndependencies:\n  - name: redis\n    repository: https://charts.example\n    version: 1.0.0\n  - name: own\n    repository: file://charts/own\n',
    'chart/charts/redis/values.yaml': 'a: 1\n',
    'chart/charts/own/values.yaml': 'a: 1\n',
    'infra/.terraform/modules/a.json': '{}',
  });
  const { files, skipped } = workspace.listFiles();
  expect(files.map(({ path }) => path)).toEqual(['chart/Chart.yaml', 'chart/charts/own/values.yaml']);
  expect(skipped.map(({ path }) => path)).toEqual(['chart/charts/redis', 'infra/.terraform']);
});

test('the version of an image may stand around a manifest or in a variant beside it', async () => {
  const { workspace } = await open({
    'app/base/jobs/train.yaml': 'kind: Pod\n',
    'app/overlays/prod/kustomization.yaml': 'images: [{name: trainer, newTag: v1}, {name: loader, newTag: latest}]\n',
    'app/base/kustomization.yaml': 'images: [{name: proxy, digest: "sha256:0"}]\n',
    'web/overlays/prod/kustomization.yaml': 'images: [{name: other, newTag: v1}]\n',
  });
  const set = ['trainer', 'loader', 'proxy', 'other'].filter((image) =>
    workspace.setsImage('app/base/jobs/train.yaml', image),
  );
  expect(set).toEqual(['trainer', 'proxy']);
  expect(workspace.overlay('app/base/kustomization.yaml', 'images: [{name: loader, newTag: v2}]\n')).toBe(true);
  expect(workspace.setsImage('app/base/jobs/train.yaml', 'proxy')).toBe(false);
  expect(workspace.setsImage('app/base/jobs/train.yaml', 'loader')).toBe(true);
});
