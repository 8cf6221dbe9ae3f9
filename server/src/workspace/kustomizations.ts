import { at, type ConfigEntry, child, items, text } from '../facts/config/entry.js';
import { configFacts, isLoaded } from './drivers.js';
import { folderOf, foldersUp, join, nameOf, resolveFrom } from './paths.js';

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Patches stand beside the file that lists them or a few folders below it. */
const LEVELS = 4;
/** Images are named in a base and given their versions in a variant, which stand further apart. */
const IMAGE_LEVELS = 6;
/** Folders whose subfolders are the variants of a set of resources. */
const VARIANTS = /^(?:overlays?|installs?|options|envs?|environments|variants|config)$/;
/** Folders searched for one question; those of a large tree hold no variants of the same resources. */
const MAX_FOLDERS = 120;

export interface KustomizeFiles {
  has(path: string): boolean;
  text(path: string): string | undefined;
  /** Names of the folders in a folder. */
  folders(folder: string): readonly string[];
}

interface Kustomization {
  readonly patches: ReadonlySet<string>;
  /** Names of images that are given a digest or a tag other than `latest`. */
  readonly images: ReadonlySet<string>;
}

const NOTHING: Kustomization = { patches: new Set(), images: new Set() };

/**
 * What the files of Kustomize in a workspace do to other manifests: which ones are patches, which hold a part of a resource
 * and lack the rest on purpose, and which images get their version there.
 */
export class Kustomizations {
  readonly #files: KustomizeFiles;
  readonly #read = new Map<string, Kustomization>();

  constructor(files: KustomizeFiles) {
    this.#files = files;
  }

  isPatch(path: string): boolean {
    return foldersUp(folderOf(path))
      .slice(0, LEVELS)
      .some((folder) =>
        NAMES.some((name) => {
          const file = join(folder, name);
          return this.#files.has(file) && this.#of(file).patches.has(path);
        }),
      );
  }

  /**
   * True when a kustomization around the manifest, or in a variant beside it (`base`, `overlays/prod`), sets the version of
   * an image, which manifests name without a tag or with one that is replaced. O(folders searched).
   */
  setsImage(path: string, image: string): boolean {
    const around = foldersUp(folderOf(path)).slice(0, IMAGE_LEVELS);
    const folders = around.flatMap((folder) => [folder, ...this.#variants(folder)]).slice(0, MAX_FOLDERS);
    return [...new Set(folders)].some((folder) =>
      NAMES.some((name) => {
        const file = join(folder, name);
        return this.#files.has(file) && this.#of(file).images.has(image);
      }),
    );
  }

  #variants(folder: string): string[] {
    return this.#files.folders(folder).flatMap((name) => {
      const inner = join(folder, name);
      return VARIANTS.test(name)
        ? [inner, ...this.#files.folders(inner).map((variant) => join(inner, variant))]
        : [inner];
    });
  }

  /** A file changed, appeared or vanished; true when answers may be others now. */
  changed(path: string): boolean {
    if (!NAMES.includes(nameOf(path))) return false;
    this.#read.delete(path);
    return true;
  }

  clear(): void {
    this.#read.clear();
  }

  #of(file: string): Kustomization {
    let read = this.#read.get(file);
    if (read === undefined) {
      // Without the reader nothing is known yet, and nothing may be kept.
      if (!isLoaded('yaml')) return NOTHING;
      const folder = folderOf(file);
      const { roots } = configFacts(file, 'yaml', this.#files.text(file) ?? '');
      read = {
        patches: new Set(roots.flatMap(patchesOf).flatMap((relative) => resolveFrom(folder, relative) ?? [])),
        images: new Set(roots.flatMap(imagesOf)),
      };
      this.#read.set(file, read);
    }
    return read;
  }
}

function imagesOf(root: ConfigEntry): string[] {
  return items(child(root, 'images')).flatMap((image) => {
    const name = text(child(image, 'name'));
    const tag = text(child(image, 'newTag'));
    const fixed = child(image, 'digest') !== undefined || (tag !== undefined && tag !== 'latest');
    return name !== undefined && fixed ? [name] : [];
  });
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
