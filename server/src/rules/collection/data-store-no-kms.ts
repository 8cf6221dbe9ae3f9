import { isTestFile } from '../../base/test-files.js';
import { type CallFact, defineRule, type Expression, edit, type PythonQuestions, python } from '../../engine/index.js';
import { S3_CLIENTS, S3_WRITES } from '../../knowledge/object-stores.js';
import { s3Options } from './_s3-options.js';

/** The file encrypts with a key of the project somewhere: that is its policy. */
const OWN_KEY = /\bSSEKMSKeyId["']?\s*[=:]\s*([A-Z][A-Z0-9_]*|"[^"\n]+"|'[^'\n]+')\s*[,)}]/;
const ANY_KEY = /\bSSEKMSKeyId\b|["']aws:kms["']/;
const BUCKET_DEFAULT = /\bput_bucket_encryption\b/;

export default defineRule({
  summary: 'An object is stored without the key that other objects of the program are encrypted with.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'info',
  confidence: 'medium',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-311',
    'OWASP-ML05:2023',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html',
  ],
  docs: {
    why: 'A team encrypts its training data with its own key, so that taking the key away ends every use of them. One export is written with the key that S3 manages: when the data have to be withdrawn, that copy stays readable for everybody with access to the bucket.',
    instead:
      'Pass `ServerSideEncryption="aws:kms"` and `SSEKMSKeyId` with every write, or make the key the default of the bucket.',
    fixSafety:
      'Whoever reads the object then needs the key as well, so the fix is offered for review. It is offered only where the file names the key in another call.',
    limits:
      'S3 encrypts every object since 2023; this is about whose key it is. The rule speaks up only in a file that names a key of its own for another write and does not set the default of the bucket; defaults that were set elsewhere are not seen.',
    ignoreWhen: 'The bucket encrypts with that key by default, or the object is public.',
  },
  messages: {
    noKey: '`{callee}` leaves out the key that other objects here are encrypted with; pass `SSEKMSKeyId`',
    managedKey: '`{algorithm}` uses a key that S3 manages, other objects here a key of your own; pass `aws:kms`',
  },
  query: python.calls(...S3_CLIENTS.flatMap((client) => S3_WRITES.map((method) => `${client}.${method}`))),
  check(call: CallFact, { report, python: py, text, path }) {
    if (isTestFile(path) || BUCKET_DEFAULT.test(text) || !ANY_KEY.test(text)) return;
    const options = s3Options(call, py, text);
    if (options === undefined || ['SSEKMSKeyId', 'SSECustomerKey'].some((name) => options.get(name))) return;
    const passed = options.get('ServerSideEncryption');
    const key = OWN_KEY.exec(text)?.[1];
    if (passed !== undefined) {
      if (textOf(passed, py) !== 'AES256') return;
      const finding = report(passed.range, 'managedKey', { algorithm: 'AES256' });
      const edits = key === undefined ? [] : options.add({ SSEKMSKeyId: key });
      if (edits.length > 0 && passed.kind === 'string')
        finding.fix(
          'Encrypt with the key of the other call',
          'review',
          [...edit.replace(passed.range, '"aws:kms"'), ...edits],
          'readers need that key',
        );
      return;
    }
    const nameRange = call.callee.kind === 'attribute' ? call.callee.nameRange : call.calleeRange;
    const finding = report(nameRange, 'noKey', { callee: options.method });
    const edits = key === undefined ? [] : options.add({ ServerSideEncryption: '"aws:kms"', SSEKMSKeyId: key });
    if (edits.length > 0)
      finding.fix('Encrypt with the key of the other call', 'review', edits, 'readers need that key');
  },
  examples: [
    {
      bad: 'import boto3\ns3 = boto3.client("s3")\ns3.put_object(Bucket=b, Key="a", Body=a, ServerSideEncryption="aws:kms", SSEKMSKeyId=KEY)\ns3.«put_object»(Bucket=b, Key="c", Body=c)\n',
      message: 'noKey',
      good: 'import boto3\ns3 = boto3.client("s3")\ns3.put_object(Bucket=b, Key="a", Body=a, ServerSideEncryption="aws:kms", SSEKMSKeyId=KEY)\ns3.put_object(Bucket=b, Key="c", Body=c, ServerSideEncryption="aws:kms", SSEKMSKeyId=KEY)\n',
    },
    {
      bad: 'from boto3 import client\ns3 = client("s3")\ns3.upload_file(a, b, "a", ExtraArgs={"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY})\ns3.upload_file(c, b, "c", ExtraArgs={"ServerSideEncryption": «"AES256"»})\n',
      message: 'managedKey',
      good: 'from boto3 import client\ns3 = client("s3")\ns3.upload_file(a, b, "a", ExtraArgs={"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY})\ns3.upload_file(c, b, "c", ExtraArgs={"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY})\n',
    },
    {
      good: 'import boto3\nboto3.client("s3").put_object(Bucket=b, Key="c", Body=c)\n',
      because: 'nothing asks for a key of its own, and S3 encrypts anyway',
    },
    {
      good: 'import boto3\ns3 = boto3.client("s3")\ns3.put_bucket_encryption(Bucket=b, ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}]})\ns3.put_object(Bucket=b, Key="c", Body=c)\n',
      because: 'the bucket encrypts with the key by default',
    },
    {
      good: 'import boto3\ns3 = boto3.client("s3")\ns3.put_object(Bucket=b, Key="a", Body=a, ServerSideEncryption="aws:kms", SSEKMSKeyId=KEY)\ns3.put_object(Bucket=b, Key="c", Body=c, **OPTIONS)\n',
      because: 'the options may name the key',
    },
  ],
});

function textOf(expression: Expression, py: PythonQuestions): string | undefined {
  const value = py.value(expression);
  return value.kind === 'string' ? value.value : undefined;
}
