import type { DirectoryEntry, FileSystem, FileText } from '../../server/src/workspace/file-system.js';

/** A file system of path → text, for tests. */
export class MemoryFiles implements FileSystem {
  readonly #files: Map<string, string>;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = new Map(Object.entries(files));
  }

  list(path: string): readonly DirectoryEntry[] | undefined {
    const prefix = path === '' ? '' : `${path}/`;
    const entries = new Map<string, DirectoryEntry>();
    for (const file of this.#files.keys()) {
      if (!file.startsWith(prefix)) continue;
      const rest = file.slice(prefix.length);
      const slash = rest.indexOf('/');
      const name = slash < 0 ? rest : rest.slice(0, slash);
      entries.set(name, { name, kind: slash < 0 ? 'file' : 'folder' });
    }
    return entries.size === 0 && path !== '' ? undefined : [...entries.values()];
  }

  size(path: string): number | undefined {
    return this.#files.get(path)?.length;
  }

  read(path: string): FileText {
    const text = this.#files.get(path);
    return text === undefined ? { unreadable: 'missing' } : { text, encoding: 'utf-8', bom: false };
  }

  write(path: string, text: string): void {
    this.#files.set(path, text);
  }
}
