import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { notebook, run } from './run.js';

/** A small project with one of everything. */
const PROJECT = {
  '/repo/.git/HEAD': '',
  '/repo/.gitignore': 'ignored.py\n',
  '/repo/ignored.py': '',
  '/repo/.venv/pyvenv.cfg': '',
  '/repo/requirements.txt': 'danger==0.9\n',
  '/repo/tidegate.yaml': 'profil: strict\n',
  '/repo/src/train me.py': [
    'import danger',
    'import os',
    '',
    'def main(path):',
    '    name = "模型 😀\t"; model = danger.load(path)  # größe',
    '    ',
    '    other = danger.load(',
    '        path,',
    '    )',
    '',
    'danger.load("x")  # tidegate: ignore[load-danger] -- only loads a file of our own',
    '',
  ].join('\n'),
  '/repo/src/keys.py': 'import danger\nTOKEN = "tok_A1b2C3d4E5f6G7"; danger.risky(TOKEN)\n',
  '/repo/nb/explore.ipynb': notebook('import danger\n%pip install danger==0.8', 'x = 1\nmodel = danger.load("m.bin")'),
  '/repo/broken.py': 'import danger\ndanger.load(\ndef f(:\n',
  '/repo/crash.py': 'import danger\ndanger.crash()\n',
};

const SECRET = 'tok_A1b2C3d4E5f6G7';

async function golden(format: string, extra: readonly string[] = []) {
  const ran = await run(PROJECT, ['check', '--format', format, ...extra]);
  expect(ran.stdout).not.toContain(SECRET);
  expect(ran.stderr).not.toContain(SECRET);
  return ran;
}

describe('golden outputs', () => {
  test('text', async () => {
    const { stdout } = await golden('text', ['--no-color']);
    await expect(stdout).toMatchFileSnapshot('fixtures/golden/report.txt');
  });

  test('text in colour says the same', async () => {
    const plain = (await golden('text', ['--no-color'])).stdout;
    const coloured = (await golden('text', ['--color'])).stdout;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with a control character
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
    expect(coloured).not.toBe(plain);
  });

  test('concise, with what goes to standard error', async () => {
    const { stdout, stderr } = await golden('concise', ['--show-skipped', '--statistics']);
    await expect(stdout).toMatchFileSnapshot('fixtures/golden/report.concise.txt');
    await expect(stderr).toMatchFileSnapshot('fixtures/golden/stderr.txt');
    const finding = /^[^:]+:\d+:\d+: (error|warning|info|hint) [a-z-]+ .+$/;
    for (const line of stdout.trimEnd().split('\n')) expect(line).toMatch(finding);
  });

  test('json', async () => {
    const { stdout } = await golden('json');
    await expect(stdout).toMatchFileSnapshot('fixtures/golden/report.json');
  });

  test('sarif', async () => {
    const { stdout } = await golden('sarif');
    await expect(stdout).toMatchFileSnapshot('fixtures/golden/report.sarif');
  });

  test('diff', async () => {
    const { stdout, code, host } = await run(PROJECT, ['check', '--diff', '--review-fixes', 'src', 'nb']);
    expect(stdout).not.toContain(SECRET);
    await expect(stdout).toMatchFileSnapshot('fixtures/golden/changes.diff');
    expect(host.written).toEqual([]);
    expect(code).toBe(1);
  });
});

describe('SARIF', () => {
  const schema = JSON.parse(readFileSync(new URL('fixtures/sarif-schema-2.1.0.json', import.meta.url), 'utf8'));
  // Ajv 8 reads draft-06 and later, which call the `id` of draft-04 `$id`.
  delete schema.$schema;
  delete schema.id;
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false }).compile(
    schema,
  );

  async function log(argv: readonly string[]): Promise<Log> {
    const parsed = JSON.parse((await run(PROJECT, ['check', '-f', 'sarif', ...argv])).stdout) as Log;
    expect(validate(parsed), JSON.stringify(validate.errors, undefined, 1)).toBe(true);
    return parsed;
  }

  test('is valid, also without findings', async () => {
    await log([]);
    const empty = await run({ '/repo/a.py': '' }, ['check', '-f', 'sarif']);
    expect(validate(JSON.parse(empty.stdout))).toBe(true);
    const nothing = await run({ '/repo/a.txt': '' }, ['check', '-f', 'sarif']);
    expect(validate(JSON.parse(nothing.stdout))).toBe(true);
  });

  test('the schema does refuse', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  test('results point at their rules, fixes at raw lines, suppressions say why', async () => {
    const { runs } = await log([]);
    const { results = [], tool, taxonomies, invocations } = runs[0]!;
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules![ruleIndex!]!.id).toBe(ruleId);
    expect(taxonomies![0]!.taxa!.map(({ id }) => id)).toEqual(['CWE-94', 'CWE-502', 'CWE-798', 'CWE-1357']);
    const suppressed = results.filter(({ suppressions }) => suppressions !== undefined);
    expect(suppressed.map(({ suppressions }) => suppressions![0]!.justification)).toEqual([
      'only loads a file of our own',
    ]);
    const inNotebook = results.find(
      ({ locations }) => locations![0]!.physicalLocation!.artifactLocation!.uri === 'nb/explore.ipynb',
    )!;
    const { startLine } = inNotebook.locations![0]!.physicalLocation!.region!;
    expect(PROJECT['/repo/nb/explore.ipynb'].split('\n')[startLine! - 1]).toContain('danger.load');
    const replacement = inNotebook.fixes![0]!.artifactChanges[0]!.replacements[0]!;
    expect(replacement.deletedRegion.startLine).toBe(startLine);
    expect(invocations![0]!.toolConfigurationNotifications).toHaveLength(1);
    expect(JSON.stringify(invocations![0]!.toolExecutionNotifications)).toContain('ignored by .gitignore');
  });
});

describe('JSON', () => {
  test('edits fit the files they name', async () => {
    const { stdout } = await run(PROJECT, ['check', '-f', 'json', 'nb/explore.ipynb']);
    const { findings } = JSON.parse(stdout);
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect(finding.cell).toEqual({ index: 1, line: 2 });
    expect(finding.related[0]).toMatchObject({ path: 'nb/explore.ipynb', cell: { index: 0, line: 2 } });
    const { path, range, newText } = finding.fixes[0].edits[0];
    const lines = PROJECT[`/repo/${path}` as keyof typeof PROJECT].split('\n');
    const line = lines[range.start.line - 1]!;
    const fixed = line.slice(0, range.start.column - 1) + newText + line.slice(range.end.column - 1);
    expect(JSON.parse(fixed)).toBe('model = danger.load("m.bin", safe=True)');
  });
});

test('several formats in one run: one on standard output, the others in files', async () => {
  const { stdout, host, code } = await run(PROJECT, [
    'check',
    'src',
    '-f',
    'concise',
    '-f',
    'json=out.json',
    '-f',
    'sarif=out.sarif',
  ]);
  expect(code).toBe(1);
  expect(stdout).toContain('src/keys.py:2:');
  expect(JSON.parse(host.text('out.json')!).version).toBe(1);
  expect(JSON.parse(host.text('out.sarif')!).version).toBe('2.1.0');
  expect((await run(PROJECT, ['check', '-f', 'json', '-f', 'text'])).code).toBe(2);
});

test('a terminal gets text, a pipe the concise form', async () => {
  const files = { '/repo/a.py': 'import danger\ndanger.load(1)\n' };
  expect((await run(files, ['check'])).stdout).toMatch(/^a\.py:2:1: error load-danger /);
  const terminal = await run(files, ['check'], (host) => {
    host.stdout.isTerminal = true;
  });
  expect(terminal.stdout).toContain('\u001b[');
  const noColour = await run(files, ['check'], (host) => {
    host.stdout.isTerminal = true;
    host.env = { NO_COLOR: '1' };
  });
  expect(noColour.stdout).toMatch(/^a\.py:2:1: error\[load-danger\] /);
});

test('control characters of a file never reach the terminal', async () => {
  const files = { '/repo/a\u001b[2J.py': 'import danger\ndanger.load("\u001b]0;title\u0007\u202e")\n' };
  const { stdout, stderr } = await run(files, ['check', '-f', 'text', '--no-color']);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what must not be there
  expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  expect(stdout).toContain('danger.load');
});
