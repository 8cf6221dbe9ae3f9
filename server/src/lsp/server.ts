import type { CancellationToken, Connection, InitializeResult } from 'vscode-languageserver';
import { Notification, Request } from '../protocol/protocol.js';
import { afterTasks, runTask } from './check-open.js';
import { guarded } from './guarded.js';
import { checkFile } from './methods/check-file.js';
import { checkWorkspace } from './methods/check-workspace.js';
import { codeAction } from './methods/code-action.js';
import { completion } from './methods/completion.js';
import { configTemplate } from './methods/config-template.js';
import { didChange } from './methods/did-change.js';
import { didChangeConfiguration } from './methods/did-change-configuration.js';
import { didChangeWatchedFiles } from './methods/did-change-watched-files.js';
import { didChangeWorkspaceFolders } from './methods/did-change-workspace-folders.js';
import { didClose } from './methods/did-close.js';
import { didDeleteFiles } from './methods/did-delete-files.js';
import { didOpen } from './methods/did-open.js';
import { didRenameFiles } from './methods/did-rename-files.js';
import { didSave } from './methods/did-save.js';
import { explain } from './methods/explain.js';
import { hover } from './methods/hover.js';
import { ignoreEdit } from './methods/ignore-edit.js';
import { initialize } from './methods/initialize.js';
import { initialized } from './methods/initialized.js';
import { notebookDidChange } from './methods/notebook-did-change.js';
import { notebookDidClose } from './methods/notebook-did-close.js';
import { notebookDidOpen } from './methods/notebook-did-open.js';
import { notebookDidSave } from './methods/notebook-did-save.js';
import { rules } from './methods/rules.js';
import { trust } from './methods/trust.js';
import { why } from './methods/why.js';
import type { ServerOptions } from './options.js';
import { Session } from './session.js';

const NOTHING_CHECKED = { files: 0, skipped: 0, findings: 0, cancelled: true };

function notifications(session: Session): void {
  const on = <P>(method: string, handle: (session: Session, params: P) => void | Promise<void>) => {
    session.connection.onNotification(method, (params: P) =>
      guarded(session.log, method, undefined, undefined, () => handle(session, params)),
    );
  };
  on('initialized', async () => {
    await initialized(session);
    // Registered here because the connection takes this notification over while it initializes.
    if (session.abilities.workspaceFolders) {
      session.connection.workspace.onDidChangeWorkspaceFolders((event) =>
        guarded(session.log, 'workspace/didChangeWorkspaceFolders', undefined, undefined, () =>
          didChangeWorkspaceFolders(session, event),
        ),
      );
    }
  });
  on('textDocument/didOpen', didOpen);
  on('textDocument/didChange', didChange);
  on('textDocument/didSave', didSave);
  on('textDocument/didClose', didClose);
  on('notebookDocument/didOpen', notebookDidOpen);
  on('notebookDocument/didChange', notebookDidChange);
  on('notebookDocument/didSave', notebookDidSave);
  on('notebookDocument/didClose', notebookDidClose);
  on('workspace/didChangeConfiguration', didChangeConfiguration);
  on('workspace/didChangeWatchedFiles', didChangeWatchedFiles);
  on('workspace/didRenameFiles', didRenameFiles);
  on('workspace/didDeleteFiles', didDeleteFiles);
  on(Notification.trust, trust);
}

function requests(session: Session): void {
  const on = <P, R>(
    method: string,
    fallback: R,
    handle: (session: Session, params: P, token: CancellationToken) => R | Promise<R>,
  ) => {
    session.connection.onRequest<unknown, unknown>(method, (params: P, token) =>
      guarded(session.log, method, fallback, token, () => handle(session, params, token)),
    );
  };
  on('textDocument/codeAction', [], codeAction);
  on('textDocument/hover', null, hover);
  on('textDocument/completion', [], completion);
  on(Request.explain, null, explain);
  on(Request.rules, [], rules);
  on(Request.checkFile, { findings: 0 }, checkFile);
  on(Request.checkWorkspace, NOTHING_CHECKED, checkWorkspace);
  on(Request.configTemplate, { text: '' }, configTemplate);
  on(Request.ignoreEdit, null, ignoreEdit);
  on(Request.why, { checked: false, lines: [] }, why);
}

/**
 * Answers a connection. The caller calls `connection.listen()` afterwards; the connection's host ends the process at
 * `exit`, with 0 after `shutdown` and 1 without.
 */
export function createServer(connection: Connection, options: ServerOptions): void {
  const session = new Session(connection, options, { work: runTask, idle: (idle) => afterTasks(idle) });
  connection.onInitialize((params) =>
    guarded<InitializeResult>(session.log, 'initialize', { capabilities: {} }, undefined, () =>
      initialize(session, params),
    ),
  );
  connection.onShutdown(() => {
    session.queue.clear();
    session.workspaceRuns++;
  });
  notifications(session);
  requests(session);
}
