import type { FileSystem, FileText } from '../workspace/file-system.js';
import type { CheckThreads, Share, SharedRun } from './check/share.js';

/** Where text is written: standard output or standard error. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
}

/** What a path on the command line leads to. `path` is absolute with `/`; symbolic links at its end are resolved. */
export interface Location {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'other' | 'missing';
}

/** Decoded text with how it is to be written back. */
export type Encoded = Extract<FileText, { text: string }>;

/** Everything the command line asks of the platform. Absolute paths have `/`, on Windows behind a drive letter. */
export interface CliHost {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** @param path absolute, or relative to `cwd`, in the platform's own form */
  locate(path: string): Location;
  /** Files below an absolute folder. */
  files(root: string): FileSystem;
  /** Replaces a file's content in one step, keeping its mode; the reason in words when that fails. */
  write(path: string, content: Encoded): string | undefined;
  readStdin(): Promise<FileText>;
  /** `YYYY-MM-DD` in local time. */
  today(): string;
  /** Milliseconds of a monotonic clock. */
  now(): number;
  /** Lets signals be noticed. */
  pause(): Promise<void>;
  /** True after an interrupt (Ctrl+C). */
  interrupted(): boolean;
  /** Threads this machine runs at a time. */
  readonly parallelism: number;
  /** Starts threads that check their part of a run and hand over what they found. */
  startThreads(run: SharedRun, count: number, receive: (share: Share) => void): Promise<CheckThreads>;
  /** Serves the Language Server Protocol on standard input and output until the client ends it. */
  serve(): Promise<number>;
}
