import { type Language, languageOf } from '../base/language.js';
import type { EffectiveConfig } from './config.js';
import type { DirectoryEntry, FileSystem } from './file-system.js';
import type { FolderCache } from './folder-cache.js';
import { skippedFolder } from './folder-reason.js';
import type { GitIgnore } from './git-ignore.js';
import { type GlobSet, globSet } from './globs.js';
import { folderOf, foldersUp, join, nameOf } from './paths.js';

export interface Listing {
  /** Sorted by path. */
  readonly files: readonly { readonly path: string; readonly language: Language }[];
  /** Files of a language Tidegate reads, and folders, that are left out. Sorted by path. */
  readonly skipped: readonly Skipped[];
}

export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

export const NOT_READ = 'not a kind of file that Tidegate reads';

/** Notebooks hold their outputs, so they may be this many times as large as other files. */
const NOTEBOOK_FACTOR = 20;

/** Decides which files of a workspace are checked, by walking or for one path at a time, with the same answers. */
export class FileList {
  readonly #files: FileSystem;
  readonly #folders: FolderCache;
  readonly #gitIgnore: GitIgnore;
  readonly #configOf: (folder: string) => EffectiveConfig;
  readonly #globs = new WeakMap<EffectiveConfig, GlobSet>();

  constructor(
    files: FileSystem,
    folders: FolderCache,
    gitIgnore: GitIgnore,
    configOf: (folder: string) => EffectiveConfig,
  ) {
    this.#files = files;
    this.#folders = folders;
    this.#gitIgnore = gitIgnore;
    this.#configOf = configOf;
  }

  /**
   * Walks a folder. The folder itself is never left out: opening or naming it is a decision.
   *
   * @param only looks at files of this language alone; what else there is costs the most
   */
  list(under: string, only?: Language): Listing {
    const walk: Walk = {
      top: this.#topFor(under),
      under,
      only,
      files: [],
      skipped: [],
    };
    const pending = [under];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      const entries = this.#folders.entries(folder);
      if (entries === undefined) walk.skipped.push({ path: folder, reason: 'folder cannot be read' });
      for (const entry of entries?.values() ?? []) this.#visit(folder, entry, walk, pending);
    }
    walk.files.sort(byPath);
    walk.skipped.sort(byPath);
    return walk;
  }

  /** Why a file is not checked; undefined when it is. */
  why(path: string): string | undefined {
    const folders = foldersUp(folderOf(path)).toReversed().slice(1);
    for (const folder of folders) {
      // A document that was never saved may stand in a folder that does not exist.
      if (!this.#folders.isFolder(folder)) break;
      const reason = this.#folderReason(folder, folderOf(folder), '', '');
      if (reason !== undefined) return reason;
    }
    const entry = this.#folders.entries(folderOf(path))?.get(nameOf(path));
    if (entry === undefined) return languageOf(path) === undefined ? NOT_READ : undefined;
    return this.#fileReason(path, entry, folderOf(path), '', '');
  }

  /** Reason that holds even for a file named on purpose: its kind, its size, what it is. */
  whyNever(path: string): string | undefined {
    if (languageOf(path) === undefined) return NOT_READ;
    const entry = this.#folders.entries(folderOf(path))?.get(nameOf(path));
    if (entry?.kind === 'other') return 'not a regular file';
    return this.#sizeReason(path, this.#configOf(folderOf(path)));
  }

  #visit(folder: string, entry: DirectoryEntry, walk: Walk, pending: string[]): void {
    const path = join(folder, entry.name);
    const { top, under, only, files, skipped } = walk;
    if (entry.kind === 'folder') {
      const reason = this.#folderReason(path, folder, top, under);
      if (reason === undefined) pending.push(path);
      else skipped.push({ path, reason });
      return;
    }
    const language = languageOf(path);
    if (only === undefined ? language === undefined && entry.kind !== 'link' : language !== only) return;
    const reason = this.#fileReason(path, entry, folder, top, under);
    if (reason !== undefined) skipped.push({ path, reason });
    else if (language !== undefined) files.push({ path, language });
  }

  #folderReason(path: string, folder: string, top: string, under: string): string | undefined {
    return (
      this.#ignoredReason(path, true, folder, top) ??
      this.#excludedReason(path, folder, under) ??
      skippedFolder(path, this.#folders, (file) => this.#textOf(file))
    );
  }

  #textOf(path: string): string | undefined {
    if (!this.#folders.isFile(path)) return undefined;
    const file = this.#files.read(path);
    return 'text' in file ? file.text : undefined;
  }

  #fileReason(path: string, entry: DirectoryEntry, folder: string, top: string, under: string): string | undefined {
    if (entry.kind === 'link') return 'symbolic link';
    if (languageOf(path) === undefined) return NOT_READ;
    if (entry.kind !== 'file') return 'not a regular file';
    return (
      this.#ignoredReason(path, false, folder, top) ??
      this.#excludedReason(path, folder, under) ??
      this.#sizeReason(path, this.#configOf(folder))
    );
  }

  #ignoredReason(path: string, isFolder: boolean, folder: string, top: string): string | undefined {
    const file = this.#gitIgnore.ignoredBy(path, isFolder, folder, top);
    return file === undefined ? undefined : `ignored by ${file}`;
  }

  #excludedReason(path: string, folder: string, under: string): string | undefined {
    const config = this.#configOf(folder);
    if (config.exclude.length === 0) return undefined;
    let globs = this.#globs.get(config);
    if (globs === undefined) {
      globs = globSet(config.exclude);
      this.#globs.set(config, globs);
    }
    const glob = globs(path);
    if (glob === undefined || (under !== '' && globs(under) !== undefined)) return undefined;
    return `excluded by the configuration (${glob})`;
  }

  #sizeReason(path: string, config: EffectiveConfig): string | undefined {
    const size = this.#files.size(path);
    const limit = config.maxSizeKB * (languageOf(path) === 'notebook' ? NOTEBOOK_FACTOR : 1);
    return size !== undefined && size > limit * 1024 ? `larger than ${limit} KB` : undefined;
  }

  /** Where reading ignore files stops: the folder itself when it or a folder around it is ignored, else the root. */
  #topFor(under: string): string {
    const around = foldersUp(under).toReversed().slice(1);
    return around.some((folder) => this.#gitIgnore.ignoredBy(folder, true, folderOf(folder), '') !== undefined)
      ? under
      : '';
  }
}

interface Walk {
  readonly top: string;
  readonly under: string;
  readonly only: Language | undefined;
  readonly files: { path: string; language: Language }[];
  readonly skipped: Skipped[];
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
