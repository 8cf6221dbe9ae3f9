import { at, type ConfigEntry, child, items, text } from '../facts/config/entry.js';
import { configFacts, isLoaded } from './drivers.js';
import { folderOf, foldersUp, join, nameOf, resolveFrom } from './paths.js';

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Patches stand beside the file that lists them or a few folders below it. */
const LEVELS = 4;

export interface KustomizeFiles {
  has(path: string): boolean;
  text(path: string): string | undefined;
}

/** Which files of a workspace are patches of Kustomize: they hold a part of a resource and lack the rest on purpose. */
export class Kustomizations {
  readonly #files: KustomizeFiles;
  /** Patches by the file that lists them. */
  readonly #patches = new Map<string, ReadonlySet<string>>();

  constructor(files: KustomizeFiles) {
    this.#files = files;
  }

  isPatch(path: string): boolean {
    return foldersUp(folderOf(path))
      .slice(0, LEVELS)
      .some((folder) =>
        NAMES.some((name) => {
          const file = join(folder, name);
          return this.#files.has(file) && this.#listed(file).has(path);
        }),
      );
  }

  /** A file changed, appeared or vanished; true when answers may be others now. */
  changed(path: string): boolean {
    if (!NAMES.includes(nameOf(path))) return false;
    this.#patches.delete(path);
    return true;
  }

  clear(): void {
    this.#patches.clear();
  }

  #listed(file: string): ReadonlySet<string> {
    let listed = this.#patches.get(file);
    if (listed === undefined) {
      // Without the reader nothing is known yet, and nothing may be kept.
      if (!isLoaded('yaml')) return new Set();
      const folder = folderOf(file);
      const { roots } = configFacts(file, 'yaml', this.#files.text(file) ?? '');
      listed = new Set(roots.flatMap(patchesOf).flatMap((relative) => resolveFrom(folder, relative) ?? []));
      this.#patches.set(file, listed);
    }
    return listed;
  }
}

function patchesOf(root: ConfigEntry): string[] {
  const entries = [
    ...items(child(root, 'patches')).map((patch) => at(patch, 'path')),
    ...items(child(root, 'patchesJson6902')).map((patch) => at(patch, 'path')),
    ...items(child(root, 'patchesStrategicMerge')),
  ];
  return entries.flatMap((entry) => {
    const path = text(entry);
    return path === undefined || path.includes('\n') ? [] : [path];
  });
}
