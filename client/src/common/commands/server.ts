import * as vscode from 'vscode';
import { Command } from '../../../../server/src/protocol/protocol.js';
import type { Session } from '../session.js';

/** Stops the server and starts a new one, whatever state it is in. */
export async function restartServer(session: Session): Promise<void> {
  const { client, policy } = session;
  policy.reset();
  // A client that is still starting can neither be stopped nor started again.
  if (client.needsStop()) await client.start().catch(() => undefined);
  if (client.isRunning()) await client.stop();
  await client.start();
}

export function showLog(session: Session): void {
  session.log.show();
}

/** What the language status item opens. */
export async function showMenu(): Promise<void> {
  const items: (vscode.QuickPickItem & { run: string; argument?: string })[] = [
    { label: vscode.l10n.t('$(search) Check Current File'), run: Command.checkFile },
    { label: vscode.l10n.t('$(checklist) Check Workspace'), run: Command.checkWorkspace },
    { label: vscode.l10n.t('$(book) Explain Rule…'), run: Command.explain },
    { label: vscode.l10n.t('$(question) Why Is This File (Not) Checked?'), run: Command.whyChecked },
    { label: vscode.l10n.t('$(new-file) Create or Open Configuration'), run: Command.createConfig },
    {
      label: vscode.l10n.t('$(settings-gear) Settings'),
      run: 'workbench.action.openSettings',
      argument: '@ext:tidegate.tidegate',
    },
    { label: vscode.l10n.t('$(output) Show Log'), run: Command.showLog },
    { label: vscode.l10n.t('$(debug-restart) Restart Server'), run: Command.restart },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Tidegate' });
  if (picked === undefined) return;
  await vscode.commands.executeCommand(picked.run, ...(picked.argument === undefined ? [] : [picked.argument]));
}
