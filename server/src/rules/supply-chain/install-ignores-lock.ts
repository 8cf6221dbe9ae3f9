import type { TextEdit } from '../../base/range.js';
import {
  type CommandFact,
  commands,
  commandsOf,
  type DockerfileFacts,
  type DockerInstruction,
  defineRule,
  dockerfile,
  edit,
  type RuleContext,
  type ShellCommand,
} from '../../engine/index.js';
import { trainsModel } from '../../knowledge/model-releases.js';
import { buildContextOf, copiedSources, isCopied } from '../_build-context.js';
import { LOCKS, lockUse } from './_lock-use.js';

const IMAGE = 'FROM python:3.13-slim\nWORKDIR /app\n';
const FILES = {
  'pyproject.toml': '[project]\nname = "scorer"\ndependencies = ["scikit-learn>=1.5"]\n',
  'src/serve.py': 'import sklearn\n',
};
const WORKFLOW = 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n';
const CI = new Set<string | undefined>(['github-workflow', 'gitlab-ci', 'azure-pipelines', 'cloud-build', 'codebuild']);
const messages = {
  ignored: 'This install takes the newest versions although `{lock}` fixes them; install from the lock',
  absent: '`{lock}` is not copied, so `{tool}` takes the newest versions; copy the lock',
  renewed: 'This renews `{lock}` with each build, so the tested versions do not count; install from the lock',
} as const;

export default defineRule({
  summary: 'A project has a lock, but an image or a training job is installed without it.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-1357',
    'CWE-494',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://docs.astral.sh/uv/guides/integration/docker/',
    'https://python-poetry.org/docs/basic-usage/#installing-with-poetrylock',
  ],
  docs: {
    why: 'The lock in the repository says which two hundred packages were tested and scanned, and everybody believes that they run. The image resolves them again: it serves the model with another scikit-learn than it was trained with, and a release that was uploaded with a stolen account this morning is inside.',
    instead:
      'Copy the lock and install from it: `uv sync --locked`, `poetry sync`, `pdm sync`, or `pip install -r` of an export with hashes and `pip install --no-deps .`.',
    fixSafety: 'The image gets other versions than it had, so the fix is offered for review.',
    limits:
      'In a Dockerfile the one `pyproject.toml` that is copied counts, with the lock beside it; several are passed over, as are Dockerfiles that use the lock or a list of versions anywhere. In pipelines only files that train a model and install the project of the root are read, since libraries are tested with the newest versions on purpose.',
    ignoreWhen: 'The job is there to try the newest versions.',
  },
  messages,
  query: [dockerfile.file(), commands.named('pip', 'pip3', 'uv')],
  words: ['pip', 'uv', 'poetry', 'pdm'],
  check(fact: DockerfileFacts | CommandFact, context) {
    if (!('kind' in fact)) checkDockerfile(fact, context);
    else if (fact.origin === 'config') checkPipeline(fact.command, context);
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: `${IMAGE}COPY . .\nRUN «pip install .»\nCMD ["python", "src/serve.py"]\n`,
      message: 'ignored',
      good: `${IMAGE}COPY . .\nRUN uv sync --locked\nCMD ["python", "src/serve.py"]\n`,
      byHand: true,
      files: { ...FILES, 'uv.lock': 'version = 1\n' },
    },
    {
      path: 'Dockerfile',
      bad: `${IMAGE}COPY pyproject.toml ./\nRUN «poetry install» --no-root\nCOPY src/ src/\n`,
      message: 'absent',
      good: `${IMAGE}COPY pyproject.toml poetry.lock ./\nRUN poetry install --no-root\nCOPY src/ src/\n`,
      files: { ...FILES, 'poetry.lock': '' },
    },
    {
      path: 'Dockerfile',
      bad: `${IMAGE}COPY pyproject.toml uv.lock ./\nRUN «uv sync» --upgrade\n`,
      message: 'renewed',
      good: `${IMAGE}COPY pyproject.toml uv.lock ./\nRUN uv sync --locked\n`,
      byHand: true,
      files: { ...FILES, 'uv.lock': 'version = 1\n' },
    },
    {
      path: '.github/workflows/train.yml',
      bad: `${WORKFLOW}      - run: «pip install -e ".[train]"»\n      - run: python src/train.py\n`,
      message: 'ignored',
      files: { ...FILES, 'uv.lock': 'version = 1\n' },
    },
    {
      path: 'Dockerfile',
      good: `${IMAGE}COPY . .\nRUN uv export --locked -o requirements.txt && pip install -r requirements.txt && pip install .\n`,
      files: { ...FILES, 'uv.lock': 'version = 1\n' },
      because: 'the list is made from the lock',
    },
    {
      path: 'Dockerfile',
      good: `${IMAGE}COPY pyproject.toml poetry.loc[k] ./\nRUN poetry install\n`,
      files: { ...FILES, 'poetry.lock': '' },
      because: 'a pattern that may match the lock',
    },
    { path: 'Dockerfile', good: `${IMAGE}COPY . .\nRUN pip install .\n`, files: FILES, because: 'there is no lock' },
    {
      path: '.github/workflows/test.yml',
      good: `${WORKFLOW}      - run: pip install -e .\n      - run: pytest\n`,
      files: { ...FILES, 'uv.lock': 'version = 1\n' },
      because: 'tests of a library',
    },
  ],
});

type Context = RuleContext<typeof messages>;

function checkDockerfile(facts: DockerfileFacts, context: Context): void {
  const { path, report, text, workspace } = context;
  const runs = facts.instructions.flatMap((instruction) =>
    (instruction.keyword === 'RUN' ? commandsOf(instruction, text) : []).flatMap((command) => {
      const use = lockUse(command);
      return use === undefined ? [] : [{ instruction, command, use }];
    }),
  );
  if (runs.length === 0) return;
  const folder = buildContextOf(facts, context);
  if (folder === undefined) return;
  const sent = workspace.sentToBuild(folder, path);
  const project = copiedProject(facts, sent, folder);
  const beside = project?.file.slice(0, -'pyproject.toml'.length);
  const lock = Object.keys(LOCKS).find((name) => workspace.has(`${beside}${name}`));
  if (project === undefined || beside === undefined || lock === undefined) return;
  const hasLock = facts.instructions.some((one) => mayTake(one, `${beside}${lock}`, lock, sent, folder));
  const usesLock = runs.some(({ use }) => use === 'lock');
  for (const { command, use } of runs) {
    if (command.range.start < project.copy.range.start) continue;
    const range = headOf(command);
    if (use === 'renewed') report(range, 'renewed', { lock });
    else if (use === 'project' && !usesLock) report(range, 'ignored', { lock });
    else if (use === 'lock' && !hasLock && resolves(command, lock)) {
      const tool = command.words.map((word) => word.text.replace(/^.*\//, '')).find((word) => LOCKS[lock]!.test(word))!;
      const edits = sent.includes(`${beside}${lock}`) ? copyToo(project.copy, lock) : [];
      report(range, 'absent', { lock, tool }).fix(`Copy \`${lock}\``, 'review', edits, 'other versions are installed');
    }
  }
}

/** The one project file that is copied, and the instruction that does it first. */
function copiedProject(
  { instructions }: DockerfileFacts,
  sent: readonly string[],
  folder: string,
): { file: string; copy: DockerInstruction } | undefined {
  const projects = sent.filter((file) => /(?:^|\/)pyproject\.toml$/.test(file));
  const copied = projects.flatMap((file) => {
    const copy = instructions.find((one) => copiedSources(one).some((source) => isCopied(file, source, folder)));
    return copy === undefined ? [] : [{ file, copy }];
  });
  return copied.length === 1 ? copied[0] : undefined;
}

/** Whether an instruction brings a lock along, or may. */
function mayTake(one: DockerInstruction, file: string, lock: string, sent: readonly string[], folder: string): boolean {
  if (one.keyword === 'RUN') return one.flags.some(({ name, value }) => name === 'mount' && /type=bind/.test(value));
  const sources = copiedSources(one);
  if (sources.some((source) => /[$[]/.test(source))) return true;
  if (one.flags.some(({ name }) => name === 'from') && one.argument.includes(lock)) return true;
  return sent.includes(file) && sources.some((source) => isCopied(file, source, folder));
}

/** True for installs that make a lock when there is none: with `--locked` and its like they stop instead. */
function resolves(command: ShellCommand, lock: string): boolean {
  const words = command.words.map(({ text }) => text.replace(/^.*\//, ''));
  return (
    words.some((word) => LOCKS[lock]!.test(word)) && !words.some((word) => /^--(?:frozen|locked)|^export$/.test(word))
  );
}

/** Adds the lock to the words of a `COPY` that names the project file by itself. */
function copyToo(copy: DockerInstruction, lock: string): TextEdit[] {
  const word = copy.words.find(({ text }) => /(?:^|\/)pyproject\.toml$/.test(text));
  const target = copy.words.at(-1)?.text ?? '';
  if (word === undefined || copy.execForm || !/^\.$|\/$/.test(target)) return [];
  return edit.insert(word.range.end, ` ${word.text.replace(/pyproject\.toml$/, lock)}`);
}

/** The tool with its verb. */
function headOf({ words, range }: ShellCommand): { start: number; end: number } {
  const last = words.find(({ text }) => /^(?:install|sync|update|lock)$/.test(text));
  const project = words.find(({ text }) => /^\.\/?(?:\[|$)|^pyproject\.toml$/.test(text));
  return { start: words[0]?.range.start ?? range.start, end: (project ?? last)?.range.end ?? range.end };
}

function checkPipeline(command: ShellCommand, { facts, report, text, workspace, path }: Context): void {
  if (!facts?.formats.some((format) => CI.has(format?.id)) || lockUse(command) !== 'project') return;
  const lock = Object.keys(LOCKS).find((name) => workspace.has(name));
  if (
    lock === undefined ||
    !workspace.has('pyproject.toml') ||
    !trainsModel(text) ||
    /working-directory|\bcd \w/.test(text)
  )
    return;
  const fromLock = /\b(?:uv (?:sync|export)|poetry (?:install|sync|export)|pdm (?:install|sync|export)|pip-sync)\b/;
  if (fromLock.test(text) || /(?:-r|--requirement|--constraint|-c)[ =]\S+\.(?:txt|lock)\b/.test(text)) return;
  if (/(?:^|\/)(?:\.gitlab-ci|azure-pipelines|cloudbuild|buildspec)|^\.github\//.test(path))
    report(headOf(command), 'ignored', { lock });
}
