import type { Connection } from 'vscode-languageserver';
import { type Abilities, abilitiesOf } from './abilities.js';
import { CheckQueue } from './check-queue.js';
import type { Checked } from './checked.js';
import type { FileTask, Folder } from './folder.js';
import { Folders } from './folders.js';
import type { Log } from './guarded.js';
import type { OpenNotebook } from './open-notebook.js';
import type { OpenDocument } from './open-source.js';
import type { ServerOptions } from './options.js';
import { Publisher } from './publisher.js';
import { StatusReporter } from './status.js';

/** A thing to check: an open document by its URI, or a file on disk. */
export type Task = string | FileTask;

/** State of one connection. What is done with it is in the modules beside this one. */
export class Session {
  readonly connection: Connection;
  readonly options: ServerOptions;
  readonly log: Log;
  readonly folders: Folders;
  readonly publisher: Publisher;
  readonly status: StatusReporter;
  readonly queue: CheckQueue<Task>;
  /** Text documents and notebooks the client has open, by URI. */
  readonly open = new Map<string, OpenDocument>();
  /** Last result of each open document. */
  readonly checked = new Map<string, Checked>();
  /** Revision of each open document that its folder's model knows. */
  readonly overlaid = new Map<string, number>();
  /** Problems that were logged already. */
  readonly logged = new Set<string>();
  abilities: Abilities = abilitiesOf({ capabilities: {}, processId: null, rootUri: null });
  trusted = true;
  /** Settled when settings and readers are there; checks wait for it. */
  ready: Promise<void> = Promise.resolve();
  /** Workspace checks started so far: the newest ends the older ones. */
  workspaceRuns = 0;

  constructor(
    connection: Connection,
    options: ServerOptions,
    run: { readonly work: (session: Session, task: Task) => void; readonly idle: (session: Session) => void },
  ) {
    this.connection = connection;
    this.options = options;
    this.log = {
      error: (message) => connection.console.error(message),
      info: (message) => connection.console.info(message),
    };
    this.folders = new Folders(options);
    this.publisher = new Publisher((params) => {
      connection.sendDiagnostics(params).catch(() => undefined);
    });
    this.status = new StatusReporter(this);
    this.queue = new CheckQueue<Task>(
      options.defer,
      options.now,
      (task) => run.work(this, task),
      () => run.idle(this),
    );
  }

  /** The open notebook a cell belongs to. */
  notebookOf(cellUri: string): OpenNotebook | undefined {
    for (const open of this.open.values()) if (open.kind === 'notebook' && open.has(cellUri)) return open;
    return undefined;
  }

  /** The text document, the notebook, or the notebook of the cell with this URI. */
  find(uri: string): OpenDocument | undefined {
    return this.open.get(uri) ?? this.notebookOf(uri);
  }

  /** The open document at a path of a folder. */
  openAt(folder: Folder, path: string): OpenDocument | undefined {
    for (const open of this.open.values()) {
      if (this.folders.of(open.uri) === folder && folder.pathOf(open.uri) === path) return open;
    }
    return undefined;
  }

  /** Result of an open document, if nothing changed since it was computed. */
  current(uri: string): Checked | undefined {
    const open = this.find(uri);
    const checked = open === undefined ? undefined : this.checked.get(open.uri);
    return checked !== undefined && checked.revision === open?.revision ? checked : undefined;
  }
}
