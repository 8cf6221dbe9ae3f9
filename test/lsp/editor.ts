import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  type CodeAction,
  createConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type SnippetTextEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { checkDocument } from '../../server/src/engine/check.js';
import type { RuleSet } from '../../server/src/engine/rule-set.js';
import type { ServerOptions } from '../../server/src/lsp/options.js';
import { createServer } from '../../server/src/lsp/server.js';
import { fakeRules } from './fake-rules.js';
import { MemoryDisk } from './memory-disk.js';

/** What VS Code's client can do, as far as the server asks. */
export const FULL: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    didChangeConfiguration: { dynamicRegistration: true },
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ['create', 'rename', 'delete'],
      changeAnnotationSupport: { groupsOnLabel: true },
      snippetEditSupport: true,
    },
  },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
};

export interface EditorOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly folders?: readonly string[];
  /** Sent in place of folders, as old clients do. */
  readonly rootUri?: string;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  readonly settings?: Record<string, unknown>;
  readonly rules?: RuleSet;
  readonly check?: ServerOptions['check'];
  /** Extra cost of each check on the server's clock. */
  readonly checkMs?: number;
}

export interface Cell {
  readonly id?: string;
  readonly kind?: 1 | 2;
  readonly language?: string;
  readonly text: string;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** An editor in memory that speaks to a server in the same process, over streams as in real life. */
export class Editor {
  readonly disk = new MemoryDisk();
  readonly published: PublishDiagnosticsParams[] = [];
  readonly logs: string[] = [];
  readonly statuses: Record<string, unknown>[] = [];
  readonly registrations: { method: string; registerOptions?: unknown }[] = [];
  readonly progress: Record<string, unknown>[] = [];
  readonly exits: number[] = [];
  /** Words that snippets left selected for the user to type over. */
  readonly selected: string[] = [];
  /** Documents that were checked, in order. */
  readonly checks: string[] = [];
  settings: Record<string, unknown>;
  server!: InitializeResult;
  readonly #client: ProtocolConnection;
  readonly #documents = new Map<string, TextDocument>();
  #pending = 0;
  #clock = 0;

  private constructor(options: EditorOptions) {
    this.settings = options.settings ?? {};
    for (const [path, text] of Object.entries(options.files ?? {})) this.disk.write(path, text);
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const serverSide = createConnection(
      (logger) =>
        createProtocolConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient), logger),
      { shutdownReceived: false, initialize: () => undefined, exit: (code) => this.exits.push(code) },
    );
    createServer(serverSide, {
      files: (uri) => (uri.startsWith('file://') ? this.disk.below(decodeURIComponent(uri.slice(7))) : undefined),
      rules: options.rules ?? fakeRules,
      check: (source, rules, environment) => {
        this.checks.push(source.path);
        this.#clock += options.checkMs ?? 0;
        return (options.check ?? checkDocument)(source, rules, environment);
      },
      now: () => this.#clock,
      today: () => '2026-06-30',
      defer: (run) => {
        this.#pending++;
        setImmediate(() => {
          this.#pending--;
          run();
        });
      },
      version: '1.2.3',
    });
    serverSide.listen();
    this.#client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    this.#listen();
  }

  static async start(options: EditorOptions = {}): Promise<Editor> {
    const editor = new Editor(options);
    const folders = options.folders ?? ['file:///w'];
    editor.server = await editor.request('initialize', {
      processId: null,
      rootUri: options.rootUri ?? null,
      capabilities: options.capabilities ?? FULL,
      ...(options.rootUri === undefined ? { workspaceFolders: folders.map((uri) => ({ uri, name: uri })) } : {}),
      ...('initializationOptions' in options
        ? { initializationOptions: options.initializationOptions }
        : { initializationOptions: { trusted: true, clientCommands: true } }),
    });
    editor.notify('initialized', {});
    await editor.idle();
    return editor;
  }

  #listen(): void {
    const client = this.#client;
    client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
    });
    client.onNotification('window/logMessage', ({ message }: { message: string }) => void this.logs.push(message));
    client.onNotification('tidegate/status', (status: Record<string, unknown>) => void this.statuses.push(status));
    client.onNotification(
      '$/progress',
      ({ value }: { value: Record<string, unknown> }) => void this.progress.push(value),
    );
    client.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
      items.map(({ scopeUri }) => this.settings[scopeUri ?? ''] ?? this.settings['*'] ?? null),
    );
    client.onRequest('client/registerCapability', ({ registrations }: { registrations: { method: string }[] }) => {
      this.registrations.push(...registrations);
    });
    client.listen();
  }

  async request<R>(method: string, params?: unknown): Promise<R> {
    return (await this.#client.sendRequest(method, params)) as R;
  }

  /** The connection itself, for cancellation and malformed messages. */
  get raw(): ProtocolConnection {
    return this.#client;
  }

  notify(method: string, params: unknown): void {
    void this.#client.sendNotification(method, params as object);
  }

  /** Waits until the server has done all it was told and everything it said has arrived. */
  async idle(): Promise<void> {
    for (let quiet = 0; quiet < 4; ) {
      await this.request('textDocument/hover', { textDocument: { uri: 'none:' }, position: { line: 0, character: 0 } });
      await turn();
      quiet = this.#pending === 0 ? quiet + 1 : 0;
    }
  }

  async open(uri: string, text: string, languageId = 'python'): Promise<void> {
    this.#documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    await this.idle();
  }

  /** Types without waiting for the server. */
  type(uri: string, range: Range, text: string): void {
    const document = this.#documents.get(uri)!;
    const contentChanges = [{ range, text }];
    this.#documents.set(uri, TextDocument.update(document, contentChanges, document.version + 1));
    this.notify('textDocument/didChange', { textDocument: { uri, version: document.version }, contentChanges });
  }

  async change(uri: string, range: Range, text: string): Promise<void> {
    this.type(uri, range, text);
    await this.idle();
  }

  /** Replaces the whole text. */
  async replace(uri: string, text: string): Promise<void> {
    const document = this.#documents.get(uri)!;
    this.#documents.set(uri, TextDocument.update(document, [{ text }], document.version + 1));
    this.notify('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges: [{ text }],
    });
    await this.idle();
  }

  async save(uri: string): Promise<void> {
    this.disk.write(decodeURIComponent(uri.slice(7)), this.text(uri));
    this.notify('textDocument/didSave', { textDocument: { uri } });
    await this.idle();
  }

  async close(uri: string): Promise<void> {
    this.#documents.delete(uri);
    this.notify('textDocument/didClose', { textDocument: { uri } });
    await this.idle();
  }

  text(uri: string): string {
    return this.#documents.get(uri)!.getText();
  }

  version(uri: string): number {
    return this.#documents.get(uri)!.version;
  }

  /** Remembers a cell's document, so that edits can be applied to it. */
  addCell(uri: string, text: string): { uri: string; languageId: string; version: number; text: string } {
    this.#documents.set(uri, TextDocument.create(uri, 'python', 1, text));
    return { uri, languageId: 'python', version: 1, text };
  }

  async openNotebook(uri: string, cells: readonly Cell[]): Promise<string[]> {
    const uris = cells.map((_, index) => `${uri.replace('file:', 'vscode-notebook-cell:')}#c${index}`);
    this.notify('notebookDocument/didOpen', {
      notebookDocument: {
        uri,
        notebookType: 'jupyter-notebook',
        version: 1,
        cells: cells.map((cell, index) => ({
          kind: cell.kind ?? 2,
          document: uris[index],
          ...(cell.id === undefined ? {} : { metadata: { id: cell.id } }),
        })),
      },
      cellTextDocuments: cells.map((cell, index) => ({
        ...this.addCell(uris[index]!, cell.text),
        languageId: cell.language ?? (cell.kind === 1 ? 'markdown' : 'python'),
      })),
    });
    await this.idle();
    return uris;
  }

  /** What the client shows of a document now. */
  diagnostics(uri: string): Diagnostic[] {
    return this.published.findLast((params) => params.uri === uri)?.diagnostics ?? [];
  }

  codes(uri: string): unknown[] {
    return this.diagnostics(uri).map(({ code }) => code);
  }

  /** Actions at a range, by default that of the document's first diagnostic. */
  async actions(uri: string, context: Record<string, unknown> = {}, range?: Range): Promise<CodeAction[]> {
    const at = range ??
      this.diagnostics(uri)[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    return this.request('textDocument/codeAction', {
      textDocument: { uri },
      range: at,
      context: { diagnostics: [], ...context },
    });
  }

  /**
   * Applies an edit as editors do: nothing when a version does not fit. Returns whether it was applied. What snippets select is
   * kept in `selected`.
   */
  async apply(edit: WorkspaceEdit): Promise<boolean> {
    const changes =
      edit.documentChanges ??
      Object.entries(edit.changes ?? {}).map(([uri, edits]) => ({ textDocument: { uri, version: null }, edits }));
    for (const change of changes) {
      if (!('textDocument' in change)) continue;
      const { uri, version } = change.textDocument;
      if (version !== null && this.#documents.get(uri)?.version !== version) return false;
    }
    for (const change of changes) {
      if ('kind' in change) {
        if (change.kind !== 'create' || change.options?.ignoreIfExists !== true) return false;
        const path = decodeURIComponent(change.uri.slice(7));
        if (this.disk.text(path) === undefined) this.disk.write(path, '');
        continue;
      }
      const { uri } = change.textDocument;
      const document = this.#documents.get(uri);
      const path = decodeURIComponent(uri.slice(7));
      const before = document ?? TextDocument.create(uri, '', 0, this.disk.text(path) ?? '');
      const edits = change.edits.map((one) => ('snippet' in one ? this.#expanded(one, before) : one));
      const text = TextDocument.applyEdits(before, edits);
      if (document === undefined) this.disk.write(path, text);
      else this.#documents.set(uri, TextDocument.create(uri, document.languageId, document.version, text));
    }
    return true;
  }

  /** A snippet as editors insert it: its lines are indented like the line it starts on, as far as it starts. */
  #expanded({ range, snippet }: SnippetTextEdit, document: TextDocument): TextEdit {
    const { line } = range.start;
    const before = document.getText({ start: { line, character: 0 }, end: range.start });
    const indent = /^[ \t]*/.exec(before)![0];
    const plain = snippet.value.replace(/\\([\\$}])|\$\{\d+:((?:\\.|[^}])*)\}/g, (_, escaped, word) => {
      if (escaped !== undefined) return escaped as string;
      this.selected.push((word as string).replace(/\\(.)/g, '$1'));
      return this.selected[this.selected.length - 1]!;
    });
    return { range, newText: plain.replace(/\n/g, `\n${indent}`) };
  }

  async stop(): Promise<void> {
    await this.request('shutdown');
    this.notify('exit', undefined);
    for (let i = 0; i < 20 && this.exits.length === 0; i++) await turn();
    this.#client.dispose();
  }
}

/** A range within one line. */
export function at(line: number, from: number, to = from): Range {
  return { start: { line, character: from }, end: { line, character: to } };
}
