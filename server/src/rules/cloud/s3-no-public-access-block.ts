import { type ConfigEntry, child, configEdit, defineRule, edit, hclEdit } from '../../engine/index.js';
import { RESOURCES, type Resource, resourceOf, setting, shortName } from './_resource.js';

/** Switches of the block, each off unless it is set. */
const SWITCHES = [
  ['block_public_acls', 'BlockPublicAcls'],
  ['block_public_policy', 'BlockPublicPolicy'],
  ['ignore_public_acls', 'IgnorePublicAcls'],
  ['restrict_public_buckets', 'RestrictPublicBuckets'],
] as const;

export default defineRule({
  summary: 'The block of public access of a bucket is switched off in part.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-284',
    'OWASP-A01:2021',
    'AML.T0035',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_public_access_block',
  ],
  docs: {
    why: 'The block is what stands between a slip in a policy and an open bucket. One switch that is off is enough: the next policy with `Principal: "*"` publishes the training data, and nobody is warned.',
    instead: 'Set all four switches to true.',
    fixSafety: 'A bucket that is read without credentials on purpose is closed, so the fix is offered for review.',
    limits:
      'A bucket without any block is not reported: since April 2023 S3 switches all four on for new buckets. Switches that a block leaves out count as off, as they do in S3. Blocks of the account are not visible; variables are not resolved.',
    ignoreWhen: 'The bucket publishes a data set or a site on purpose.',
  },
  messages: {
    off: '`{name}` lets `{switch}` off, so one slip in a policy opens the bucket; set all four switches',
  },
  query: RESOURCES,
  check(entry: ConfigEntry, { report, text }) {
    const resource = resourceOf(entry, 'aws_s3_bucket_public_access_block', 'AWS::S3::Bucket');
    if (resource === undefined) return;
    const inBucket = resource.syntax === 'cloudformation';
    const block = inBucket ? child(resource.body, 'PublicAccessBlockConfiguration') : resource.body;
    if (block?.kind !== 'map' || block.alias !== undefined) return;
    for (const names of SWITCHES) {
      const value = setting(resource, names[0], `PublicAccessBlockConfiguration.${names[1]}`);
      if (value.state === 'unknown' || (value.state === 'set' && !/^false$/i.test(value.value ?? ''))) continue;
      const name = names[inBucket ? 1 : 0];
      const at = value.state === 'set' ? value.entry.valueRange : inBucket ? block.keyRange : resource.at;
      if (at === undefined) continue;
      const edits =
        value.state === 'set' ? edit.setScalar(text, value.entry, 'true') : added(text, resource, block, name);
      report(at, 'off', { name: shortName(resource), switch: name }).fix(
        `Set \`${name}\``,
        'review',
        edits,
        'reading without credentials ends',
      );
      return;
    }
  },
  examples: [
    {
      path: 'infra/storage.tf',
      bad: 'resource "aws_s3_bucket_public_access_block" "data" {\n  bucket                  = aws_s3_bucket.data.id\n  block_public_acls       = true\n  block_public_policy     = «false»\n  ignore_public_acls      = true\n  restrict_public_buckets = true\n}\n',
      message: 'off',
      good: 'resource "aws_s3_bucket_public_access_block" "data" {\n  bucket                  = aws_s3_bucket.data.id\n  block_public_acls       = true\n  block_public_policy     = true\n  ignore_public_acls      = true\n  restrict_public_buckets = true\n}\n',
    },
    {
      path: 'infra/bucket.yaml',
      bad: 'Resources:\n  Data:\n    Type: AWS::S3::Bucket\n    Properties:\n      «PublicAccessBlockConfiguration»:\n        BlockPublicAcls: true\n        BlockPublicPolicy: true\n        IgnorePublicAcls: true\n',
      message: 'off',
      good: 'Resources:\n  Data:\n    Type: AWS::S3::Bucket\n    Properties:\n      PublicAccessBlockConfiguration:\n        BlockPublicAcls: true\n        BlockPublicPolicy: true\n        IgnorePublicAcls: true\n        RestrictPublicBuckets: true\n',
    },
    {
      path: 'infra/storage.tf',
      good: 'resource "aws_s3_bucket" "data" {\n  bucket = "loans"\n}\n',
      because: 'new buckets have all switches on',
    },
    {
      path: 'infra/bucket.yaml',
      good: 'Resources:\n  Data:\n    Type: AWS::S3::Bucket\n    Properties:\n      PublicAccessBlockConfiguration: !If [IsSite, !Ref "AWS::NoValue", {BlockPublicAcls: true}]\n',
      because: 'the condition is not known',
    },
    {
      path: 'infra/storage.tf',
      good: 'resource "aws_s3_bucket_public_access_block" "data" {\n  bucket = each.value\n  block_public_acls = var.private\n  block_public_policy = var.private\n  ignore_public_acls = var.private\n  restrict_public_buckets = var.private\n}\n',
      because: 'the switches are variables',
    },
  ],
});

function added(text: string, resource: Resource, block: ConfigEntry, name: string) {
  const isHcl = resource.syntax === 'terraform' && text[block.valueRange.start] === '{' && block.keyRange !== undefined;
  if (isHcl && !text.trimStart().startsWith('{')) return hclEdit.setArgument(text, block, name, 'true');
  return configEdit.addEntry(text, block, name, 'true');
}
