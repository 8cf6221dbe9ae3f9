import type { Range, TextEdit } from '../base/range.js';
import {
  at,
  type CommandFact,
  type ConfigEntry,
  edit,
  installCommand,
  type Requirement,
  type RuleContext,
  writtenByResolver,
} from '../engine/index.js';
import { isApplication, isForDevelopment, isLocked } from './_lock-files.js';

type Context = Pick<RuleContext<Record<string, string>>, 'path' | 'text' | 'facts' | 'workspace'>;

/** Installers, which an environment brings along, and the interpreter. */
const TOOLS: ReadonlySet<string> = new Set([
  'pip',
  'setuptools',
  'wheel',
  'uv',
  'conda',
  'mamba',
  'python',
  'poetry',
  'pipenv',
  'pdm',
]);

/** A package of an index, other than the tools, whose version is left open. */
export function isOpen({ kind, name, exact, specifier, hashes, editable }: Requirement): boolean {
  return (
    kind === 'named' &&
    name !== undefined &&
    !TOOLS.has(name) &&
    exact === undefined &&
    !/[${}]/.test(specifier) &&
    hashes.length === 0 &&
    !editable
  );
}

/** Packages that a pip or uv command takes in any version, where no constraint and no missing index keeps it from that. */
export function openInstalls(command: CommandFact['command']): readonly Requirement[] {
  const install = installCommand(command);
  if (install === undefined || (install.tool !== 'pip' && install.tool !== 'uv')) return [];
  if (install.options.some(({ name }) => name === '--no-index' || name === '--constraint')) return [];
  return install.requirements.filter(isOpen);
}

/** Programs that look after the code of a project and are no part of what it trains or serves. */
const DEVELOPER_TOOLS: ReadonlySet<string> = new Set([
  ...['black', 'isort', 'ruff', 'flake8', 'pylint', 'mypy', 'pyright', 'autopep8', 'yapf', 'bandit', 'codespell'],
  ...['pytest', 'tox', 'nox', 'coverage', 'hypothesis', 'pre-commit', 'commitizen', 'bumpversion', 'bump2version'],
  ...['sphinx', 'numpydoc', 'pydata-sphinx-theme', 'mkdocs', 'mkdocs-material', 'twine', 'build', 'ipdb'],
  ...['git', 'git-lfs'],
]);

/** Whether a package only serves development, whatever file names it. By PEP 503 name. */
export function isDeveloperTool(name: string): boolean {
  return DEVELOPER_TOOLS.has(name) || /^(?:pytest|flake8|pylint|sphinx|types|mkdocs)-|-stubs$/.test(name);
}

/** How many levels milder a finding in this file is; undefined where none is due. */
export function softening(
  source: Requirement['source'],
  range: Range,
  { path, text, facts, workspace }: Context,
): number | undefined {
  const has = (file: string): boolean => workspace.has(file);
  const development = isForDevelopment(path) || isPartOfSetup(path, has) ? 1 : 0;
  switch (source) {
    case 'requirements':
      return /\.in$/.test(path) || writtenByResolver(text.split('\n', 40).filter((line) => line.startsWith('#')))
        ? undefined
        : development;
    case 'conda':
      return isLocked(/pixi\.toml$|pyproject\.toml$/.test(path) ? 'pixi' : 'conda', path, has)
        ? undefined
        : development;
    case 'pipfile':
      return isLocked('pipfile', path, has) ? undefined : development;
    case 'pyproject': {
      const root = facts?.roots[0];
      const build = at(root, 'build-system');
      const library =
        build !== undefined &&
        (!isApplication(path, has) || isPublished(root)) &&
        at(root, 'tool', 'poetry', 'package-mode')?.value !== false;
      if (library || !path.endsWith('pyproject.toml') || isLocked('pyproject', path, has)) return undefined;
      if (build !== undefined && range.start >= build.range.start && range.end <= build.range.end) return undefined;
      return build === undefined ? development : 1;
    }
    default:
      return undefined;
  }
}

/** A folder of lists beside `setup.py`, which reads them as what the package and its extras need. */
function isPartOfSetup(path: string, has: (file: string) => boolean): boolean {
  const [, project] = /^((?:.*\/)?)requirements\/[^/]+\.txt$/.exec(path) ?? [];
  return project !== undefined && has(`${project}setup.py`);
}

/** 0: any version, 1: any newer version, 2: bounded above. */
export function firmness(specifier: string): 0 | 1 | 2 {
  if (specifier === '') return 0;
  return /(?:^|,)(?:~=|<|==)/.test(specifier) ? 2 : 1;
}

/** Edit that writes the exact version behind the name; none where the declaration is not a plain requirement. */
export function pin({ nameRange, specifierRange, source }: Requirement, exact: string, text: string): TextEdit[] {
  if (
    nameRange === undefined ||
    !/^\s*(?:\[[^\]]*\]\s*)?$/.test(text.slice(nameRange.end, specifierRange.start)) ||
    nameRange.end > specifierRange.start
  )
    return [];
  if (source === 'conda' && text[specifierRange.start] === '[') return [];
  return edit.replace(specifierRange, `==${exact}`);
}

/** Classifiers are written for the package index: such a project is installed by others. */
function isPublished(root: ConfigEntry | undefined): boolean {
  return (at(root, 'project', 'classifiers') ?? at(root, 'tool', 'poetry', 'classifiers')) !== undefined;
}
