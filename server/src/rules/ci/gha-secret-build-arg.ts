import type { Range, TextEdit } from '../../base/range.js';
import { type ConfigEntry, child, config, defineRule, type Report, text as textOf } from '../../engine/index.js';
import { contributions, type Insertion, insertionsIn } from './_expression.js';
import { isSettingName } from './_secret-names.js';
import { flowing, variableAt } from './_workflow.js';

const OPTION = /--build-arg(?:=|\s+)(?:"|')?(\w+)=(?:"|')?(\$\{\{[^}]{1,300}\}\}|\$\{?(\w+)\}?)/g;

/** Variables that web frameworks write into what browsers get: their values are public, whatever they are called. */
const PUBLISHED = /^(?:NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|PUBLIC|REACT_APP|VITE|GATSBY)_/;

export default defineRule({
  summary: 'A workflow passes a secret to an image build as a build argument.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-522',
    'CICD-SEC-6',
    'OWASP-ML05:2023',
    'AML.T0055',
    'https://docs.docker.com/build/building/secrets/',
    'https://docs.docker.com/build/ci/github-actions/secrets/',
  ],
  docs: {
    why: 'Build arguments are kept in the history and the provenance of the image. Whoever may pull the serving image reads the token of the model hub with `docker history`.',
    instead: 'Pass it with `secrets:` or `--secret` and read it in the Dockerfile with `RUN --mount=type=secret,id=…`.',
    fixSafety:
      'The Dockerfile has to mount the secret instead of declaring an `ARG`, so the fix is offered for review.',
    limits:
      '`docker build` in `run`, also through variables of the workflow, and the input `build-args` are read. Secrets whose names mean a setting, variables such as `NEXT_PUBLIC_…` that browsers get anyway, and the short-lived `GITHUB_TOKEN` are reported at lower levels.',
    ignoreWhen: 'The value ends up in the image on purpose and is public.',
  },
  messages: {
    argument: '`{name}` stays in the history of the image as a build argument; pass it with `{instead}`',
  },
  words: ['build'],
  query: [
    config.entries(['github-workflow'], 'jobs.*.steps.*.with.build-args'),
    config.entries(['github-workflow'], 'jobs.*.steps.*.run'),
  ],
  check(entry: ConfigEntry, { report, text }) {
    if (entry.key === 'run') {
      const source = text.slice(entry.valueRange.start, entry.valueRange.end);
      for (const match of source.matchAll(OPTION)) {
        const secret = match[3] === undefined ? secretOf(match[2]!) : secretIn(variableAt(entry, match[3]), text);
        if (secret === undefined) continue;
        const start = entry.valueRange.start + match.index + match[0].length - match[2]!.length;
        const range = { start, end: start + match[2]!.length };
        grade(report(range, 'argument', { name: shown(secret), instead: '--secret' }), secret, match[1]!);
      }
      return;
    }
    const found = flowing(text, entry).flatMap(({ insertion, references }) => {
      const secret = references.find(isSecret);
      return secret === undefined ? [] : [{ insertion, secret }];
    });
    const edits = toSecrets(
      entry,
      found.map(({ insertion }) => insertion),
      text,
    );
    for (const { insertion, secret } of found) {
      const argument = /(\w+)=[^\n]*$/.exec(text.slice(0, insertion.range.start).slice(-200))?.[1] ?? '';
      const finding = report(insertion, 'argument', { name: shown(secret), instead: 'secrets:' });
      grade(finding, secret, argument);
      finding.fix('Pass it as a build secret', 'review', edits, 'the Dockerfile has to mount it');
    }
  },
  examples: [
    {
      path: '.github/workflows/image.yml',
      bad: 'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@263435318d21b8e681c14492fe198d362a7d2c83 # v6.18.0\n        with:\n          push: true\n          build-args: | # for the base model\n            HF_TOKEN=«${{ secrets.HF_TOKEN }}»\n',
      message: 'argument',
      good: 'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@263435318d21b8e681c14492fe198d362a7d2c83 # v6.18.0\n        with:\n          push: true\n          secrets: | # for the base model\n            HF_TOKEN=${{ secrets.HF_TOKEN }}\n',
    },
    {
      path: '.github/workflows/image.yml',
      bad: 'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - {uses: docker/build-push-action@v6, with: {push: true, build-args: "PYPI_TOKEN=«${{ secrets.PYPI_TOKEN }}»"}}\n',
      message: 'argument',
      good: 'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - {uses: docker/build-push-action@v6, with: {push: true, secrets: "PYPI_TOKEN=${{ secrets.PYPI_TOKEN }}"}}\n',
    },
    {
      path: '.github/workflows/image.yml',
      bad: 'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    env:\n      KEY: ${{ secrets.AWS_SECRET_ACCESS_KEY }}\n    steps:\n      - run: docker build --build-arg "AWS_SECRET_ACCESS_KEY=«$KEY»" -t api .\n',
      message: 'argument',
    },
    {
      path: '.github/workflows/image.yml',
      good: 'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          secrets: |\n            HF_TOKEN=${{ secrets.HF_TOKEN }}\n          build-args: |\n            VERSION=${{ github.sha }}\n',
      because: 'a build secret, and a commit',
    },
    {
      path: '.github/workflows/image.yml',
      good: 'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - env:\n          HF_TOKEN: ${{ secrets.HF_TOKEN }}\n        run: docker build --secret id=HF_TOKEN --build-arg VERSION=$GITHUB_SHA --build-arg BASE=${BASE} .\n',
      because: 'variables that hold no secret',
    },
    {
      path: '.github/workflows/image.yml',
      good: "on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          build-args: PRIVATE=${{ secrets.HF_TOKEN != '' }}\n",
      because: 'only whether there is one',
    },
  ],
});

const isSecret = (reference: string): boolean => /^secrets\.\w/.test(reference);

function shown(secret: string): string {
  return secret.replace(/^secrets\.(.*)$/, (_, name: string) => `secrets.${name.slice(0, 34).toUpperCase()}`);
}

function secretOf(insertion: string): string | undefined {
  return contributions(insertion.slice(3, -2).trim())?.find(isSecret);
}

function secretIn(variable: ConfigEntry | undefined, text: string): string | undefined {
  if (variable === undefined) return undefined;
  return flowing(text, variable)
    .flatMap(({ references }) => references)
    .find(isSecret);
}

/** Many settings are kept among the secrets too; a name that does not mean a secret says so. */
function grade(finding: Report, secret: string, argument: string): void {
  const name = secret.slice('secrets.'.length).toUpperCase();
  if (name === 'GITHUB_TOKEN') finding.severity('warning');
  else if (PUBLISHED.test(argument)) finding.severity('hint');
  else if (isSettingName(name) || isSettingName(argument.toUpperCase())) finding.severity('info');
}

/** Renames the input when all it holds are secrets and there is no other input for them. */
function toSecrets(entry: ConfigEntry, insertions: readonly Insertion[], text: string): TextEdit[] {
  const step = entry.parent?.parent;
  const range: Range | undefined = entry.keyRange;
  const lines = (textOf(entry) ?? '').split('\n').filter((line) => line.trim() !== '');
  if (range === undefined || entry.alias !== undefined || child(entry.parent, 'secrets') !== undefined) return [];
  if (!textOf(child(step, 'uses'))?.startsWith('docker/build-push-action@')) return [];
  if (insertionsIn(text, entry.valueRange).length !== lines.length || insertions.length !== lines.length) return [];
  return [{ range, newText: 'secrets' }];
}
