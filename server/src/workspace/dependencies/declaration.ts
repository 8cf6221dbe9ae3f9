import type { Range } from '../../base/range.js';
import type { Requirement } from '../../facts/requirements/requirement.js';

/** How firmly a place fixes a version, strongest first: lock, exact pin, `==2.4.*`, other specifiers, name alone. */
export type Firmness = 'lock' | 'pin' | 'series' | 'range' | 'bare';

/** One place that names a library, or Python itself under the name `python`. */
export interface Declaration {
  readonly library: string;
  readonly firmness: Firmness;
  readonly exact: string | undefined;
  readonly specifier: string;
  readonly path: string;
  readonly range: Range;
  /** Notebooks: the range is one of the cell's source. */
  readonly cell?: number;
}

/**
 * PyPI names of packages that conda-forge and the pytorch channel call otherwise
 * (https://github.com/conda-forge/pytorch-cpu-feedstock, https://github.com/conda-forge/xgboost-feedstock).
 */
const CONDA_NAMES: ReadonlyMap<string, string> = new Map([
  ['pytorch', 'torch'],
  ['pytorch-cpu', 'torch'],
  ['pytorch-gpu', 'torch'],
  ['py-xgboost', 'xgboost'],
  ['py-xgboost-cpu', 'xgboost'],
  ['py-xgboost-gpu', 'xgboost'],
  ['msgpack-python', 'msgpack'],
  ['pytables', 'tables'],
  ['py-opencv', 'opencv-python'],
]);

/** What a requirement says about a version; undefined when it names no library, or a version with a variable. */
export function declarationOf(requirement: Requirement, path: string): Declaration | undefined {
  const { name, exact, specifier, source, range } = requirement;
  if (name === undefined || specifier.includes('$') || specifier.includes('{')) return undefined;
  const library = source === 'conda' ? (CONDA_NAMES.get(name) ?? name) : name;
  return { library, firmness: firmnessOf(exact, specifier, source === 'lock'), exact, specifier, path, range };
}

export function firmnessOf(exact: string | undefined, specifier: string, locked: boolean): Firmness {
  if (exact !== undefined) return locked ? 'lock' : 'pin';
  if (specifier === '') return 'bare';
  return /^==[^,]+\*$/.test(specifier) ? 'series' : 'range';
}

/** Declaration of a version written as in image tags and `.python-version`: `3.11.4` is exact, `3.11` a series. */
export function versionLike(library: string, version: string, path: string, range: Range): Declaration {
  const exact = version.split('.').length >= 3 ? version : undefined;
  const specifier = exact === undefined ? `==${version}.*` : `==${exact}`;
  return { library, firmness: firmnessOf(exact, specifier, false), exact, specifier, path, range };
}
