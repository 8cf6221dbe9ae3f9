import { describe, expect, test } from 'vitest';
import type { MemoryFile } from './memory-tree.js';
import { open } from './open.js';

type Files = Readonly<Record<string, MemoryFile>>;

/** `exact` or specifier with where it stands; undefined when nothing is known. */
async function versionOf(files: Files, library: string, path = 'train.py'): Promise<string | undefined> {
  const { workspace } = await open(files);
  const found = library === 'python' ? workspace.python(path) : workspace.version(library, path);
  if (found === undefined) return undefined;
  const { place } = found;
  return `${found.exact ?? (found.specifier || '?')} at ${place.path}:${place.start.line + 1}:${place.start.character + 1}`;
}

describe('one file', () => {
  const cases: readonly [string, Files, string, string | undefined][] = [
    ['an exact pin', { 'requirements.txt': 'numpy\ntorch==2.4.1  # why\n' }, 'torch', '2.4.1 at requirements.txt:2:1'],
    ['a range', { 'requirements.txt': 'torch >= 2.0, < 3' }, 'torch', '>=2.0,<3 at requirements.txt:1:1'],
    ['a name alone', { 'requirements.txt': 'torch' }, 'torch', '? at requirements.txt:1:1'],
    [
      'names are normalised',
      { 'requirements.txt': 'Scikit_Learn==1.5.0' },
      'scikit-learn',
      '1.5.0 at requirements.txt:1:1',
    ],
    [
      'a requirements folder',
      { 'requirements/base.txt': 'torch==2.1.0' },
      'torch',
      '2.1.0 at requirements/base.txt:1:1',
    ],
    [
      'pyproject',
      { 'pyproject.toml': '[project]\ndependencies = ["torch==2.2.0"]' },
      'torch',
      '2.2.0 at pyproject.toml:2:18',
    ],
    [
      'a uv lock',
      { 'uv.lock': 'version = 1\n[[package]]\nname = "torch"\nversion = "2.5.1"\n' },
      'torch',
      '2.5.1 at uv.lock:3:1',
    ],
    [
      'a Pipfile lock',
      { 'Pipfile.lock': '{"_meta":{},"default":{"torch":{"version":"==2.0.1"}}}' },
      'torch',
      '2.0.1 at Pipfile.lock:1:24',
    ],
    [
      'conda under its own name',
      { 'environment.yml': 'channels: [x]\ndependencies:\n  - pytorch=2.3.1\n' },
      'torch',
      '2.3.1 at environment.yml:3:5',
    ],
    [
      'conda with a pip list',
      { 'environment.yml': 'dependencies:\n  - pip:\n    - torch==2.0.0\n' },
      'torch',
      '2.0.0 at environment.yml:3:7',
    ],
    [
      'a Dockerfile',
      { Dockerfile: 'FROM x\nRUN apt update && pip install torch==2.1.2 numpy\n' },
      'torch',
      '2.1.2 at Dockerfile:2:31',
    ],
    [
      'an image',
      { Dockerfile: 'FROM pytorch/pytorch:2.4.1-cuda12.1-cudnn9-runtime\n' },
      'torch',
      '2.4.1 at Dockerfile:1:6',
    ],
    ['a variable says nothing', { Dockerfile: 'FROM x\nARG V\nRUN pip install torch==$V\n' }, 'torch', undefined],
    ['somebody else', { 'requirements.txt': 'numpy' }, 'torch', undefined],
  ];
  test.each(cases)('%s', async (_, files, library, expected) => {
    expect(await versionOf(files, library)).toBe(expected);
  });
});

describe('several files', () => {
  test('locks outweigh pins, pins ranges, ranges names', async () => {
    const lock = { 'poetry.lock': '[[package]]\nname = "torch"\nversion = "2.5.0"\n[metadata]\n' };
    const pin = { 'requirements.txt': 'torch==2.4.0' };
    const range = { 'pyproject.toml': '[project]\ndependencies = ["torch>=2"]' };
    const bare = { 'requirements-dev.txt': 'torch' };
    expect(await versionOf({ ...lock, ...pin, ...range, ...bare }, 'torch')).toMatch(/^2\.5\.0 /);
    expect(await versionOf({ ...pin, ...range, ...bare }, 'torch')).toMatch(/^2\.4\.0 /);
    expect(await versionOf({ ...range, ...bare }, 'torch')).toMatch(/^>=2 /);
  });

  test('pins that disagree leave the version unknown, also when a folder above knows one', async () => {
    const files = {
      'a/requirements.txt': 'torch==2.4.0',
      'a/requirements-gpu.txt': 'torch==2.5.0',
      'requirements.txt': 'torch==2.6.0',
    };
    expect(await versionOf(files, 'torch', 'a/train.py')).toBeUndefined();
    expect(await versionOf(files, 'torch', 'train.py')).toMatch(/^2\.6\.0 /);
  });

  test('the nearest folder that names the library wins, library by library', async () => {
    const files = { 'requirements.txt': 'torch==2.4.0\nnumpy==1.26.4', 'svc/requirements.txt': 'torch==1.13.1' };
    expect(await versionOf(files, 'torch', 'svc/app/serve.py')).toMatch(/^1\.13\.1 at svc/);
    expect(await versionOf(files, 'numpy', 'svc/app/serve.py')).toMatch(/^1\.26\.4 at requirements/);
  });

  test('included files count where they are included, circles end', async () => {
    const files = {
      'svc/requirements.txt':
        '-r ../common/base.txt\n-c ../constraints.txt\n-r requirements.txt\n-r ../../outside.txt\n-r gone.txt\n',
      'common/base.txt': 'torch\n-r ../svc/requirements.txt\n',
      'constraints.txt': 'torch==2.2.2\n',
    };
    expect(await versionOf(files, 'torch', 'svc/train.py')).toBe('2.2.2 at constraints.txt:1:1');
  });

  test('links are not read', async () => {
    expect(await versionOf({ 'requirements.txt': { link: true }, 'a.py': '' }, 'torch')).toBeUndefined();
  });
});

describe('notebooks', () => {
  const notebook = (...sources: string[]) =>
    JSON.stringify(
      { cells: sources.map((source) => ({ cell_type: 'code', source: [source], outputs: [] })), metadata: {} },
      undefined,
      1,
    );

  test.each([
    ['%pip install -q torch==2.1.0'],
    ['!pip install torch==2.1.0'],
    ['x = 1\n!python -m pip install "torch==2.1.0"'],
    ['%%bash\npip install torch==2.1.0'],
    ['%uv pip install torch==2.1.0'],
  ])('%s counts for its notebook alone', async (source) => {
    const files = {
      'a.ipynb': notebook('import torch', source),
      'b.ipynb': notebook('import torch'),
      'requirements.txt': 'torch==2.4.0',
    };
    const { workspace } = await open(files);
    const found = workspace.version('torch', 'a.ipynb');
    expect(found?.exact).toBe('2.1.0');
    const { cell, range } = found!.place;
    const lines = source.split('\n');
    expect(cell?.index).toBe(1);
    expect(lines[cell!.start.line]!.slice(cell!.start.character, cell!.end.character).replaceAll('"', '')).toBe(
      'torch==2.1.0',
    );
    expect(files['a.ipynb'].slice(range.start, range.end)).toContain('torch==2.1.0');
    expect(workspace.version('torch', 'b.ipynb')?.exact).toBe('2.4.0');
  });
});

describe('Python', () => {
  const cases: readonly [string, Files, string | undefined][] = [
    ['requires-python', { 'pyproject.toml': '[project]\nrequires-python = ">=3.10"' }, '>=3.10 at pyproject.toml:2:19'],
    [
      'Poetry',
      { 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.11"' },
      '>=3.11,<4 at pyproject.toml:2:10',
    ],
    ['conda', { 'environment.yml': 'channels: []\ndependencies: [python=3.11]' }, '==3.11.* at environment.yml:2:16'],
    ['an image', { Dockerfile: 'FROM python:3.12-slim' }, '==3.12.* at Dockerfile:1:6'],
    [
      'an exact image behind a registry',
      { Dockerfile: 'FROM docker.io/library/python:3.12.1' },
      '3.12.1 at Dockerfile:1:6',
    ],
    ['.python-version', { '.python-version': '# mine\n3.11.4\n' }, '3.11.4 at .python-version:2:1'],
    [
      'two that agree',
      { Dockerfile: 'FROM python:3.12', '.python-version': '3.12' },
      '==3.12.* at .python-version:1:1',
    ],
    ['images that disagree', { Dockerfile: 'FROM python:3.12.0', '.python-version': '3.11.0' }, undefined],
    ['nothing', {}, undefined],
  ];
  test.each(cases)('%s', async (_, files, expected) => {
    expect(await versionOf({ 'train.py': '', ...files }, 'python')).toBe(expected);
  });

  test('ranges of several files hold together', async () => {
    const files = {
      'setup.cfg': '[options]\npython_requires = >=3.9\n',
      'pyproject.toml': '[project]\nrequires-python = "<3.13"',
    };
    const { workspace } = await open(files);
    expect(workspace.python('train.py')?.specifier.split(',').sort()).toEqual(['<3.13', '>=3.9']);
  });
});

test('answers follow edits of dependency files and of the notebook', async () => {
  const { workspace, tree } = await open({ 'requirements.txt': 'torch==2.4.0', 'a.py': '' });
  const exact = (path = 'a.py') => workspace.version('torch', path)?.exact;
  expect(exact()).toBe('2.4.0');
  expect(workspace.overlay('requirements.txt', 'torch==2.6.0')).toBe(true);
  expect(exact()).toBe('2.6.0');
  expect(workspace.overlay('requirements.txt', undefined)).toBe(true);
  expect(exact()).toBe('2.4.0');
  tree.files.set('uv.lock', 'version = 1\n[[package]]\nname = "torch"\nversion = "2.5.0"\n');
  expect(workspace.invalidate('uv.lock')).toBe(true);
  expect(exact()).toBe('2.5.0');
  expect(workspace.overlay('a.py', 'x = 1')).toBe(false);
  expect(workspace.overlay('nb.ipynb', '{"cells":[{"cell_type":"code","source":"%pip install torch==1.0.0"}]}')).toBe(
    false,
  );
  expect(exact('nb.ipynb')).toBe('1.0.0');
});

test('garbage in dependency files says nothing and throws nothing', async () => {
  const garbage = ['\0', '[[[', '{{{', '-r', '==', 'torch==', '\ud800', '[tool.poetry]\ndependencies = 3'];
  for (const text of garbage) {
    const names = [
      'requirements.txt',
      'pyproject.toml',
      'poetry.lock',
      'environment.yml',
      'Dockerfile',
      '.python-version',
      'Pipfile.lock',
      'setup.cfg',
    ];
    const { workspace } = await open(Object.fromEntries(names.map((name) => [name, text])));
    expect(workspace.version('torch', 'a.py')?.exact, text).toBeUndefined();
    expect(workspace.python('a.py')?.exact, text).toBeUndefined();
  }
});
