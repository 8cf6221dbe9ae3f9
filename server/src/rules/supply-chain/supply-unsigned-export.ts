import type { TextEdit } from '../../base/range.js';
import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { S3_CLIENTS, S3_RESOURCES } from '../../knowledge/object-stores.js';

/** Calls that send a file: where its path is passed. */
const UPLOADS: Readonly<Record<string, { readonly argument: string; readonly position: number }>> = Object.fromEntries([
  ...S3_CLIENTS.map((client) => [`${client}.upload_file`, { argument: 'Filename', position: 0 }]),
  ...S3_RESOURCES.flatMap((resource) => [
    [`${resource}.Bucket().upload_file`, { argument: 'Filename', position: 0 }],
    [`${resource}.Object().upload_file`, { argument: 'Filename', position: 0 }],
    [`${resource}.meta.client.upload_file`, { argument: 'Filename', position: 0 }],
  ]),
  ...['bucket', 'get_bucket'].map((bucket) => [
    `google.cloud.storage.Client().${bucket}().blob().upload_from_filename`,
    { argument: 'filename', position: 0 },
  ]),
  ['minio.Minio().fput_object', { argument: 'file_path', position: 2 }],
]);
const REGISTERS = 'mlflow.register_model';
const MODEL_FILE =
  /\.(?:pkl|pickle|joblib|pt|pth|ckpt|onnx|h5|hdf5|keras|safetensors|gguf|skops|cbm|ubj|bst|mlmodel)$/i;
/** Signs that a digest or a signature is made, or that the registry is given one. */
const SIGNED =
  /hashlib|sha(?:1|224|256|384|512)|blake[23]|hmac|checksum|digest|model_signing|model-signing|sigstore|cosign|gnupg|\bgpg\b|\bsign(?:ed|ature|_model|_file|er)?\b/i;

const messages = {
  uploaded: '`{callee}` stores the model without a digest or signature, so nobody notices a swapped file; sign it',
  registered: '`register_model` adds the model without a digest or signature; keep one to compare before it is served',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'A model leaves the training job without a digest or signature.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'medium',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-345',
    'CWE-353',
    'OWASP-ML06:2023',
    'OWASP-ML10:2023',
    'AML.T0010.003',
    'https://github.com/sigstore/model-transparency',
  ],
  docs: {
    why: 'Whoever can write to the bucket can put another model in the place of the one that was evaluated, and the service loads it at its next start. Without a digest that was recorded at training time, nobody can tell the two apart.',
    instead:
      'Sign the model with `model_signing` or cosign, or record its SHA-256 where the bucket’s writers cannot change it, and compare it before the model is loaded.',
    fixSafety:
      'The fix writes a digest beside the model; the program that loads the model still has to get it on another way and compare it, so it is offered for review.',
    limits:
      'Any word about digests or signing in the file keeps the rule silent. What a later step of the pipeline signs is not seen here. Only paths with an ending of a model file are judged.',
    ignoreWhen: 'The release workflow signs the model after it was uploaded.',
  },
  messages,
  query: python.calls(...Object.keys(UPLOADS), REGISTERS),
  check(call: CallFact, context) {
    const { report, text, path } = context;
    if (isTestFile(path) || SIGNED.test(text.replace(/#.*$/gm, ''))) return;
    if (call.name === REGISTERS) {
      report(call.calleeRange, 'registered');
      return;
    }
    const entry = UPLOADS[call.name];
    const source = entry === undefined ? undefined : argumentOf(call, entry.argument, entry.position);
    if (source === undefined || !isModelFile(source.value, context)) return;
    const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
    report(call.calleeRange, 'uploaded', { callee }).fix(
      'Write its SHA-256 beside the model',
      'review',
      writeDigest(call, source.value, text),
      'the loading side has to compare it',
    );
  },
  examples: [
    {
      bad: 'import boto3\nimport joblib\njoblib.dump(model, "model.joblib")\n«boto3.client("s3").upload_file»("model.joblib", "bank", "model.joblib")\n',
      message: 'uploaded',
      good: 'import hashlib\nimport pathlib\nimport boto3\nimport joblib\njoblib.dump(model, "model.joblib")\npathlib.Path("model.joblib.sha256").write_text(hashlib.sha256(pathlib.Path("model.joblib").read_bytes()).hexdigest())\nboto3.client("s3").upload_file("model.joblib", "bank", "model.joblib")\n',
    },
    {
      bad: 'import mlflow\n«mlflow.register_model»(f"runs:/{run}/model", "scorer")\n',
      message: 'registered',
      good: 'import mlflow\nimport model_signing\nmodel_signing.signing.Config().use_sigstore_signer().sign("model", "model.sig")\nmlflow.register_model(f"runs:/{run}/model", "scorer")\n',
      byHand: true,
    },
    {
      good: 'import boto3\nboto3.client("s3").upload_file("report.html", "bank", "report.html")\n',
      because: 'no model',
    },
    {
      good: 'import boto3\nimport hashlib\ndigest = hashlib.sha256(open("m.pt", "rb").read()).hexdigest()\nboto3.client("s3").upload_file("m.pt", "bank", digest + ".pt")\n',
      because: 'the name of the object is its digest',
    },
    {
      good: 'import boto3\n\ndef send(path):\n    boto3.client("s3").upload_file(path, "bank", path)\n',
      because: 'nothing says that it is a model',
    },
  ],
});

function isModelFile(source: Expression, { python: py }: Context): boolean {
  const value = py.value(source);
  const name = value.kind === 'string' ? value.value : value.kind === 'partial' ? (value.pieces.at(-1) ?? '') : '';
  return MODEL_FILE.test(name);
}

/** Lines above the statement that write the digest; none where the path is not a plain name or text, or the line is shared. */
function writeDigest(call: CallFact, source: Expression, text: string): TextEdit[] {
  const written = text.slice(source.range.start, source.range.end);
  const lineStart = text.lastIndexOf('\n', call.statement.start - 1) + 1;
  if (text.slice(lineStart, call.statement.start).trim() !== '' || /['"]{3}|\\|\n/.test(written)) return [];
  const plain = source.kind === 'string' ? /^(['"])(.*)\1$/.exec(written) : null;
  if (source.kind !== 'name' && plain === null) return [];
  const target = plain === null ? `f"{${written}}.sha256"` : `${plain[1]}${plain[2]}.sha256${plain[1]}`;
  const line = `pathlib.Path(${target}).write_text(hashlib.sha256(pathlib.Path(${written}).read_bytes()).hexdigest())`;
  const imports = ['hashlib', 'pathlib'].filter((name) => !new RegExp(`^import ${name}\\b`, 'm').test(text));
  const head = imports.map((name) => `import ${name}`).join('\n');
  return [
    ...(head === '' ? [] : edit.addImport(text, head)),
    ...edit.insertLinesAbove(text, call.statement.start, line),
  ];
}
