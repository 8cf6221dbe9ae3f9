import { languageOf } from '../base/language.js';
import type { Declaration } from './dependencies/declaration.js';
import { isDependencyFile, readDependencyFile } from './dependencies/dependency-file.js';
import { isLoaded } from './drivers.js';
import type { IndexedKind } from './file-index.js';

/** UTF-16 units. */
const MAX_TEXT = 200_000;

/** The packages that one file lists. */
export interface PackageList {
  readonly path: string;
  readonly text: string;
  /** Packages under their PyPI names, in text order. */
  readonly packages: readonly Declaration[];
  /** Files it pulls in with `-r` and `-c`, as paths in the workspace. */
  readonly includes: readonly string[];
}

/** Requirements files, conda environments, `pyproject.toml` and `Pipfile`; locks and images are none. */
export const PACKAGE_LISTS: IndexedKind<PackageList> = {
  takes: (path) =>
    isDependencyFile(path) &&
    languageOf(path) !== 'dockerfile' &&
    !/\.lock$|(?:^|\/)(?:\.python-version|pylock[^/]*\.toml|setup\.cfg)$/.test(path),
  ready: () => isLoaded('yaml') && isLoaded('toml'),
  read(path, text) {
    if (text.length > MAX_TEXT) return undefined;
    const { declarations, includes } = readDependencyFile(path, text);
    const packages = declarations.filter(({ library }) => library !== 'python');
    return packages.length + includes.length === 0 ? undefined : { path, text, packages, includes };
  },
};
