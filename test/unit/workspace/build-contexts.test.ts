import { expect, test } from 'vitest';
import { open } from './open.js';

const FILES = {
  Dockerfile: 'FROM python:3.13\n',
  '.env': 'A=1\n',
  'keys/server.pem': 'x',
  'src/serve.py': 'a = 1\n',
  'src/.env': 'A=1\n',
  '.git/config': 'x',
  '.gitignore': '.env\n',
};

async function sent(ignored: string | undefined, more: Record<string, string> = {}) {
  const files = { ...FILES, ...(ignored === undefined ? {} : { '.dockerignore': ignored }), ...more };
  const { workspace } = await open(files);
  return workspace.sentToBuild('', 'Dockerfile').filter((path) => !/ignore$|^Dockerfile$/.test(path));
}

test('everything is sent without a list, whatever Git ignores; folders of tools are not looked at', async () => {
  expect(await sent(undefined)).toEqual(['.env', 'keys/server.pem', 'src/.env', 'src/serve.py']);
});

test.each([
  ['.env', ['keys/server.pem', 'src/.env', 'src/serve.py']],
  ['**/.env', ['keys/server.pem', 'src/serve.py']],
  ['# all\n*\n!src', ['src/.env', 'src/serve.py']],
  ['./keys/\n/src/*.py', ['.env', 'src/.env']],
  ['*\n!/src/serve.py\n', []],
])('what %j leaves out is not sent', async (patterns, expected) => expect(await sent(patterns)).toEqual(expected));

test('a list with the name of the Dockerfile comes first', async () => {
  expect(await sent('*', { 'Dockerfile.dockerignore': 'src' })).toEqual(['.env', 'keys/server.pem']);
});

test('a list that changes, and files that come and go, concern those who asked', async () => {
  const { workspace, tree } = await open(FILES);
  tree.files.set('new.pem', 'x');
  expect(workspace.invalidate('new.pem')).toBe(false);
  expect(workspace.sentToBuild('src', 'Dockerfile')).toEqual(['src/.env', 'src/serve.py']);
  tree.files.set('src/.dockerignore', '.env\n');
  expect(workspace.invalidate('src/.dockerignore')).toBe(true);
  expect(workspace.sentToBuild('src', 'Dockerfile')).toEqual(['src/.dockerignore', 'src/serve.py']);
  tree.files.delete('src/serve.py');
  expect(workspace.invalidate('src/serve.py')).toBe(true);
  tree.files.delete('keys/server.pem');
  expect(workspace.invalidate('keys/server.pem')).toBe(false);
});
