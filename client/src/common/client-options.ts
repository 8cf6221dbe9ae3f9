import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from 'vscode-languageclient';
import { Command, type InitializationOptions } from '../../../server/src/protocol/protocol.js';
import type { RestartPolicy } from './restart-policy.js';
import { documentSelector } from './selector.js';

/** Commands that a link in a hover of the server may run; all of them only show something or ask the user first. */
const LINKED_COMMANDS = [Command.explain, Command.ignore, Command.showLog];

/** Errors stay in the log, and a server that ends by itself is started again for as long as the policy allows. */
function errorHandler(policy: RestartPolicy): ErrorHandler {
  return {
    error: (_error, _message, count) => ({
      action: count !== undefined && count <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
      handled: true,
    }),
    closed: () => ({
      action: policy.mayRestart(Date.now()) ? CloseAction.Restart : CloseAction.DoNotRestart,
      handled: true,
    }),
  };
}

/** Options shared by all hosts; the transport is the host's own. */
export function clientOptions(log: vscode.LogOutputChannel, policy: RestartPolicy): LanguageClientOptions {
  return {
    documentSelector: documentSelector(),
    diagnosticCollectionName: 'tidegate',
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    // Asked anew at each start, so that a restart does not bring back an earlier answer about trust.
    initializationOptions: (): InitializationOptions => ({
      trusted: vscode.workspace.isTrusted,
      documentVersionSupport: true,
      clientCommands: true,
    }),
    initializationFailedHandler: () => false,
    errorHandler: errorHandler(policy),
    markdown: { isTrusted: { enabledCommands: LINKED_COMMANDS } },
  };
}
