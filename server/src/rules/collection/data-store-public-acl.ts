import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';

const S3_WRITES = [
  'put_object',
  'put_object_acl',
  'put_bucket_acl',
  'create_bucket',
  'copy_object',
  'create_multipart_upload',
  'upload_file',
  'upload_fileobj',
];
const S3_CLIENTS = [
  'boto3.client()',
  'boto3.Session().client()',
  'boto3.session.Session().client()',
  'aioboto3.Session().client()',
];
const S3_RESOURCES = [
  'boto3.resource().Bucket()',
  'boto3.resource().Object()',
  'boto3.resource().ObjectAcl()',
  'boto3.resource().BucketAcl()',
];
const GCS = [
  'google.cloud.storage.Client().bucket()',
  'google.cloud.storage.Client().get_bucket()',
  'google.cloud.storage.Bucket()',
];
const PUBLIC_ACLS = new Set(['public-read', 'public-read-write', 'publicRead', 'publicReadWrite']);

export default defineRule({
  summary: 'Stored data is made readable by everybody.',
  stages: ['data-collection', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-732',
    'OWASP-ML05:2023',
    'OWASP-LLM02:2025',
    'AML.T0035',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl',
  ],
  docs: {
    why: 'A public object is found by scanners within hours. A published training set leaks the people in it, a published model lets anybody copy it or search it for training rows.',
    instead: 'Keep the object private and hand out a presigned URL, or give a named principal access.',
    fixSafety: 'Readers without credentials lose access, so the fix is offered for review.',
    limits: 'Bucket policies written in other places are not seen. Buckets of static web sites are public on purpose.',
    ignoreWhen: 'The bucket holds a web site or a data set that is meant to be public.',
  },
  messages: {
    publicAcl: '`ACL={acl}` lets anybody read what is stored; leave it private and share a presigned URL',
    madePublic: '`{callee}` lets anybody read what is stored; share a signed URL instead',
    blockRemoved: '`delete_public_access_block` lifts the guard that keeps the bucket from becoming public',
    publicContainer: '`public_access={access}` lets anybody read the container; leave it private',
  },
  query: python.calls(
    ...S3_CLIENTS.flatMap((client) =>
      [...S3_WRITES, 'delete_public_access_block'].map((method) => `${client}.${method}`),
    ),
    ...S3_RESOURCES.flatMap((resource) =>
      ['put', 'put_object', 'upload_file', 'upload_fileobj', 'create'].map((method) => `${resource}.${method}`),
    ),
    ...S3_RESOURCES.flatMap((resource) => [`${resource}.Acl().put`]),
    ...GCS.flatMap((bucket) => [
      `${bucket}.make_public`,
      `${bucket}.blob().make_public`,
      `${bucket}.blob().upload_from_filename`,
      `${bucket}.blob().upload_from_string`,
      `${bucket}.blob().upload_from_file`,
    ]),
    'azure.storage.blob.BlobServiceClient().create_container',
    'azure.storage.blob.BlobServiceClient.from_connection_string().create_container',
    'azure.storage.blob.ContainerClient().create_container',
    'azure.storage.blob.ContainerClient.from_connection_string().create_container',
  ),
  check(call: CallFact, { report, python: py, text }) {
    const method = call.name.slice(call.name.lastIndexOf('.') + 1);
    const nameRange = call.callee.kind === 'attribute' ? call.callee.nameRange : call.calleeRange;
    const reason = 'readers without credentials lose access';
    if (method === 'delete_public_access_block') {
      report(nameRange, 'blockRemoved');
      return;
    }
    if (method === 'make_public') {
      report(nameRange, 'madePublic', { callee: method });
      return;
    }
    const access = argumentOf(call, 'public_access', method === 'create_container' ? 2 : undefined);
    if (access !== undefined && call.name.startsWith('azure.')) {
      const value = py.value(access.value);
      if (value.kind === 'string' && /^(blob|container)$/i.test(value.value)) {
        report(access.range, 'publicContainer', { access: `"${value.value}"` }).fix(
          'Remove `public_access`',
          'review',
          edit.removeArgument(text, call.expression, access),
          reason,
        );
      }
      return;
    }
    const direct = argumentOf(call, 'ACL') ?? argumentOf(call, 'predefined_acl');
    if (direct !== undefined) {
      const value = py.value(direct.value);
      if (value.kind !== 'string' || !PUBLIC_ACLS.has(value.value)) return;
      report(direct.range, 'publicAcl', { acl: `"${value.value}"` }).fix(
        'Remove the public ACL',
        'review',
        edit.removeArgument(text, call.expression, direct),
        reason,
      );
      return;
    }
    const extra = argumentOf(call, 'ExtraArgs');
    if (extra === undefined || passesUnknown(call)) return;
    const dict = py.definition(extra.value);
    const entry =
      dict.kind === 'dict'
        ? dict.entries.find(({ key }) => key !== undefined && isText(py.value(key), 'ACL'))
        : undefined;
    if (entry === undefined) return;
    const value = py.value(entry.value);
    if (value.kind !== 'string' || !PUBLIC_ACLS.has(value.value)) return;
    const single = dict.kind === 'dict' && dict.entries.length === 1;
    report({ start: entry.key!.range.start, end: entry.value.range.end }, 'publicAcl', { acl: `"${value.value}"` }).fix(
      'Remove the public ACL',
      'review',
      single
        ? dict === extra.value
          ? edit.removeArgument(text, call.expression, extra)
          : []
        : edit.replace(entry.value.range, '"private"'),
      reason,
    );
  },
  examples: [
    {
      bad: 'import boto3\ns3 = boto3.client("s3")\ns3.put_object(Bucket="b", Key="k", Body=body, «ACL="public-read"»)\n',
      message: 'publicAcl',
      good: 'import boto3\ns3 = boto3.client("s3")\ns3.put_object(Bucket="b", Key="k", Body=body)\n',
    },
    {
      bad: 'from boto3 import client\nclient("s3").upload_file("m.pt", "b", "m.pt", ExtraArgs={«"ACL": "public-read"»})\n',
      message: 'publicAcl',
      good: 'from boto3 import client\nclient("s3").upload_file("m.pt", "b", "m.pt")\n',
    },
    {
      bad: 'from google.cloud import storage\nblob = storage.Client().bucket("b").blob("k")\nblob.«make_public»()\n',
      message: 'madePublic',
      good: 'from google.cloud import storage\nblob = storage.Client().bucket("b").blob("k")\nurl = blob.generate_signed_url(expiration=hour)\n',
      byHand: true,
    },
    {
      bad: 'import boto3\nboto3.client("s3").«delete_public_access_block»(Bucket="b")\n',
      message: 'blockRemoved',
      good: 'import boto3\n',
      byHand: true,
    },
    {
      bad: 'from azure.storage.blob import BlobServiceClient\nservice = BlobServiceClient(url)\nservice.create_container("data", «public_access="blob"»)\n',
      message: 'publicContainer',
      good: 'from azure.storage.blob import BlobServiceClient\nservice = BlobServiceClient(url)\nservice.create_container("data")\n',
    },
    {
      good: 'import boto3\nboto3.client("s3").put_object(Bucket="b", Key="k", Body=body, ACL="private")\n',
      because: 'a private object',
    },
    {
      good: 'import boto3\nboto3.client("s3").put_object(Bucket="b", Key="k", Body=body)\n',
      because: 'private by default',
    },
    { good: 'store.put_object(Bucket="b", Key="k", ACL="public-read")\n', because: 'nothing says that this is S3' },
    {
      good: 'import boto3\nboto3.client("s3").put_object(Bucket="b", Key="k", ACL=acl)\n',
      because: 'the ACL is not known',
    },
  ],
});

function isText(value: { kind: string; value?: unknown }, text: string): boolean {
  return value.kind === 'string' && value.value === text;
}
