/** Runs a parser whose every error captures a stack trace that nobody reads: leaving it out halves the time on broken files (V8). */
export function withoutStackTraces<T>(run: () => T): T {
  const limits = Error as { stackTraceLimit?: number };
  const before = limits.stackTraceLimit;
  if (before !== undefined) limits.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    if (before !== undefined) limits.stackTraceLimit = before;
  }
}
