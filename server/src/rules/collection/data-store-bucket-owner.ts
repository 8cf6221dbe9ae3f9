import { isTestFile } from '../../base/test-files.js';
import { type CallFact, defineRule, python } from '../../engine/index.js';
import { S3_CLIENTS, S3_OBJECT_CALLS, S3_TRANSFERS } from '../../knowledge/object-stores.js';
import { s3Options } from './_s3-options.js';

const METHODS = [...S3_OBJECT_CALLS, ...Object.keys(S3_TRANSFERS)];

export default defineRule({
  summary: 'A bucket is used by its name alone, whoever owns it.',
  stages: ['data-collection', 'deployment'],
  severity: 'info',
  confidence: 'medium',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-283',
    'OWASP-ML02:2023',
    'AML.T0020',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html',
  ],
  docs: {
    why: 'Names of buckets are global. A project deletes its old bucket while the nightly job still reads from it; somebody else makes a bucket of that name and fills it, and the next model is trained on their rows.',
    instead: 'Pass `ExpectedBucketOwner` with the number of your account; S3 then refuses a bucket of another owner.',
    fixSafety:
      'Requests to a bucket of another account fail once the owner is named, so the fix is offered for review. It is offered only where the file names the owner in another call: no number is made up.',
    limits:
      'Only buckets whose name stands in the program are reported. Options that are passed on with `**` or as a dict from elsewhere, the resource interface and stores that only speak like S3 are passed over.',
    ignoreWhen: 'The bucket belongs to another account on purpose, as public data sets do.',
  },
  messages: {
    noOwner: '`{callee}` takes the bucket of whoever owns that name now; pass `ExpectedBucketOwner`',
  },
  query: python.calls(...S3_CLIENTS.flatMap((client) => METHODS.map((method) => `${client}.${method}`))),
  check(call: CallFact, { report, python: py, text, path }) {
    if (isTestFile(path) || /\bendpoint_url\b/.test(text)) return;
    const options = s3Options(call, py, text);
    if (options?.bucket === undefined || options.get('ExpectedBucketOwner') !== undefined) return;
    const bucket = py.value(options.bucket);
    if (bucket.kind !== 'string' || bucket.value.startsWith('arn:')) return;
    const nameRange = call.callee.kind === 'attribute' ? call.callee.nameRange : call.calleeRange;
    const finding = report(nameRange, 'noOwner', { callee: options.method });
    const owner = /\bExpectedBucketOwner["']?\s*[=:]\s*([A-Z][A-Z0-9_]*|"\d{12}"|'\d{12}')\s*[,)}]/.exec(text)?.[1];
    if (owner === undefined) return;
    const edits = options.add({ ExpectedBucketOwner: owner });
    if (edits.length === 0) return;
    finding.fix('Name the owner as in the other call', 'review', edits, 'a bucket of another account is refused');
  },
  examples: [
    {
      bad: 'import boto3\ns3 = boto3.client("s3")\nrows = s3.«get_object»(Bucket="scans-2021", Key="rows.csv")\n',
      message: 'noOwner',
      good: 'import boto3\ns3 = boto3.client("s3")\nrows = s3.get_object(Bucket="scans-2021", Key="rows.csv", ExpectedBucketOwner=settings.account)\n',
      byHand: true,
    },
    {
      bad: 'from boto3 import client\ns3 = client("s3")\ns3.put_object(Bucket="scans", Key="a", Body=a, ExpectedBucketOwner=ACCOUNT)\ns3.«download_file»("scans", "b", "b.csv")\n',
      message: 'noOwner',
      good: 'from boto3 import client\ns3 = client("s3")\ns3.put_object(Bucket="scans", Key="a", Body=a, ExpectedBucketOwner=ACCOUNT)\ns3.download_file("scans", "b", "b.csv", ExtraArgs={"ExpectedBucketOwner": ACCOUNT})\n',
    },
    {
      good: 'import boto3\nboto3.client("s3").get_object(Bucket=bucket, Key="rows.csv")\n',
      because: 'the bucket is not known',
    },
    {
      good: 'import boto3\nboto3.client("s3").get_object(Bucket="scans", Key="rows.csv", **options)\n',
      because: 'the options may name the owner',
    },
    {
      good: 'import boto3\ns3 = boto3.client("s3", endpoint_url="https://minio.example.org")\ns3.get_object(Bucket="scans", Key="a")\n',
      because: 'a store of its own, where names are not global',
    },
    { good: 'store.get_object(Bucket="scans", Key="a")\n', because: 'nothing says that this is S3' },
  ],
});
