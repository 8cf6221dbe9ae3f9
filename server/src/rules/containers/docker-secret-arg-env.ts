import { type DockerfileFacts, defineRule, dockerfile, type RuleContext } from '../../engine/index.js';
import { hasKnownShape, isHardCodedSecret, isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { isForDevelopment } from '../_lock-files.js';
import {
  type BuildVariable,
  copiedName,
  credentialPulls,
  isPassed,
  mountInstead,
  runsThatName,
  variablesOf,
} from './_build-secrets.js';
import { shippedStages } from './_stages.js';

/** Built from parts, so that this file holds nothing that looks like a secret. */
const PASSWORD = `kX9${'-vTq2Lm_w'}`;

const messages = {
  literal: '`{keyword} {name}` writes a secret into the file and the image; change it and pass it in at run time',
  kept: '`ENV {name}` keeps a build argument in the image, where everyone who pulls it reads it; mount a secret',
  consumed: '`ARG {name}` leaves the secret in the history of the image; mount it with `--mount=type=secret`',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'A Dockerfile puts a secret into the image with `ARG` or `ENV`.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-522',
    'CWE-798',
    'OWASP-A02:2021',
    'OWASP-ML05:2023',
    'OWASP-LLM02:2025',
    'AML.T0055',
    'https://docs.docker.com/build/building/secrets/',
    'https://docs.docker.com/reference/dockerfile/#arg',
    'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
  ],
  docs: {
    why: 'A training image is pushed to the registry of the team with the token of the model hub in an `ENV`, or in the history that a build argument leaves. Everybody who can pull it, and every cluster that runs it, has the token: one `docker history` later somebody pushes other weights under the name of the team.',
    instead:
      'Mount secrets of the build, `RUN --mount=type=secret,id=HF_TOKEN,env=HF_TOKEN …`, and give those of the program to the container when it starts.',
    fixSafety:
      'The build has to pass the secret with `--secret`, and the `env` option of a mount needs Dockerfile syntax 1.10 or BuildKit of that time, so the fix is offered for review.',
    limits:
      'The name has to mean a secret. A value has to look like one; weak ones are a warning, in images for development information. An argument without a value counts when a `RUN` of its stage names it. Keys in the format of a provider are left to the rules about them, downloads with credentials to `docker-build-credential-pull`. Arguments with a default, and `RUN`s that mount a secret, are passed over. Arguments of stages that are not part of the shipped image are a warning.',
    ignoreWhen: 'The value is made up for a build step that only wants it to be set.',
  },
  messages,
  query: dockerfile.file(),
  check(facts, context) {
    const secrets = facts.instructions.flatMap(variablesOf).filter(({ name }) => isSecretName(name));
    if (secrets.length === 0) return;
    const shipped = shippedStages(facts);
    const pulled = credentialPulls(facts).flatMap(({ run, arguments: used }) =>
      used.map(({ name }) => `${run.stage} ${name}`),
    );
    for (const secret of secrets) {
      const { name, value, instruction } = secret;
      const isLeft = pulled.includes(`${instruction.stage} ${name}`);
      if (value !== undefined && looksLikeSecretValue(value) && copiedName(value) === undefined) {
        checkLiteral(secret, value, context);
      } else if (!isLeft && (shipped.has(instruction.stage) || instruction.keyword === 'ARG')) {
        checkPassed(secret, facts, shipped, context);
      }
    }
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: `FROM python:3.13-slim\nENV «FEATURE_STORE_PASSWORD=${PASSWORD}»\n`,
      message: 'literal',
      good: 'FROM python:3.13-slim\n',
      byHand: true,
    },
    {
      path: 'Dockerfile',
      bad: `FROM python:3.13-slim\nENV «JUPYTER_PASSWORD ${PASSWORD}»\n`,
      message: 'literal',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13-slim\nARG HF_TOKEN\nENV «HF_TOKEN=$HF_TOKEN»\nCMD ["python", "serve.py"]\n',
      message: 'kept',
      good: 'FROM python:3.13-slim\nCMD ["python", "serve.py"]\n',
      byHand: true,
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13-slim\nARG «GITHUB_TOKEN»\nRUN git config --global url."https://$GITHUB_TOKEN@github.com/".insteadOf "https://github.com/" \\\n && pip install -r requirements.txt\n',
      message: 'consumed',
      good: 'FROM python:3.13-slim\nRUN --mount=type=secret,id=GITHUB_TOKEN,env=GITHUB_TOKEN git config --global url."https://$GITHUB_TOKEN@github.com/".insteadOf "https://github.com/" \\\n && pip install -r requirements.txt\n',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nRUN --mount=type=secret,id=GITHUB_TOKEN,env=GITHUB_TOKEN git clone https://$GITHUB_TOKEN@github.com/bank/features\n',
      because: 'the secret is mounted for one command',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nENV HF_TOKEN="" DB_PASSWORD_FILE=/run/secrets/db TOKENIZERS_PARALLELISM=false MAX_TOKENS=4096\n',
      because: 'empty, a path, a switch and a number',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nARG HF_TOKEN\nARG MODEL\nRUN echo $MODEL\n',
      because: 'nothing uses the argument',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nENV DJANGO_SECRET_KEY=placeholder\nRUN python manage.py collectstatic\n',
      because: 'a placeholder',
    },
  ],
});

function checkLiteral({ name, range, instruction }: BuildVariable, value: string, { report, path }: Context): void {
  if (hasKnownShape(name, value)) return;
  const finding = report(range, 'literal', { keyword: instruction.keyword, name: name.slice(0, 40) });
  if (isHardCodedSecret(name, value)) return;
  finding.severity(isForDevelopment(path) ? 'info' : 'warning').confidence('medium');
}

function checkPassed(
  secret: BuildVariable,
  facts: DockerfileFacts,
  shipped: ReadonlySet<number>,
  { report, text }: Context,
): void {
  const { name, value, range, instruction } = secret;
  const { stage } = instruction;
  if (instruction.keyword === 'ENV') {
    const copied = copiedName(value);
    if (copied === undefined || !isArgument(copied, secret, facts)) return;
    report(range, 'kept', { name: name.slice(0, 40) });
    return;
  }
  if (stage < 0 || !isPassed(secret) || (shipped.has(stage) && isKept(secret, facts))) return;
  const runs = runsThatName(facts, secret);
  if (runs.length === 0) return;
  const finding = report(range, 'consumed', { name: name.slice(0, 40) });
  if (!shipped.has(stage)) finding.severity('warning');
  finding.related(runs[0]!.keywordRange, 'used here');
  finding.fix(
    `Mount \`${name.slice(0, 40)}\` as a secret where it is used`,
    'review',
    mountInstead(text, facts, [secret], runs),
    'the build has to pass it with `--secret`',
  );
}

/** Whether an argument that is passed to the build, above in the same stage, has this name. */
function isArgument(name: string, { instruction }: BuildVariable, { instructions }: DockerfileFacts): boolean {
  return instructions.some(
    (one) =>
      one.keyword === 'ARG' &&
      one.stage === instruction.stage &&
      one.range.start < instruction.range.start &&
      variablesOf(one).some((variable) => variable.name === name && isPassed(variable)),
  );
}

/** Whether an `ENV` of the stage keeps the argument, which is reported there. */
function isKept({ name, instruction }: BuildVariable, { instructions }: DockerfileFacts): boolean {
  return instructions.some(
    (one) =>
      one.keyword === 'ENV' &&
      one.stage === instruction.stage &&
      variablesOf(one).some((variable) => copiedName(variable.value) === name && isSecretName(variable.name)),
  );
}
