import type { InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol/protocol.js';

/** What the client can do, as far as the server asks. Absent means it cannot. */
export interface Abilities {
  readonly configuration: boolean;
  readonly watchFiles: boolean;
  readonly watchConfiguration: boolean;
  readonly workspaceFolders: boolean;
  readonly documentChanges: boolean;
  readonly changeAnnotations: boolean;
  /** Edits may select a word of what they write, for somebody to type over it (LSP 3.18). */
  readonly snippetEdits: boolean;
  /** Edits may make files. */
  readonly createFiles: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticTags: readonly number[];
  readonly codeActionLiterals: boolean;
  readonly markdown: boolean;
  /** The client speaks `tidegate/*`: it sent initialisation options of ours. */
  readonly tidegate: boolean;
  /** The client runs the commands that actions and hovers name. */
  readonly commands: boolean;
}

/** Our initialisation options; undefined when a client sent none or something else. */
export function ownOptions(params: InitializeParams): InitializationOptions | undefined {
  const options: unknown = params.initializationOptions;
  return typeof options === 'object' && options !== null ? (options as InitializationOptions) : undefined;
}

export function abilitiesOf(params: InitializeParams): Abilities {
  const { workspace, textDocument } = params.capabilities;
  const options = ownOptions(params);
  const diagnostics = textDocument?.publishDiagnostics;
  const edits = workspace?.workspaceEdit;
  const documentChanges = edits?.documentChanges === true || options?.documentVersionSupport === true;
  return {
    configuration: workspace?.configuration === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    watchConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    documentChanges,
    changeAnnotations: documentChanges && edits?.changeAnnotationSupport !== undefined,
    snippetEdits: documentChanges && edits?.snippetEditSupport === true,
    createFiles: documentChanges && (edits?.resourceOperations?.includes('create') ?? false),
    relatedInformation: diagnostics?.relatedInformation === true,
    codeDescription: diagnostics?.codeDescriptionSupport === true,
    diagnosticTags: diagnostics?.tagSupport?.valueSet ?? [],
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') ?? false,
    tidegate: options !== undefined,
    commands: options?.clientCommands === true,
  };
}
