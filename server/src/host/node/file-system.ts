import { isUtf8 } from 'node:buffer';
import { type Dirent, lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { DirectoryEntry, FileSystem, FileText } from '../../workspace/file-system.js';

/** Files larger than this are never read. */
const MAX_BYTES = 128 * 1024 * 1024;

/** The files below an absolute folder. Reads nothing but regular files and follows no symbolic link. */
export class NodeFileSystem implements FileSystem {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  list(path: string): readonly DirectoryEntry[] | undefined {
    try {
      const entries = readdirSync(join(this.#root, path), { withFileTypes: true });
      return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
    } catch {
      return undefined;
    }
  }

  size(path: string): number | undefined {
    const stats = statusOf(join(this.#root, path));
    return typeof stats !== 'string' && stats.isFile() ? stats.size : undefined;
  }

  read(path: string): FileText {
    const full = join(this.#root, path);
    const stats = statusOf(full);
    if (typeof stats === 'string') return { unreadable: stats };
    // Opening a pipe or a device could wait for ever.
    if (!stats.isFile()) return { unreadable: 'not-a-file' };
    if (stats.size > MAX_BYTES) return { unreadable: 'too-large' };
    try {
      return decode(readFileSync(full));
    } catch (error) {
      return { unreadable: reasonOf(error) };
    }
  }
}

/**
 * Text of a file's bytes: UTF-8 with or without a byte order mark, else Latin-1, which every byte sequence is. A NUL
 * byte makes it binary. The text never holds the mark.
 */
export function decode(bytes: Buffer): FileText {
  if (isUtf16(bytes)) return { unreadable: 'binary', detail: 'UTF-16 text; save it as UTF-8' };
  if (bytes.includes(0)) return { unreadable: 'binary' };
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  const encoding = isUtf8(body) ? 'utf-8' : 'latin-1';
  return { text: body.toString(encoding === 'utf-8' ? 'utf8' : 'latin1'), encoding, bom };
}

function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

export function kindOf(entry: Dirent | Stats): DirectoryEntry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}

function statusOf(full: string): Stats | 'missing' | 'permission' {
  try {
    return lstatSync(full);
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): 'missing' | 'permission' {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EACCES' || code === 'EPERM' ? 'permission' : 'missing';
}
