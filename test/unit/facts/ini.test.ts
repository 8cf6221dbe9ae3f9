import { expect, test } from 'vitest';
import { at, items, text as textOf } from '../../../server/src/facts/config/entry.js';
import { readIni } from '../../../server/src/facts/config/ini.js';
import { expectSound, outline } from './entries.js';

test('sections, separators, quotes and comments', () => {
  const source = [
    '; top',
    'global = 1',
    '[core]',
    '    remote = storage',
    '[\'remote "storage"\']',
    '    url = s3://b/p # where',
    '    secret_access_key: "a b" ; c',
    '[log]',
    'fmt = %(x)s; not a comment',
    'empty = ',
    'flag',
  ].join('\r\n');
  const tree = readIni(source);
  expect(tree.errors).toEqual([]);
  const remote = source.slice(source.indexOf('url ='), source.indexOf('"a b"') + 5);
  const log = source.slice(source.indexOf('fmt ='));
  expect(outline(source, tree.roots[0]).slice(1)).toEqual([
    'global | global | "1" | 1',
    'core | core | map | remote = storage',
    'core.remote | remote | "storage" | storage',
    `remote "storage" | remote "storage" | map | ${remote}`,
    'remote "storage".url | url | "s3://b/p" | s3://b/p',
    'remote "storage".secret_access_key | secret_access_key | "a b" | "a b"',
    `log | log | map | ${log}`,
    'log.fmt | fmt | "%(x)s; not a comment" | %(x)s; not a comment',
    'log.empty | empty | null | ',
    'log.flag | flag | null | ',
  ]);
  expectSound(source, tree);
});

test('a git-style section header keeps its inner quotes', () => {
  const { roots } = readIni('[remote "a]b"] # x\nurl = u\n');
  expect(textOf(at(roots[0], 'remote "a]b"', 'url'))).toBe('u');
});

test('env files: export, multi-line quotes, escapes', () => {
  const source = 'export TOKEN="a\\"b\\nc" # c\nKEY=\'x\ny\'\nURL=http://h/#frag\nEMPTY=""\n';
  const { roots, errors } = readIni(source);
  expect(errors).toEqual([]);
  expect(items(roots[0]).map(({ key, value }) => [key, value])).toEqual([
    ['TOKEN', 'a"b\nc'],
    ['KEY', 'x\ny'],
    ['URL', 'http://h/#frag'],
    ['EMPTY', ''],
  ]);
  const key = at(roots[0], 'KEY')!;
  expect(source.slice(key.range.start, key.range.end)).toBe("KEY='x\ny'");
});

test('continuation lines of properties and configparser', () => {
  const source = 'models={\\\n  "a": 1\\\n}\nrequires =\n    torch>=2\n    numpy ; python_version < "3.12"\nnext = 1\n';
  const { roots } = readIni(source);
  expect(items(roots[0]).map(({ key, value }) => [key, value])).toEqual([
    ['models', '{"a": 1}'],
    ['requires', '\ntorch>=2\nnumpy ; python_version < "3.12"'],
    ['next', '1'],
  ]);
});

test('duplicate keys and sections are reported; a section written twice is one map', () => {
  const source = '[a]\nx=1\n[b]\n[a]\nx=2\ny=3\n';
  const { roots, errors } = readIni(source);
  expect(errors.map(({ message }) => message)).toEqual(['Duplicate section "a"', 'Duplicate key "x"']);
  expect(items(at(roots[0], 'a')).map(({ value }) => value)).toEqual(['1', '2', '3']);
});

test.each([
  ['open section', '[a\nb = 1\n'],
  ['open quotes', 'a = "x\nb = \'y\n'],
  ['50,000 brackets', '['.repeat(50_000)],
  ['16,000 keys', Array.from({ length: 16_000 }, (_, i) => `k${i}=v`).join('\n')],
  ['50,000 backslashes', `a = ${'\\'.repeat(50_000)}\n`.repeat(2)],
  ['continuations', `a = \\\n${'  b \\\n'.repeat(10_000)}`],
  ['blanks', `${' '.repeat(50_000)}=${' '.repeat(50_000)}\n`],
  ['separators', '=:=:=:\n'.repeat(5000)],
  ['BOM', '\ufeff[a]\nb=1'],
  ['quotes', '"\'=\'"'.repeat(20_000)],
])('survives %s', (_, source) => {
  expectSound(source, readIni(source));
});

test.each([
  ['nginx', 'server {\n  listen 80;\n  location / {\n    root /data;\n  }\n}\n'],
  ['JSON', '{\n  "optimizer": {\n    "lr": 1\n  },\n  "fp16": {\n    "enabled": true\n  },\n}\n'],
  ['TOML', 'upstreams = [\n  "a"\n]\nscopes = [\n  "b"\n]\n'],
])('a file of %s is read without errors and not edited', (_, source) => {
  const { errors, template } = readIni(source);
  expect([errors, template]).toEqual([[], true]);
});

test('a key that is written twice is an error where no brackets say that the syntax is another', () => {
  expect(readIni('[a]\nb = 1\nb = 2\n').errors).toHaveLength(1);
});
