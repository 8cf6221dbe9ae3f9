import type { DirectoryEntry, FileSystem, FileText } from '../../../server/src/workspace/file-system.js';

/** A file in memory: its text, or what else is there instead. */
export type MemoryFile =
  | string
  | { readonly link: true }
  | { readonly other: true }
  | { readonly size: number }
  | { readonly text: string; readonly encoding?: 'latin-1'; readonly bom?: boolean }
  | Extract<FileText, { unreadable: string }>;

/** A file system of path → content that can be changed while a test runs. */
export class MemoryTree implements FileSystem {
  readonly files: Map<string, MemoryFile>;
  /** Paths in the order they were read. */
  readonly reads: string[] = [];

  constructor(files: Readonly<Record<string, MemoryFile>>) {
    this.files = new Map(Object.entries(files));
  }

  list(path: string): readonly DirectoryEntry[] | undefined {
    const prefix = path === '' ? '' : `${path}/`;
    const entries = new Map<string, DirectoryEntry>();
    for (const [file, content] of this.files) {
      if (!file.startsWith(prefix)) continue;
      const [name, rest] = file.slice(prefix.length).split('/', 2) as [string, string?];
      if (name !== '') entries.set(name, { name, kind: rest === undefined ? kindOf(content) : 'folder' });
    }
    return entries.size === 0 && path !== '' ? undefined : [...entries.values()];
  }

  size(path: string): number | undefined {
    const file = this.files.get(path);
    if (file === undefined || typeof file === 'string') return file?.length;
    if ('size' in file) return file.size;
    return 'text' in file ? file.text.length : 'unreadable' in file ? 1 : undefined;
  }

  read(path: string): FileText {
    this.reads.push(path);
    const file = this.files.get(path);
    if (file === undefined) return { unreadable: 'missing' };
    if (typeof file === 'string') return { text: file, encoding: 'utf-8', bom: false };
    if ('unreadable' in file) return file;
    if ('text' in file) return { text: file.text, encoding: file.encoding ?? 'utf-8', bom: file.bom ?? false };
    return 'size' in file
      ? { text: 'x'.repeat(Math.min(file.size, 1000)), encoding: 'utf-8', bom: false }
      : { unreadable: 'not-a-file' };
  }
}

function kindOf(file: MemoryFile): DirectoryEntry['kind'] {
  if (typeof file === 'string') return 'file';
  if ('link' in file) return 'link';
  return 'other' in file ? 'other' : 'file';
}
