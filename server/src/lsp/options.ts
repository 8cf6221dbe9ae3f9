import type { checkDocument } from '../engine/check.js';
import type { RuleSet } from '../engine/rule-set.js';
import type { FileSystem } from '../workspace/file-system.js';

/** Everything the server needs from its host. */
export interface ServerOptions {
  /** Files below a folder, given by its URI; undefined when the host cannot read that kind of folder. */
  readonly files: (folderUri: string) => FileSystem | undefined;
  readonly rules: RuleSet;
  readonly check: typeof checkDocument;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
  /** `YYYY-MM-DD`. */
  readonly today: () => string;
  /** Runs a function soon, after messages that wait already had their turn (`setImmediate`). */
  readonly defer: (run: () => void) => void;
  /** Version told to clients. */
  readonly version: string;
}
