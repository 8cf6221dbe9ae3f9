import { absolute, relative } from '../../server/src/cli/absolute-paths.js';
import type { CheckThreads, Share, SharedRun } from '../../server/src/cli/check/share.js';

import type { CliHost, Encoded, Location, Output } from '../../server/src/cli/host.js';
import type { FileSystem, FileText } from '../../server/src/workspace/file-system.js';
import { type MemoryFile, MemoryTree } from '../unit/workspace/memory-tree.js';

class Capture implements Output {
  text = '';
  isTerminal = false;

  write(text: string): void {
    this.text += text;
  }
}

/** A machine in memory: files by absolute path, captured output, a clock that never moves. */
export class MemoryHost implements CliHost {
  cwd = '/repo';
  env: Record<string, string | undefined> = {};
  readonly stdout = new Capture();
  readonly stderr = new Capture();
  readonly tree: MemoryTree;
  readonly written: string[] = [];
  stdin: FileText = { text: '', encoding: 'utf-8', bom: false };
  parallelism = 1;
  failWrites: string | undefined;
  /** The run is interrupted at the n-th look at it. */
  interruptAfter = Number.POSITIVE_INFINITY;
  #time = 0;

  constructor(files: Readonly<Record<string, MemoryFile>>) {
    this.tree = new MemoryTree(Object.fromEntries(Object.entries(files).map(([path, file]) => [path.slice(1), file])));
  }

  locate(path: string): Location {
    const full = absolute(this.cwd, path);
    const file = this.tree.files.get(full.slice(1));
    if (file !== undefined) {
      const isFile = typeof file === 'string' || 'text' in file || 'size' in file || 'unreadable' in file;
      return { path: full, kind: isFile ? 'file' : 'other' };
    }
    return { path: full, kind: full === '/' || this.tree.list(full.slice(1)) !== undefined ? 'folder' : 'missing' };
  }

  files(root: string): FileSystem {
    const at = (path: string) => absolute(root, path).slice(1);
    return {
      list: (path) => this.tree.list(at(path)),
      size: (path) => this.tree.size(at(path)),
      read: (path) => this.tree.read(at(path)),
    };
  }

  write(path: string, content: Encoded): string | undefined {
    if (this.failWrites !== undefined) return this.failWrites;
    const { text, encoding, bom } = content;
    const plain = encoding === 'utf-8' && !bom;
    this.tree.files.set(path.slice(1), plain ? text : { text, bom, ...(encoding === 'latin-1' ? { encoding } : {}) });
    this.written.push(relative(this.cwd, path));
    return undefined;
  }

  readStdin(): Promise<FileText> {
    return Promise.resolve(this.stdin);
  }

  today(): string {
    return '2026-06-30';
  }

  /** Each look takes a second, so that the run pauses after every file. */
  now(): number {
    this.#time += 1000;
    return this.#time;
  }

  pause(): Promise<void> {
    return Promise.resolve();
  }

  interrupted(): boolean {
    return --this.interruptAfter < 0;
  }

  /** What threads do once they are started; by default they end without having done anything. */
  thread: (run: SharedRun, receive: (share: Share) => void) => Promise<void> = () => Promise.resolve();
  threads = 0;
  stopped = false;

  startThreads(run: SharedRun, count: number, receive: (share: Share) => void): Promise<CheckThreads> {
    this.threads += count;
    const done = Promise.all(Array.from({ length: count }, () => this.thread(run, receive))).then(() => undefined);
    return Promise.resolve({
      done,
      stop: () => {
        this.stopped = true;
      },
    });
  }

  serve(): Promise<number> {
    this.stdout.write('serving');
    return Promise.resolve(0);
  }

  /** Text of a file by path relative to the current folder. */
  text(path: string): string | undefined {
    const file = this.tree.files.get(absolute(this.cwd, path).slice(1));
    return typeof file === 'string' ? file : file !== undefined && 'text' in file ? file.text : undefined;
  }
}
