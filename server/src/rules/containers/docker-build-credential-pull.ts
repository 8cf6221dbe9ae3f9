import { defineRule, dockerfile } from '../../engine/index.js';
import { credentialPulls, mountInstead, runsThatName } from './_build-secrets.js';
import { shippedStages } from './_stages.js';

export default defineRule({
  summary: 'An image build fetches data or a model with credentials from build arguments.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-522',
    'CWE-538',
    'OWASP-A02:2021',
    'OWASP-ML05:2023',
    'OWASP-LLM02:2025',
    'AML.T0055',
    'https://docs.docker.com/build/building/secrets/',
    'https://docs.docker.com/reference/dockerfile/#arg',
    'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
  ],
  docs: {
    why: 'The image of the model server runs `dvc pull` with keys passed by `--build-arg`. The values stay in the history of the image, in its provenance and in the build cache: everybody who may pull the image reads the keys with `docker history` and then the whole bucket of training data.',
    instead:
      'Mount the credentials for the one command: `RUN --mount=type=secret,id=AWS_SECRET_ACCESS_KEY,env=AWS_SECRET_ACCESS_KEY dvc pull`, and build with `--secret id=AWS_SECRET_ACCESS_KEY`. Better, fetch the model outside and copy it.',
    fixSafety:
      'The build has to pass the secrets with `--secret`, and the `env` option of a mount needs Dockerfile syntax 1.10 or BuildKit of that time, so the fix is offered for review.',
    limits:
      'DVC, the AWS, Azure, Hugging Face, Kaggle, Weights & Biases and MLflow command lines and loading from the Hub in `python -c` are known, with the variables they read. Scripts that download are not read. Stages that are not part of the shipped image are a warning.',
    ignoreWhen: 'The credentials end with the build, and the image is never shared.',
  },
  messages: {
    pull: '`{command}` reads `{name}` from a build argument, which stays in the image; mount it as a secret',
  },
  query: dockerfile.file(),
  check(facts, { report, text }) {
    const pulls = credentialPulls(facts);
    if (pulls.length === 0) return;
    const shipped = shippedStages(facts);

    for (const { command, range, run, arguments: used } of pulls) {
      const [secret] = used;
      const finding = report(range, 'pull', { command: command.shown, name: secret!.name.slice(0, 40) });
      if (!shipped.has(run.stage)) finding.severity('warning');
      finding.related(secret!.range, 'the argument');
      const others = pulls.filter((other) => other.arguments.some((variable) => used.includes(variable)));
      const named = used.flatMap((variable) => runsThatName(facts, variable));
      const all = [...new Set([run, ...named, ...others.map((other) => other.run)])];
      finding.fix(
        'Mount the credentials as secrets',
        'review',
        mountInstead(text, facts, used, all),
        'the build has to pass them with `--secret`',
      );
    }
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13-slim\nARG AWS_ACCESS_KEY_ID\nARG AWS_SECRET_ACCESS_KEY\nCOPY . .\nRUN «dvc pull» models/scorer.onnx\n',
      message: 'pull',
      good: 'FROM python:3.13-slim\nCOPY . .\nRUN --mount=type=secret,id=AWS_SECRET_ACCESS_KEY,env=AWS_SECRET_ACCESS_KEY --mount=type=secret,id=AWS_ACCESS_KEY_ID,env=AWS_ACCESS_KEY_ID dvc pull models/scorer.onnx\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13-slim\nARG HF_TOKEN=""\nENV HF_TOKEN=${HF_TOKEN}\nRUN pip install huggingface_hub==1.0.0 \\\n && «hf download» bank/scorer --local-dir /models\n',
      message: 'pull',
      good: 'FROM python:3.13-slim\nRUN --mount=type=secret,id=HF_TOKEN,env=HF_TOKEN pip install huggingface_hub==1.0.0 \\\n && hf download bank/scorer --local-dir /models\n',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nRUN --mount=type=secret,id=HF_TOKEN,env=HF_TOKEN hf download bank/scorer\n',
      because: 'the token is mounted for this command only',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nARG AWS_DEFAULT_REGION\nRUN aws s3 cp s3://public-models/scorer.onnx /models/ --no-sign-request\n',
      because: 'a region is no credential',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim AS build\nARG HF_TOKEN\n\nFROM python:3.13-slim\nRUN hf download bert-base-uncased\n',
      because: 'the argument ended with its stage',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nARG HF_TOKEN\nRUN pip install huggingface_hub==1.0.0\nCMD ["hf", "download", "bank/scorer"]\n',
      because: 'the download happens when the container runs',
    },
  ],
});
