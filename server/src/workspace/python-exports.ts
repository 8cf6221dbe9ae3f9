import { lazy } from '../base/lazy.js';
import type { PythonExport } from '../facts/python/exports.js';
import { marginDefinitions, pythonExports } from '../facts/python/exports-of.js';
import { moduleFile } from './module-files.js';
import { folderOf } from './paths.js';
import type { TextSource } from './text-source.js';

/** Re-exports are followed through at most this many modules. */
const MAX_STEPS = 8;

/** Names that modules of the workspace export, parsed on demand. */
export class ExportIndex {
  readonly #texts: TextSource;
  readonly #isFile: (path: string) => boolean;
  readonly #byFile = new Map<string, FileExports>();
  /** Module files by folder, level and module: most questions are about libraries, again and again. */
  readonly #files = new Map<string, string | undefined>();

  constructor(texts: TextSource, isFile: (path: string) => boolean) {
    this.#texts = texts;
    this.#isFile = isFile;
  }

  /** See `WorkspaceModel.pythonExport`. Re-exports inside the workspace are followed to their end. */
  find(path: string, level: number, module: string, name: string): PythonExport | undefined {
    const seen = new Set<string>();
    let from = path;
    let step: { level: number; module: string; name: string } | undefined = { level, module, name };
    while (step !== undefined && seen.size < MAX_STEPS) {
      const file = this.#fileOf(from, step.level, step.module);
      if (file === undefined || seen.has(`${file}:${step.name}`)) return undefined;
      seen.add(`${file}:${step.name}`);
      const found = this.#exportsOf(file).get(step.name, this.#texts);
      if (found === undefined || found.kind !== 'import') return found;
      const next = this.#target(file, found.target);
      if (next === 'library') return found;
      from = file;
      step = next;
    }
    return undefined;
  }

  /** File of a module as `path` sees it: see `moduleFile`. */
  fileOf(path: string, level: number, module: string): string | undefined {
    return this.#fileOf(path, level, module);
  }

  /** Forgets a changed file; true when others may see other names or values now. */
  changed(path: string, appearedOrVanished: boolean): boolean {
    if (!path.endsWith('.py')) return false;
    const before = this.#byFile.get(path);
    this.#byFile.delete(path);
    if (appearedOrVanished) {
      this.#files.clear();
      return true;
    }
    return before !== undefined && !before.sameIn(this.#exportsOf(path), this.#texts);
  }

  clear(): void {
    this.#byFile.clear();
    this.#files.clear();
  }

  /** Where an import target leads; undefined when it is a module or cannot be followed. */
  #target(file: string, target: string): { level: number; module: string; name: string } | 'library' | undefined {
    const level = /^\.*/.exec(target)![0].length;
    const segments = target.slice(level).split('.');
    const name = segments.pop()!;
    const module = segments.join('.');
    if (level > 0) return name === '' ? undefined : { level, module, name };
    if (segments.length > 0 && this.#exists(file, module)) return { level, module, name };
    return this.#exists(file, segments[0] ?? name) ? undefined : 'library';
  }

  #exists(file: string, module: string): boolean {
    return this.#fileOf(file, 0, module) !== undefined;
  }

  #fileOf(path: string, level: number, module: string): string | undefined {
    const key = `${folderOf(path)}\n${level}\n${module}`;
    const known = this.#files.get(key);
    if (known !== undefined || this.#files.has(key)) return known;
    const file = moduleFile(path, level, module, this.#isFile);
    this.#files.set(key, file);
    return file;
  }

  #exportsOf(file: string): FileExports {
    let exports = this.#byFile.get(file);
    if (exports === undefined) {
      exports = new FileExports(file);
      this.#byFile.set(file, exports);
    }
    return exports;
  }
}

/** What one module exports, found out as far as somebody asks: it is parsed when its definitions do not answer. */
class FileExports {
  readonly #path: string;
  readonly #answers = new Map<string, PythonExport | undefined>();
  #definitions: ReadonlyMap<string, PythonExport> | undefined;
  #all: ReadonlyMap<string, PythonExport> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  get(name: string, texts: TextSource): PythonExport | undefined {
    if (this.#answers.has(name)) return this.#answers.get(name);
    const found = this.#find(name, texts);
    this.#answers.set(name, found);
    return found;
  }

  #find(name: string, texts: TextSource): PythonExport | undefined {
    const text = lazy(() => texts.sideText(this.#path) ?? '');
    this.#definitions ??= marginDefinitions(text(), this.#path);
    const defined = this.#definitions.get(name);
    if (defined !== undefined) return defined;
    this.#all ??= pythonExports(text(), this.#path);
    return this.#all.get(name);
  }

  /** True when another state of the file gives the answers that this one gave. */
  sameIn(other: FileExports, texts: TextSource): boolean {
    return [...this.#answers].every(([name, answer]) => sameExport(answer, other.get(name, texts)));
  }
}

/** Ranges may move without anybody noticing. */
function sameExport(a: PythonExport | undefined, b: PythonExport | undefined): boolean {
  if (a === undefined || b === undefined || a.kind !== b.kind) return a === b;
  if (a.kind === 'import') return b.kind === 'import' && a.target === b.target;
  return a.kind !== 'constant' || (b.kind === 'constant' && a.value === b.value);
}
