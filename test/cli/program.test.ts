import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleProgram, runProgram } from './program.js';

/** Checked with the real rules: pickles are errors or warnings whatever else changes. */
const BAD = 'import pickle, sys\npickle.load(open(sys.argv[1], "rb"))\n';
const SAFE_FIX = 'import torch\nyaml = 1\n';

let program = '';
beforeAll(async () => {
  program = await bundleProgram();
}, 120_000);

function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const root = mkdtempSync(join(tmpdir(), 'tidegate-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const check = (cwd: string, ...argv: string[]) => runProgram(program, ['check', ...argv], cwd);

describe('a real machine', () => {
  test('threads of its own find what one thread finds', async () => {
    const files: Record<string, string | Buffer> = { '.git/HEAD': 'ref' };
    for (let i = 0; i < 900; i++) files[`m${i}.py`] = i % 90 === 0 ? BAD : `x = ${i}\n`;
    files['latin.py'] = Buffer.from('name = "caf\xe9"\n', 'latin1');
    const root = folder(files);
    const [one, two] = [await check(root, '--threads', '1'), await check(root, '--threads', '2')];
    expect(one.stdout.match(/load-pickle/g)!.length).toBeGreaterThanOrEqual(10);
    expect(two).toEqual(one);
    expect(two.stderr).toContain('Latin-1');
  });

  test('findings on standard output, the rest on standard error', async () => {
    const ended = await check(folder({ 'a.py': BAD }));
    expect(ended).toMatchObject({ code: 1, signal: null });
    expect(ended.stdout).toMatch(/^a\.py:2:\d+: (error|warning) load-pickle /);
    expect(ended.stderr).toMatch(/1 file checked, 0 skipped\n$/);
  });

  test('a mistake in the arguments is told in one line, whichever file notices it', async () => {
    const ended = await check(folder({ 'a.py': BAD }), '--select', 'no-such-rule');
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: 'error: Unknown rule or family "no-such-rule"\n' });
  });

  test('links, loops, pipes and folders without end are not followed', async () => {
    const root = folder({ 'real/a.py': SAFE_FIX });
    symlinkSync('loop', join(root, 'loop'));
    symlinkSync('..', join(root, 'real', 'up'));
    symlinkSync('real/a.py', join(root, 'link.py'));
    execFileSync('mkfifo', [join(root, 'pipe.py')]);
    const ended = await check(root, '--show-skipped');
    expect(ended.code).toBe(0);
    for (const path of ['loop', 'real/up', 'link.py'])
      expect(ended.stderr).toContain(`skipped: ${path}: symbolic link`);
    expect(ended.stderr).toContain('skipped: pipe.py: not a regular file');
    expect((await check(root, 'loop')).code).toBe(2);
    expect((await check(root, 'pipe.py')).code).toBe(2);
    expect((await check(root, 'link.py')).stderr).toContain('1 file checked');
  });

  test('encodings: byte order mark, CRLF, Latin-1, UTF-16, NUL, an empty file', async () => {
    const root = folder({
      'bom.py': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(BAD)]),
      'crlf.py': BAD.replaceAll('\n', '\r\n'),
      'latin.py': Buffer.from(`# caf\xe9\n${BAD}`, 'latin1'),
      'utf16.py': Buffer.from(`\ufeff${BAD}`, 'utf16le'),
      'nul.py': 'x = 1\n\0',
      'empty.py': '',
    });
    const { stdout, stderr } = await check(root, '-f', 'json', '--show-skipped');
    const { findings, files, errors } = JSON.parse(stdout);
    const places = findings.map(
      (f: { path: string; range: { start: { line: number } } }) => `${f.path}:${f.range.start.line}`,
    );
    expect(places).toEqual(['bom.py:2', 'crlf.py:2', 'latin.py:3']);
    expect(files.checked).toBe(4);
    expect(files.skipped).toEqual([
      { path: 'nul.py', reason: 'binary content' },
      { path: 'utf16.py', reason: 'UTF-16 text; save it as UTF-8' },
    ]);
    expect(errors).toEqual([{ kind: 'encoding', message: 'Not UTF-8; read as Latin-1', path: 'latin.py' }]);
    expect(stderr).toContain('warning: latin.py: Not UTF-8; read as Latin-1');
  });

  test('a file of 50 MB is not even opened', async () => {
    const root = folder({ 'big.py': '', 'a.py': 'x = 1\n' });
    truncateSync(join(root, 'big.py'), 50 * 1024 * 1024);
    const ended = await check(root, '--show-skipped');
    expect(ended.stderr).toContain('skipped: big.py: larger than 1024 KB');
    expect(ended.code).toBe(0);
  });

  test.skipIf(process.getuid?.() === 0)('without permission', async () => {
    const root = folder({ 'a.py': BAD });
    chmodSync(join(root, 'a.py'), 0);
    expect((await check(root, 'a.py')).code).toBe(2);
  });

  test('nothing to check, nothing there', async () => {
    const root = folder({ 'readme.md': '' });
    expect((await check(root)).code).toBe(3);
    const gone = await check(root, 'gone');
    expect([gone.code, gone.stderr.split('\n')[0]]).toEqual([2, 'error: gone: no such file or folder']);
  });

  test('a fix keeps mode, mark and line endings, and leaves no other file behind', async () => {
    const source = 'import torch\r\nimport sys\r\ntorch.load(sys.argv[1])\r\n';
    const root = folder({ 'a.py': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(source)]) });
    chmodSync(join(root, 'a.py'), 0o755);
    const ended = await check(root, '--review-fixes');
    const bytes = readFileSync(join(root, 'a.py'));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString('utf8')).toContain('weights_only=True)\r\n');
    expect(bytes.toString('utf8').replaceAll('\r\n', '')).not.toContain('\n');
    expect(statSync(join(root, 'a.py')).mode & 0o777).toBe(0o755);
    expect(readdirSync(root)).toEqual(['a.py']);
    expect(ended.stderr).toContain('1 fixed in 1 file');
  });

  test('standard input', async () => {
    const root = folder({});
    const ended = await runProgram(program, ['check', '--stdin', '--stdin-filename', 'x.py'], root, { stdin: BAD });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/^x\.py:2:/);
    const binary = await runProgram(program, ['check', '--stdin'], root, { stdin: Buffer.from([0, 1, 2]) });
    expect(binary.code).toBe(2);
  });

  test('Ctrl+C ends the run with 130 and writes nothing', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, i) => [`f${i}.py`, `import torch\n${'torch.load(x)\n'.repeat(200)}`]),
    );
    const root = folder(many);
    const ended = await runProgram(program, ['check', '--review-fixes'], root, {
      started: (kill) => setTimeout(() => kill('SIGINT'), 700),
    });
    expect(ended).toMatchObject({ code: 130, signal: null, stdout: '' });
    expect(ended.stderr).toMatch(/^Interrupted after \d+ of 400 files\n$/);
    expect(readFileSync(join(root, 'f0.py'), 'utf8')).toBe(many['f0.py']);
  });

  test('a reader that leaves early is no failure', async () => {
    const root = folder({ 'a.py': BAD.repeat(2000) });
    const output = execFileSync('sh', ['-c', `"${process.execPath}" "${program}" check | head -1`], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(output).toContain('load-pickle');
  });
});

test('settings in TOML may extend YAML, also when one file is named and nothing else is YAML', async () => {
  const root = folder({
    'pyproject.toml': '[tool.tidegate]\nextends = "base.yaml"\n',
    'base.yaml': 'ignore: [load-pickle]\n',
    'a.py': BAD,
  });
  expect(await check(root, 'a.py')).toMatchObject({ code: 0, stdout: '' });
});
