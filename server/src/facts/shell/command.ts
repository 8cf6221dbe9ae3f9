import type { Range } from '../../base/range.js';

export interface ShellWord {
  /** Quotes removed, escapes resolved. Expansions (`$X`, `{x}`) stay as written. */
  readonly text: string;
  readonly range: Range;
}

/** One simple command of a shell line: `mlflow server --host 0.0.0.0`. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  readonly range: Range;
  /** What the output is piped into, as the index of the next command in the same list. */
  readonly pipedInto: number | undefined;
  /** `NAME=value` words in front of the command. */
  readonly assignments: readonly { readonly name: string; readonly value: string; readonly range: Range }[];
}
