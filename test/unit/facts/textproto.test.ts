import { expect, test } from 'vitest';
import { items } from '../../../server/src/facts/config/entry.js';
import { readIni } from '../../../server/src/facts/config/ini.js';
import { readTextproto } from '../../../server/src/facts/config/textproto.js';
import { expectSound, outline } from './entries.js';

test('gives exact ranges and decoded values', () => {
  const source =
    'name: "iris" # model\ninput [\n  { name: "x", dims: [ -1, 4 ] }\n]\nparameters: {\n  key: "a\\"b" "c"\n  value: < on: true >\n}\nkind: KIND_CPU\n';
  const { roots, errors } = readTextproto(source);
  expect(errors).toEqual([]);
  expect(outline(source, roots[0]).slice(1)).toEqual([
    'name | name | "iris" | "iris"',
    'input | input | list~ | [\n  { name: "x", dims: [ -1, 4 ] }\n]',
    'input.0 |  | map~ | { name: "x", dims: [ -1, 4 ] }',
    'input.0.name | name | "x" | "x"',
    'input.0.dims | dims | list~ | [ -1, 4 ]',
    'input.0.dims.0 |  | -1 | -1',
    'input.0.dims.1 |  | 4 | 4',
    'parameters | parameters | map~ | {\n  key: "a\\"b" "c"\n  value: < on: true >\n}',
    'parameters.key | key | "a\\"bc" | "a\\"b" "c"',
    'parameters.value | value | map~ | < on: true >',
    'parameters.value.on | on | true | true',
    'kind | kind | "KIND_CPU" | KIND_CPU',
  ]);
  expectSound(source, readTextproto(source));
});

test('a repeated field stays several entries', () => {
  const { roots, errors } = readTextproto('input { name: "a" }\ninput { name: "b" }\n');
  expect(items(roots[0]).map(({ key }) => key)).toEqual(['input', 'input']);
  expect(errors).toEqual([]);
});

test.each([
  ['name:\nplatform: "x"\n}', 'This bracket closes nothing'],
  ['name platform: "x"', 'This field has no value'],
  ['input [ { name: "x" ', 'This bracket is never closed'],
  ['"x"', 'A field name is expected here'],
  [': 1', 'Unexpected colon'],
  ['a { '.repeat(300), 'Nested too deeply; the rest is not read'],
])('reads around the error in %j', (source, message) => {
  const tree = readTextproto(source);
  expect(tree.errors.map((error) => error.message)).toContain(message);
  expectSound(source, tree);
});

test('keys of Spark are separated by blanks', () => {
  const { roots } = readIni('spark.master   spark://head:7077\nspark.ui.enabled=false\nspark.home : /opt\n');
  expect(items(roots[0]).map(({ key, value }) => [key, value])).toEqual([
    ['spark.master', 'spark://head:7077'],
    ['spark.ui.enabled', 'false'],
    ['spark.home', '/opt'],
  ]);
});
