import { chmodSync, fstatSync, lstatSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { lazy } from '../../base/lazy.js';
import type { CheckThreads, Share, SharedRun } from '../../cli/check/share.js';
import type { CliHost, Encoded, Location, Output } from '../../cli/host.js';
import type { FileText } from '../../workspace/file-system.js';
import { decode, kindOf, NodeFileSystem } from './file-system.js';
import { today } from './today.js';

/** The command line's view of a Node process. */
export class NodeCliHost implements CliHost {
  readonly cwd = withSlashes(process.cwd());
  readonly env = process.env;
  readonly stdout = new StreamOutput(1, openStdout);
  readonly stderr = new StreamOutput(2, () => process.stderr);
  readonly parallelism = availableParallelism();
  readonly #bundles: string;
  #interrupted = false;

  /** @param bundles folder of the programs that belong together */
  constructor(bundles: string) {
    this.#bundles = bundles;
    process.once('SIGINT', () => {
      this.#interrupted = true;
      // A second Ctrl+C does not wait for the file that is being checked.
      process.once('SIGINT', () => process.exit(130));
    });
  }

  locate(path: string): Location {
    const full = resolve(this.cwd, path);
    try {
      const isLink = lstatSync(full).isSymbolicLink();
      const real = isLink ? realpathSync(full) : full;
      const kind = kindOf(statSync(real));
      return { path: withSlashes(real), kind: kind === 'link' ? 'other' : kind };
    } catch {
      return { path: withSlashes(full), kind: 'missing' };
    }
  }

  files(root: string): NodeFileSystem {
    return new NodeFileSystem(root);
  }

  write(path: string, { text, encoding, bom }: Encoded): string | undefined {
    const mark = bom ? '\ufeff' : '';
    const bytes = encoding === 'latin-1' ? Buffer.from(text, 'latin1') : Buffer.from(mark + text, 'utf8');
    return replaceFile(path, bytes);
  }

  async readStdin(): Promise<FileText> {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return decode(Buffer.concat(chunks));
  }

  today(): string {
    return today();
  }

  /** Node would load a module for `performance`. */
  now(): number {
    return process.uptime() * 1000;
  }

  pause(): Promise<void> {
    return new Promise((done) => setImmediate(done));
  }

  interrupted(): boolean {
    return this.#interrupted;
  }

  async startThreads(run: SharedRun, count: number, receive: (share: Share) => void): Promise<CheckThreads> {
    const { startThreads } = await import('./check-threads.js');
    return startThreads(join(this.#bundles, 'thread.cjs'), run, count, receive);
  }

  async serve(): Promise<number> {
    const { serveStdio } = await import('./lsp-main.js');
    return serveStdio();
  }
}

/** Writes beside the file and renames, so that a reader sees the old or the new content and nothing between. */
function replaceFile(path: string, bytes: Buffer): string | undefined {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${process.hrtime.bigint()}.tmp`);
  try {
    const mode = modeOf(path);
    writeFileSync(temporary, bytes, { flag: 'wx' });
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, path);
    return undefined;
  } catch (error) {
    rmSync(temporary, { force: true });
    return error instanceof Error ? error.message : String(error);
  }
}

function modeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mode;
}

/** An output whose stream is opened when something is written: opening takes time, and a clean run writes nothing. */
class StreamOutput implements Output {
  readonly #descriptor: number;
  readonly #open: () => NodeJS.WriteStream;

  constructor(descriptor: number, open: () => NodeJS.WriteStream) {
    this.#descriptor = descriptor;
    this.#open = lazy(open);
  }

  get isTerminal(): boolean {
    return isDevice(this.#descriptor) && this.#open().isTTY === true;
  }

  write(text: string): void {
    if (text !== '') this.#open().write(text);
  }
}

/** True for terminals and a few other things, such as `/dev/null`. Consoles of Windows have a kind of their own. */
function isDevice(descriptor: number): boolean {
  if (process.platform === 'win32') return true;
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}

function openStdout(): NodeJS.WriteStream {
  // The reader of a pipe may leave early, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
  return process.stdout;
}

function withSlashes(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}
