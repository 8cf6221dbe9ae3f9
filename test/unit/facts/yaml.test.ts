import { expect, test } from 'vitest';
import { at, child, descendants, items, text as textOf, withMerged } from '../../../server/src/facts/config/entry.js';
import { readYaml } from '../../../server/src/facts/config/yaml.js';
import { expectSound, outline } from './entries.js';

test('gives exact ranges for keys and values, quotes included, comments and line breaks excluded', () => {
  const source = [
    'name: train # the job',
    'image: "a/b:1"   # c',
    "user: 'root'",
    'empty:',
    'tagged: !Ref Bucket # z',
    'script: |',
    '  pip install x',
    '  python t.py',
    '',
    'folded: >-',
    '  a',
    '  b',
    'list:',
    '  - 1',
    '  - {x: yes, y: }',
    'nested:',
    '  deep:',
    '    on: true',
    '',
    '# end',
    '',
  ].join('\n');
  const { roots, errors } = readYaml(source);
  expect(errors).toEqual([]);
  expect(outline(source, roots[0])).toEqual([
    ` |  | map | ${source.slice(0, source.indexOf('true') + 4)}`,
    'name | name | "train" | train',
    'image | image | "a/b:1" | "a/b:1"',
    'user | user | "root" | \'root\'',
    'empty | empty | null | ',
    'tagged | tagged | "Bucket" | Bucket',
    'script | script | "pip install x\\npython t.py\\n" | |\n  pip install x\n  python t.py',
    'folded | folded | "a b" | >-\n  a\n  b',
    'list | list | list | - 1\n  - {x: yes, y: }',
    'list.0 |  | 1 | 1',
    'list.1 |  | map~ | {x: yes, y: }',
    'list.1.x | x | "yes" | yes',
    'list.1.y | y | null | ',
    'nested | nested | map | deep:\n    on: true',
    'nested.deep | deep | map | on: true',
    'nested.deep.on | on | true | true',
  ]);
  expect(at(roots[0], 'tagged')?.tag).toBe('!Ref');
  expect(at(roots[0], 'image')?.style).toBe('double');
  expect(at(roots[0], 'script')?.style).toBe('literal');
  expect(at(roots[0], 'empty')?.valueRange.start).toBe(source.indexOf('empty:') + 6);
});

test('an empty value stands right behind its colon, and ends its map there', () => {
  const source = 'a:\n  b:   \n  c:  # x\nd: [ ]\n';
  const { roots } = readYaml(source);
  const place = (...path: string[]) => at(roots[0], ...path)?.valueRange;
  expect(place('a', 'b')).toEqual({ start: source.indexOf('b:') + 2, end: source.indexOf('b:') + 2 });
  expect(place('a', 'c')).toEqual({ start: source.indexOf('c:') + 2, end: source.indexOf('c:') + 2 });
  expect(place('a')).toEqual({ start: source.indexOf('b:'), end: source.indexOf('c:') + 2 });
});

test('keeps numeric and quoted keys as written', () => {
  const { roots } = readYaml('1.10: a\n"q k": b\n? [x, y]\n: c\n');
  expect(items(roots[0]).map(({ key }) => key)).toEqual(['1.10', 'q k', '[x, y]']);
});

test('reads several documents, with BOM and CRLF', () => {
  const source = '\ufeffa: 1\r\nb:\r\n  - x # c\r\n---\r\nkind: Pod\r\n---\r\n';
  const { roots, errors } = readYaml(source);
  expect(errors).toEqual([]);
  expect(roots.map(({ document, kind }) => [document, kind])).toEqual([
    [0, 'map'],
    [1, 'map'],
    [2, 'scalar'],
  ]);
  expect(outline(source, roots[0])[2]).toBe('b | b | list | - x');
  const kind = child(roots[1], 'kind')!;
  expect(source.slice(kind.valueRange.start, kind.valueRange.end)).toBe('Pod');
});

test('aliases point at their anchor and are not expanded; merge keys stay', () => {
  const { roots } = readYaml('base: &b {image: x}\nsvc:\n  <<: *b\n  name: s\nother: *b\n');
  const alias = at(roots[0], 'svc', '<<')!;
  expect(alias.alias).toBe(at(roots[0], 'base'));
  expect(alias.children).toEqual([]);
  expect(textOf(at(roots[0], 'other', 'image'))).toBe('x');
});

test('a merge key brings children under the own ones, however anchors are chained', () => {
  const chain = Array.from({ length: 3_000 }, (_, i) => `m${i}: &m${i} {<<: [*m${i - 1}, *m${i - 1}], k${i}: ${i}}`);
  const { roots } = readYaml(`m-1: &m-1 {k-1: -1, k5: no}\n${chain.join('\n')}\n`);
  const last = child(roots[0], 'm2999');
  expect(textOf(child(last, 'k-1'))).toBe('-1');
  expect(textOf(child(last, 'k5'))).toBe('5');
  expect(child(last, 'k3000')).toBeUndefined();
  expect(withMerged(last)).toHaveLength(3_001);
});

test('a cyclic alias points at the entry that holds it', () => {
  const { roots } = readYaml('a: &a\n  - *a\n  - 1\n');
  const list = at(roots[0], 'a')!;
  expect(list.children[0]?.alias).toBe(list);
  expect([...descendants(roots[0]!)]).toHaveLength(4);
});

test('unknown anchors and duplicate keys are errors, both entries stay', () => {
  const source = 'a: *nope\nk: 1\nk: 2\n';
  const { roots, errors } = readYaml(source);
  expect(errors.map(({ range, message }) => [source.slice(range.start, range.end), message])).toEqual([
    ['*nope', 'Unknown anchor "nope"'],
    ['k', 'Duplicate key "k"'],
  ]);
  expect(items(roots[0])).toHaveLength(3);
});

test('keeps the tags of other languages', () => {
  const { roots } = readYaml('x: !!python/object/apply:os.system ["id"]\ny: !Sub "a"\nz: !!str 1\n');
  expect(items(roots[0]).map(({ tag }) => tag)).toEqual(['!!python/object/apply:os.system', '!Sub', '!!str']);
});

test('tells templates from broken files', () => {
  expect(readYaml('{{- if .Values.x }}\na: {{ .V.c }}\n{{- end }}\n').template).toBe(true);
  expect(readYaml('a: {{ cookiecutter.name }}\n').template).toBe(true);
  expect(readYaml('{% for x in y %}\na: 1\n{% endfor %}').template).toBe(true);
  expect(readYaml('args: ["echo {{inputs.parameters.m}}"]\ncmd: echo {{x}}\n').template).toBe(false);
  expect(readYaml('cmd: echo {{x}}\nb: "unclosed\n').template).toBe(false);
});

test('reads what stands in front of an error', () => {
  const { roots, errors } = readYaml('a: 1\nb: [x, y\nc: 2\n');
  expect(errors.length).toBeGreaterThan(0);
  expect(textOf(at(roots[0], 'a'))).toBe('1');
});

test.each([
  ['[', (n: number) => '['.repeat(n)],
  ['closed', (n: number) => '['.repeat(n) + ']'.repeat(n)],
  ['{a: ', (n: number) => '{a: '.repeat(n)],
  ['- ', (n: number) => `${'- '.repeat(n)}\nb: 1`],
  ['? ', (n: number) => '? '.repeat(n)],
  ['? - ', (n: number) => '? - '.repeat(n)],
  ['a: ', (n: number) => 'a: '.repeat(n)],
  ['lines', (n: number) => `${Array.from({ length: n / 20 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')}\nb: 1`],
])('nesting by %s is cut before it can reach the end of the stack', (_, make) => {
  for (const size of [6000, 60_000]) {
    const source = `first: 1\n---\n${make(size)}`;
    const { roots, errors } = readYaml(source);
    expect(errors.some(({ message }) => message === 'Nested too deeply; the rest is not read')).toBe(true);
    expect(textOf(child(roots[0], 'first'))).toBe('1');
  }
});

test('150 levels are read', () => {
  const { roots, errors } = readYaml('['.repeat(150) + ']'.repeat(150));
  expect(errors).toEqual([]);
  expect([...descendants(roots[0]!)]).toHaveLength(150);
});

test.each([
  ['unclosed quote', 'a: "x\nb: 1\n'],
  ['tabs', 'a:\n\t- x\n\tb: 1\n'],
  ['50,000 brackets', '['.repeat(50_000)],
  ['50,000 nested maps', '{a: '.repeat(50_000)],
  ['50,000 dashes', '- '.repeat(50_000)],
  ['20,000 indents', Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ['16,000 keys', Array.from({ length: 16_000 }, (_, i) => `k${i}: v`).join('\n')],
  ['5,000 aliases', `a: &a [1]\n${Array.from({ length: 5000 }, (_, i) => `k${i}: *a`).join('\n')}`],
  ['500 documents', 'a: 1\n---\n'.repeat(500)],
  [
    'billion laughs',
    `a0: &a0 [x]\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`).join('\n')}`,
  ],
  ['lone surrogate', 'a: \ud800\n"\udc00": b'],
  ['control characters', 'a: \u0000\u0007\nb: \u2028'],
])('survives %s', (_, source) => {
  const limit = Error.stackTraceLimit;
  const tree = readYaml(source);
  expect(Error.stackTraceLimit).toBe(limit);
  expectSound(source, tree);
});
