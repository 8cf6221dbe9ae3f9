import { NamePatterns } from '../../base/name-pattern.js';
import type { Loader } from './loader.js';

export type { LoadedAs, Loader, SafetySwitch } from './loader.js';

/** Loaders that belong together, found by the resolved name of a call. */
export class LoaderTable {
  readonly loaders: readonly Loader[];
  readonly #patterns = new NamePatterns<Loader>();

  constructor(...loaders: readonly Loader[]) {
    this.loaders = loaders;
    for (const loader of loaders) this.#patterns.add(loader.name, loader);
  }

  /** Names for a query. */
  get names(): string[] {
    return this.loaders.map((loader) => loader.name);
  }

  /** The loader of a call; undefined when the call is none of them. */
  named(name: string): Loader | undefined {
    return this.#patterns.match(name)[0];
  }
}

/** One loader under several names. */
export function underNames(loader: Omit<Loader, 'name'>, ...names: readonly string[]): Loader[] {
  return names.map((name) => ({ name, ...loader }));
}
