import { fileURLToPath } from 'node:url';
import { type Connection, createConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';
import { builtIn } from '../../lsp/built-in.js';
import { createServer } from '../../lsp/server.js';
import { NodeFileSystem } from './file-system.js';
import { today } from './today.js';

/** Files of a `file:` folder; other kinds of folders are not readable from here. */
function filesOf(uri: string): NodeFileSystem | undefined {
  try {
    return new NodeFileSystem(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}

/** An error that no handler caught is told, and the server goes on; without a client there is nothing to go on for. */
function surviveErrors(connection: Connection): void {
  const tell = (error: unknown) => {
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'EPIPE') process.exit(1);
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  process.on('uncaughtException', tell);
  process.on('unhandledRejection', tell);
}

function serve(connection: Connection): void {
  surviveErrors(connection);
  createServer(connection, {
    ...builtIn,
    files: filesOf,
    now: () => performance.now(),
    today,
    defer: (run) => void setImmediate(run),
  });
  connection.listen();
}

/** Serves a parent process over Node's IPC channel until it ends. */
export function serveIpc(): void {
  serve(createConnection(new IPCMessageReader(process), new IPCMessageWriter(process)));
}

/**
 * Serves standard input and output. Never settles: the process ends with the client's `exit` (0 after `shutdown`, else 1)
 * or with its input.
 */
export function serveStdio(): Promise<number> {
  // What a library prints must not get between the messages.
  console.log = console.error;
  console.info = console.error;
  console.debug = console.error;
  serve(createConnection(process.stdin, process.stdout));
  return new Promise(() => undefined);
}
