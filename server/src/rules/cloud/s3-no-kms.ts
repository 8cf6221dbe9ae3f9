import {
  blocks,
  type ConfigEntry,
  child,
  defineRule,
  hclEdit,
  isRepeated,
  placeholder,
  resourcesOf,
  siblingsOf,
} from '../../engine/index.js';
import { holdsModelsOrData, relateUses, usesOf } from './_kept-bucket.js';
import { RESOURCES, resourceOf, setting, shortName } from './_resource.js';

export default defineRule({
  summary: 'A bucket of models or data is not encrypted with a key of your own.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'info',
  confidence: 'medium',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-311',
    'OWASP-A02:2021',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_server_side_encryption_configuration',
  ],
  docs: {
    why: 'S3 encrypts every object, under a key that opens for whoever may read the object. With a key of your own a slip in a policy of the bucket gives nothing but noise, the log of the key tells which training data was read, and disabling it ends all access at once.',
    instead: 'Set `aws:kms` with a customer-managed key and a bucket key.',
    fixSafety:
      'The key is not known here, so the fix leaves a place for it. Objects that are there keep the key they have.',
    limits:
      'Only buckets whose names say that they hold models or data, or in which the project keeps some: remotes of DVC, and addresses of tables and models in Python and YAML. Encryption is looked for in the files of the same folder; a resource for encryption whose bucket is not known silences the finding.',
    ignoreWhen: 'The bucket holds public data only.',
  },
  messages: {
    unset: '`{name}` is under a key of S3, which opens for whoever may read an object; set a key of your own',
  },
  query: RESOURCES,
  check(entry: ConfigEntry, context) {
    const { report, text, facts, workspace, path } = context;
    const bucket = resourceOf(entry, 'aws_s3_bucket', 'AWS::S3::Bucket');
    if (bucket === undefined || facts === undefined) return;
    const uses = usesOf(bucket, context);
    if (uses.length === 0 && !holdsModelsOrData(bucket)) return;
    if (setting(bucket, 'server_side_encryption_configuration', 'BucketEncryption').state !== 'absent') return;
    const name = shortName(bucket);
    if (bucket.syntax === 'cloudformation') {
      relateUses(report(bucket.at, 'unset', { name }), uses);
      return;
    }
    if (isRepeated(entry)) return;
    const resource = { type: bucket.type, name: bucket.name, body: entry, text };
    const all = resourcesOf(
      [{ text, facts }, ...workspace.configsBeside(path)],
      'aws_s3_bucket_server_side_encryption_configuration',
    );
    const siblings = siblingsOf(resource, all, 'bucket');
    if (!siblings?.every(({ body }) => isOfS3(body))) return;
    const finding = report(bucket.at, 'unset', { name });
    relateUses(finding, uses);
    // In JSON a block below another one would be no document any more.
    if (siblings.length > 0 || all.some((one) => one.name === bucket.name) || /^\s*\{/.test(text)) return;
    finding.fix(
      'Encrypt with a key',
      'placeholder',
      hclEdit.addBlockBelow(text, entry, encryption(bucket.name)),
      'a customer-managed key that readers may use',
    );
  },
  examples: [
    {
      path: 'infra/storage.tf',
      bad: 'resource "aws_s3_bucket" «"models"» {\n  bucket = "loan-models"\n}\n',
      message: 'unset',
      good: 'resource "aws_s3_bucket" "models" {\n  bucket = "loan-models"\n}\n\nresource "aws_s3_bucket_server_side_encryption_configuration" "models" {\n  bucket = aws_s3_bucket.models.id\n  rule {\n    apply_server_side_encryption_by_default {\n      sse_algorithm     = "aws:kms"\n      kms_master_key_id = var.key\n    }\n    bucket_key_enabled = true\n  }\n}\n',
      fill: ['var.key'],
    },
    {
      path: 'infra/storage.tf',
      good: 'resource "aws_s3_bucket" "models" {\n}\n\nresource "aws_s3_bucket_server_side_encryption_configuration" "all" {\n  for_each = local.buckets\n  bucket   = each.value\n}\n',
      because: 'it may be one of those buckets',
    },
    {
      path: 'infra/storage.tf',
      good: 'resource "aws_s3_bucket" "this" {\n}\n',
      because: 'nothing says what it holds',
    },
    {
      path: 'infra/bucket.yaml',
      good: 'Resources:\n  ModelBucket:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketEncryption: !If [IsProd, {ServerSideEncryptionConfiguration: []}, !Ref "AWS::NoValue"]\n',
      because: 'the condition is not known',
    },
  ],
});

/** Whether every rule names the key of S3 (`AES256`). */
function isOfS3(body: ConfigEntry): boolean {
  const rules = blocks(child(body, 'rule'));
  return (
    rules.length > 0 &&
    rules.every((rule) => {
      const [byDefault] = blocks(child(rule, 'apply_server_side_encryption_by_default'));
      return child(byDefault, 'sse_algorithm')?.value === 'AES256';
    })
  );
}

/** A resource that encrypts what is written to a bucket from now on. */
function encryption(name: string): string {
  return `resource "aws_s3_bucket_server_side_encryption_configuration" "${name}" {
  bucket = aws_s3_bucket.${name}.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = ${placeholder('kms_key')}
    }
    bucket_key_enabled = true
  }
}`;
}
