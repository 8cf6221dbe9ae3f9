import type { FileSystem } from '../workspace/file-system.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Settings } from './settings.js';
import { addressOf, nameOf, pathBelow } from './uri.js';

/** Opens the model of a folder. Untrusted: what its files say may add checks, not take them away. */
export type OpenWorkspace = (files: FileSystem, settings: Settings, trusted: boolean) => Workspace;

/** For documents that belong to no folder, and folders the host cannot read. */
const NO_FILES: FileSystem = {
  list: () => undefined,
  size: () => undefined,
  read: () => ({ unreadable: 'missing' }),
};

/** Check of a file that is not open. */
export interface FileTask {
  readonly folder: Folder;
  readonly path: string;
}

/**
 * A workspace folder with its model and settings. One more, without a URI, stands for documents outside all folders:
 * each of them is checked alone, under its bare name.
 */
export class Folder {
  readonly uri: string | undefined;
  readonly files: FileSystem;
  /** Files on disk whose results are shown though they are not open, with the number of findings. */
  readonly shown = new Map<string, number>();
  /** Configuration files with problems that are shown. */
  readonly flawed = new Set<string>();
  /** The user asked for a check of all files, so files that appear later are checked too. */
  covered = false;
  readonly #open: OpenWorkspace;
  readonly #tasks = new Map<string, FileTask>();
  #settings: Settings;
  #workspace: Workspace;

  constructor(uri: string | undefined, files: FileSystem | undefined, open: OpenWorkspace, settings: Settings) {
    this.uri = uri;
    this.files = files ?? NO_FILES;
    this.#open = open;
    this.#settings = settings;
    this.#workspace = this.#model(true);
  }

  get settings(): Settings {
    return this.#settings;
  }

  get workspace(): Workspace {
    return this.#workspace;
  }

  /** Takes new settings or trust; the model starts afresh, so open documents have to be laid over it again. */
  configure(settings: Settings, trusted: boolean): void {
    this.#settings = settings;
    this.#workspace = this.#model(trusted);
  }

  /** Path of a document in this folder; its bare name when it lies elsewhere. */
  pathOf(uri: string): string {
    return (this.uri === undefined ? undefined : pathBelow(this.uri, uri)) ?? nameOf(uri);
  }

  /** Address of a path; undefined outside folders, where paths are only names. */
  addressOf(path: string): string | undefined {
    return this.uri === undefined ? undefined : addressOf(this.uri, path);
  }

  /** The one task for a file, so that a queue holds it once. */
  task(path: string): FileTask {
    const known = this.#tasks.get(path);
    if (known !== undefined) return known;
    const task = { folder: this, path };
    this.#tasks.set(path, task);
    return task;
  }

  #model(trusted: boolean): Workspace {
    return this.#open(this.files, this.#settings, trusted);
  }
}
