import { describe, expect, test } from 'vitest';
import { absolute, commonFolder, holds, parentOf, relative, under } from '../../server/src/cli/absolute-paths.js';

describe('absolute paths', () => {
  test.each([
    ['/a/b', 'c', '/a/b/c'],
    ['/a/b', '../c', '/a/c'],
    ['/a/b', '/x/./y/..', '/x'],
    ['/', '../..', '/'],
    ['C:/a', 'b', 'C:/a/b'],
    ['C:/a', 'D:/b/../c', 'D:/c'],
  ])('%s and %s make %s', (folder, path, expected) => {
    expect(absolute(folder, path)).toBe(expected);
  });

  test.each([
    ['/a/b', '/a/b/c.py', 'c.py'],
    ['/a/b', '/a/c.py', '../c.py'],
    ['/a/b', '/a/b', ''],
    ['/', '/a', 'a'],
    ['C:/a', 'C:/b/c.py', '../b/c.py'],
  ])('from %s to %s: %s', (folder, path, expected) => {
    expect(relative(folder, path)).toBe(expected);
    expect(absolute(folder, expected)).toBe(path);
  });

  test('folders around', () => {
    expect(commonFolder(['/a/b/c', '/a/b', '/a/b/d'])).toBe('/a/b');
    expect(commonFolder(['/a', '/b'])).toBe('/');
    expect(commonFolder(['C:/a/b', 'C:/a'])).toBe('C:/a');
    expect([parentOf('/a/b'), parentOf('/a'), parentOf('/'), parentOf('C:/a')]).toEqual(['/a', '/', '/', 'C:/']);
    expect([holds('/a', '/a/b'), holds('/a', '/ab'), holds('/', '/x')]).toEqual([true, false, true]);
    expect([under('/', 'a'), under('/r', 'a'), under('C:/', 'a'), under('/r', '')]).toEqual([
      '/a',
      '/r/a',
      'C:/a',
      '/r',
    ]);
  });
});
