import { type InitializeParams, type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver';
import { abilitiesOf, ownOptions } from '../abilities.js';
import { FIX_ALL, NOTEBOOK_FIX_ALL, SOURCE } from '../convert.js';
import type { Session } from '../session.js';

const FILES = { filters: [{ scheme: 'file', pattern: { glob: '**' } }] };

/** Takes in what the client is and says what the server does. */
export function initialize(session: Session, params: InitializeParams): InitializeResult {
  session.abilities = abilitiesOf(params);
  session.trusted = ownOptions(params)?.trusted !== false;
  const single = params.rootUri === null || params.rootUri === undefined ? [] : [{ uri: params.rootUri }];
  for (const folder of params.workspaceFolders ?? single) session.folders.add(folder, session.trusted);
  if (!session.trusted) session.folders.outside.configure(session.folders.outside.settings, false);
  return {
    serverInfo: { name: SOURCE, version: session.options.version },
    capabilities: {
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      // All cells: markdown and raw ones count when cells are numbered.
      notebookDocumentSync: { notebookSelector: [{ notebook: { notebookType: 'jupyter-notebook' } }], save: true },
      hoverProvider: true,
      completionProvider: {},
      codeActionProvider: { codeActionKinds: ['quickfix', FIX_ALL, NOTEBOOK_FIX_ALL] },
      workspace: {
        workspaceFolders: { supported: true, changeNotifications: true },
        fileOperations: { didRename: FILES, didDelete: FILES },
      },
    },
  };
}
