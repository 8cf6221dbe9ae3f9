import { describe, expect, test } from 'vitest';
import { notebook, run } from './run.js';

const HEAD = 'import danger\n';

describe('fixes in files', () => {
  test('safe ones only, several in a file, untouched files stay untouched', async () => {
    const files = { '/repo/a.py': `${HEAD}danger.load(1); danger.load(2)\ndanger.risky()\n`, '/repo/b.py': 'x = 1\n' };
    const { host, stderr } = await run(files, ['check', '--fix']);
    expect(host.text('a.py')).toBe(`${HEAD}danger.load(1, safe=True); danger.load(2, safe=True)\ndanger.risky()\n`);
    expect(host.written).toEqual(['a.py']);
    expect(stderr).toContain('2 fixed in 1 file\n');
  });

  test('review fixes on demand, with the line ending, encoding and byte order mark of the file', async () => {
    const files = {
      '/repo/crlf.py': 'import danger\r\ndanger.risky()\r\n',
      '/repo/bom.py': { text: `${HEAD}danger.risky()\n`, bom: true },
      '/repo/latin.py': { text: `${HEAD}danger.risky()  # caf\xe9\n`, encoding: 'latin-1' as const },
    };
    const { host, stderr } = await run(files, ['check', '--review-fixes']);
    expect(host.text('crlf.py')).toBe('import danger\r\ncalm(\r\n    1,\r\n)\r\n');
    expect(host.tree.files.get('repo/bom.py')).toEqual({ text: `${HEAD}calm(\n    1,\n)\n`, bom: true });
    expect(host.tree.files.get('repo/latin.py')).toEqual({
      text: `${HEAD}calm(\n    1,\n)  # caf\xe9\n`,
      encoding: 'latin-1',
      bom: false,
    });
    expect(stderr).toContain('warning: latin.py: Not UTF-8; read as Latin-1');
  });

  test('a notebook stays the JSON it was but for the fixed string', async () => {
    const before = notebook('import danger\n%time x = 1', 'a = "é😀"\nm = danger.load(a)\n');
    const { host } = await run({ '/repo/a.ipynb': before }, ['check', '--fix']);
    expect(host.text('a.ipynb')).toBe(before.replace('danger.load(a)', 'danger.load(a, safe=True)'));
  });

  test('a fix may change another file; code that depends on it is checked again', async () => {
    const files = {
      '/repo/a.py': `${HEAD}danger.pin()\n`,
      '/repo/b.py': `${HEAD}danger.pin()\n`,
      '/repo/requirements.txt': 'numpy\ndanger  # why\n',
    };
    const { host, code, stdout } = await run(files, ['check', '--review-fixes']);
    expect(host.text('requirements.txt')).toBe('numpy\ndanger==1.0  # why\n');
    expect(host.written).toEqual(['requirements.txt']);
    expect([code, stdout]).toEqual([0, '']);
  });

  test('another file is changed although only one was named', async () => {
    const files = { '/repo/a.py': `${HEAD}danger.pin()\n`, '/repo/requirements.txt': 'danger\n' };
    const { host, stderr } = await run(files, ['check', '--review-fixes', 'a.py']);
    expect(host.written).toEqual(['requirements.txt']);
    expect(stderr).toContain('1 file checked');
  });

  test('a fix that would break the syntax is not written', async () => {
    const files = { '/repo/a.py': `${HEAD}danger.broken()\n`, '/repo/b.py': `${HEAD}danger.load(1)\n` };
    const { host, stderr, code, stdout } = await run(files, ['check', '--fix']);
    expect(host.written).toEqual(['b.py']);
    expect(host.text('a.py')).toBe(files['/repo/a.py']);
    expect(stderr).toContain(
      'warning: a.py: The fixes of this file are not applied because they would add syntax errors',
    );
    expect(stdout).toContain('break-it');
    expect(code).toBe(1);
  });

  test('fixes that never end stop after ten passes', async () => {
    const { host, stderr } = await run({ '/repo/a.py': `${HEAD}danger.grow()\n` }, ['check', '--fix']);
    expect(host.text('a.py')).toBe(`${HEAD}danger.grow(${'1,'.repeat(10)})\n`);
    expect(stderr).toContain('10 fixed in 1 file');
    expect(stderr).toContain('1 finding (1 hint)');
  });

  test('findings that are not shown are not fixed', async () => {
    const { host } = await run({ '/repo/a.py': `${HEAD}danger.grow()\n` }, [
      'check',
      '--fix',
      '--min-severity',
      'info',
    ]);
    expect(host.written).toEqual([]);
  });

  test('a write that fails is an error', async () => {
    const { code, stderr } = await run({ '/repo/a.py': `${HEAD}danger.load(1)\n` }, ['check', '--fix'], (host) => {
      host.failWrites = 'disk is full';
    });
    expect(code).toBe(2);
    expect(stderr).toContain('error: a.py: The fixes are not written: disk is full');
  });

  test('a file that changed meanwhile is left alone', async () => {
    const { host, code, stderr } = await run(
      { '/repo/a.py': `${HEAD}danger.load(1)\n` },
      ['check', '--fix'],
      (prepared) => {
        const files = prepared.files.bind(prepared);
        let opened = 0;
        prepared.files = (root) => {
          opened++;
          // The second look at the disk is the one before writing.
          if (opened > 1) prepared.tree.files.set('repo/a.py', 'somebody else was here\n');
          return files(root);
        };
      },
    );
    expect(host.text('a.py')).toBe('somebody else was here\n');
    expect(code).toBe(2);
    expect(stderr).toContain('changed on disk while it was being fixed');
  });

  test('running again changes nothing', async () => {
    const first = await run({ '/repo/a.py': `${HEAD}danger.load(1)\n` }, ['check', '--fix']);
    const second = await run({ '/repo/a.py': first.host.text('a.py')! }, ['check', '--fix']);
    expect(second.host.written).toEqual([]);
    expect(second.code).toBe(0);
  });
});
