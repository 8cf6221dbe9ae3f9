import { detached } from '../base/detached.js';
import { FOREIGN_PACKAGES } from '../knowledge/foreign-packages.js';
import type { SourceKind } from '../knowledge/untrusted-sources.js';

const IMPORT = /^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]*)|import[ \t]+([^\n#;]*))/gm;
const NAME = /(\w+)(?:[ \t]+as[ \t]+\w+)?/g;
const DOTTED = /([\w.]+)(?:[ \t]+as[ \t]+\w+)?/g;

/**
 * In a workspace with more Python files than this nobody is asked who calls what: reading them all would cost seconds. Checking
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
  readonly key: string;
  /** Imported files with the names taken from them; undefined for a module that is imported whole, or with `*`. */
  readonly files: ReadonlyMap<string, ReadonlySet<string> | undefined>;
  /** Kinds of sources that the libraries it imports bring in. */
  readonly foreign: ReadonlySet<SourceKind>;
}

/** Which Python files of a workspace import which others. Files are read once, at the first question. */
export class ImportGraph {
  readonly #list: () => readonly string[];
  readonly #text: (path: string) => string | undefined;
  readonly #fileOf: FileOfModule;
  #byFile: Map<string, FileImports> | undefined;
  #importers: Map<string, string[]> | undefined;
  readonly #users = new Map<string, readonly string[]>();
  readonly #reached = new Map<SourceKind, ReadonlySet<string>>();
  readonly #bringing = new Map<SourceKind, ReadonlySet<string>>();

  constructor(list: () => readonly string[], text: (path: string) => string | undefined, fileOf: FileOfModule) {
    this.#list = list;
    this.#text = text;
    this.#fileOf = fileOf;
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
    const { byFile, importers } = this.#read();
    const found = new Set<string>();
    const packages = [path];
    for (let next = packages.pop(); next !== undefined; next = packages.pop()) {
      for (const file of importers.get(next) ?? []) {
        const names = byFile.get(file)?.files.get(next);
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
    return kinds.some((kind) => remembered(this.#reached, kind, () => this.#reach(kind, 'imported')).has(path));
  }

  /** True when this file, or one it imports directly or over a few others, has sources of one of these kinds. */
  mayBring(path: string, kinds: readonly SourceKind[]): boolean {
    return kinds.some((kind) => remembered(this.#bringing, kind, () => this.#reach(kind, 'importing')).has(path));
  }

  /** Reads a changed file again; true when it imports other files now than it did. Nothing was asked: nothing changes. */
  changed(path: string): boolean {
    const before = this.#byFile?.get(path);
    if (this.#byFile === undefined) return false;
    const now = this.#importsOf(path);
    if (before?.key === now.key) return false;
    this.#byFile.set(path, now);
    this.#importers = undefined;
    this.#users.clear();
    this.#reached.clear();
    this.#bringing.clear();
    return true;
  }

  clear(): void {
    this.#byFile = undefined;
    this.#importers = undefined;
    this.#users.clear();
    this.#reached.clear();
    this.#bringing.clear();
  }

  #read(): { byFile: ReadonlyMap<string, FileImports>; importers: ReadonlyMap<string, readonly string[]> } {
    this.#byFile ??= this.#readAll();
    if (this.#importers === undefined) {
      this.#importers = new Map();
      for (const [path, { files }] of this.#byFile) {
        for (const file of files.keys()) {
          const importers = this.#importers.get(file);
          if (importers === undefined) this.#importers.set(file, [path]);
          else importers.push(path);
        }
      }
    }
    return { byFile: this.#byFile, importers: this.#importers };
  }

  #readAll(): Map<string, FileImports> {
    const files = this.#list();
    return new Map(files.length > MAX_FILES ? [] : files.map((path) => [path, this.#importsOf(path)]));
  }

  #importsOf(path: string): FileImports {
    const files = new Map<string, ReadonlySet<string> | undefined>();
    const foreign = new Set<SourceKind>();
    for (const { level, module, names } of importsIn(this.#text(path) ?? '')) {
      const kinds = level === 0 ? FOREIGN_PACKAGES.get(module.split('.', 1)[0]!) : undefined;
      for (const kind of kinds ?? []) foreign.add(kind);
      const file = this.#fileOf(path, level, module);
      if (file !== undefined) files.set(file, joined(files, file, names));
      const isPackage = file === undefined ? module === '' : file.endsWith('__init__.py');
      for (const name of isPackage ? names : []) {
        const inside = this.#fileOf(path, level, module === '' ? name : `${module}.${name}`);
        if (inside !== undefined) files.set(inside, undefined);
      }
    }
    const key = [...files].map(([file, names]) => `${file}:${[...(names ?? '*')].join()}`).join(' ');
    return { key: `${[...foreign]} ${key}`, files, foreign };
  }

  /** Files within a few imports of one with sources of a kind: those it imports, or those that import it. */
  #reach(kind: SourceKind, which: 'imported' | 'importing'): ReadonlySet<string> {
    const { byFile, importers } = this.#read();
    const reached = new Set<string>();
    let front = [...byFile].flatMap(([path, { foreign }]) => (foreign.has(kind) ? [path] : []));
    for (let step = 0; step <= MAX_STEPS && front.length > 0; step++) {
      const fresh = front.filter((path) => !reached.has(path));
      for (const path of fresh) reached.add(path);
      front = fresh.flatMap((path) => [
        ...(which === 'imported' ? (byFile.get(path)?.files.keys() ?? []) : (importers.get(path) ?? [])),
      ]);
    }
    return reached;
  }
}

function remembered<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = find();
    known.set(key, value);
  }
  return value;
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
