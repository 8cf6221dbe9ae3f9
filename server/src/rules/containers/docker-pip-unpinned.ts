import {
  type CommandFact,
  commands,
  defineRule,
  type InstallCommand,
  installCommand,
  placeholder,
} from '../../engine/index.js';
import { allows } from '../../engine/versions.js';
import { versionFixedElsewhere } from '../_lock-files.js';
import { firmness, isOpen, pin } from '../_open-version.js';

/** Tools whose installs `req-unpinned` does not look at. */
const TOOLS: ReadonlySet<InstallCommand['tool']> = new Set(['pipx', 'uv', 'poetry', 'pdm', 'pipenv', 'pixi', 'rye']);
/** Options that make an install take what a lock or a list of hashes says, and nothing else. */
const FIXED = /^--(?:deploy|ignore-pipfile|frozen|locked|require-hashes|constraint|constraints|requirement|hash)$/;

export default defineRule({
  summary: 'A Dockerfile installs Python packages in whatever version is newest.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-1357',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://pipenv.pypa.io/en/latest/workflows.html',
    'https://docs.astral.sh/uv/guides/integration/docker/',
    'https://pip.pypa.io/en/stable/topics/repeatable-installs/',
  ],
  docs: {
    why: 'An image that was built again to fix a typing error holds other packages than the one that was tested: the model was trained with one scikit-learn and is served with the next, or a release that an attacker uploaded this morning runs inside the server.',
    instead:
      'Install from a lock: `uv sync --frozen`, `pipenv install --deploy`, `poetry install`. Name the version of a tool: `pipx install dvc==3.60.0`.',
    fixSafety:
      'The version that the workspace names may be older than the one installed today, and a lock that is out of date stops the build, so the fixes are offered for review. Where none is named, the fix leaves a place for one.',
    limits:
      'Packages that pip and conda commands name are left to `req-unpinned`; this rule looks at pipx, uv, Poetry, PDM, Pipenv, Pixi and Rye. Bounded versions are information. Words with variables are not known.',
    ignoreWhen: 'The image only serves development and nothing in it reaches a model.',
  },
  messages: {
    open: '`{tool}` installs `{name}` without an exact version, so each build may take another; pin what was tested',
    relocks:
      '`pipenv install` resolves anew when the lock is out of date; add `--deploy` so that the build stops instead',
  },
  words: ['pipx', 'uv', 'poetry', 'pdm', 'pipenv', 'pixi', 'rye'],
  query: commands.named('pipx', 'uv', 'poetry', 'pdm', 'pipenv', 'pixi', 'rye'),
  check({ command, origin }: CommandFact, context) {
    const install = origin === 'dockerfile' ? installCommand(command) : undefined;
    if (install === undefined || !TOOLS.has(install.tool)) return;
    const { tool, requirements, options } = install;
    if (options.some(({ name }) => FIXED.test(name))) return;
    const { report, text, workspace, path } = context;
    if (tool === 'pipenv' && requirements.length === 0) {
      const verb = command.words.find((word) => word.text === 'install');
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      if (verb === undefined || options.some(({ name }) => name === '--skip-lock')) return;
      if (!workspace.has(`${folder}Pipfile.lock`)) return;
      const at = verb.range.end;
      report(verb.range, 'relocks')
        .severity('info')
        .fix(
          'Add `--deploy`',
          'review',
          [{ range: { start: at, end: at }, newText: ' --deploy' }],
          'an old lock stops the build',
        );
      return;
    }
    for (const requirement of requirements.filter(isOpen)) {
      const name = requirement.name!.slice(0, 40);
      const finding = report(requirement.range, 'open', { tool, name });
      if (firmness(requirement.specifier) > 0) finding.severity('info');
      const fixed = versionFixedElsewhere(requirement.name!, requirement.range, context);
      if (fixed === undefined || !allows(requirement.specifier, fixed.exact)) {
        finding.fix(`Pin \`${name}\``, 'placeholder', pin(requirement, placeholder('version'), text));
        continue;
      }
      finding.fix(
        `Pin \`${name}==${fixed.exact}\``,
        'review',
        pin(requirement, fixed.exact, text),
        `the version of \`${fixed.path}\``,
      );
    }
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13-slim\nRUN pipx install «dvc»\n',
      message: 'open',
      good: 'FROM python:3.13-slim\nRUN pipx install dvc==3.60.0\n',
      given: { dvc: '3.60.0' },
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13-slim\nCOPY Pipfile Pipfile.lock ./\nRUN pipenv «install» --system\n',
      message: 'relocks',
      good: 'FROM python:3.13-slim\nCOPY Pipfile Pipfile.lock ./\nRUN pipenv install --deploy --system\n',
      files: { 'Pipfile.lock': '{"_meta": {}, "default": {}}\n' },
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13-slim\nRUN uv tool install "«dvc[s3]>=3»" && dvc --version\n',
      message: 'open',
      good: 'FROM python:3.13-slim\nRUN uv tool install "dvc[s3]==3.60.0" && dvc --version\n',
      fill: ['3.60.0'],
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nRUN pipx install poetry==2.1.4 && poetry install --no-root\n',
      because: 'an exact version and a lock',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nRUN uv sync --frozen && uv tool install dvc==3.60.0\n',
      because: 'what the lock says',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nRUN pipenv install --deploy --system && pipenv sync\n',
      files: { 'Pipfile.lock': '{"_meta": {}, "default": {}}\n' },
      because: 'an old lock stops the build',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nRUN uv pip install --system .\n',
      because: 'the project itself',
    },
  ],
});
