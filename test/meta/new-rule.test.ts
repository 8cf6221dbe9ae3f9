import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './source-files.js';

/** What making and testing a rule needs. */
const NEEDED = [
  ...['server', 'client', 'tools', 'docs', 'schemas', 'snippets', 'test/rules', 'test/meta/contract.test.ts'],
  ...['package.json', 'package.nls.json', 'README.md', 'THIRD-PARTY-NOTICES.md'],
  ...['vitest.config.ts', 'tsconfig.base.json'],
];

let copy: string;

function node(...args: readonly string[]) {
  return spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'tidegate-new-rule-'));
  for (const path of NEEDED) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('npm run new-rule', () => {
  it('makes a rule that is registered, documented and green without any other edit', () => {
    const made = node('--import', 'tsx', 'tools/new-rule.ts', 'loading/load-example');
    expect({ status: made.status, stderr: made.stderr }).toMatchObject({ status: 0 });

    const generated = node('--import', 'tsx', 'tools/generate.ts', '--check');
    expect({ status: generated.status, stdout: generated.stdout }).toMatchObject({ status: 0 });

    const tested = node(
      'node_modules/vitest/vitest.mjs',
      ...['run', 'test/rules', 'test/meta/contract.test.ts', '-t', 'load-example', '--reporter=json'],
    );
    const report = JSON.parse(tested.stdout.slice(tested.stdout.indexOf('{'))) as Record<string, number>;
    expect(report).toMatchObject({ numFailedTests: 0, success: true });
    // Examples, cases and the contract: each of the three files has a say.
    expect(report.numPassedTests).toBeGreaterThan(10);

    const typed = node(
      'node_modules/typescript/bin/tsc',
      '-p',
      'server/tsconfig.json',
      '--noEmit',
      '--pretty',
      'false',
    );
    expect(typed.stdout.split('\n').filter((line) => line.includes('load-example'))).toEqual([]);
  }, 180_000);

  it('refuses a name that is no rule, and a rule that exists', () => {
    expect(node('--import', 'tsx', 'tools/new-rule.ts', 'Loading/LoadX').status).toBe(2);
    expect(node('--import', 'tsx', 'tools/new-rule.ts', 'loading/load-torch').status).toBe(2);
  }, 60_000);
});
