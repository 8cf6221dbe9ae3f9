import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { Command, Notification, type StatusParams, type TrustParams } from '../../../server/src/protocol/protocol.js';
import { clientOptions } from './client-options.js';
import { checkFile, checkWorkspace } from './commands/check.js';
import { createConfig } from './commands/create-config.js';
import { explainRule } from './commands/explain.js';
import { ignoreFinding } from './commands/ignore.js';
import { restartServer, showLog, showMenu } from './commands/server.js';
import { whyChecked } from './commands/why.js';
import { RestartPolicy } from './restart-policy.js';
import { registerRulePages } from './rule-pages.js';
import { documentSelector } from './selector.js';
import { command, type Session } from './session.js';
import { StatusItem } from './status-item.js';

/** What the extension exports to other extensions and to tests. */
export interface TidegateApi {
  /** Settles when the server has started; rejects when it could not. */
  readonly ready: Promise<void>;
  /** The state that the language status item shows. */
  status(): StatusParams;
}

/** A running extension, for the host's `deactivate`. */
export interface Running {
  readonly api: TidegateApi;
  stop(): Promise<void>;
}

function registerCommands(session: Session): vscode.Disposable[] {
  return [
    command(session, Command.checkFile, checkFile),
    command(session, Command.checkWorkspace, checkWorkspace),
    command(session, Command.explain, explainRule),
    command(session, Command.ignore, ignoreFinding),
    command(session, Command.createConfig, createConfig),
    command(session, Command.whyChecked, whyChecked),
    command(session, Command.restart, restartServer),
    command(session, Command.showLog, showLog),
    command(session, Command.showMenu, showMenu),
  ];
}

function followTrust(session: Session): vscode.Disposable {
  return vscode.workspace.onDidGrantWorkspaceTrust(() => {
    const params: TrustParams = { trusted: true };
    session.client.sendNotification(Notification.trust, params).catch((error: unknown) => {
      session.log.error(`trust was not passed on: ${String(error)}`);
    });
  });
}

/**
 * Puts the client, its commands and its status item together. Returns before the server is up, so that VS Code's start
 * waits for nothing; commands wait for the server themselves.
 */
export function activateWith(
  context: vscode.ExtensionContext,
  createClient: (options: LanguageClientOptions) => BaseLanguageClient,
): Running {
  const log = vscode.window.createOutputChannel('Tidegate', { log: true });
  const policy = new RestartPolicy();
  const client = createClient(clientOptions(log, policy));
  const session: Session = { client, log, policy };
  const status = new StatusItem(client, documentSelector() as vscode.DocumentSelector);
  context.subscriptions.push(
    log,
    status,
    registerRulePages(session),
    followTrust(session),
    ...registerCommands(session),
  );
  void vscode.commands.executeCommand('setContext', 'tidegate.active', true);
  const ready = client.start();
  ready.catch((error: unknown) => {
    log.error(`the server did not start: ${String(error)}`);
    status.update({ state: 'error', message: vscode.l10n.t('the server did not start; see the log') });
  });
  return {
    api: { ready, status: () => status.current },
    stop: async () => {
      await vscode.commands.executeCommand('setContext', 'tidegate.active', false);
      // Rejects for a client that is still starting; its server ends by itself when the channel closes.
      await client.dispose().catch((error: unknown) => log.warn(`stopping: ${String(error)}`));
    },
  };
}
