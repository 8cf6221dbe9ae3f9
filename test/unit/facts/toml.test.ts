import { expect, test } from 'vitest';
import { at, items, text as textOf } from '../../../server/src/facts/config/entry.js';
import { readToml } from '../../../server/src/facts/config/toml.js';
import { expectSound, outline } from './entries.js';

test('tables, dotted keys and arrays of tables become maps and lists with exact ranges', () => {
  const source = [
    'top = 1 # c',
    '[tool.poetry]',
    'name = "x"',
    "deps.torch = { version = '2', extras = ['a', \"b\"] }",
    '[tool.ruff]',
    '[[package]]',
    'name = "n1"',
    '[package.source]',
    'url = "u"',
    '[[package]]',
    'when = 1979-05-27T07:32:00Z',
    '',
  ].join('\n');
  const tree = readToml(source);
  expect(tree.errors).toEqual([]);
  expect(outline(source, tree.roots[0]).slice(1)).toEqual([
    'top | top | 1 | 1',
    `tool | tool | map | ${source.slice(source.indexOf('poetry]'), source.indexOf('[[package') - 1)}`,
    `tool.poetry | poetry | map | ${source.slice(source.indexOf('name ='), source.indexOf('\n[tool.ruff'))}`,
    'tool.poetry.name | name | "x" | "x"',
    "tool.poetry.deps | deps | map | torch = { version = '2', extras = ['a', \"b\"] }",
    "tool.poetry.deps.torch | torch | map~ | { version = '2', extras = ['a', \"b\"] }",
    'tool.poetry.deps.torch.version | version | "2" | \'2\'',
    'tool.poetry.deps.torch.extras | extras | list~ | [\'a\', "b"]',
    'tool.poetry.deps.torch.extras.0 |  | "a" | \'a\'',
    'tool.poetry.deps.torch.extras.1 |  | "b" | "b"',
    'tool.ruff | ruff | map | ',
    `package | package | list | ${source.slice(source.indexOf('name = "n1"')).trimEnd()}`,
    'package.0 |  | map | name = "n1"\n[package.source]\nurl = "u"',
    'package.0.name | name | "n1" | "n1"',
    'package.0.source | source | map | url = "u"',
    'package.0.source.url | url | "u" | "u"',
    'package.1 |  | map | when = 1979-05-27T07:32:00Z',
    'package.1.when | when | "1979-05-27T07:32:00Z" | 1979-05-27T07:32:00Z',
  ]);
  expectSound(source, tree);
});

test('reads around a broken statement', () => {
  const source = '[a]\nx = 1\ny = \nz = 3\n[b]\nw = "unclosed\nv = 4\n';
  const tree = readToml(source);
  expect(tree.errors.map(({ range }) => source.slice(0, range.start).split('\n').length)).toEqual([3, 6]);
  expect(items(at(tree.roots[0], 'a')).map(({ key }) => key)).toEqual(['x', 'z']);
  expect(textOf(at(tree.roots[0], 'b', 'v'))).toBe('4');
});

test('an open array leaves the part in front of it', () => {
  const tree = readToml('[project]\nname = "p"\ndependencies = [\n  "torch",\n  "numpy"\n\n[tool.x]\ny = 1\n');
  expect(tree.errors.length).toBeGreaterThan(0);
  expect(textOf(at(tree.roots[0], 'project', 'name'))).toBe('p');
});

test.each([
  ['50,000 brackets', `a = ${'['.repeat(50_000)}`],
  ['490 brackets', `a = ${'['.repeat(490)}${']'.repeat(490)}`],
  ['long dotted key', `${'a.'.repeat(20_000)}b = 1`],
  ['16,000 keys', Array.from({ length: 16_000 }, (_, i) => `k${i} = ${i}`).join('\n')],
  ['8,000 tables', Array.from({ length: 8000 }, (_, i) => `[t.k${i}]\nv = ${i}`).join('\n')],
  ['2,000 broken lines', 'a = \n'.repeat(2000)],
  ['BOM and CRLF', '\ufeff[a]\r\nb = 1\r\n'],
  ['garbage', '\u0000\ud800 = = [[[\n"""'],
  ['duplicates', 'a = 1\na = 2\n[t]\n[t]\n'],
  ['empty', ''],
])('survives %s', (_, source) => {
  const tree = readToml(source);
  expectSound(source, tree);
  expect(tree.roots).toHaveLength(1);
});

test('a BOM does not shift ranges', () => {
  const source = '\ufeff[a]\r\nb = 1\r\n';
  const entry = at(readToml(source).roots[0], 'a', 'b')!;
  expect(source.slice(entry.range.start, entry.range.end)).toBe('b = 1');
});
