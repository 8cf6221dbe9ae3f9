import ignore, { type Ignore } from 'ignore';
import type { FileSystem } from './file-system.js';
import type { FolderCache } from './folder-cache.js';
import { below, foldersUp, join } from './paths.js';

interface IgnoreFile {
  readonly folder: string;
  /** Path shown as the reason. */
  readonly path: string;
  readonly rules: Ignore;
}

/**
 * The `.gitignore` files and `.git/info/exclude` of a workspace, read on demand. A deeper file outweighs one above it
 * (https://git-scm.com/docs/gitignore).
 */
export class GitIgnore {
  readonly #files: FileSystem;
  readonly #folders: FolderCache;
  readonly #byFolder = new Map<string, readonly IgnoreFile[]>();

  constructor(files: FileSystem, folders: FolderCache) {
    this.#files = files;
    this.#folders = folders;
  }

  /**
   * The file that ignores an entry of `folder`, or undefined. Folders above are taken as not ignored: callers descend
   * from the top. Ignore files above `top` are not read.
   */
  ignoredBy(path: string, isFolder: boolean, folder: string, top: string): string | undefined {
    for (const around of foldersUp(folder)) {
      for (const file of this.#rulesOf(around)) {
        const verdict = test(file.rules, below(path, file.folder) + (isFolder ? '/' : ''));
        if (verdict.unignored) return undefined;
        if (verdict.ignored && !this.#ignoresFolder(file, folder)) return file.path;
      }
      if (around === top) return undefined;
    }
    return undefined;
  }

  /** The library also answers "ignored" for everything in an ignored folder, even when a deeper file took that back. */
  #ignoresFolder(file: IgnoreFile, folder: string): boolean {
    return folder !== file.folder && test(file.rules, `${below(folder, file.folder)}/`).ignored;
  }

  clear(): void {
    this.#byFolder.clear();
  }

  #rulesOf(folder: string): readonly IgnoreFile[] {
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const entries = this.#folders.entries(folder);
    const found: IgnoreFile[] = [];
    if (entries?.get('.gitignore')?.kind === 'file') this.#read(folder, '.gitignore', found);
    if (entries?.get('.git')?.kind === 'folder') this.#read(folder, '.git/info/exclude', found);
    this.#byFolder.set(folder, found);
    return found;
  }

  #read(folder: string, name: string, into: IgnoreFile[]): void {
    const path = join(folder, name);
    const file = this.#files.read(path);
    if (!('text' in file)) return;
    into.push({ folder, path, rules: ignore().add(file.text) });
  }
}

/** A pattern that makes no regular expression matches nothing. */
function test(rules: Ignore, path: string): { readonly ignored: boolean; readonly unignored: boolean } {
  try {
    return rules.test(path);
  } catch {
    return { ignored: false, unignored: false };
  }
}
