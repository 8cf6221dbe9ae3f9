import { beforeAll, describe, expect, it } from 'vitest';
import { containersOf } from '../../../server/src/facts/config/containers.js';
import { text as textOf } from '../../../server/src/facts/config/entry.js';
import { configFacts, loadDrivers } from '../../../server/src/workspace/drivers.js';

beforeAll(() => loadDrivers(['yaml']));

const found = (path: string, text: string) => {
  const facts = configFacts(path, 'yaml', text);
  return facts.roots.flatMap((root, i) => containersOf(root, facts.formats[i]?.id, text));
};

const shown = (path: string, text: string) =>
  found(path, text).map(({ origin, name, image, words, helper }) => [
    origin,
    name,
    textOf(image),
    words.map((word) => word.text).join(' '),
    helper,
  ]);

describe('containers', () => {
  it('have what merge keys bring them, unless they say something else', () => {
    const text = [
      'x-env: &env {A: "1", B: "2"}',
      'x-base: &base',
      '  image: app:1',
      '  environment: &all',
      '    <<: *env',
      '    B: "3"',
      'services:',
      '  web:',
      '    <<: *base',
      '    command: [serve]',
      '  worker:',
      '    <<: [*base]',
      '    image: app:2',
      '    environment:',
      '      <<: [*all, *env]',
      '      C: "4"',
      '  lost: {<<: *nothing}',
      '',
    ].join('\n');
    const containers = found('compose.yaml', text);
    expect(containers.map(({ name, image }) => [name, textOf(image)])).toEqual([
      ['web', 'app:1'],
      ['worker', 'app:2'],
      ['lost', undefined],
    ]);
    expect(containers.map(({ variables }) => variables.map(({ name, value }) => `${name}=${value}`))).toEqual([
      ['B=3', 'A=1'],
      ['C=4', 'B=3', 'A=1'],
      [],
    ]);
  });

  it('end where anchors stand in a circle', () => {
    const [web] = found('compose.yaml', 'services:\n  web: &a\n    build: .\n    <<: *a\n');
    expect(web!.image).toBeUndefined();
  });

  it('are services of compose files', () => {
    const text =
      'services:\n  web:\n    image: app:1\n    entrypoint: ["python", "-m"]\n    command: ["app", "--port", "80"]\n    environment:\n      - A=1\n      - B\n      - C=x=y\n    ports: ["80:8080", "127.0.0.1:5432:5432", "9000", "${PORT:-6379}:6379", "${HOST}:1:2"]\n  db:\n    image: postgres\n    command: postgres -c ssl=on\n    environment: {PASSWORD: "x", EMPTY: }\n';
    expect(shown('compose.yaml', text)).toEqual([
      ['compose', 'web', 'app:1', 'python -m app --port 80', false],
      ['compose', 'db', 'postgres', 'postgres -c ssl=on', false],
    ]);
    const [web, db] = found('compose.yaml', text);
    expect(web!.variables.map(({ name, value, range }) => [name, value, text.slice(range.start, range.end)])).toEqual([
      ['A', '1', '1'],
      ['B', undefined, 'B'],
      ['C', 'x=y', 'x=y'],
    ]);
    expect(db!.variables.map(({ name, value }) => [name, value])).toEqual([
      ['PASSWORD', 'x'],
      ['EMPTY', undefined],
    ]);
    expect(web!.ports.map(({ target, published }) => [target, published])).toEqual([
      [8080, true],
      [5432, false],
      [9000, true],
      [6379, true],
      [2, false],
    ]);
  });

  it('are in any resource, whatever its kind', () => {
    const text =
      'apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nspec:\n  pytorchReplicaSpecs:\n    Master:\n      template:\n        spec:\n          initContainers:\n            - name: fetch\n              image: busybox\n          containers:\n            - name: pytorch\n              image: train:1\n              command: [sh, -c]\n              args: ["pip install x && python train.py"]\n              env:\n                - {name: A, value: "1"}\n                - {name: B, valueFrom: {secretKeyRef: {name: s, key: k}}}\n              ports: [{containerPort: 80}]\n';
    expect(shown('job.yaml', text)).toEqual([
      ['kubernetes', 'fetch', 'busybox', '', true],
      ['kubernetes', 'pytorch', 'train:1', 'sh -c pip install x && python train.py', false],
    ]);
    const [, main] = found('job.yaml', text);
    expect(main!.commands.map(({ words }) => words.map((word) => word.text).join(' ')).slice(1)).toEqual([
      'pip install x',
      'python train.py',
    ]);
    expect(main!.variables.map(({ name, value }) => [name, value])).toEqual([
      ['A', '1'],
      ['B', undefined],
    ]);
    expect(main!.ports[0]!.target).toBe(80);
  });

  it('are templates of Argo and executors of Kubeflow pipelines', () => {
    expect(
      shown(
        'wf.yaml',
        'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  templates:\n    - name: a\n      container: {image: "x:1", args: [y]}\n    - name: b\n      script:\n        image: python:3\n        command: [python]\n        source: |\n          print(1)\n',
      ),
    ).toEqual([
      ['kubernetes', undefined, 'x:1', 'y', false],
      ['kubernetes', undefined, 'python:3', 'python', false],
    ]);
    expect(
      shown(
        'pipeline.yaml',
        'deploymentSpec:\n  executors:\n    exec-a:\n      container:\n        image: x\nroot: {}\nschemaVersion: 2.1.0\n',
      ),
    ).toEqual([['kfp', undefined, 'x', '', false]]);
  });

  it.each([
    [
      'a definition of a custom resource',
      'apiVersion: v1\nkind: CustomResourceDefinition\nspec:\n  containers:\n    - name: a\n',
    ],
    ['a document that is no resource', 'containers:\n  - name: a\n    image: b\n'],
  ])('are not in %s', (_, text) => {
    expect(found('x.yaml', text)).toEqual([]);
  });
});
