import type { DirectoryEntry, FileSystem } from './file-system.js';
import { folderOf, foldersUp, nameOf } from './paths.js';

/** Folder listings, read once until something in the folder changes. */
export class FolderCache {
  readonly #files: FileSystem;
  readonly #lists = new Map<string, ReadonlyMap<string, DirectoryEntry> | undefined>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  /** Entries of a folder by name; undefined when it cannot be read. */
  entries(folder: string): ReadonlyMap<string, DirectoryEntry> | undefined {
    if (this.#lists.has(folder)) return this.#lists.get(folder);
    const listed = this.#isAbsent(folder) ? undefined : this.#files.list(folder);
    const byName = listed && new Map(listed.map((entry) => [entry.name, entry]));
    this.#lists.set(folder, byName);
    return byName;
  }

  /** True when the folder around is known and does not have it: asking for a library never touches the disk. */
  #isAbsent(folder: string): boolean {
    if (folder === '') return false;
    const around = this.entries(folderOf(folder));
    if (around === undefined) return this.#isAbsent(folderOf(folder));
    return !around.has(nameOf(folder));
  }

  /** True when the path is a regular file. */
  isFile(path: string): boolean {
    return this.#kind(path) === 'file';
  }

  isFolder(path: string): boolean {
    return path === '' || this.#kind(path) === 'folder';
  }

  /** Forgets the folder of a path and, when the path is a folder, everything below it. */
  forget(path: string): void {
    for (const folder of [...this.#lists.keys()]) {
      if (folder === path || folder.startsWith(`${path}/`)) this.#lists.delete(folder);
    }
    // The folder may be new itself, and so may the ones around it.
    for (const folder of foldersUp(folderOf(path))) this.#lists.delete(folder);
  }

  #kind(path: string): DirectoryEntry['kind'] | undefined {
    return this.entries(folderOf(path))?.get(nameOf(path))?.kind;
  }
}
