import { beforeAll, describe, expect, it } from 'vitest';
import type { TextEdit } from '../../../server/src/base/range.js';
import { applyEdits } from '../../../server/src/engine/apply-fixes.js';
import { addEntry, addItem, removeEntry, replaceEntry } from '../../../server/src/engine/config-edits.js';
import { at, type ConfigEntry } from '../../../server/src/facts/config/entry.js';
import { configFacts, loadDrivers } from '../../../server/src/workspace/drivers.js';

beforeAll(() => loadDrivers(['yaml', 'json', 'toml']));

const read = (text: string, language: 'yaml' | 'json' = 'yaml') => configFacts('x', language, text);

/** Applies an edit to the entry at a path; the result has to parse. */
function edited(
  text: string,
  path: (string | number)[],
  edit: (text: string, entry: ConfigEntry) => TextEdit[],
  language: 'yaml' | 'json' = 'yaml',
): string {
  const entry = at(read(text, language).roots[0], ...path);
  if (entry === undefined) throw new Error(`nothing at ${path.join('.')}`);
  const edits = edit(text, entry);
  const result = applyEdits(text, edits);
  expect(read(result, language).errors).toEqual([]);
  return edits.length === 0 ? 'no edit' : result;
}

describe('adding a key', () => {
  const add = (text: string, map: ConfigEntry) => addEntry(text, map, 'mode', 'token');
  it.each([
    ['behind the last sibling', 'a:\n  b: 1\nc: 2\n', ['a'], 'a:\n  b: 1\n  mode: token\nc: 2\n'],
    [
      'behind a nested sibling',
      'a:\n  b:\n    - x\n    - y  # why\n\nc: 2\n',
      ['a'],
      'a:\n  b:\n    - x\n    - y  # why\n  mode: token\n\nc: 2\n',
    ],
    [
      'behind a block scalar',
      'a:\n  b: |\n    x\n    y\nc: 2\n',
      ['a'],
      'a:\n  b: |\n    x\n    y\n  mode: token\nc: 2\n',
    ],
    ['in a list item', '- name: x\n  b: 1\n- name: y\n', [0], '- name: x\n  b: 1\n  mode: token\n- name: y\n'],
    ['at the end without a line break', 'a:\n  b: 1', ['a'], 'a:\n  b: 1\n  mode: token'],
    ['with CRLF', 'a:\r\n  b: 1\r\nc: 2\r\n', ['a'], 'a:\r\n  b: 1\r\n  mode: token\r\nc: 2\r\n'],
    ['below a key without a value', 'a:\nb: 1\n', ['a'], 'a:\n  mode: token\nb: 1\n'],
    ['in flow style', 'a: {b: 1}\n', ['a'], 'a: {b: 1, mode: token}\n'],
    ['in an empty flow map', 'a: {}\n', ['a'], 'a: {mode: token}\n'],
    ['in flow style over lines', 'a: {\n  b: 1,\n}\n', ['a'], 'a: {\n  b: 1,\n  mode: token,\n}\n'],
    ['with an anchor', 'a: &x\n  b: 1\nc: *x\n', ['a'], 'a: &x\n  b: 1\n  mode: token\nc: *x\n'],
    ['not through an alias', 'a: &x\n  b: 1\nc: *x\n', ['c'], 'no edit'],
    ['not to a value', 'a: 1\n', ['a'], 'no edit'],
  ])('%s', (_, text, path, expected) => {
    expect(edited(text, path, add)).toBe(expected);
  });

  it('takes a map of its own', () => {
    const nested = (text: string, map: ConfigEntry) =>
      addEntry(text, map, 'authOptions', [
        ['mode', 'token'],
        ['x', [['y', '1']]],
      ]);
    expect(edited('spec:\n  a: 1\n', ['spec'], nested)).toBe(
      'spec:\n  a: 1\n  authOptions:\n    mode: token\n    x:\n      y: 1\n',
    );
    expect(edited('spec: {a: 1}\n', ['spec'], nested)).toBe('spec: {a: 1, authOptions: {mode: token, x: {y: 1}}}\n');
  });

  it('writes JSON', () => {
    const json = (text: string, map: ConfigEntry) => addEntry(text, map, 'mode', '"token"');
    expect(edited('{"a": {"b": 1}}', ['a'], json, 'json')).toBe('{"a": {"b": 1, "mode": "token"}}');
    expect(edited('{\n  "a": {\n    "b": 1\n  }\n}\n', ['a'], json, 'json')).toBe(
      '{\n  "a": {\n    "b": 1,\n    "mode": "token"\n  }\n}\n',
    );
  });
});

describe('removing an entry', () => {
  it.each([
    ['a line', 'a:\n  b: 1\n  c: 2\n', ['a', 'b'], 'a:\n  c: 2\n'],
    ['a nested block', 'a:\n  b:\n    - x\n    - y\n  c: 2\n', ['a', 'b'], 'a:\n  c: 2\n'],
    ['the first key of a list item', '- b: 1\n  c: 2\n', [0, 'b'], '- c: 2\n'],
    ['a list item', 'a:\n  - x\n  - y\n', ['a', 0], 'a:\n  - y\n'],
    ['a list item of two lines', 'a:\n  - x: 1\n    y: 2\n  - z: 1\n', ['a', 0], 'a:\n  - z: 1\n'],
    ['in flow style', 'a: {b: 1, c: 2}\n', ['a', 'b'], 'a: {c: 2}\n'],
    ['the last in flow style', 'a: {b: 1, c: 2}\n', ['a', 'c'], 'a: {b: 1}\n'],
    ['the only one in flow style', 'a: {b: 1}\n', ['a', 'b'], 'a: {}\n'],
    ['not the only key of a map', 'a:\n  b: 1\nc: 1\n', ['a', 'b'], 'no edit'],
  ])('%s', (_, text, path, expected) => {
    expect(edited(text, path, (all, entry) => removeEntry(all, entry))).toBe(expected);
  });
});

describe('adding an item', () => {
  it.each([
    ['to a block list', 'a:\n  - x\n  - y\nb: 1\n', ['a'], 'a:\n  - x\n  - y\n  - z\nb: 1\n'],
    ['to a list at the margin of its key', 'a:\n- x\nb: 1\n', ['a'], 'a:\n- x\n- z\nb: 1\n'],
    ['behind a map', 'a:\n  - x: 1\n    y: 2\nb: 1\n', ['a'], 'a:\n  - x: 1\n    y: 2\n  - z\nb: 1\n'],
    ['in flow style', 'a: [x, y]\n', ['a'], 'a: [x, y, z]\n'],
    ['to an empty list', 'a: []\n', ['a'], 'a: [z]\n'],
  ])('%s', (_, text, path, expected) => {
    expect(edited(text, path, (all, entry) => addItem(all, entry, 'z'))).toBe(expected);
  });

  it('of several lines', () => {
    const add = (text: string, list: ConfigEntry) => addItem(text, list, 'name: M\nvalue: 1');
    expect(edited('env:\n  - name: A\n    value: 0\n', ['env'], add)).toBe(
      'env:\n  - name: A\n    value: 0\n  - name: M\n    value: 1\n',
    );
  });
});

describe('replacing an entry', () => {
  it.each([
    [
      'a value by keys',
      'env:\n  - name: A\n    value: x  # why\n',
      ['env', 0, 'value'],
      'env:\n  - name: A\n    valueFrom:\n      key: a  # why\n',
    ],
    ['in flow style', 'env: [{name: A, value: x}]\n', ['env', 0, 'value'], 'env: [{name: A, valueFrom: {key: a}}]\n'],
  ])('%s', (_, text, path, expected) => {
    expect(edited(text, path, (all, entry) => replaceEntry(all, entry, 'valueFrom', [['key', 'a']]))).toBe(expected);
  });
});
