import { describe, expect, test } from 'vitest';
import { globSet, rebaseGlob } from '../../../server/src/workspace/globs.js';
import { foldersUp, isInside, resolveFrom } from '../../../server/src/workspace/paths.js';

describe('globs of a configuration file', () => {
  test.each([
    ['*.py', '', '**/*.py'],
    ['*.py', 'sub', 'sub/**/*.py'],
    ['data', '', '**/data'],
    ['data/', 'sub', 'sub/**/data/**'],
    ['/top.py', '', 'top.py'],
    ['/top/', 'sub', 'sub/top/**'],
    ['a/b.py', 'sub', 'sub/a/b.py'],
    ['./a.py', 'sub', 'sub/**/a.py'],
    ['**/x.py', 'sub', 'sub/**/x.py'],
    ['**', 'sub', 'sub/**'],
  ])('%s in "%s" means %s', (glob, folder, expected) => {
    expect(rebaseGlob(glob, folder)).toBe(expected);
  });

  test('a match covers what is below, dot files included', () => {
    const set = globSet(['**/data', 'a/*.py', '[']);
    expect(set('data')).toBe('**/data');
    expect(set('x/data/.hidden/y.py')).toBe('**/data');
    expect(set('a/b.py')).toBe('a/*.py');
    expect(set('a/b/c.py')).toBeUndefined();
    expect(set('database')).toBeUndefined();
  });
});

describe('paths', () => {
  test('folders from a path to the root', () => {
    expect(foldersUp('a/b')).toEqual(['a/b', 'a', '']);
    expect(foldersUp('')).toEqual(['']);
  });

  test('nothing resolves to a place outside', () => {
    expect(resolveFrom('a/b', '../c/./d.txt')).toBe('a/c/d.txt');
    expect(resolveFrom('a', '../../x')).toBeUndefined();
    for (const absolute of ['/etc/passwd', 'C:\\x', 'c:/x', '\\\\server\\share'])
      expect(resolveFrom('a', absolute)).toBeUndefined();
  });

  test('inside', () => {
    expect([isInside('a/b', 'a'), isInside('ab', 'a'), isInside('a', 'a'), isInside('x', '')]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });
});
