import type { WorkspaceFolder } from 'vscode-languageserver';
import { Workspace } from '../workspace/workspace.js';
import { Folder, type OpenWorkspace } from './folder.js';
import type { ServerOptions } from './options.js';
import { DEFAULT_SETTINGS } from './settings.js';
import { comparable, pathBelow } from './uri.js';

/** The workspace folders, and the place of documents that lie in none. */
export class Folders {
  /** Documents outside all folders. */
  readonly outside: Folder;
  readonly #options: ServerOptions;
  readonly #open: OpenWorkspace;
  readonly #folders = new Map<string, Folder>();

  constructor(options: ServerOptions) {
    this.#options = options;
    const ruleIds = options.rules.map(({ id }) => id);
    const families = [...new Set(options.rules.map(({ family }) => family))];
    this.#open = (files, { editor }, trusted) =>
      new Workspace(files, { ruleIds, families, editorSettings: editor, trusted });
    this.outside = new Folder(undefined, undefined, this.#open, DEFAULT_SETTINGS);
  }

  get all(): readonly Folder[] {
    return [...this.#folders.values()];
  }

  has(folder: Folder): boolean {
    return this.all.includes(folder);
  }

  add({ uri }: Pick<WorkspaceFolder, 'uri'>, trusted: boolean): Folder {
    const key = comparable(uri).replace(/\/+$/, '');
    const known = this.#folders.get(key);
    if (known !== undefined) return known;
    const folder = new Folder(uri, this.#options.files(uri), this.#open, DEFAULT_SETTINGS);
    if (!trusted) folder.configure(DEFAULT_SETTINGS, false);
    this.#folders.set(key, folder);
    return folder;
  }

  remove(uri: string): Folder | undefined {
    const key = comparable(uri).replace(/\/+$/, '');
    const folder = this.#folders.get(key);
    this.#folders.delete(key);
    return folder;
  }

  /** Folder of a document: the innermost one that holds it. */
  of(uri: string): Folder {
    let best = this.outside;
    for (const folder of this.#folders.values()) {
      if (folder.uri === undefined || pathBelow(folder.uri, uri) === undefined) continue;
      if (best.uri === undefined || folder.uri.length > best.uri.length) best = folder;
    }
    return best;
  }
}
