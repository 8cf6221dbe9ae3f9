import { beforeAll, describe, expect, it } from 'vitest';
import { isRepeated, refersTo, resourcesOf, siblingsOf } from '../../../server/src/facts/terraform/resources.js';
import { configFacts, loadDrivers } from '../../../server/src/workspace/drivers.js';

beforeAll(() => loadDrivers(['hcl', 'json']));

const file = (text: string) => ({ text, facts: configFacts('main.tf', 'hcl', text) });

const BUCKET = 'resource "aws_s3_bucket" "data" {\n  bucket = "loans"\n}\n';

function names(siblings: string, bucket = BUCKET): readonly string[] | undefined {
  const files = [file(bucket), file(siblings)];
  const [resource] = resourcesOf(files, 'aws_s3_bucket');
  return siblingsOf(resource!, resourcesOf(files, 'aws_s3_bucket_versioning'), 'bucket')?.map(({ name }) => name);
}

const versioning = (name: string, bucket: string) =>
  `resource "aws_s3_bucket_versioning" "${name}" {\n  bucket = ${bucket}\n}\n`;

describe('siblingsOf', () => {
  it.each([
    ['a reference', 'aws_s3_bucket.data.id', ['v']],
    ['an indexed reference', 'aws_s3_bucket.data[0].bucket', ['v']],
    ['a reference in a template', '"${aws_s3_bucket.data.id}"', ['v']],
    ['the same name', '"loans"', ['v']],
    ['another name', '"other"', []],
    ['another resource', 'aws_s3_bucket.data-2.id', []],
    ['a variable', 'var.bucket', undefined],
    ['an item', 'each.value', undefined],
    ['a data source of that name', 'data.aws_s3_bucket.data.id', undefined],
  ])('%s', (_, bucket, expected) => expect(names(versioning('v', bucket))).toEqual(expected));

  it('takes the same expression for the same bucket', () => {
    const bucket = BUCKET.replace('"loans"', 'var.name');
    expect(names(versioning('v', 'var.name'), bucket)).toEqual(['v']);
    expect(names(versioning('v', '"loans"'), bucket)).toBeUndefined();
  });

  it('is certain when one belongs, whatever the others are', () => {
    expect(names(versioning('a', 'var.x') + versioning('b', 'aws_s3_bucket.data.id'))).toEqual(['b']);
    expect(names('')).toEqual([]);
  });
});

it('finds resources in both syntaxes', () => {
  const json = '{"resource": {"aws_s3_bucket": {"a": {"bucket": "x"}, "b": [{"count": 2}]}}}';
  const files = [file(BUCKET), { text: json, facts: configFacts('x.tf.json', 'json', json) }];
  expect(resourcesOf(files, 'aws_s3_bucket').map(({ name, body }) => [name, isRepeated(body)])).toEqual([
    ['data', false],
    ['a', false],
    ['b', true],
  ]);
});

it('refersTo minds the whole name', () => {
  const text = 'x = [aws_s3_bucket.data2.id, my_aws_s3_bucket.data.id]\n';
  const [resource] = resourcesOf([file(BUCKET)], 'aws_s3_bucket');
  expect(refersTo(file(text).facts.roots[0]!.children[0], text, resource!)).toBe(false);
});
