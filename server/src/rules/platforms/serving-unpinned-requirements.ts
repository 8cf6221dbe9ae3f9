import { type DockerfileFacts, defineRule, dockerfile, placeIn } from '../../engine/index.js';
import { installedLists, MODEL_LIBRARIES, serves, withIncludes } from '../_served-models.js';

const SERVER = 'FROM python:3.13-slim\nCOPY requirements.txt .\n';
const CMD = 'COPY . .\nUSER 1000\nCMD ["uvicorn", "api:app", "--host", "0.0.0.0"]\n';

export default defineRule({
  summary: 'An image that serves a model installs the library that loads it in any version.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://pip.pypa.io/en/stable/topics/repeatable-installs/',
    'https://scikit-learn.org/stable/model_persistence.html',
  ],
  docs: {
    why: 'A rebuild of the server brings another release of the library that loads the model. It refuses the file or, worse, predicts other numbers from it without a word; and a release that somebody uploaded with a stolen account answers the customers after the next build.',
    instead:
      'Install a lock that names every version and hash, the one the model was trained with: `pip install --require-hashes -r requirements.lock`, `uv sync --frozen`.',
    fixSafety: 'The versions that the model was trained with are not known here, so there is no fix.',
    limits:
      'The server is known by the command that the image starts. The file is followed through `COPY` and the files it includes, and passed over where several may be meant. Only libraries that load models count, where nothing bounds their version above.',
    ignoreWhen: 'The image is built once, and what runs is named by its digest.',
  },
  messages: {
    open: '`{file}` leaves {packages} open, so each build may serve the model with another version; install a lock',
  },
  skipsTests: true,
  words: ['cmd', 'entrypoint'],
  query: dockerfile.file(),
  check(facts: DockerfileFacts, context) {
    if (!serves(facts) || /(?:^|\/)\.devcontainer\//.test(context.path)) return;
    const all = context.workspace.packageLists();
    for (const { list, range } of installedLists(facts, context)) {
      const declared = withIncludes(list, all).flatMap((one) =>
        one.packages.map((declaration) => ({ ...declaration, text: one.text })),
      );
      const bounded = new Set(declared.filter(({ specifier }) => isBounded(specifier)).map(({ library }) => library));
      const open = declared.filter(({ library }) => MODEL_LIBRARIES.has(library) && !bounded.has(library));
      const [first] = open;
      if (first === undefined) continue;
      const names = new Set(open.map(({ library }) => library));
      const packages = `\`${first.library}\`${names.size > 1 ? ` and ${names.size - 1} more` : ''}`;
      const file = list.path.slice(list.path.lastIndexOf('/') + 1).slice(0, 30);
      const finding = context.report(range, 'open', { file, packages });
      for (const { path, text, range: at, library } of open.slice(0, 5))
        finding.related(placeIn(path, text, at), `\`${library}\` is left open here`);
    }
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: `${SERVER}RUN pip install --no-cache-dir «-r requirements.txt»\n${CMD}`,
      message: 'open',
      good: `${SERVER}RUN pip install --no-cache-dir --require-hashes -r requirements.txt\n${CMD}`,
      byHand: true,
      files: { 'requirements.txt': 'fastapi==0.121.2\nscikit-learn>=1.5\ntorch\n' },
    },
    {
      path: 'docker/serve/Dockerfile',
      bad: 'FROM python:3.13-slim\nCOPY api/requirements.txt /tmp/requirements.txt\nRUN python -m pip install «--requirement=/tmp/requirements.txt»\nENTRYPOINT python serve.py\n',
      message: 'open',
      files: { 'api/requirements.txt': 'xgboost\n' },
    },
    {
      path: 'Dockerfile',
      good: `${SERVER}RUN pip install -r requirements.txt\n${CMD}`,
      files: { 'requirements.txt': 'scikit-learn==1.7.2\nfastapi\n' },
      because: 'what loads the model is pinned',
    },
    {
      path: 'Dockerfile',
      good: `${SERVER}RUN pip install -r requirements.txt\nCMD ["python", "train.py"]\n`,
      files: { 'requirements.txt': 'scikit-learn\n' },
      because: 'no server',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nCOPY a/ b/ ./\nRUN pip install -r requirements.txt\nCMD ["python", "serve.py"]\n',
      files: { 'a/requirements.txt': 'scikit-learn\n', 'b/requirements.txt': 'scikit-learn==1.7.2\n' },
      because: 'either file may be meant',
    },
    {
      path: 'Dockerfile',
      good: `${SERVER}RUN pip install -r requirements.txt -c constraints.txt\n${CMD}`,
      files: { 'requirements.txt': 'scikit-learn\n' },
      because: 'the constraints name the versions',
    },
  ],
});

/** Whether newer releases are shut out. */
function isBounded(specifier: string): boolean {
  return /(?:^|,)\s*(?:==|~=|<)/.test(specifier);
}
