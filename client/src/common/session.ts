import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { RestartPolicy } from './restart-policy.js';

/** What every command works with. */
export interface Session {
  readonly client: BaseLanguageClient;
  readonly log: vscode.LogOutputChannel;
  readonly policy: RestartPolicy;
}

/** Shows a message in answer to a command, with the log one click away. */
export async function reportFailure(session: Session, error: unknown): Promise<void> {
  session.log.error(error instanceof Error ? error : String(error));
  const show = vscode.l10n.t('Show Log');
  const text = error instanceof Error ? error.message : String(error);
  const picked = await vscode.window.showErrorMessage(vscode.l10n.t('Tidegate could not do this: {0}', text), show);
  if (picked === show) session.log.show();
}

/** Registers a command whose failure is told to the user who ran it, and to the log. */
export function command(
  session: Session,
  id: string,
  run: (session: Session, argument: unknown) => Promise<void> | void,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (argument: unknown) => {
    try {
      await run(session, argument);
    } catch (error) {
      if (error instanceof vscode.CancellationError) return;
      // Not awaited: whoever ran the command need not wait until the message is dismissed.
      void reportFailure(session, error);
    }
  });
}
