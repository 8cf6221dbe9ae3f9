import { describe, expect, test } from 'vitest';
import { rules } from '../../server/src/rules/index.gen.js';
import type { MemoryHost } from './memory-host.js';
import { type Ran, run } from './run.js';

function runWith(
  id: string,
  files: Readonly<Record<string, string>>,
  argv: readonly string[],
  prepare?: (host: MemoryHost) => void,
): Promise<Ran> {
  return run(
    files,
    ['check', ...argv],
    prepare,
    rules.filter((rule) => rule.id === id),
  );
}

describe('fixes with placeholders', () => {
  const files = { '/repo/docker-compose.yml': 'services:\n  tracking:\n    image: ghcr.io/mlflow/mlflow:latest\n' };

  test('are not applied', async () => {
    const { host, code } = await runWith('compose-image-latest', files, ['--fix', '--review-fixes']);
    expect(host.written).toEqual([]);
    expect(code).toBe(1);
  });

  test.each(['text', 'json', 'sarif'])('are no fixes of the format %s', async (format) => {
    const { stdout } = await runWith('compose-image-latest', files, ['--format', format]);
    expect(stdout).toContain('ghcr.io/mlflow/mlflow:latest');
    expect(stdout).not.toMatch(/fill in|mlflow:version/);
  });
});

describe('fixes that make files', () => {
  const SECRET = '8a6O2Iu69WEDOc5ZYzPvHnYDKp8zTAQiu4ixxF';
  const ID = 'dvc-remote-secret';
  const OTHER = 'hunter2-but-longer';
  const files = {
    '/repo/.dvc/config': `['remote "storage"']\n    url = s3://data\n    secret_access_key = ${SECRET}\n    password = ${OTHER}\n`,
    '/repo/.dvc/.gitignore': '/tmp\n',
  };

  test('write all of them, and a second run changes nothing', async () => {
    const { host, code, stderr } = await runWith(ID, files, ['--review-fixes']);
    expect(host.written).toEqual(['.dvc/config.local', '.dvc/.gitignore', '.dvc/config']);
    expect(host.text('.dvc/config')).toBe(`['remote "storage"']\n    url = s3://data\n`);
    expect(host.text('.dvc/config.local')).toBe(
      `['remote "storage"']\n    password = ${OTHER}\n    secret_access_key = ${SECRET}\n`,
    );
    expect(host.text('.dvc/.gitignore')).toBe('/tmp\n/config.local\n');
    expect(stderr).toContain('2 fixed in 3 files');
    expect(code).toBe(0);
    const again = Object.fromEntries(
      ['.dvc/config', '.dvc/config.local', '.dvc/.gitignore'].map((path) => [`/repo/${path}`, host.text(path)!]),
    );
    const second = await runWith(ID, again, ['--review-fixes']);
    expect([second.code, second.host.written]).toEqual([0, []]);
  });

  test('a difference names a new file and shows no secret', async () => {
    const { stdout, host } = await runWith(ID, files, ['--review-fixes', '--diff']);
    expect(host.written).toEqual([]);
    expect(stdout).toContain('--- /dev/null\n+++ b/.dvc/config.local\n');
    expect(stdout).toContain('+/config.local');
    expect(stdout).not.toContain(SECRET);
    expect(stdout).not.toContain(OTHER);
  });

  test.each(['text', 'json', 'sarif'])('no secret is in the format %s', async (format) => {
    const { stdout } = await runWith(ID, files, ['--format', format]);
    expect(stdout).toContain('.dvc/config');
    expect(stdout).not.toContain(SECRET);
    expect(stdout).not.toContain(OTHER);
  });

  test('a file that appeared meanwhile is left alone', async () => {
    const { host, code, stderr } = await runWith(ID, files, ['--review-fixes'], (prepared) => {
      const open = prepared.files.bind(prepared);
      let opened = 0;
      prepared.files = (root) => {
        opened++;
        if (opened > 1) prepared.tree.files.set('repo/.dvc/config.local', 'mine\n');
        return open(root);
      };
    });
    expect(host.text('.dvc/config.local')).toBe('mine\n');
    expect(host.text('.dvc/config')).toBe(files['/repo/.dvc/config']);
    expect(host.written).toEqual([]);
    expect(stderr).toContain('.dvc/config.local: The fixes are not written: changed on disk while it was being fixed');
    expect(stderr).toContain('.dvc/config: The fixes are not written: a fix needs .dvc/config.local as well');
    expect(code).toBe(2);
  });

  test('a write that fails leaves what would have moved where it is', async () => {
    const { host, stderr } = await runWith(ID, files, ['--review-fixes'], (prepared) => {
      const write = prepared.write.bind(prepared);
      prepared.write = (path, content) => (path.endsWith('.gitignore') ? 'disk is full' : write(path, content));
    });
    expect(host.written).toEqual(['.dvc/config.local']);
    expect(host.text('.dvc/config')).toBe(files['/repo/.dvc/config']);
    expect(stderr).toContain('.dvc/.gitignore: The fixes are not written: disk is full');
    expect(stderr).toContain('.dvc/config: The fixes are not written: a fix needs .dvc/.gitignore as well');
  });

  test('text from standard input gets the fixes that need no other file', async () => {
    const { stdout, host } = await runWith(
      ID,
      { '/repo/.dvc/.gitignore': '' },
      ['--stdin', '--stdin-filename', '.dvc/config', '--review-fixes'],
      (prepared) => {
        prepared.stdin = { text: files['/repo/.dvc/config'], encoding: 'utf-8', bom: false };
      },
    );
    expect(stdout).toContain(`['remote "storage"']\n    url = s3://data\n`);
    expect(stdout).not.toContain(SECRET);
    expect(host.written).toEqual([]);
  });
});

test('a compose file gives the name of a variable to the example of `.env`', async () => {
  const { host } = await runWith(
    'compose-literal-secret',
    {
      '/repo/docker-compose.yml':
        'services:\n  db:\n    image: postgres:16\n    environment:\n      A_PASSWORD: v7bNzgCoq5lEvXrC\n      B_PASSWORD: x3kWzgCoq5lEvXr9\n',
      '/repo/.env.example': 'PORT=1\r\n',
    },
    ['--review-fixes'],
  );
  expect(host.text('docker-compose.yml')).not.toMatch(/v7bN|x3kW/);
  expect(host.text('.env.example')).toBe('PORT=1\r\nA_PASSWORD=\r\nB_PASSWORD=\r\n');
});
