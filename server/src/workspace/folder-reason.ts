import type { FolderCache } from './folder-cache.js';
import { folderOf, join, nameOf } from './paths.js';

/** Names that only tools use, whatever stands inside. */
const TOOL_FOLDERS: ReadonlyMap<string, string> = new Map([
  ['.git', 'Git data'],
  ['.hg', 'Mercurial data'],
  ['.svn', 'Subversion data'],
  ['.tox', 'tox environments'],
  ['.nox', 'nox environments'],
  ['__pycache__', 'Python bytecode cache'],
  ['__pypackages__', 'installed packages (__pypackages__)'],
  ['.ipynb_checkpoints', 'notebook checkpoints'],
]);

/**
 * Why a folder is not looked into, decided by what it holds rather than by its name where a name could be anybody's;
 * undefined when it is part of the project.
 */
export function skippedFolder(path: string, folders: FolderCache): string | undefined {
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
