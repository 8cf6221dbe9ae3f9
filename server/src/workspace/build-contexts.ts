import ignore from 'ignore';
import type { FolderCache } from './folder-cache.js';
import { below, isInside, join, nameOf } from './paths.js';

/** More files than this are not looked at: contexts of this size hold data sets or environments. */
const MAX_FILES = 4_000;
/** Folders of tools, whose thousands of files nobody wrote. */
const TOOL_FOLDERS: ReadonlySet<string> = new Set([
  ...['.git', '.hg', 'node_modules', '__pycache__', 'site-packages', '.venv', 'venv', '.tox', '.nox', '.mypy_cache'],
  ...['.ruff_cache', '.pytest_cache', 'mlruns', 'wandb'],
]);

/** Which files of a folder a build of an image gets, read when somebody asks and kept until files come and go. */
export class BuildContexts {
  readonly #folders: FolderCache;
  readonly #text: (path: string) => string | undefined;
  readonly #sent = new Map<string, readonly string[]>();

  constructor(folders: FolderCache, text: (path: string) => string | undefined) {
    this.#folders = folders;
    this.#text = text;
  }

  /** See `WorkspaceModel.sentToBuild`. O(files of the folder) for the first question. */
  sent(folder: string, dockerfile: string): readonly string[] {
    const key = `${folder}\n${this.#ignoreFile(folder, dockerfile)}`;
    let sent = this.#sent.get(key);
    if (sent === undefined) {
      sent = this.#walk(folder, this.#text(this.#ignoreFile(folder, dockerfile)) ?? '');
      this.#sent.set(key, sent);
    }
    return sent;
  }

  /** A file changed; true when somebody asked about a folder that it is in and what is sent may be another. */
  changed(path: string, appearedOrVanished: boolean): boolean {
    if (!appearedOrVanished && !path.endsWith('.dockerignore')) return false;
    let asked = false;
    for (const key of [...this.#sent.keys()]) {
      const [folder, ignoreFile] = key.split('\n', 2) as [string, string];
      if (!isInside(path, folder) && path !== ignoreFile) continue;
      this.#sent.delete(key);
      asked = true;
    }
    return asked;
  }

  clear(): void {
    this.#sent.clear();
  }

  /** https://docs.docker.com/build/concepts/context/#dockerignore-files: one beside the Dockerfile with its name comes first. */
  #ignoreFile(folder: string, dockerfile: string): string {
    const own = `${dockerfile}.dockerignore`;
    return this.#folders.isFile(own) ? own : join(folder, '.dockerignore');
  }

  #walk(top: string, patterns: string): readonly string[] {
    const rules = ignore({ ignorecase: false }).add(patterns.split(/\r?\n/).flatMap(rooted));
    const left = (path: string): boolean => {
      try {
        return rules.ignores(path);
      } catch {
        return false;
      }
    };
    const files: string[] = [];
    const pending = [top];
    for (let folder = pending.shift(); folder !== undefined; folder = pending.shift()) {
      const entries = [...(this.#folders.entries(folder)?.values() ?? [])];
      for (const { name, kind } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const path = join(folder, name);
        if (files.length >= MAX_FILES || left(below(path, top) + (kind === 'folder' ? '/' : ''))) continue;
        if (kind === 'file') files.push(path);
        else if (kind === 'folder' && !TOOL_FOLDERS.has(nameOf(path))) pending.push(path);
      }
    }
    return files;
  }
}

/** Docker's patterns start at the folder of the build; those of Git hold in every folder unless they say so. */
function rooted(line: string): string[] {
  const pattern = line.trim();
  if (pattern === '' || pattern.startsWith('#')) return [];
  const negated = pattern.startsWith('!');
  const plain = (negated ? pattern.slice(1) : pattern)
    .trim()
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '');
  return plain === '' || plain === '.' ? [] : [`${negated ? '!' : ''}/${plain}`];
}
