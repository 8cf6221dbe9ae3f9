import type { ExtensionContext } from 'vscode';
import { LanguageClient, type NodeModule, TransportKind } from 'vscode-languageclient/node';
import { activateWith, type Running, type TidegateApi } from '../common/activate.js';

/**
 * A client that never opens a message by itself: what goes wrong in the background belongs in the log and in the status
 * item. Commands tell the user about their own failures.
 */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  override warn(message: string, data?: unknown): void {
    super.warn(message, data, false);
  }

  override info(message: string, data?: unknown): void {
    super.info(message, data, false);
  }
}

let running: Running | undefined;

export function activate(context: ExtensionContext): TidegateApi {
  const run: NodeModule = { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.ipc };
  const debug: NodeModule = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  running = activateWith(context, (options) => new QuietClient('tidegate', 'Tidegate', { run, debug }, options));
  return running.api;
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
