import { at, type ConfigEntry, config, defineRule, items } from '../../engine/index.js';
import { isApplication, isForDevelopment } from '../_lock-files.js';
import { softening } from '../_open-version.js';

/** Files beside the project that may say in full what is installed. */
const OTHER_LISTS = [
  'requirements.txt',
  'requirements.lock',
  'requirements.lock.txt',
  'requirements-lock.txt',
  'requirements/base.txt',
  'conda-lock.yml',
  'environment.yml',
  'environment.yaml',
  'Pipfile.lock',
  'flake.lock',
];

/** Keys that are written for those who install a package. */
const PUBLISHED = ['authors', 'classifiers', 'keywords', 'license', 'maintainers', 'scripts', 'urls'];

export default defineRule({
  summary: 'An application declares its packages but has no lock file.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-1357',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://docs.astral.sh/uv/concepts/projects/sync/',
    'https://packaging.python.org/en/latest/specifications/pylock-toml/',
  ],
  docs: {
    why: 'Ten lines here become two hundred packages when they are installed, and only a lock says which. A release of any of them, published an hour ago by somebody who took over an account, is in the next training image, and a model that behaves differently cannot be traced to it.',
    instead:
      'Run `uv lock`, `poetry lock`, `pdm lock`, `pipenv lock` or `pixi lock`, commit the file, and install with `--locked`.',
    fixSafety: 'There is no fix: the lock is written by the tool, from the index.',
    limits:
      'Libraries stay silent: projects with a build system, authors, a license or scripts, unless a Dockerfile, `dvc.yaml` or the like stands beside them and no classifiers are written. So do projects with a requirements or environment file beside them, which may be the lock, and files for development. A lock in a folder above counts.',
    ignoreWhen: 'The lock is made and kept by the build server.',
  },
  messages: {
    missing: 'The packages have no lock file, so each install takes the newest of what they need; commit one',
  },
  query: [
    config.entries(['pyproject'], 'project.dependencies'),
    config.entries(['pyproject'], 'tool.poetry.dependencies'),
    config.entries(['pyproject'], 'tool.pixi.dependencies'),
    config.entries(['pipfile'], 'packages'),
    config.entries(['pixi'], 'dependencies'),
  ],
  check(entry: ConfigEntry, context) {
    const { path, report, workspace, facts } = context;
    const packages = items(entry).filter(({ key }) => key !== 'python');
    if (packages.length === 0 || entry.keyRange === undefined || isForDevelopment(path)) return;
    const format = facts?.formats[0]?.id;
    const kind = format === 'pipfile' ? 'pipfile' : format === 'pixi' ? 'conda' : 'pyproject';
    if (softening(kind, entry.range, context) === undefined) return;
    if (kind === 'pyproject' && !isApplication(path, (file) => workspace.has(file)) && mayBePublished(facts?.roots[0]))
      return;
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    if (OTHER_LISTS.some((name) => workspace.has(folder + name))) return;
    report(entry.keyRange, 'missing');
  },
  examples: [
    {
      path: 'pyproject.toml',
      bad: '[project]\nname = "job"\n«dependencies» = ["numpy==2.3.5", "torch==2.7.1"]\n',
      message: 'missing',
    },
    { path: 'Pipfile', bad: '[«packages»]\nnumpy = "==2.3.5"\n', message: 'missing' },
    {
      path: 'pyproject.toml',
      good: '[project]\nname = "job"\ndependencies = ["numpy==2.3.5"]\n',
      files: { 'uv.lock': 'version = 1\n' },
      because: 'the lock stands beside it',
    },
    {
      path: 'pyproject.toml',
      good: '[project]\nname = "frames"\nlicense = "MIT"\ndependencies = ["numpy>=1.26"]\n',
      because: 'a license is written for those who install it',
    },
    {
      path: 'pyproject.toml',
      good: '[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "frames"\ndependencies = ["numpy>=1.26"]\n',
      because: 'a library leaves the choice to the applications that use it',
    },
    {
      path: 'pyproject.toml',
      good: '[project]\nname = "job"\ndependencies = ["numpy==2.3.5"]\n',
      files: { 'requirements.txt': 'numpy==2.3.5\n' },
      because: 'the requirements file may be the lock',
    },
    { path: 'pyproject.toml', good: '[project]\nname = "job"\ndependencies = []\n', because: 'no packages' },
  ],
});

/** A project without a build system is one that runs, unless what it says of itself is meant for others. */
function mayBePublished(root: ConfigEntry | undefined): boolean {
  const unpackaged = at(root, 'tool', 'poetry', 'package-mode') ?? at(root, 'tool', 'uv', 'package');
  if (unpackaged !== undefined) return unpackaged.value !== false;
  return (
    PUBLISHED.some((key) => at(root, 'project', key) !== undefined) ||
    at(root, 'tool', 'poetry') !== undefined ||
    at(root, 'tool', 'setuptools') !== undefined
  );
}
