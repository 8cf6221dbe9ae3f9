import { LineIndex } from '../../base/line-index.js';
import { normalizeName } from '../../facts/requirements/parse.js';
import type { FolderCache } from '../folder-cache.js';
import type { LibraryVersion } from '../model.js';
import { folderOf, foldersUp, join } from '../paths.js';
import { placeIn } from '../place-in.js';
import type { TextSource } from '../text-source.js';
import type { Declaration, Firmness } from './declaration.js';
import { isDependencyFile, readDependencyFile } from './dependency-file.js';
import { notebookDeclarations, placeInNotebook } from './notebook-installs.js';

type Level = ReadonlyMap<string, readonly Declaration[]>;

const FIRMNESS: readonly Firmness[] = ['lock', 'pin', 'series', 'range'];

/** Which version of a library code at some path runs with, from the dependency files around it. Computed on demand. */
export class DependencyIndex {
  readonly #folders: FolderCache;
  readonly #texts: TextSource;
  readonly #levels = new Map<string, Level>();
  readonly #notebooks = new Map<string, Level>();
  /** Answers by what was declared, which is made anew when a file changes. */
  readonly #decided = new WeakMap<readonly Declaration[], { readonly version: LibraryVersion | undefined }>();
  readonly #lines = new Map<string, LineIndex>();

  constructor(folders: FolderCache, texts: TextSource) {
    this.#folders = folders;
    this.#texts = texts;
  }

  /** See `WorkspaceModel.version`. */
  version(library: string, path: string): LibraryVersion | undefined {
    const name = normalizeName(library);
    const found = this.#nearest(name, path);
    if (found === undefined) return undefined;
    let decided = this.#decided.get(found);
    if (decided === undefined) {
      decided = { version: this.#decide(name, found) };
      this.#decided.set(found, decided);
    }
    return decided.version;
  }

  /** See `WorkspaceModel.python`: what several files ask for holds together. */
  python(path: string): LibraryVersion | undefined {
    const found = this.#nearest('python', path);
    if (found === undefined) return undefined;
    const decided = this.#decide('python', found);
    if (decided !== undefined) return decided;
    if (new Set(found.flatMap((d) => d.exact ?? [])).size > 1) return undefined;
    const specifier = [...new Set(found.map((d) => d.specifier).filter((s) => s !== ''))].join(',');
    return { library: 'python', exact: undefined, specifier, place: this.#place(found[0]!) };
  }

  /** Forgets what a changed file said; true when it may have said something about dependencies. */
  changed(path: string): boolean {
    this.#notebooks.delete(path);
    this.#lines.delete(path);
    if (!isDependencyFile(path)) return false;
    this.#levels.clear();
    return true;
  }

  clear(): void {
    this.#lines.clear();
    this.#levels.clear();
    this.#notebooks.clear();
  }

  #nearest(name: string, path: string): readonly Declaration[] | undefined {
    const own = path.endsWith('.ipynb') ? this.#notebook(path).get(name) : undefined;
    if (own !== undefined) return own;
    for (const folder of foldersUp(folderOf(path))) {
      const declarations = this.#level(folder).get(name);
      if (declarations !== undefined) return declarations;
    }
    return undefined;
  }

  /** The strongest kind of declaration decides; when its declarations disagree, nothing is known. */
  #decide(library: string, declarations: readonly Declaration[]): LibraryVersion | undefined {
    for (const firmness of FIRMNESS) {
      const strongest = declarations.filter((d) => d.firmness === firmness);
      const first = strongest[0];
      if (first === undefined) continue;
      if (strongest.some((d) => d.specifier !== first.specifier)) return undefined;
      return { library, exact: first.exact, specifier: first.specifier, place: this.#place(first) };
    }
    return { library, exact: undefined, specifier: '', place: this.#place(declarations[0]!) };
  }

  #place(declaration: Declaration) {
    const { path, range, cell } = declaration;
    if (cell !== undefined) return placeInNotebook(path, this.#texts.sideText(path) ?? '', cell, range);
    let lines = this.#lines.get(path);
    if (lines === undefined) {
      lines = new LineIndex(this.#texts.sideText(path) ?? '');
      this.#lines.set(path, lines);
    }
    return placeIn(path, '', range, lines);
  }

  #level(folder: string): Level {
    let level = this.#levels.get(folder);
    if (level === undefined) {
      level = byLibrary(this.#declarationsOf(folder));
      this.#levels.set(folder, level);
    }
    return level;
  }

  #notebook(path: string): Level {
    let level = this.#notebooks.get(path);
    if (level === undefined) {
      const text = this.#texts.sideText(path);
      level = byLibrary(text === undefined ? [] : notebookDeclarations(path, text));
      this.#notebooks.set(path, level);
    }
    return level;
  }

  /** Everything the files of a folder say, with its `requirements/` folder and the files they include. */
  #declarationsOf(folder: string): Declaration[] {
    const pending = [...this.#filesOf(folder), ...this.#filesOf(join(folder, 'requirements'))].sort().reverse();
    const seen = new Set<string>();
    const result: Declaration[] = [];
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const text = this.#texts.sideText(path);
      if (text === undefined) continue;
      const file = readDependencyFile(path, text);
      result.push(...file.declarations);
      pending.push(...file.includes.filter(isReadable));
    }
    return result;
  }

  #filesOf(folder: string): string[] {
    const entries = this.#folders.entries(folder);
    if (entries === undefined) return [];
    return [...entries.values()]
      .filter((entry) => entry.kind === 'file')
      .map((entry) => join(folder, entry.name))
      .filter(isDependencyFile);
  }
}

/** `-r` may name any file; only those that are read as requirements by name are. */
function isReadable(path: string): boolean {
  return isDependencyFile(path) || /\.(?:txt|in)$/.test(path);
}

function byLibrary(declarations: readonly Declaration[]): Level {
  const level = new Map<string, Declaration[]>();
  for (const declaration of declarations) {
    const list = level.get(declaration.library);
    if (list === undefined) level.set(declaration.library, [declaration]);
    else list.push(declaration);
  }
  return level;
}
