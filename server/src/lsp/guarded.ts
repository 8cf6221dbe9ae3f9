import type { CancellationToken } from 'vscode-languageserver';

/** Where problems of the server itself go: the client's log, never a dialog. */
export interface Log {
  error(message: string): void;
  info(message: string): void;
}

/** What an error says, with its stack for the log. */
export function describe(error: unknown): string {
  if (error instanceof Error) return error.stack ?? `${error.name}: ${error.message}`;
  return String(error);
}

/**
 * Runs a handler so that nothing it throws reaches the connection: the problem is logged with the method's name and the
 * fallback is the answer. A request that was cancelled before its turn gets the fallback at once.
 */
export async function guarded<R>(
  log: Log,
  method: string,
  fallback: R,
  token: CancellationToken | undefined,
  handle: () => R | Promise<R>,
): Promise<R> {
  if (token?.isCancellationRequested === true) return fallback;
  try {
    return await handle();
  } catch (error) {
    log.error(`${method}: ${describe(error)}`);
    return fallback;
  }
}
