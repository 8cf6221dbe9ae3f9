import type { CheckResult } from '../../engine/finding.js';
import type { SourceDocument } from '../../workspace/source-document.js';
import type { Unread, WorkspaceOptions } from '../../workspace/workspace.js';

/** A file with what was found in it. Plain data. */
export interface CheckedFile {
  readonly path: string;
  /** Without its text when nothing was found: a run over a large tree would hold all of it in memory. */
  readonly document: SourceDocument;
  readonly result: CheckResult;
  /** The file is not UTF-8 and was read as Latin-1. */
  readonly latin1: boolean;
}

/** A run that several threads share. Plain data and shared memory, so that it can be handed to a thread. */
export interface SharedRun {
  /** Absolute. */
  readonly root: string;
  readonly options: WorkspaceOptions;
  /** Files to check, relative to the root. */
  readonly paths: readonly string[];
  /** How many stretches of files have been taken, in shared memory. */
  readonly taken: Int32Array;
}

/** What came of one stretch of files. */
export interface Share {
  readonly checked: readonly CheckedFile[];
  readonly unreadable: readonly (readonly [path: string, reason: Unread])[];
}

/** Threads that check their part of a run. */
export interface CheckThreads {
  /** Settles when no thread works any more: nothing is left, a thread failed, or it was stopped. Never rejects. */
  readonly done: Promise<void>;
  stop(): void;
}
