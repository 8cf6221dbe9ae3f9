import {
  at,
  type ConfigEntry,
  child,
  config,
  defineRule,
  edit,
  items,
  type TerraformFile,
  text as textOf,
} from '../../engine/index.js';
import { openPrincipal, statementsOf } from './_policy.js';
import { mayBlock, bucketOf as terraformBucketOf } from './_terraform-bucket.js';

const WHO: Readonly<Record<string, string>> = {
  'public-read': 'everyone on the internet can read',
  'public-read-write': 'everyone on the internet can read and replace',
  'authenticated-read': 'every AWS account can read',
};

const PUBLIC = new Map([
  ['PublicRead', WHO['public-read']!],
  ['PublicReadWrite', WHO['public-read-write']!],
  ['AuthenticatedRead', WHO['authenticated-read']!],
]);

export default defineRule({
  summary: 'A CloudFormation or Terraform file opens a bucket to everyone.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-732',
    'OWASP-ML05:2023',
    'OWASP-ML02:2023',
    'AML.T0035',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  ],
  docs: {
    why: 'Buckets of training data and model artifacts are found by scanners within hours. Readers copy the records of customers and the model itself; with write access they replace the data set, and the next training run learns from it.',
    instead: 'Keep the bucket private and hand out presigned links, or grant single accounts and roles.',
    fixSafety: 'Readers without credentials lose access, so the fix is offered for review.',
    limits:
      'Values behind `!If`, `!Ref`, variables and conditions of a statement are taken as given; policies written as here-documents or as `aws_iam_policy_document` are not read. Blocked public access in the same template or Terraform folder silences the finding; blocks set on the account are not visible. A bucket with a website configuration is a warning.',
    ignoreWhen: 'The bucket publishes a data set on purpose and holds nothing else.',
  },
  messages: {
    acl: '`AccessControl: {acl}` means {who} `{bucket}`; hand out presigned links instead',
    canned: '`acl = "{acl}"` means {who} `{bucket}`; hand out presigned links instead',
    policy: 'Policy allows `{action}` to everyone, so anyone reaches the bucket; name accounts or roles',
  },
  query: [config.entries(['cloudformation'], 'Resources.*'), config.entries(['terraform'], 'resource.*.*')],
  check(resource: ConfigEntry, { report, text, facts, workspace, path }) {
    const kind = resource.parent?.key;
    if (kind === 'aws_s3_bucket' || kind === 'aws_s3_bucket_acl' || kind === 'aws_s3_bucket_policy') {
      if (facts === undefined || resource.kind !== 'map') return;
      const open = openIn(resource, text, [{ text, facts }, ...workspace.configsBeside(path)]);
      if (open === undefined) return;
      const { entry, acl, who, action, level } = open;
      if (acl === undefined) report(entry.valueRange, 'policy', { action }).severity(level);
      else
        report(entry.valueRange, 'canned', { acl, who, bucket: (resource.key ?? '').slice(0, 40) })
          .severity(level)
          .fix(
            'Set `acl = "private"`',
            'review',
            edit.setScalar(text, entry, 'private'),
            'readers without credentials lose access',
          );
      return;
    }
    const type = textOf(child(resource, 'Type'));
    const properties = child(resource, 'Properties');
    if (type === 'AWS::S3::Bucket') {
      const acl = child(properties, 'AccessControl');
      const who = acl?.tag === undefined ? PUBLIC.get(textOf(acl) ?? '') : undefined;
      if (acl === undefined || who === undefined || blocks(resource, 'IgnorePublicAcls')) return;
      report(acl.valueRange, 'acl', { acl: String(acl.value), who, bucket: (resource.key ?? '').slice(0, 40) })
        .severity(child(properties, 'WebsiteConfiguration') === undefined ? 'error' : 'warning')
        .fix(
          'Set `AccessControl: Private`',
          'review',
          edit.setScalar(text, acl, 'Private'),
          'readers without credentials lose access',
        );
    }
    if (type !== 'AWS::S3::BucketPolicy') return;
    const bucket = bucketOf(child(properties, 'Bucket'), facts?.roots[resource.document]);
    if (bucket !== undefined && blocks(bucket, 'RestrictPublicBuckets')) return;
    const website = bucket !== undefined && at(bucket, 'Properties', 'WebsiteConfiguration') !== undefined;
    for (const statement of statementsOf(child(properties, 'PolicyDocument'))) {
      const everyone = openPrincipal(statement);
      if (everyone === undefined) continue;
      const action = textOf(child(statement, 'Action')) ?? textOf(items(child(statement, 'Action'))[0]) ?? 'access';
      report(everyone.valueRange, 'policy', { action: action.slice(0, 40) }).severity(website ? 'warning' : 'error');
    }
  },
  examples: [
    {
      path: 'infra/bucket.yaml',
      bad: 'Resources:\n  Data:\n    Type: AWS::S3::Bucket\n    Properties:\n      AccessControl: «PublicRead»\n',
      message: 'acl',
      good: 'Resources:\n  Data:\n    Type: AWS::S3::Bucket\n    Properties:\n      AccessControl: Private\n',
    },
    {
      path: 'infra/policy.json',
      bad: '{"Resources": {"P": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": "data", "PolicyDocument": {"Statement": [{"Effect": "Allow", "Principal": {"AWS": «"*"»}, "Action": "s3:GetObject", "Resource": "*"}]}}}}}\n',
      message: 'policy',
      good: '{"Resources": {"P": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": "data", "PolicyDocument": {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/reader"}, "Action": "s3:GetObject", "Resource": "*"}]}}}}}\n',
      byHand: true,
    },
    {
      path: 'infra/storage.tf',
      bad: 'resource "aws_s3_bucket_acl" "models" {\n  bucket = aws_s3_bucket.models.id\n  acl    = «"public-read"»\n}\n',
      message: 'canned',
      good: 'resource "aws_s3_bucket_acl" "models" {\n  bucket = aws_s3_bucket.models.id\n  acl    = "private"\n}\n',
    },
    {
      path: 'infra/bucket.yaml',
      good: 'Resources:\n  Data:\n    Type: AWS::S3::Bucket\n    Properties:\n      AccessControl: LogDeliveryWrite\n',
      because: 'only the log service may write',
    },
    {
      path: 'infra/bucket.yaml',
      good: 'Resources:\n  Data:\n    Type: AWS::S3::Bucket\n    Properties:\n      AccessControl: !If [IsPublic, PublicRead, Private]\n',
      because: 'the condition is not known',
    },
    {
      path: 'infra/bucket.yaml',
      good: 'Resources:\n  P:\n    Type: AWS::S3::BucketPolicy\n    Properties:\n      Bucket: data\n      PolicyDocument:\n        Statement:\n          - Effect: Allow\n            Principal: "*"\n            Action: s3:GetObject\n            Resource: "*"\n            Condition: {StringEquals: {"aws:SourceVpce": vpce-1}}\n',
      because: 'a condition narrows it',
    },
    {
      path: 'infra/bucket.yaml',
      good: 'Resources:\n  P:\n    Type: AWS::S3::BucketPolicy\n    Properties:\n      Bucket: data\n      PolicyDocument:\n        Statement:\n          - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: "*"}\n',
      because: 'everyone is denied',
    },
  ],
});

/** Whether the bucket resource switches on a block of public access. */
function blocks(bucket: ConfigEntry, setting: string): boolean {
  const value = at(bucket, 'Properties', 'PublicAccessBlockConfiguration', setting)?.value;
  return value === true || /^true$/i.test(String(value ?? ''));
}

/** The bucket of this template that `!Ref Name` or `{Ref: Name}` stands for. */
function bucketOf(reference: ConfigEntry | undefined, root: ConfigEntry | undefined): ConfigEntry | undefined {
  const name = reference?.tag === '!Ref' ? textOf(reference) : textOf(child(reference, 'Ref'));
  return name === undefined ? undefined : at(root, 'Resources', name);
}

interface Open {
  readonly entry: ConfigEntry;
  readonly acl: string | undefined;
  readonly who: string;
  readonly action: string;
  readonly level: 'error' | 'warning';
}

/** What opens a bucket in a Terraform resource, unless the module blocks it or may block it. */
function openIn(resource: ConfigEntry, text: string, files: readonly TerraformFile[]): Open | undefined {
  const type = resource.parent?.key ?? '';
  const named = { type, name: resource.key ?? '', body: resource, text };
  const bucket = type === 'aws_s3_bucket' ? named : terraformBucketOf(resource, text, files);
  const isPolicy = type === 'aws_s3_bucket_policy';
  // Without its bucket in the module, the argument `bucket` is all that blocks can be compared by.
  if (mayBlock(bucket ?? named, files, isPolicy ? 'restrict_public_buckets' : 'ignore_public_acls')) return undefined;
  const website = child(bucket?.body, 'website') !== undefined;
  const level = website ? 'warning' : 'error';
  if (!isPolicy) {
    const entry = child(resource, 'acl');
    const acl = textOf(entry) ?? '';
    const who = WHO[acl];
    return entry === undefined || who === undefined ? undefined : { entry, acl, who, action: '', level };
  }
  for (const statement of statementsOf(child(resource, 'policy'))) {
    const entry = openPrincipal(statement);
    const actions = child(statement, 'Action');
    const action = (textOf(actions) ?? textOf(items(actions)[0]) ?? 'access').slice(0, 40);
    if (entry !== undefined) return { entry, acl: undefined, who: '', action, level };
  }
  return undefined;
}
