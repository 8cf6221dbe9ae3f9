import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOT } from '../samples/run-cli.js';

const copy = mkdtempSync(join(tmpdir(), 'tidegate-new-rule-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

it('scaffolds a rule that passes its tests with no other file edited', () => {
  const parts = [
    'server',
    'client',
    'tools',
    'test/rules',
    'test/meta/contract.test.ts',
    'docs',
    'snippets',
    'schemas',
    'package.json',
    'package.nls.json',
    'README.md',
    'THIRD-PARTY-NOTICES.md',
    'tsconfig.base.json',
    'vitest.config.ts',
  ];
  for (const part of parts) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const run = (program: string, ...args: string[]) =>
    spawnSync(join(ROOT, 'node_modules/.bin', program), args, {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    });

  const made = run('tsx', 'tools/new-rule.ts', 'loading/load-example');
  expect(made.stderr).toBe('');
  expect(made.status).toBe(0);
  expect(existsSync(join(copy, 'server/src/rules/loading/load-example.cases.md'))).toBe(true);
  expect(run('tsx', 'tools/generate.ts', '--check').stdout).toBe('');
  const tests = run('vitest', 'run', 'test/rules', 'test/meta/contract.test.ts', '-t', 'load-example');
  expect(tests.stdout).toMatch(/Tests\s+\S*\d+ passed/);
  expect(tests.status).toBe(0);
  expect(run('tsx', 'tools/new-rule.ts', 'loading/load-example').status).toBe(2);
});
