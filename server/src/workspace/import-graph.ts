import { detached } from '../base/detached.js';
import { lazy } from '../base/lazy.js';
import { FOREIGN_PACKAGES } from '../knowledge/foreign-packages.js';
import type { SourceKind } from '../knowledge/untrusted-sources.js';
import { folderOf, foldersUp, isInside, nameOf } from './paths.js';

const IMPORT = /^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]*)|import[ \t]+([^\n#;]*))/gm;
const NAME = /(\w+)(?:[ \t]+as[ \t]+\w+)?/g;
const DOTTED = /([\w.]+)(?:[ \t]+as[ \t]+\w+)?/g;

/**
 * Below a folder with more Python files than this nobody is asked who calls what: reading them all would cost seconds. Checking
 * a folder of it by itself asks the files of that folder.
 */
const MAX_FILES = 3_000;

/** How far untrusted values may travel along imports before nobody asks for them any more. */
const MAX_STEPS = 6;

/** One import statement: `from <level dots><module> import <names>`, or `import <module>` without names. */
interface Import {
  readonly level: number;
  readonly module: string;
  readonly names: readonly string[];
}

/** Import statements of a text, by their form alone: one inside a string counts too, which only widens a search. Linear. */
export function importsIn(text: string): readonly Import[] {
  const imports: Import[] = [];
  for (const [, dots, module, taken, modules] of text.matchAll(IMPORT)) {
    if (modules !== undefined) {
      for (const [, name] of modules.matchAll(DOTTED)) imports.push({ level: 0, module: detached(name!), names: [] });
    } else {
      const names = [...taken!.matchAll(NAME)].map(([, name]) => detached(name!));
      imports.push({ level: dots!.length, module: detached(module!), names });
    }
  }
  return imports;
}

/** File of a module as seen from another file; undefined for libraries. */
export type FileOfModule = (from: string, level: number, module: string) => string | undefined;

interface FileImports {
  /** Imported files with the names taken from them; undefined for a module that is imported whole, or with `*`. */
  readonly files: () => ReadonlyMap<string, ReadonlySet<string> | undefined>;
  /** Names as they are written of what may be a file it imports, see `writtenAs`. */
  readonly written: ReadonlySet<string>;
  /** Kinds of sources that the libraries it imports bring in. */
  readonly foreign: ReadonlySet<SourceKind>;
}

/** What a graph asks of the workspace. */
export interface GraphSources {
  /** Python files below a folder that are checked, sorted. */
  readonly files: (under: string) => readonly string[];
  /** True for a file that is checked. */
  readonly isChecked: (path: string) => boolean;
  readonly text: (path: string) => string | undefined;
  readonly fileOf: FileOfModule;
}

/**
 * The folder below which all modules lie that import a file, whatever other modules pass it on: an import statement cannot say
 * the name of a folder such as `loan-default`. The root when every folder around has a name that can be said.
 */
export function importersFolder(path: string): string {
  return foldersUp(folderOf(path)).find((folder) => !/^\w+$/.test(nameOf(folder))) ?? '';
}

/**
 * Which Python files below a folder import which others. Files are read once, at the first question; which file an import
 * means is looked up when an answer depends on it, for most files never. Questions are about files whose `importersFolder`
 * this is.
 */
export class ImportGraph {
  readonly #folder: string;
  readonly #sources: GraphSources;
  #byFile: Map<string, FileImports> | undefined;
  /** Files elsewhere that one of these imports; undefined for what is not checked. */
  readonly #elsewhere = new Map<string, FileImports | undefined>();
  /** Files by the names in their imports. */
  #byWritten: Map<string, string[]> | undefined;
  readonly #importers = new Map<string, readonly string[]>();
  readonly #users = new Map<string, readonly string[]>();
  readonly #reached = new Map<SourceKind, ReadonlySet<string>>();
  readonly #brought = new Map<string, ReadonlySet<SourceKind>>();

  constructor(folder: string, sources: GraphSources) {
    this.#folder = folder;
    this.#sources = sources;
  }

  /** Files that may use a name of a module: they import it, or the module, directly or through packages that hand it on. */
  usersOf(path: string, name: string): readonly string[] {
    const key = `${path}\n${name}`;
    let users = this.#users.get(key);
    if (users === undefined) {
      users = this.#findUsers(path, name);
      this.#users.set(key, users);
    }
    return users;
  }

  #findUsers(path: string, name: string): readonly string[] {
    const byFile = this.#read();
    const found = new Set<string>();
    const packages = [path];
    for (let next = packages.pop(); next !== undefined; next = packages.pop()) {
      for (const file of this.#importersOf(next)) {
        const names = byFile.get(file)?.files().get(next);
        if (file === path || found.has(file) || (names !== undefined && !names.has(name))) continue;
        found.add(file);
        if (file.endsWith('__init__.py')) packages.push(file);
      }
    }
    return [...found];
  }

  /**
   * True when a file with sources of one of these kinds imports this one, directly or over a few others, or is the file itself.
   */
  mayReceive(path: string, kinds: readonly SourceKind[]): boolean {
    return kinds.some((kind) => remembered(this.#reached, kind, () => this.#reach(kind)).has(path));
  }

  /** True when this file, or one it imports directly or over a few others, has sources of one of these kinds. */
  mayBring(path: string, kinds: readonly SourceKind[]): boolean {
    const brought = remembered(this.#brought, path, () => {
      const files = this.#read().size === 0 ? [] : [...within([path], (file) => this.#imports(file))];
      return new Set(files.flatMap((file) => [...(this.#imports(file)?.foreign ?? [])]));
    });
    return kinds.some((kind) => brought.has(kind));
  }

  /** Reads a changed file again; true when it imports other files now than it did. Nothing was asked: nothing changes. */
  changed(path: string): boolean {
    if (this.#byFile === undefined) return false;
    const inside = isInside(path, this.#folder);
    const before = inside ? this.#byFile.get(path) : this.#elsewhere.get(path);
    if (before === undefined && !inside) {
      this.#elsewhere.delete(path);
      return false;
    }
    const now = this.#importsOf(path);
    if (before !== undefined && keyOf(before) === keyOf(now)) return false;
    if (inside) this.#byFile.set(path, now);
    else this.#elsewhere.set(path, now);
    this.#forget();
    return true;
  }

  clear(): void {
    this.#byFile = undefined;
    this.#elsewhere.clear();
    this.#forget();
  }

  #forget(): void {
    this.#byWritten = undefined;
    this.#importers.clear();
    this.#users.clear();
    this.#reached.clear();
    this.#brought.clear();
  }

  #read(): ReadonlyMap<string, FileImports> {
    if (this.#byFile === undefined) {
      const files = this.#sources.files(this.#folder);
      this.#byFile = new Map(files.length > MAX_FILES ? [] : files.map((path) => [path, this.#importsOf(path)]));
    }
    return this.#byFile;
  }

  #imports(path: string): FileImports | undefined {
    const own = this.#read().get(path);
    if (own !== undefined) return own;
    return remembered(this.#elsewhere, path, () =>
      !isInside(path, this.#folder) && this.#sources.isChecked(path) ? this.#importsOf(path) : undefined,
    );
  }

  /** Files that import a file, in order. Only those that write its name are asked what they mean by it. */
  #importersOf(path: string): readonly string[] {
    return remembered(this.#importers, path, () => {
      const byFile = this.#read();
      this.#byWritten ??= filesByName(byFile);
      const candidates = writtenAs(path).flatMap((name) => this.#byWritten?.get(name) ?? []);
      return [...new Set(candidates)].filter((file) => byFile.get(file)!.files().has(path)).sort();
    });
  }

  #importsOf(path: string): FileImports {
    const imports = importsIn(this.#sources.text(path) ?? '');
    const libraries = imports.map(({ level, module }) => (level === 0 ? module.split('.', 1)[0]! : ''));
    return {
      files: lazy(() => this.#filesOf(path, imports)),
      written: new Set(imports.flatMap(({ module, names }) => [module.slice(module.lastIndexOf('.') + 1), ...names])),
      foreign: new Set(libraries.flatMap((name) => FOREIGN_PACKAGES.get(name) ?? [])),
    };
  }

  #filesOf(path: string, imports: readonly Import[]): ReadonlyMap<string, ReadonlySet<string> | undefined> {
    const files = new Map<string, ReadonlySet<string> | undefined>();
    for (const { level, module, names } of imports) {
      const file = this.#sources.fileOf(path, level, module);
      if (file !== undefined) files.set(file, joined(files, file, names));
      const isPackage = file === undefined ? module === '' : file.endsWith('__init__.py');
      for (const name of isPackage ? names : []) {
        const inside = this.#sources.fileOf(path, level, module === '' ? name : `${module}.${name}`);
        if (inside !== undefined) files.set(inside, undefined);
      }
    }
    return files;
  }

  /** Files that a file with sources of a kind imports, directly or over a few others, and these files themselves. */
  #reach(kind: SourceKind): ReadonlySet<string> {
    const byFile = this.#read();
    const sources = [...byFile].flatMap(([path, { foreign }]) => (foreign.has(kind) ? [path] : []));
    return within(sources, (path) => byFile.get(path));
  }
}

/** Some files with those they import, directly or over a few others. */
function within(files: readonly string[], importsOf: (path: string) => FileImports | undefined): ReadonlySet<string> {
  const reached = new Set<string>();
  let front = files;
  for (let step = 0; step <= MAX_STEPS && front.length > 0; step++) {
    const fresh = front.filter((path) => !reached.has(path));
    for (const path of fresh) reached.add(path);
    front = step === MAX_STEPS ? [] : fresh.flatMap((path) => [...(importsOf(path)?.files().keys() ?? [])]);
  }
  return reached;
}

/** What stands in an import of a file: its name, for a package that of its folder, or nothing (`from . import …`). */
function writtenAs(path: string): readonly string[] {
  const name = nameOf(path).replace(/\.py$/, '');
  return name === '__init__' ? [nameOf(folderOf(path)), '', name] : [name];
}

function filesByName(byFile: ReadonlyMap<string, FileImports>): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const [path, { written }] of byFile) {
    for (const name of written) {
      const known = files.get(name);
      if (known === undefined) files.set(name, [path]);
      else known.push(path);
    }
  }
  return files;
}

/** Equal for a file that imports the same as before. */
function keyOf({ files, foreign }: FileImports): string {
  const key = [...files()].map(([file, names]) => `${file}:${[...(names ?? '*')].join()}`).join(' ');
  return `${[...foreign]} ${key}`;
}

function remembered<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  if (!known.has(key)) known.set(key, find());
  return known.get(key)!;
}

/** Names taken from a file by one more statement; undefined stands for all. */
function joined(
  files: ReadonlyMap<string, ReadonlySet<string> | undefined>,
  file: string,
  names: readonly string[],
): ReadonlySet<string> | undefined {
  const known = files.get(file);
  if (names.length === 0 || (known === undefined && files.has(file))) return undefined;
  return new Set([...(known ?? []), ...names]);
}
