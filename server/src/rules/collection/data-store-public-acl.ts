import {
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  type PythonQuestions,
  passesUnknown,
  python,
  type Value,
} from '../../engine/index.js';
import { S3_CLIENTS, S3_RESOURCES } from '../../knowledge/object-stores.js';

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
const S3_OBJECTS = S3_RESOURCES.flatMap((resource) =>
  ['Bucket', 'Object', 'ObjectAcl', 'BucketAcl'].map((kind) => `${resource}.${kind}()`),
);
const GCS = ['bucket', 'get_bucket', 'create_bucket']
  .map((method) => `google.cloud.storage.Client().${method}()`)
  .concat('google.cloud.storage.Bucket()');
const AZURE_SERVICES = ['BlobServiceClient()', 'BlobServiceClient.from_connection_string()'];
const AZURE_CONTAINERS = [
  'azure.storage.blob.ContainerClient()',
  'azure.storage.blob.ContainerClient.from_connection_string()',
  ...AZURE_SERVICES.map((service) => `azure.storage.blob.${service}.get_container_client()`),
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
    blockRemoved: '`{callee}` lifts the guard that keeps the bucket from becoming public',
    publicContainer: '`public_access={access}` lets anybody read the container; leave it private',
  },
  query: python.calls(
    ...S3_CLIENTS.flatMap((client) =>
      [...S3_WRITES, 'delete_public_access_block', 'put_public_access_block'].map((method) => `${client}.${method}`),
    ),
    ...S3_OBJECTS.flatMap((resource) =>
      ['put', 'put_object', 'upload_file', 'upload_fileobj', 'create'].map((method) => `${resource}.${method}`),
    ),
    ...S3_OBJECTS.flatMap((resource) => [`${resource}.Acl().put`]),
    ...GCS.flatMap((bucket) => [
      `${bucket}.make_public`,
      `${bucket}.blob().make_public`,
      `${bucket}.acl.all().grant_read`,
      `${bucket}.blob().acl.all().grant_read`,
      `${bucket}.blob().upload_from_filename`,
      `${bucket}.blob().upload_from_string`,
      `${bucket}.blob().upload_from_file`,
    ]),
    ...AZURE_SERVICES.map((service) => `azure.storage.blob.${service}.create_container`),
    ...AZURE_CONTAINERS.flatMap((container) => [
      `${container}.create_container`,
      `${container}.set_container_access_policy`,
    ]),
  ),
  check(call: CallFact, { report, python: py, text }) {
    const method = call.name.slice(call.name.lastIndexOf('.') + 1);
    const nameRange = call.callee.kind === 'attribute' ? call.callee.nameRange : call.calleeRange;
    const reason = 'readers without credentials lose access';
    if (method === 'delete_public_access_block') {
      report(nameRange, 'blockRemoved', { callee: method });
      return;
    }
    if (method === 'put_public_access_block') {
      const settings = argumentOf(call, 'PublicAccessBlockConfiguration');
      const value = settings === undefined ? undefined : py.value(settings.value);
      const off = value?.kind === 'dict' && [...value.entries.values()].some((v) => v.kind === 'boolean' && !v.value);
      if (settings !== undefined && off) report(settings.range, 'blockRemoved', { callee: method });
      return;
    }
    if (method === 'make_public' || method === 'grant_read') {
      report(nameRange, 'madePublic', { callee: method });
      return;
    }
    if (call.name.startsWith('azure.')) {
      const onService = AZURE_SERVICES.some((service) => call.name === `azure.storage.blob.${service}.${method}`);
      const access = argumentOf(call, 'public_access', onService ? 2 : 1);
      const level = access && accessLevel(py.value(access.value), py.names(access.value));
      if (access !== undefined && level !== undefined)
        report(access.range, 'publicContainer', { access: level }).fix(
          'Remove `public_access`',
          'review',
          edit.removeArgument(text, call.expression, access),
          reason,
        );
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
    const extra = publicExtraArgs(call, py, text);
    if (extra === undefined) return;
    report(extra.range, 'publicAcl', { acl: extra.acl }).fix('Remove the public ACL', 'review', extra.edits, reason);
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

/** `"blob"`, `PublicAccess.Container`: the level as it is shown; undefined for a private container or an unknown value. */
function accessLevel(value: Value, names: readonly string[]): string | undefined {
  if (value.kind === 'string') return /^(blob|container)$/i.test(value.value) ? `"${value.value}"` : undefined;
  const name = names.find((candidate) => /\.PublicAccess\.(blob|container)$/i.test(candidate));
  return name?.slice(name.lastIndexOf('PublicAccess'));
}

function isText(value: { kind: string; value?: unknown }, text: string): boolean {
  return value.kind === 'string' && value.value === text;
}

/** The public `ACL` in `ExtraArgs={…}`, with the edits that take it out where the dict is written. */
function publicExtraArgs(call: CallFact, py: PythonQuestions, text: string) {
  const extra = argumentOf(call, 'ExtraArgs');
  if (extra === undefined || passesUnknown(call)) return undefined;
  const dict = py.definition(extra.value);
  const entry =
    dict.kind === 'dict'
      ? dict.entries.find(({ key }) => key !== undefined && isText(py.value(key), 'ACL'))
      : undefined;
  if (entry === undefined || dict.kind !== 'dict') return undefined;
  const value = py.value(entry.value);
  if (value.kind !== 'string' || !PUBLIC_ACLS.has(value.value)) return undefined;
  const alone = dict === extra.value ? edit.removeArgument(text, call.expression, extra) : [];
  return {
    range: { start: entry.key!.range.start, end: entry.value.range.end },
    acl: `"${value.value}"`,
    edits: dict.entries.length === 1 ? alone : edit.replace(entry.value.range, '"private"'),
  };
}
