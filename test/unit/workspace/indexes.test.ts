import { expect, test } from 'vitest';
import { open } from './open.js';

const FILES = {
  'serving/requirements.txt': '-r base.requirements.txt\ntorch==2.7.1\n',
  'serving/base.requirements.txt': 'numpy>=2\n',
  'training/environment.yml': 'channels: [conda-forge]\ndependencies: [python=3.12, pytorch=2.6.0]\n',
  'uv.lock': 'version = 1\n',
  Dockerfile: 'FROM python:3.13\nRUN pip install pandas==2.3.3\n',
  '.dvc/config': '[core]\n    remote = a\n["remote \'a\'"]\n    url = s3://acme-risk/a\n',
  'load.py': 'A = "s3://acme-risk/b.csv"\nB = "s3://acme-risk/page.html"\n',
  'docs/load.py': 'A = "s3://acme-risk/b.csv"\n',
};

test('lists of packages say what they list and include; locks and images are none', async () => {
  const { workspace } = await open(FILES);
  const said = workspace
    .packageLists()
    .map(({ path, packages, includes }) => [path, packages.map((one) => one.library + one.specifier), includes]);
  expect(said).toEqual([
    ['serving/base.requirements.txt', ['numpy>=2'], []],
    ['serving/requirements.txt', ['torch==2.7.1'], ['serving/base.requirements.txt']],
    ['training/environment.yml', ['torch==2.6.0'], []],
  ]);
});

test('a bucket is used by remotes of DVC and by addresses of data, not by those of pages or in documentation', async () => {
  const { workspace } = await open(FILES);
  const places = () => workspace.bucketUses('acme-risk').map(({ path, start }) => `${path}:${start.line + 1}`);
  expect(places()).toEqual(['.dvc/config:4', 'load.py:1']);
  expect(workspace.bucketUses('acme')).toEqual([]);
  expect(workspace.overlay('load.py', 'pass\n')).toBe(true);
  expect(places()).toEqual(['.dvc/config:4']);
});

test('a text that somebody was given concerns him when it changes', async () => {
  const { workspace } = await open(FILES);
  expect(workspace.overlay('notes.txt', 'a')).toBe(false);
  expect(workspace.textOf('CODEOWNERS')).toBeUndefined();
  expect(workspace.overlay('CODEOWNERS', '* @a\n')).toBe(true);
  expect(workspace.textOf('CODEOWNERS')).toBe('* @a\n');
});
