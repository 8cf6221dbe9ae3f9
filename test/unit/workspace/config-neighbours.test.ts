import { describe, expect, test } from 'vitest';
import { open } from './open.js';

const FILES = {
  'k8s/deployment.yaml': 'kind: Deployment\n',
  'k8s/service.yaml': 'kind: Service\n',
  'k8s/broken.yaml': 'kind: [\n',
  'k8s/huge.yaml': `a: ${'x'.repeat(300_000)}\n`,
  'k8s/train.py': 'import torch\n',
  'k8s/base/other.yaml': 'kind: Other\n',
  'uv.lock': 'version = 1\n',
};

describe('config files beside a file', () => {
  test('are those of its folder that can be read, itself left out', async () => {
    const { workspace, tree } = await open(FILES);
    const names = () => workspace.configsBeside('k8s/deployment.yaml').map(({ path }) => path);
    expect(names()).toEqual(['k8s/service.yaml', 'k8s/broken.yaml']);
    expect(names()).toEqual(['k8s/service.yaml', 'k8s/broken.yaml']);
    expect(tree.reads.filter((path) => path === 'k8s/service.yaml')).toHaveLength(1);
    expect(workspace.configsBeside('pyproject.toml')).toEqual([]);
  });

  test('concern their neighbours when they change', async () => {
    const { workspace } = await open(FILES);
    expect(workspace.overlay('k8s/service.yaml', 'kind: Ingress\n')).toBe(false);
    const kinds = () =>
      workspace.configsBeside('k8s/deployment.yaml').map(({ facts }) => facts.roots[0]?.children[0]?.value);
    expect(kinds()[0]).toBe('Ingress');
    expect(workspace.overlay('k8s/service.yaml', 'kind: Route\n')).toBe(true);
    expect(kinds()[0]).toBe('Route');
    expect(workspace.overlay('k8s/train.py', 'import numpy\n')).toBe(false);
    expect(workspace.overlay('other/service.yaml', 'kind: Route\n')).toBe(false);
  });

  test('are at most sixty', async () => {
    const many = Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`k8s/f${i}.yaml`, 'a: 1\n']));
    const { workspace } = await open(many);
    expect(workspace.configsBeside('k8s/f0.yaml')).toHaveLength(60);
  });
});
