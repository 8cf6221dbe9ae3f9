import { beforeAll, describe, expect, it } from 'vitest';
import { keepsTheRest } from '../../../server/src/engine/kept-config.js';
import { loadDrivers } from '../../../server/src/workspace/drivers.js';

beforeAll(() => loadDrivers(['yaml', 'json']));

/** An edit of the only place where `from` stands. */
function kept(text: string, from: string, to: string, path = 'a.yaml'): boolean {
  const start = text.indexOf(from);
  const language = path.endsWith('.py') ? ('python' as const) : ('yaml' as const);
  return keepsTheRest({ path, language, text }, [{ range: { start, end: start + from.length }, newText: to }]);
}

const TEXT = 'a:\n  b: 1\n  c: 2\nd:\n  - x: 1\n    y: 2\n  - x: 3\n';

describe('what a fix leaves alone', () => {
  it.each([
    ['a value', 'b: 1', 'b: 5', true],
    ['a new key', '  c: 2\n', '  c: 2\n  e: 4\n', true],
    ['an item that goes', '  - x: 1\n    y: 2\n', '', true],
    ['a value that becomes a map', 'c: 2', 'c:\n    f: 1', true],
    ['broken syntax', 'b: 1', 'b: [', false],
    ['a key that takes in the next ones', 'b: 1\n', 'b:\n  ', false],
  ])('%s', (_, from, to, expected) => {
    expect(kept(TEXT, from, to)).toBe(expected);
  });

  it('values under another key are not where they were', () => {
    const start = TEXT.indexOf('d:');
    const edit = { range: { start, end: start }, newText: 'e:\n  ' };
    expect(keepsTheRest({ path: 'a.yaml', language: 'yaml', text: TEXT }, [edit])).toBe(false);
  });

  it('says nothing about Python', () => {
    expect(kept('a = 1\n', '1', '(', 'a.py')).toBe(true);
  });
});
