import { describe, expect, test } from 'vitest';
import type { Share } from '../../server/src/cli/check/share.js';
import { checkShares, helpfulThreads } from '../../server/src/cli/check/shared-run.js';
import { checkDocument } from '../../server/src/engine/check.js';
import type { MemoryFile } from '../unit/workspace/memory-tree.js';
import type { MemoryHost } from './memory-host.js';
import { run } from './run.js';
import { testRules } from './test-rules.js';

const ENGINE = { check: checkDocument, rules: testRules };
const BAD = 'import danger\ndanger.load(file)\n';

/** Enough files for a second thread; every hundredth is special. */
function manyFiles(): Record<string, MemoryFile> {
  const files: Record<string, MemoryFile> = { '/repo/.git': 'a repository' };
  for (let i = 0; i < 900; i++) {
    const path = `/repo/src/m${String(i).padStart(3, '0')}.py`;
    if (i % 100 === 0) files[path] = BAD;
    else if (i % 100 === 1) files[path] = { text: 'x = 1\n', encoding: 'latin-1', bom: false };
    else if (i % 100 === 2) files[path] = 'def broken(:\n';
    else if (i % 100 === 3) files[path] = { unreadable: 'permission' };
    else files[path] = `value = ${i}\n`;
  }
  return files;
}

const working = (host: MemoryHost): void => {
  host.parallelism = 2;
  host.thread = (shared, receive) => checkShares(shared, host, ENGINE, receive);
};

const argv = ['check', 'src', '-f', 'concise', '--show-skipped'];

describe('several threads', () => {
  test('find what one finds, and say it in the same order', async () => {
    const one = await run(manyFiles(), [...argv, '--threads', '1']);
    const two = await run(manyFiles(), argv, working);
    expect(one.host.threads).toBe(0);
    expect(two.host.threads).toBe(1);
    expect(two.stdout).toBe(one.stdout);
    expect(two.stdout.split('\n').length).toBeGreaterThan(9);
    expect(two.stderr).toBe(one.stderr);
    expect(two.stderr).toContain('Latin-1');
    expect(two.code).toBe(one.code);
  });

  test('share the work', async () => {
    const shares: Share[] = [];
    const { host } = await run(manyFiles(), argv, (machine) => {
      machine.parallelism = 2;
      machine.thread = (shared, receive) =>
        checkShares(shared, machine, ENGINE, (share) => {
          shares.push(share);
          receive(share);
        });
    });
    const elsewhere = shares.flatMap(({ checked, unreadable }) => [...checked, ...unreadable]).length;
    expect(elsewhere).toBeGreaterThan(0);
    expect(elsewhere).toBeLessThanOrEqual(900);
    expect(host.threads).toBe(1);
  });

  test('may fail: the main one checks what they took', async () => {
    const one = await run(manyFiles(), [...argv, '--threads', '1']);
    const failing = await run(manyFiles(), argv, (host) => {
      host.parallelism = 2;
      host.thread = (shared) => {
        Atomics.add(shared.taken, 0, 3);
        return Promise.resolve();
      };
    });
    expect(failing.stdout).toBe(one.stdout);
    expect(failing.stderr).toBe(one.stderr);
  });

  test('are stopped by an interrupt', async () => {
    const { code, host } = await run(manyFiles(), argv, (machine) => {
      machine.parallelism = 2;
      machine.interruptAfter = 5;
    });
    expect(code).toBe(130);
    expect(host.stopped).toBe(true);
  });

  test.each([
    [10, 8, 0],
    [800, 1, 0],
    [800, 2, 1],
    [800, 8, 2],
    [10_000, 4, 3],
  ])('%i files on a machine with %i cores: %i more', (files, available, more) => {
    expect(helpfulThreads(files, available)).toBe(more);
  });

  test.each(['0', '-1', '1.5', 'many'])('--threads %s is a mistake', async (count) => {
    const { code, stderr } = await run({ '/repo/a.py': BAD }, ['check', '--threads', count]);
    expect(code).toBe(2);
    expect(stderr).toContain('whole number');
  });
});
