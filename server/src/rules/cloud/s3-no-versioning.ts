import {
  type ConfigEntry,
  configEdit,
  defineRule,
  hclEdit,
  isRepeated,
  resourcesOf,
  siblingsOf,
} from '../../engine/index.js';
import { holdsModelsOrData, relateUses, usesOf } from './_kept-bucket.js';
import { RESOURCES, resourceOf, setting, shortName } from './_resource.js';

export default defineRule({
  summary: 'A bucket of models or data keeps no versions of what is overwritten.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-353',
    'OWASP-ML02:2023',
    'AML.T0020',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_versioning',
  ],
  docs: {
    why: 'A poisoned training set or an exchanged model that is written over the old one leaves nothing to compare with and nothing to go back to: which runs learned from it cannot be told.',
    instead: 'Switch versioning on, with a lifecycle rule that ends old versions after the time you may need them.',
    fixSafety:
      'Old versions are stored and paid for until a lifecycle rule ends them, so the fix is offered for review.',
    limits:
      'Only buckets whose names say that they hold models or data, or in which the project keeps some: remotes of DVC, and addresses of tables and models in Python and YAML. Versioning is looked for in the files of the same folder; a resource for versioning whose bucket is not known silences the finding.',
    ignoreWhen: 'What the bucket holds is written once under names with a digest.',
  },
  messages: {
    unset: '`{name}` keeps no versions, so a poisoned file replaces the good one for good; enable versioning',
    suspended: 'Versioning of `{name}` is off, so a poisoned file replaces the good one for good; enable it',
  },
  query: RESOURCES,
  check(entry: ConfigEntry, context) {
    const { report, text, facts, workspace, path, language } = context;
    const bucket = resourceOf(entry, 'aws_s3_bucket', 'AWS::S3::Bucket');
    if (bucket === undefined || facts === undefined) return;
    const uses = usesOf(bucket, context);
    if (uses.length === 0 && !holdsModelsOrData(bucket)) return;
    const status = setting(bucket, 'versioning.enabled', 'VersioningConfiguration.Status');
    if (status.state === 'unknown') return;
    const name = shortName(bucket);
    if (status.state === 'set') {
      if (/^(?:suspended|false)$/i.test(status.value ?? ''))
        relateUses(report(status.entry.valueRange, 'suspended', { name }), uses);
      return;
    }
    const reason = 'old versions are paid for';
    if (bucket.syntax === 'cloudformation') {
      if (bucket.body === undefined) return;
      const edits = configEdit.addEntry(text, bucket.body, 'VersioningConfiguration', [
        ['Status', quoted('Enabled', text)],
      ]);
      const found = report(bucket.at, 'unset', { name }).fix('Enable versioning', 'review', edits, reason);
      relateUses(found, uses);
      return;
    }
    if (isRepeated(entry)) return;
    const files = [{ text, facts }, ...workspace.configsBeside(path)];
    const resource = { type: bucket.type, name: bucket.name, body: entry, text };
    if (siblingsOf(resource, resourcesOf(files, 'aws_s3_bucket_versioning'), 'bucket')?.length !== 0) return;
    const found = report(bucket.at, 'unset', { name });
    relateUses(found, uses);
    if (language === 'hcl')
      found.fix('Enable versioning', 'review', hclEdit.addBlockBelow(text, entry, versioning(bucket.name)), reason);
  },
  examples: [
    {
      path: 'infra/storage.tf',
      bad: 'resource "aws_s3_bucket" «"models"» {\n  bucket = "loan-models"\n}\n',
      message: 'unset',
      good: 'resource "aws_s3_bucket" "models" {\n  bucket = "loan-models"\n}\n\nresource "aws_s3_bucket_versioning" "models" {\n  bucket = aws_s3_bucket.models.id\n\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n',
    },
    {
      path: 'infra/bucket.yaml',
      bad: 'Resources:\n  TrainingData:\n    Type: AWS::S3::Bucket\n    Properties:\n      VersioningConfiguration: {Status: «Suspended»}\n',
      message: 'suspended',
      good: 'Resources:\n  TrainingData:\n    Type: AWS::S3::Bucket\n    Properties:\n      VersioningConfiguration: {Status: Enabled}\n',
      byHand: true,
    },
    {
      path: 'infra/storage.tf',
      good: 'resource "aws_s3_bucket" "models" {\n}\n\nresource "aws_s3_bucket_versioning" "all" {\n  for_each = local.buckets\n  bucket   = each.value\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n',
      because: 'it may be one of those buckets',
    },
    {
      path: 'infra/storage.tf',
      bad: 'variable "name" {\n  default = "acme-risk"\n}\n\nresource "aws_s3_bucket" «"this"» {\n  bucket = var.name\n}\n',
      message: 'unset',
      files: { '.dvc/config': '[core]\n    remote = s3\n[\'remote "s3"\']\n    url = s3://acme-risk/loans\n' },
    },
    {
      path: 'infra/storage.tf',
      good: 'resource "aws_s3_bucket" "access_logs" {\n}\n\nresource "aws_s3_bucket" "this" {\n}\n',
      because: 'nothing says that they hold models or data',
    },
    {
      path: 'infra/bucket.yaml',
      good: 'Resources:\n  ModelBucket:\n    Type: AWS::S3::Bucket\n    Properties:\n      VersioningConfiguration: !If [IsProd, {Status: Enabled}, !Ref "AWS::NoValue"]\n',
      because: 'the condition is not known',
    },
  ],
});

function quoted(value: string, text: string): string {
  return text.trimStart().startsWith('{') ? `"${value}"` : value;
}

function versioning(name: string): string {
  return `resource "aws_s3_bucket_versioning" "${name}" {\n  bucket = aws_s3_bucket.${name}.id\n\n  versioning_configuration {\n    status = "Enabled"\n  }\n}`;
}
