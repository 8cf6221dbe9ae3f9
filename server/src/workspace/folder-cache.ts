import type { DirectoryEntry, FileSystem } from './file-system.js';
import { folderOf, nameOf } from './paths.js';

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
    const listed = this.#files.list(folder);
    const byName = listed && new Map(listed.map((entry) => [entry.name, entry]));
    this.#lists.set(folder, byName);
    return byName;
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
    this.#lists.delete(folderOf(path));
  }

  #kind(path: string): DirectoryEntry['kind'] | undefined {
    return this.entries(folderOf(path))?.get(nameOf(path))?.kind;
  }
}
