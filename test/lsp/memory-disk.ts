import type { DirectoryEntry, FileSystem, FileText } from '../../server/src/workspace/file-system.js';

/** A disk in memory: absolute paths with `/` to texts. */
export class MemoryDisk {
  readonly #files = new Map<string, string>();

  write(path: string, text: string): void {
    this.#files.set(path, text);
  }

  /** Removes a file, or a folder with all that is in it. */
  remove(path: string): void {
    for (const file of [...this.#files.keys()])
      if (file === path || file.startsWith(`${path}/`)) this.#files.delete(file);
  }

  text(path: string): string | undefined {
    return this.#files.get(path);
  }

  /** The files below a folder, as the server's host hands them over. */
  below(root: string): FileSystem {
    const files = this.#files;
    return {
      list(path): readonly DirectoryEntry[] | undefined {
        const prefix = path === '' ? `${root}/` : `${root}/${path}/`;
        const entries = new Map<string, DirectoryEntry>();
        for (const file of files.keys()) {
          if (!file.startsWith(prefix)) continue;
          const [name, rest] = file.slice(prefix.length).split('/', 2) as [string, string?];
          entries.set(name, { name, kind: rest === undefined ? 'file' : 'folder' });
        }
        return entries.size === 0 && path !== '' ? undefined : [...entries.values()];
      },
      size: (path) => files.get(`${root}/${path}`)?.length,
      read(path): FileText {
        const text = files.get(`${root}/${path}`);
        return text === undefined ? { unreadable: 'missing' } : { text, encoding: 'utf-8', bom: false };
      },
    };
  }
}
