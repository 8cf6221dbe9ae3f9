import { expect, test } from 'vitest';
import { at, items } from '../../../server/src/facts/config/entry.js';
import { readJson } from '../../../server/src/facts/config/json.js';
import { expectSound, outline } from './entries.js';

test('gives exact ranges and decoded values', () => {
  const source = '{\n  "a": [1, -2.5e3, "x\\ny"], // c\n  "b": {"c": null, "d": true,},\n}\n';
  const { roots, errors } = readJson(source);
  expect(errors).toEqual([]);
  expect(outline(source, roots[0]).slice(1)).toEqual([
    'a | "a" | list~ | [1, -2.5e3, "x\\ny"]',
    'a.0 |  | 1 | 1',
    'a.1 |  | -2500 | -2.5e3',
    'a.2 |  | "x\\ny" | "x\\ny"',
    'b | "b" | map~ | {"c": null, "d": true,}',
    'b.c | "c" | null | null',
    'b.d | "d" | true | true',
  ]);
});

test('an empty file has no root', () => {
  expect(readJson('')).toEqual({ roots: [], errors: [], template: false });
});

test.each([
  ['{"a": 1 "b": 2}', ['a', 'b'], 'Comma expected'],
  ['{"a" 1, "b": 2}', ['a', 'b'], 'Colon expected'],
  ['{"a": , "b": 2}', ['a', 'b'], 'This property has no value'],
  ['{"a": [1, 2, "b": 2}', ['a'], 'Unexpected colon'],
  ['{"a": {"b": 1}', ['a'], 'This bracket is never closed'],
  ['{"a": 1}}', ['a'], 'This bracket closes nothing'],
  ['{"a": "x\n, "b": 2}', ['a'], 'This string is never closed'],
  ['{"a": 1, 2: 3, "b": 4}', ['a', 'b'], 'Property name expected'],
  ['{"a": 1, "a": 2}', ['a', 'a'], 'Duplicate key "a"'],
])('reads around the error in %s', (source, keys, message) => {
  const tree = readJson(source);
  expect(items(tree.roots[0]).map(({ key }) => key)).toEqual(expect.arrayContaining(keys));
  expect(tree.errors.map((error) => error.message)).toContain(message);
  expectSound(source, tree);
});

test("numbers of Python's json module are numbers", () => {
  const { roots, errors } = readJson('[NaN, Infinity, -Infinity]');
  expect(errors).toEqual([]);
  expect(items(roots[0]).map(({ value }) => value)).toEqual([NaN, Infinity, -Infinity]);
});

test.each([
  ['50,000 brackets', '['.repeat(50_000)],
  ['50,000 closed brackets', '['.repeat(50_000) + ']'.repeat(50_000)],
  ['wrong closers', '['.repeat(25_000) + '}'.repeat(25_000)],
  ['50,000 objects', '{"a":'.repeat(50_000)],
  ['16,000 keys', `{${Array.from({ length: 16_000 }, (_, i) => `"k${i}":1`).join(',')}}`],
  ['BOM and CRLF', '\ufeff{\r\n"a":\t1\r\n}'],
  ['lone surrogates', '{"\ud800": "\udc00\\ud800"}'],
  ['template', '{ {% if x %} "a": {{ y }} {% endif %} }'],
])('survives %s', (_, source) => {
  const tree = readJson(source);
  expectSound(source, tree);
  expect(tree.roots).toHaveLength(1);
});

test('entries behind the depth limit are left out and reported', () => {
  const tree = readJson('['.repeat(300) + ']'.repeat(300));
  expect(tree.errors.map(({ message }) => message)).toEqual(['Nested too deeply; the rest is not read']);
  expect(at(tree.roots[0], ...Array.from({ length: 200 }, () => 0))?.children).toEqual([]);
});
