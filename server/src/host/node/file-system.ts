import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import type { DirectoryEntry, FileSystem, FileText } from '../../workspace/file-system.js';

/** Files larger than this are never read. */
const MAX_BYTES = 128 * 1024 * 1024;

/** Most files are smaller. */
const USUAL_BYTES = 1024 * 1024;
/** No link is followed, and nobody waits for the other end of a pipe. Windows has neither flag, and no such pipes. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The files below an absolute folder. Reads nothing but regular files and follows no symbolic link. */
export class NodeFileSystem implements FileSystem {
  readonly #root: string;
  /** Reused for most files: their bytes are copied into a string at once. */
  readonly #buffer = Buffer.allocUnsafeSlow(USUAL_BYTES);

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
    try {
      const stats = lstatSync(join(this.#root, path));
      return stats.isFile() ? stats.size : undefined;
    } catch {
      return undefined;
    }
  }

  read(path: string): FileText {
    const full = join(this.#root, path);
    let file: number | undefined;
    try {
      if (constants.O_NOFOLLOW === undefined && !lstatSync(full).isFile()) return { unreadable: 'not-a-file' };
      file = openSync(full, OPEN_FLAGS);
      const stats = fstatSync(file);
      if (!stats.isFile()) return { unreadable: 'not-a-file' };
      if (stats.size > MAX_BYTES) return { unreadable: 'too-large' };
      return decode(this.#bytes(file, stats.size));
    } catch (error) {
      return { unreadable: reasonOf(error) };
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  /** The first `size` bytes; valid until the next call. */
  #bytes(file: number, size: number): Buffer {
    const buffer = size > this.#buffer.length ? Buffer.allocUnsafeSlow(size) : this.#buffer;
    let length = 0;
    while (length < size) {
      const read = readSync(file, buffer, length, size - length, null);
      if (read === 0) break;
      length += read;
    }
    return buffer.subarray(0, length);
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

function reasonOf(error: unknown): 'missing' | 'permission' | 'not-a-file' {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission';
    case 'ELOOP':
    case 'ENXIO':
    case 'EISDIR':
      return 'not-a-file';
    default:
      return 'missing';
  }
}
