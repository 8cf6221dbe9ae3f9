import { expect, test } from 'vitest';
import { open } from './open.js';

const service = (name: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n`;
const FILES = {
  'k8s/api.yaml': service('api'),
  'k8s/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\n',
  'apps/pod.yml': 'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a}]}\n',
  'params.yaml': 'kind: Service\n',
  'ignored/api.yaml': service('ignored'),
  '.gitignore': 'ignored/\n',
};

test('manifests are those of the whole workspace that lead to pods or hold them; each is read once', async () => {
  const { workspace, tree } = await open(FILES);
  const paths = () => workspace.manifests().map(({ path }) => path);
  expect(paths()).toEqual(['apps/pod.yml', 'k8s/api.yaml']);
  expect(paths()).toEqual(['apps/pod.yml', 'k8s/api.yaml']);
  expect(tree.reads.filter((path) => path === 'k8s/api.yaml')).toHaveLength(1);
});

test('a change concerns others once somebody has asked, as long as a manifest is or was there', async () => {
  const { workspace } = await open(FILES);
  expect(workspace.overlay('k8s/api.yaml', service('first'))).toBe(false);
  const names = () => workspace.manifests().map(({ text }) => /name: (\w+)/.exec(text)?.[1]);
  expect(names()).toEqual(['a', 'first']);
  expect(workspace.overlay('k8s/api.yaml', service('second'))).toBe(true);
  expect(names()).toEqual(['a', 'second']);
  expect(workspace.overlay('k8s/api.yaml', 'a: 1\n')).toBe(true);
  expect(names()).toEqual(['a']);
  expect(workspace.overlay('k8s/settings.yaml', 'apiVersion: v1\nkind: ConfigMap\nb: 1\n')).toBe(false);
  expect(workspace.overlay('k8s/settings.yaml', service('third'))).toBe(true);
  expect(names()).toEqual(['a', 'third']);
});

test('files come and go', async () => {
  const { workspace, tree } = await open(FILES);
  expect(workspace.manifests()).toHaveLength(2);
  tree.files.set('k8s/new.yaml', service('fresh'));
  expect(workspace.invalidate('k8s/new.yaml')).toBe(true);
  expect(workspace.manifests().map(({ path }) => path)).toEqual(['apps/pod.yml', 'k8s/api.yaml', 'k8s/new.yaml']);
  tree.files.delete('k8s/new.yaml');
  expect(workspace.invalidate('k8s/new.yaml')).toBe(true);
  expect(workspace.manifests()).toHaveLength(2);
});
