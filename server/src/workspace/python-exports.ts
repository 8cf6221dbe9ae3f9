import type { PythonExport } from '../facts/python/exports.js';
import { pythonExports } from '../facts/python/exports-of.js';
import { moduleFile } from './module-files.js';
import { folderOf } from './paths.js';
import type { TextSource } from './text-source.js';

/** Re-exports are followed through at most this many modules. */
const MAX_STEPS = 8;

/** Names that modules of the workspace export, parsed on demand. */
export class ExportIndex {
  readonly #texts: TextSource;
  readonly #isFile: (path: string) => boolean;
  readonly #byFile = new Map<string, ReadonlyMap<string, PythonExport>>();
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
      const found = this.#exportsOf(file).get(step.name);
      if (found === undefined || found.kind !== 'import') return found;
      const next = this.#target(file, found.target);
      if (next === 'library') return found;
      from = file;
      step = next;
    }
    return undefined;
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
    return before !== undefined && !sameExports(before, this.#exportsOf(path));
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

  #exportsOf(file: string): ReadonlyMap<string, PythonExport> {
    let exports = this.#byFile.get(file);
    if (exports === undefined) {
      const text = this.#texts.sideText(file);
      exports = text === undefined ? new Map() : pythonExports(text, file);
      this.#byFile.set(file, exports);
    }
    return exports;
  }
}

function sameExports(a: ReadonlyMap<string, PythonExport>, b: ReadonlyMap<string, PythonExport>): boolean {
  return a.size === b.size && [...a].every(([name, value]) => sameExport(value, b.get(name)));
}

/** Ranges may move without anybody noticing. */
function sameExport(a: PythonExport, b: PythonExport | undefined): boolean {
  if (b === undefined || a.kind !== b.kind) return false;
  if (a.kind === 'import') return b.kind === 'import' && a.target === b.target;
  return a.kind !== 'constant' || (b.kind === 'constant' && a.value === b.value);
}
