import type { FolderCache } from './folder-cache.js';
import { folderOf, join, nameOf } from './paths.js';

/** Names that only tools use, whatever stands inside. */
const TOOL_FOLDERS: ReadonlyMap<string, string> = new Map([
  ['.git', 'Git data'],
  ['.hg', 'Mercurial data'],
  ['.svn', 'Subversion data'],
  ['.tox', 'tox environments'],
  ['.nox', 'nox environments'],
  ['.terraform', 'downloaded modules and providers (.terraform)'],
  ['__pycache__', 'Python bytecode cache'],
  ['__pypackages__', 'installed packages (__pypackages__)'],
  ['.ipynb_checkpoints', 'notebook checkpoints'],
]);

/**
 * Why a folder is not looked into, decided by what it holds rather than by its name where a name could be anybody's;
 * undefined when it is part of the project.
 */
export function skippedFolder(
  path: string,
  folders: FolderCache,
  textOf: (path: string) => string | undefined,
): string | undefined {
  const name = nameOf(path);
  const tool = TOOL_FOLDERS.get(name);
  if (tool !== undefined) return tool;
  const entries = folders.entries(path);
  if (entries === undefined) return 'folder cannot be read';
  // https://docs.python.org/3/library/venv.html and https://bford.info/cachedir/
  if (entries.has('pyvenv.cfg')) return 'virtual environment (pyvenv.cfg)';
  if (entries.has('conda-meta')) return 'conda environment (conda-meta)';
  if (entries.has('CACHEDIR.TAG')) return 'cache (CACHEDIR.TAG)';
  if (name === 'site-packages' || name === 'dist-packages') return `installed packages (${name})`;
  if (name === 'node_modules' && holdsNodePackages(path, folders)) return 'installed packages (node_modules)';
  if (isDownloadedChart(path, textOf)) return 'downloaded chart (named in Chart.yaml)';
  if (name === 'mlruns' && holdsRuns(path, folders)) return 'MLflow runs (mlruns)';
  return undefined;
}

/** `node_modules` beside a `package.json`, or with the traces an installer leaves. */
function holdsNodePackages(path: string, folders: FolderCache): boolean {
  if (folders.isFile(join(folderOf(path), 'package.json'))) return true;
  const entries = folders.entries(path);
  if (entries === undefined) return false;
  if (entries.has('.package-lock.json') || entries.has('.yarn-integrity') || entries.has('.modules.yaml')) return true;
  return [...entries.values()].some(
    (e) => e.kind === 'folder' && folders.isFile(join(join(path, e.name), 'package.json')),
  );
}

/** The file store of MLflow: one folder per experiment with its `meta.yaml`. */
function holdsRuns(path: string, folders: FolderCache): boolean {
  const entries = folders.entries(path);
  if (entries === undefined) return false;
  if (entries.has('.trash')) return true;
  return [...entries.values()].some(
    (e) => e.kind === 'folder' && folders.isFile(join(join(path, e.name), 'meta.yaml')),
  );
}

/**
 * A chart under `charts/` whose parent names it as a dependency from a repository: `helm dependency update` brought it.
 * Charts of the project itself stand there too; they come from nowhere or from `file://`.
 */
function isDownloadedChart(path: string, textOf: (path: string) => string | undefined): boolean {
  const parent = folderOf(path);
  if (nameOf(parent) !== 'charts') return false;
  const text = textOf(join(folderOf(parent), 'Chart.yaml'));
  const dependencies = text?.slice(0, 100_000).split(/^dependencies[ \t]*:/m)[1];
  return (dependencies ?? '').split(/^[ \t]*-[ \t]/m).some((one) => {
    const named = /^[ \t]*name[ \t]*:[ \t]*["']?([\w.-]+)/m.exec(one)?.[1];
    return named === nameOf(path) && /^[ \t]*repository[ \t]*:[ \t]*["']?(?:https?|oci):/m.test(one);
  });
}
