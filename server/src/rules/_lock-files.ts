import type { RuleContext } from '../engine/index.js';

type Has = (path: string) => boolean;

/** Lock files that decide what is installed, whatever ranges the file beside them declares; by kind of that file. */
const LOCKS: Readonly<Record<'pyproject' | 'pipfile' | 'conda' | 'pixi', readonly string[]>> = {
  pyproject: ['uv.lock', 'poetry.lock', 'pdm.lock', 'pixi.lock', 'pylock.toml', 'hatch.lock'],
  pipfile: ['Pipfile.lock'],
  conda: ['conda-lock.yml', 'conda-linux-64.lock', 'pixi.lock'],
  pixi: ['pixi.lock'],
};

/** Files that only a project that is run, not one that is published, keeps beside its `pyproject.toml`. */
const APPLICATION_FILES = [
  'Dockerfile',
  'docker-compose.yml',
  'docker-compose.yaml',
  'compose.yaml',
  'compose.yml',
  'dvc.yaml',
  'MLproject',
  'Procfile',
];

/** True when a lock in the folder of `path`, or (for workspaces) in one above, fixes its versions. */
export function isLocked(kind: keyof typeof LOCKS, path: string, has: Has): boolean {
  return foldersUp(path).some((folder) => LOCKS[kind].some((name) => has(folder + name)));
}

/** True when the project in the folder of `path` is run rather than published. */
export function isApplication(path: string, has: Has): boolean {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return APPLICATION_FILES.some((name) => has(folder + name));
}

/** Whether the file serves development, tests or documentation, whose packages do not reach the model. */
export function isForDevelopment(path: string): boolean {
  return /(?:^|[/_.-])(?:dev|develop|development|devcontainer|tests?|testdata|testing|e2e|docs?|documentation|lint|linters?|linting|ci|examples?)(?:[/_.-]|$)|(?:^|\/)\.github\//i.test(
    path,
  );
}

function foldersUp(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.keys(), parts.length].reverse().map((count) =>
    parts
      .slice(0, count)
      .map((part) => `${part}/`)
      .join(''),
  );
}

/** Place of a requirement that is fixed elsewhere: its exact version, unless this very declaration says it. */
export function versionFixedElsewhere(
  name: string,
  line: { start: number; end: number },
  { version, path }: Pick<RuleContext<Record<string, string>>, 'version' | 'path'>,
): { exact: string; path: string } | undefined {
  const known = version(name);
  if (known?.exact === undefined) return undefined;
  const { place } = known;
  if (place.path === path && place.range.start < line.end && place.range.end > line.start) return undefined;
  return { exact: known.exact, path: place.path };
}
