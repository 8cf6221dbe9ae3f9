import { describe, expect, test } from 'vitest';
import type { MemoryFile } from '../unit/workspace/memory-tree.js';
import type { MemoryHost } from './memory-host.js';
import { notebook, run } from './run.js';

const BAD = 'import danger\ndanger.load(1)\n';
const RISKY = 'import danger\ndanger.risky()\n';
const HINT = 'import danger\ndanger.grow()\n';
const CLEAN = 'x = 1\n';

type Files = Readonly<Record<string, MemoryFile>>;

describe('exit codes', () => {
  const cases: readonly [string, Files, readonly string[], number, ((host: MemoryHost) => void)?][] = [
    ['nothing found', { '/repo/a.py': CLEAN }, [], 0],
    ['a finding', { '/repo/a.py': BAD }, [], 1],
    ['a hint does not fail', { '/repo/a.py': HINT }, [], 0],
    ['unless asked', { '/repo/a.py': HINT }, ['--fail-on', 'hint'], 1],
    ['below --fail-on', { '/repo/a.py': RISKY }, ['--fail-on', 'error'], 0],
    ['at --fail-on', { '/repo/a.py': RISKY }, ['--fail-on', 'medium'], 1],
    ['--exit-zero', { '/repo/a.py': BAD }, ['--exit-zero'], 0],
    ['format does not matter', { '/repo/a.py': BAD }, ['-f', 'sarif'], 1],
    ['everything fixed', { '/repo/a.py': BAD }, ['--fix'], 0],
    ['only some fixed', { '/repo/a.py': BAD + RISKY }, ['--fix'], 1],
    ['review fixes too', { '/repo/a.py': BAD + RISKY }, ['--review-fixes'], 0],
    ['a fix that is only shown', { '/repo/a.py': BAD }, ['--diff'], 1],
    ['no file', { '/repo/a.txt': '' }, [], 3],
    ['no file left', { '/repo/a.py': BAD }, ['--exclude', '*.py'], 3],
    ['a path that is missing', { '/repo/a.py': CLEAN }, ['gone.py'], 2],
    ['a path that is missing among others', { '/repo/a.py': BAD }, ['a.py', 'gone.py'], 2],
    ['a glob without a match', { '/repo/a.py': CLEAN }, ['x/*.py'], 2],
    ['a named file without permission', { '/repo/a.py': { unreadable: 'permission' } }, ['a.py'], 2],
    ['a found file without permission', { '/repo/a.py': { unreadable: 'permission' }, '/repo/b.py': CLEAN }, [], 0],
    ['a named file that is binary', { '/repo/a.py': { unreadable: 'binary' } }, ['a.py'], 2],
    ['a named file that is too large', { '/repo/a.py': { size: 50_000_000 } }, ['a.py'], 3],
    ['a named file of another kind', { '/repo/a.txt': '' }, ['a.txt'], 3],
    ['a rule that fails', { '/repo/a.py': 'import danger\ndanger.crash()\n' }, [], 2],
    ['an unknown option', { '/repo/a.py': CLEAN }, ['--nope'], 2],
    ['a wrong level', { '/repo/a.py': CLEAN }, ['--fail-on', 'terrible'], 2],
    ['a wrong format', { '/repo/a.py': CLEAN }, ['-f', 'xml'], 2],
    ['an unknown rule', { '/repo/a.py': CLEAN }, ['--select', 'load-dangr'], 2],
    ['a wrong severity', { '/repo/a.py': CLEAN }, ['--severity', 'load-danger'], 2],
    ['a missing configuration', { '/repo/a.py': CLEAN }, ['--config', 'gone.yaml'], 2],
    ['a wrong configuration', { '/repo/a.py': CLEAN, '/repo/tidegate.yaml': 'x: [' }, [], 0],
    ['stdin and paths', { '/repo/a.py': CLEAN }, ['--stdin', 'a.py'], 2],
    ['stdin of an unknown kind', {}, ['--stdin', '--stdin-filename', 'a.txt'], 2],
    [
      'a format file that cannot be written',
      { '/repo/a.py': CLEAN },
      ['-f', 'json=x.json'],
      2,
      (host) => {
        host.failWrites = 'disk is full';
      },
    ],
    [
      'interrupted',
      { '/repo/a.py': BAD, '/repo/b.py': BAD },
      ['--fix'],
      130,
      (host) => {
        host.interruptAfter = 1;
      },
    ],
  ];
  test.each(cases)('%s', async (_, files, argv, code, prepare) => {
    const ran = await run({ '/repo/.git/HEAD': '', ...files }, ['check', ...argv], prepare);
    expect(ran.code, ran.stderr).toBe(code);
    if (code === 130) expect(ran.host.written).toEqual([]);
    if (code === 2 || code === 3) expect(ran.stderr).not.toBe('');
  });

  test('usage errors say what was meant', async () => {
    const { stderr } = await run({}, ['check', '--select', 'load-dangr']);
    expect(stderr).toBe('error: Unknown rule or family "load-dangr"; did you mean "load-danger"?\n');
  });

  test('help and version end well', async () => {
    expect(await run({}, ['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n' });
    const help = await run({}, ['check', '--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('--review-fixes');
    expect((await run({}, [])).code).toBe(2);
    expect((await run({}, ['chekc'])).code).toBe(2);
  });
});

describe('which files', () => {
  const tree = {
    '/repo/.git/HEAD': '',
    '/repo/.gitignore': 'build/\n',
    '/repo/tidegate.yaml': 'exclude: [vendor/]\n',
    '/repo/src/a.py': BAD,
    '/repo/src/b.ipynb': notebook('import danger', 'danger.load(1)'),
    '/repo/build/c.py': BAD,
    '/repo/vendor/d.py': BAD,
    '/other/e.py': BAD,
  };
  const found = async (argv: readonly string[], cwd = '/repo') => {
    const ran = await run(tree, ['check', '-f', 'json', ...argv], (host) => {
      host.cwd = cwd;
    });
    const { findings, files } = JSON.parse(ran.stdout);
    return { paths: findings.map(({ path }: { path: string }) => path), files, stderr: ran.stderr };
  };

  test('a folder leaves out what is ignored', async () => {
    const { paths, files } = await found([]);
    expect(paths).toEqual(['src/a.py', 'src/b.ipynb']);
    expect(files.skipped).toContainEqual({ path: 'build', reason: 'ignored by .gitignore' });
  });

  test('named files are checked all the same, and it is said', async () => {
    const { paths, stderr } = await found(['build/c.py', 'vendor/d.py']);
    expect(paths).toEqual(['build/c.py', 'vendor/d.py']);
    expect(stderr).toContain('note: build/c.py is checked because it was named, although: ignored by .gitignore');
    expect(stderr).toContain(
      'note: vendor/d.py is checked because it was named, although: excluded by the configuration (**/vendor/**)',
    );
  });

  test('unless --force-exclude', async () => {
    const { paths, stderr } = await found(['build/c.py', 'src/a.py', '--force-exclude']);
    expect(paths).toEqual(['src/a.py']);
    expect(stderr).toContain('note: build/c.py is not checked: ignored by .gitignore');
  });

  test('named folders are walked', async () => {
    expect((await found(['build', 'vendor'])).paths).toEqual(['build/c.py', 'vendor/d.py']);
  });

  test('globs', async () => {
    expect((await found(['src/*.py'])).paths).toEqual(['src/a.py']);
    expect((await found(['**/*.{py,ipynb}'])).paths).toEqual(['src/a.py', 'src/b.ipynb']);
  });

  test('paths are shown from the current folder, settings found up to the root', async () => {
    const { paths, files } = await found([], '/repo/src');
    expect(paths).toEqual(['a.py', 'b.ipynb']);
    expect(files.checked).toBe(2);
    expect((await found(['..'], '/repo/src')).paths).toEqual(['a.py', 'b.ipynb']);
    expect((await found(['/other/e.py'])).paths).toEqual(['../other/e.py']);
    expect((await found(['/other/e.py', 'src'])).paths).toEqual(['../other/e.py', 'src/a.py', 'src/b.ipynb']);
  });

  test('the same file twice is checked once', async () => {
    expect((await found(['src/a.py', 'src', './src/a.py'])).paths).toEqual(['src/a.py', 'src/b.ipynb']);
  });
});

describe('settings on the command line', () => {
  const config = {
    '/repo/.git/HEAD': '',
    '/repo/tidegate.yaml': 'ignore: [load-danger]\nseverity: { open-risky: hint }\n',
    '/repo/a.py': BAD + RISKY,
  };
  const ids = async (argv: readonly string[]) => {
    const { stdout } = await run(config, ['check', '-f', 'json', ...argv]);
    return JSON.parse(stdout).findings.map((f: { ruleId: string; severity: string }) => `${f.ruleId}:${f.severity}`);
  };

  test.each([
    [[], ['open-risky:hint']],
    [['--no-config'], ['load-danger:error', 'open-risky:warning']],
    [['--config', 'tidegate.yaml'], ['open-risky:hint']],
    [['--ignore', 'serving'], ['load-danger:error']],
    [['--severity', 'open-risky=error'], ['open-risky:error']],
    [['--min-severity', 'warning'], []],
    [['--min-severity', 'warning', '--severity', 'open-risky=warning'], ['open-risky:warning']],
  ])('%j', async (argv, expected) => {
    expect(await ids(argv)).toEqual(expected);
  });

  test('a configuration outside of the repository', async () => {
    const files = {
      ...config,
      '/etc/team.yaml': 'extends: more.yaml\nseverity: { open-risky: error }\n',
      '/etc/more.yaml': 'ignore: [loading]\n',
    };
    const { stdout } = await run(files, ['check', '-f', 'json', '--config', '/etc/team.yaml', 'a.py']);
    expect(
      JSON.parse(stdout).findings.map((f: { ruleId: string; severity: string }) => `${f.ruleId}:${f.severity}`),
    ).toEqual(['open-risky:error']);
  });

  test('--exclude takes folders and globs relative to the current folder', async () => {
    const files = { '/repo/.git/HEAD': '', '/repo/x/a.py': BAD, '/repo/x/y/a.py': BAD };
    const checked = async (glob: string, cwd: string) => {
      const { stdout } = await run(files, ['check', '-f', 'json', '--exclude', glob], (host) => {
        host.cwd = cwd;
      });
      return JSON.parse(stdout).files.checked;
    };
    expect(await checked('y', '/repo')).toBe(1);
    expect(await checked('y/a.py', '/repo')).toBe(2);
    expect(await checked('y/a.py', '/repo/x')).toBe(1);
    expect(await checked('x/y/,z', '/repo')).toBe(1);
  });
});

describe('what is said', () => {
  test('the run ends with what was checked', async () => {
    const { stderr } = await run({ '/repo/a.py': BAD, '/repo/b.py': { link: true } }, ['check']);
    expect(stderr).toBe('1 finding (1 error), 1 with a safe fix\n1 file checked, 1 skipped (1 symbolic link)\n');
  });

  test('--quiet leaves findings and errors', async () => {
    const { stdout, stderr } = await run({ '/repo/a.py': BAD, '/repo/tidegate.yaml': 'x: 1' }, [
      'check',
      '-q',
      '.',
      'gone.py',
    ]);
    expect(stdout).toContain('load-danger');
    expect(stderr).toBe('error: gone.py: no such file or folder\n');
  });
});

describe('standard input', () => {
  const stdin = (text: string) => (host: MemoryHost) => {
    host.stdin = { text, encoding: 'utf-8', bom: false };
  };

  test('is checked as the file it belongs to', async () => {
    const files = {
      '/repo/sub/tidegate.yaml': 'severity: { load-danger: hint }',
      '/repo/sub/requirements.txt': 'danger==3',
    };
    const { stdout, code } = await run(files, ['check', '--stdin', '--stdin-filename', 'sub/new.py'], stdin(BAD));
    expect(stdout).toBe('sub/new.py:2:1: hint load-danger `danger.load` runs code stored in the file\n');
    expect(code).toBe(0);
  });

  test('is Python when no name is given', async () => {
    expect((await run({}, ['check', '--stdin'], stdin(BAD))).stdout).toMatch(/^stdin\.py:2:1: error/);
  });

  test('with --fix the fixed text goes to standard output and findings to standard error', async () => {
    const { stdout, stderr, host } = await run({}, ['check', '--stdin', '--fix'], stdin(BAD + RISKY));
    expect(stdout).toBe('import danger\ndanger.load(1, safe=True)\nimport danger\ndanger.risky()\n');
    expect(stderr).toContain('open-risky');
    expect(host.written).toEqual([]);
  });

  test('a notebook', async () => {
    const { stdout } = await run(
      {},
      ['check', '--stdin', '--stdin-filename', 'a.ipynb'],
      stdin(notebook('import danger', 'danger.load(1)')),
    );
    expect(stdout).toContain('(cell 2, line 1)');
  });

  test('bytes that are no text', async () => {
    const { code, stderr } = await run({}, ['check', '--stdin'], (host) => {
      host.stdin = { unreadable: 'binary' };
    });
    expect([code, stderr]).toEqual([2, 'error: Standard input cannot be read: binary\n']);
  });
});
