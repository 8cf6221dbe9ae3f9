import { describe, expect, test } from 'vitest';
import { at, descendants, items, text as textOf } from '../../../server/src/facts/config/entry.js';
import { readHcl } from '../../../server/src/facts/config/hcl.js';
import { expectSound, outline } from './entries.js';

function read(source: string) {
  const tree = readHcl(source);
  expectSound(source, tree);
  return { root: tree.roots[0]!, errors: tree.errors.map(({ message }) => message) };
}

test('blocks are maps below their type and labels, with exact ranges', () => {
  const source = [
    'terraform {',
    '  required_version = ">= 1.5" # c',
    '}',
    'resource "aws_s3_bucket" "data" {',
    '  bucket = "x"',
    '  tags   = { Team = "ml", "k:v" : 1 }',
    '  versioning {',
    '    enabled = true',
    '  }',
    '  rule { id = "a" }',
    '  rule { id = "b" }',
    '}',
    '',
  ].join('\n');
  const { root, errors } = read(source);
  expect(errors).toEqual([]);
  const bucket = source.slice(source.indexOf('{', source.indexOf('resource')), -1);
  expect(outline(source, root).slice(1)).toEqual([
    'terraform | terraform | map | {\n  required_version = ">= 1.5" # c\n}',
    'terraform.required_version | required_version | ">= 1.5" | ">= 1.5"',
    'resource | resource | map | ',
    'resource.aws_s3_bucket | "aws_s3_bucket" | map | ',
    `resource.aws_s3_bucket.data | "data" | map | ${bucket}`,
    'resource.aws_s3_bucket.data.bucket | bucket | "x" | "x"',
    'resource.aws_s3_bucket.data.tags | tags | map~ | { Team = "ml", "k:v" : 1 }',
    'resource.aws_s3_bucket.data.tags.Team | Team | "ml" | "ml"',
    'resource.aws_s3_bucket.data.tags.k:v | "k:v" | 1 | 1',
    'resource.aws_s3_bucket.data.versioning | versioning | map | {\n    enabled = true\n  }',
    'resource.aws_s3_bucket.data.versioning.enabled | enabled | true | true',
    'resource.aws_s3_bucket.data.rule | rule | list | ',
    'resource.aws_s3_bucket.data.rule.0 |  | map~ | { id = "a" }',
    'resource.aws_s3_bucket.data.rule.0.id | id | "a" | "a"',
    'resource.aws_s3_bucket.data.rule.1 |  | map~ | { id = "b" }',
    'resource.aws_s3_bucket.data.rule.1.id | id | "b" | "b"',
  ]);
});

describe('values', () => {
  test.each([
    ['"a\\n\\"b\\" \\u00e9 $${x} %%{y} 100% $5"', 'a\n"b" é ${x} %{y} 100% $5'],
    ['-1.5e3', -1500],
    ['false', false],
    ['null', null],
    ['<<EOT\n  a\n   b\n  EOT', '  a\n   b\n'],
    ['<<-EOT\n    a\n\n      b\n  EOT', 'a\n\n  b\n'],
    ['<<EOT\n{ " }\nEOT', '{ " }\n'],
    ['"\\U00110000"', '\ufffd'],
  ])('%s', (written, value) => {
    const { root, errors } = read(`v = ${written}\nw = 1\n`);
    expect(errors).toEqual([]);
    expect(at(root, 'v')).toMatchObject({ kind: 'scalar', value, tag: undefined });
    expect(at(root, 'w')?.value).toBe(1);
  });

  test.each([
    'var.x',
    '"a-${var.x["k"]}-b"',
    '"%{ if var.x }a%{ endif }"',
    '<<EOT\n${var.x}\nEOT',
    'a ? "b" : "c"',
    '[for x in var.y : x if x != ""]',
    '{ for k, v in var.y : k => v }',
    'merge({ a = 1 }, var.tags)',
    'f(\n  1, # )\n  "}",\n)',
    'aws_s3_bucket.x[0].id',
    '!true',
    '"a" == var.b',
    '{ a = 1 }["a"]',
  ])('%s is not known, but keeps its range', (written) => {
    const source = `v = ${written}${written.startsWith('<<') ? '' : ' # c'}\nw = 1\n`;
    const { root, errors } = read(source);
    expect(errors).toEqual([]);
    const entry = at(root, 'v')!;
    expect(entry).toMatchObject({ kind: 'scalar', value: undefined, tag: '!expression', children: [] });
    expect(source.slice(entry.valueRange.start, entry.valueRange.end)).toBe(written);
    expect(textOf(entry)).toBeUndefined();
    expect(at(root, 'w')?.value).toBe(1);
  });

  test('what jsonencode writes is read', () => {
    const { root, errors } = read('p = jsonencode({\n  Statement = [{ Effect = "Allow", Resource = var.x }]\n})\n');
    expect(errors).toEqual([]);
    expect(at(root, 'p')?.tag).toBe('!jsonencode');
    expect(at(root, 'p', 'Statement', 0, 'Effect')?.value).toBe('Allow');
    expect(at(root, 'p', 'Statement', 0, 'Resource')?.tag).toBe('!expression');
  });
});

describe('broken files', () => {
  test.each([
    ['x = \n', 'Missing value'],
    ['x = "open\n', 'Unclosed string'],
    ['x = "${var.\n', 'Unclosed string'],
    ['x = [1, 2\n', 'Unclosed bracket'],
    ['x = f(1\n', 'Bracket does not match'],
    ['x = <<EOT\n a\n', 'Unclosed here-document'],
    ['rule {\n', 'Unclosed block'],
    ['/* never closed\n', 'Unclosed comment'],
  ])('%j leaves the blocks behind it', (broken, message) => {
    const source = `resource "a" "one" {\n  n = 1\n  ${broken}}\n\nresource "a" "two" {\n  n = 2\n}\n`;
    const { root, errors } = read(source);
    expect(errors).toContain(message);
    expect(at(root, 'resource', 'a', 'one', 'n')?.value).toBe(1);
    if (!broken.startsWith('/*')) expect(at(root, 'resource', 'a', 'two', 'n')?.value).toBe(2);
  });

  test.each([
    ['a = 1 2\n', 'Unexpected text behind a value'],
    ['a = b = c\n', 'Unexpected `=`'],
    ['a = 1\na = 2\n', 'Duplicate argument "a"'],
    ['resource "a"\n', 'Expected `=` or `{`'],
    ['= 1\n', 'Expected an argument or a block'],
    ['}\n', 'Closes nothing'],
    ['a = (]\n', 'Bracket does not match'],
    ['a = { b }\n', 'Expected a key with a value'],
    ['a = { b = 1 c = 2 }\n', 'Unexpected text behind a value'],
    ['a = 1, b = 2\n', 'Expected a line break'],
  ])('%j', (source, message) => expect(read(`${source}z = 1\n`).errors).toContain(message));

  test.each([
    ['deep lists', `a = ${'['.repeat(20_000)}`],
    ['deep maps', 'a = {b = '.repeat(20_000)],
    ['deep templates', 'a = "${'.repeat(20_000)],
    ['deep blocks', 'a {\n'.repeat(20_000)],
    ['deep calls', `a = ${'jsonencode('.repeat(20_000)}`],
    ['quotes', '"'.repeat(50_000)],
    ['labels', 'a '.repeat(50_000)],
    ['broken lines', 'a = [}\n'.repeat(20_000)],
    ['open heads', 'resource "a" "b" {\n'.repeat(20_000)],
    ['garbage', '\u0000\ud800 = = [[[\n<<'],
    ['empty', ''],
  ])('survives %s', (_, source) => {
    const { root } = read(source);
    expect([...descendants(root)].length).toBeGreaterThan(0);
  });
});

test('BOM, CRLF and a missing last line break do not shift ranges', () => {
  const source = '\ufeffa {\r\n  b = <<E\r\nx\r\nE\r\n  c = [\r\n    1,\r\n  ]\r\n}';
  const { root, errors } = read(source);
  expect(errors).toEqual([]);
  expect(outline(source, at(root, 'a', 'b'))).toEqual(['a.b | b | "x\\r\\n" | <<E\r\nx\r\nE']);
  expect(items(at(root, 'a', 'c'))[0]?.value).toBe(1);
});
