import { expect, it } from 'vitest';
import { CheckedFiles } from './check-files.js';

const LINES = 1500;

/** A line for each number, all alike but for it. */
const many = (line: (i: number) => string): string => Array.from({ length: LINES }, (_, i) => line(i)).join('\n');

/** Files that cost far more than their length where a rule tries every way to read a text, or looks at all for each. */
const FILES: readonly (readonly [rule: string, path: string, text: string])[] = [
  [
    'dvc-import-unpinned',
    'data.csv.dvc',
    `deps:\n- path: a\n  repo:\n    url: https://example.com/a/b\n    rev: v1.0_${'a'.repeat(60)}!\nouts:\n- path: b\n`,
  ],
  ['cog-unpinned', 'cog.yaml', `build:\n  python_packages:\n    - torch${'=1'.repeat(40)} x\npredict: predict.py\n`],
  ['dotenv-committed', '.env', many((i) => `PASSWORD_${i}=kX9${'-vTq2Lm_w'}`)],
];

it.each(FILES)('%s reads %s in a time in step with its length', async (rule, path, text) => {
  const files = await CheckedFiles.open({ [path]: text }, [rule]);
  const start = performance.now();
  files.check(path);
  expect(performance.now() - start).toBeLessThan(4000);
});
