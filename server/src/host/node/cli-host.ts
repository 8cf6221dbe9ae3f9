import { chmodSync, lstatSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { CheckThreads, Share, SharedRun } from '../../cli/check/share.js';

import type { CliHost, Encoded, Location, Output } from '../../cli/host.js';
import type { FileText } from '../../workspace/file-system.js';
import { decode, kindOf, NodeFileSystem } from './file-system.js';
import { today } from './today.js';

/** The command line's view of a Node process. */
export class NodeCliHost implements CliHost {
  readonly cwd = withSlashes(process.cwd());
  readonly env = process.env;
  readonly stdout = outputOf(process.stdout);
  readonly stderr = outputOf(process.stderr);
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
    // The reader of a pipe may leave early, as `head` does.
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
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

  now(): number {
    return performance.now();
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

function outputOf(stream: NodeJS.WriteStream): Output {
  return { write: (text) => void stream.write(text), isTerminal: stream.isTTY === true };
}

function withSlashes(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}
