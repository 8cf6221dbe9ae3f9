import { detached } from '../base/detached.js';

const IMPORT = /^[ \t]*(?:from[ \t]+[.\w]*?\.?(\w*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]*)|import[ \t]+([^\n#;]*))/gm;
const NAME = /\w+/g;

/**
 * Last names of the modules a Python text imports, and the names it takes from them: `from .registry import store` gives
 * `registry` and `store`. What looks like an import inside a string counts too: the answer only narrows a search. Linear.
 */
export function importedNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, module, taken, modules] of text.matchAll(IMPORT)) {
    if (module !== undefined && module !== '') names.add(module);
    for (const [name] of (taken ?? modules ?? '').matchAll(NAME)) names.add(name);
  }
  return new Set([...names].map(detached));
}

/** Which Python files of a workspace import something of a given name. Files are read once, at the first question. */
export class ImporterIndex {
  readonly #list: () => readonly string[];
  readonly #text: (path: string) => string | undefined;
  #byFile: Map<string, ReadonlySet<string>> | undefined;
  #byName: Map<string, readonly string[]> | undefined;

  /** `list` gives the Python files of the workspace. */
  constructor(list: () => readonly string[], text: (path: string) => string | undefined) {
    this.#list = list;
    this.#text = text;
  }

  /** Files that may import a module or name called `name`, in the order of their paths. */
  importing(name: string): readonly string[] {
    this.#byName ??= this.#index();
    return this.#byName.get(name) ?? [];
  }

  /** Reads a changed file again; true when it imports other names now than it did. Nothing was asked: nothing changes. */
  changed(path: string): boolean {
    if (this.#byFile === undefined) return false;
    const before = this.#byFile.get(path);
    const now = importedNames(this.#text(path) ?? '');
    this.#byFile.set(path, now);
    if (before !== undefined && before.size === now.size && [...now].every((name) => before.has(name))) return false;
    this.#byName = undefined;
    return true;
  }

  clear(): void {
    this.#byName = undefined;
    this.#byFile = undefined;
  }

  #index(): Map<string, readonly string[]> {
    this.#byFile ??= new Map();
    const index = new Map<string, string[]>();
    for (const path of this.#list()) {
      let names = this.#byFile.get(path);
      if (names === undefined) {
        names = importedNames(this.#text(path) ?? '');
        this.#byFile.set(path, names);
      }
      for (const name of names) {
        const files = index.get(name);
        if (files === undefined) index.set(name, [path]);
        else files.push(path);
      }
    }
    return index;
  }
}
