/** Exit codes of the command line. */
export const Exit = {
  /** Nothing at or above `--fail-on`. */
  clean: 0,
  findings: 1,
  /** Wrong usage, unreadable input or configuration, or a rule that failed. */
  error: 2,
  noFiles: 3,
  interrupted: 130,
} as const;

/** A mistake on the command line or in what it names; its message is shown and the run ends with `Exit.error`. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** True for a `UsageError`, also of a command: the file it is loaded from has a class of its own. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === 'UsageError';
}
