import { isTestFile } from '../../base/test-files.js';
import { defineRule, dockerfile } from '../../engine/index.js';
import { holdsCredentials, mayHoldCredentials } from '../../knowledge/secret-files.js';
import { buildContextOf, copiedSources, isCopied } from '../_build-context.js';
import { isDevelopmentContainer, shippedStages } from './_stages.js';

/** Built from parts, so that this file holds nothing that looks like a secret. */
const ENV = `DB_USER=etl\nDB_PASSWORD=kX9${'-vTq2Lm_w'}\n`;
const KEY = `-----BEGIN RSA ${'PRIVATE'} KEY-----\n${'MIIEow'.repeat(10)}\n`;
const IMAGE = 'FROM python:3.13-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n';

export default defineRule({
  summary: 'A Dockerfile copies a file with credentials into the image.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-538',
    'CWE-522',
    'OWASP-A05:2021',
    'OWASP-ML05:2023',
    'AML.T0055',
    'https://docs.docker.com/build/concepts/context/#dockerignore-files',
    'https://docs.docker.com/build/building/secrets/',
  ],
  docs: {
    why: '`COPY . .` takes what lies in the folder, also what Git ignores: the `.env` with the password of the feature store, the key of the service account. The image is pushed to the registry, and everybody who may pull the model server reads them from its layers, also when a later line deletes the file.',
    instead:
      'Name the file in `.dockerignore`, or copy the folders that the program needs, and give it the secret when it starts. Change what was already pushed.',
    fixSafety: 'Whether the program reads the file in the image is not known here, so there is no fix.',
    limits:
      'The folder of the build is what a compose file around says, else the nearest folder that has what is copied. Looked for are environment files, private keys and the files in which cloud tools, DVC, pip and Kaggle keep credentials; their text has to hold some. Stages that are not shipped, files of tests and development containers are passed over, and so is what only a build elsewhere has.',
    ignoreWhen: 'The image never leaves the machine that builds it.',
  },
  messages: {
    copied: '`COPY {source}` puts `{file}` with its credentials into the image; name it in `.dockerignore`',
    several:
      '`COPY {source}` puts `{file}` and {count} more files with credentials into the image; use `.dockerignore`',
  },
  words: ['copy', 'add'],
  query: dockerfile.file(),
  check(facts, { report, path, workspace }) {
    if (isDevelopmentContainer(path) || isTestFile(path)) return;
    const shipped = shippedStages(facts);
    const copies = facts.instructions.filter(({ stage }) => shipped.has(stage));
    if (!copies.some((copy) => copiedSources(copy).length > 0)) return;
    const context = buildContextOf(facts, { path, workspace });
    if (context === undefined) return;
    const secret = workspace
      .sentToBuild(context, path)
      .filter((file) => mayHoldCredentials(file) && !isTestFile(file))
      .filter((file) => holdsCredentials(file, workspace.textOf(file) ?? ''));
    const told = new Set<string>();
    for (const copy of copies) {
      for (const source of copiedSources(copy)) {
        const files = secret.filter((file) => isCopied(file, source, context) && !told.has(file));
        const [first] = files;
        if (first === undefined) continue;
        for (const file of files) told.add(file);
        const word = copy.words.find(
          ({ text }) => text.replace(/^(?:\.?\/)+|^\.$/g, '').replace(/\/\.?$/, '') === source,
        );
        const shown = {
          source: shortened(word?.text ?? source),
          file: shortened(first.slice(context === '' ? 0 : context.length + 1)),
        };
        const finding =
          files.length === 1
            ? report(word?.range ?? copy.range, 'copied', shown)
            : report(word?.range ?? copy.range, 'several', { ...shown, count: files.length - 1 });
        for (const file of files.slice(0, 5)) finding.related(startOf(file), 'This file gets into the image');
      }
    }
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: `${IMAGE}COPY «.» .\nCMD ["python", "serve.py"]\n`,
      message: 'copied',
      good: `${IMAGE}COPY src/ src/\nCMD ["python", "serve.py"]\n`,
      byHand: true,
      files: { 'requirements.txt': 'numpy==2.3.5\n', '.env': ENV, 'src/serve.py': 'print()\n' },
    },
    {
      path: 'api/Dockerfile',
      bad: 'FROM python:3.13-slim\nCOPY --chown=1000 «./config» /app/\n',
      message: 'several',
      files: { 'api/config/prod.env': ENV, 'api/config/tls/server.key': KEY },
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nCOPY . .\n',
      files: { '.env': ENV, '.dockerignore': '# local\n.env*\n' },
      because: '`.dockerignore` leaves it out',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nCOPY . .\n',
      files: {
        '.env': 'LOG_LEVEL=info\nDB_PASSWORD=\n',
        '.env.example': ENV,
        'ca.pem': '-----BEGIN CERTIFICATE-----\n',
      },
      because: 'nothing secret in it, an example, a certificate',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim AS build\nCOPY . .\nRUN pip wheel -w /w .\n\nFROM python:3.13-slim\nCOPY --from=build /w /w\n',
      files: { '.env': ENV },
      because: 'the layer is not shipped',
    },
    {
      path: 'docker/Dockerfile',
      good: 'FROM python:3.13-slim\nCOPY . .\n',
      files: { '.env': ENV },
      because: 'the folder of the build is not known',
    },
  ],
});

/** The head of a file, as a place: what it holds is not shown. */
function startOf(path: string) {
  const start = { line: 0, character: 0 };
  return { path, range: { start: 0, end: 0 }, start, end: start };
}

/** The last parts of a path. */
function shortened(path: string): string {
  return path.length <= 32 ? path : `…/${path.split('/').slice(-1)[0]!.slice(-28)}`;
}
