import { DEFAULT_CONFIG, type EffectiveConfig } from './config.js';
import { CONFIG_NAMES, type ConfigProblem, type LoadedConfig, loadConfig } from './config-file.js';
import { type Layer, mergeLayer, mergePartial, mergeUntrusted } from './config-merge.js';
import type { FolderCache } from './folder-cache.js';
import { folderOf, join, nameOf } from './paths.js';
import { placeIn } from './place-in.js';
import type { TextSource } from './text-source.js';

export interface ResolvedConfig {
  readonly config: EffectiveConfig;
  readonly problems: readonly ConfigProblem[];
}

export interface ConfigSources {
  readonly ruleIds: readonly string[];
  readonly families: readonly string[];
  /** Stronger than every file: command-line flags. */
  readonly overrides?: Partial<EffectiveConfig>;
  /** Weaker than every file: editor settings. */
  readonly editorSettings?: Partial<EffectiveConfig>;
  /** The one file to use instead of looking for files; its globs are relative to the root. `null`: use no file. */
  readonly configFile?: string | null;
  /** False: files of the workspace may add checks but not take any away. Default true. */
  readonly trusted?: boolean;
}

/** Finds, reads and merges the settings for each folder: key by key the nearest file wins. */
export class ConfigResolver {
  readonly #folders: FolderCache;
  readonly #texts: TextSource;
  readonly #sources: ConfigSources;
  readonly #ruleNames: ReadonlySet<string>;
  readonly #byFolder = new Map<string, Chain>();
  readonly #resolved = new Map<Chain, ResolvedConfig>();

  constructor(folders: FolderCache, texts: TextSource, sources: ConfigSources) {
    this.#folders = folders;
    this.#texts = texts;
    this.#sources = sources;
    this.#ruleNames = new Set([...sources.ruleIds, ...sources.families]);
  }

  /** Settings for the files of a folder; the same object as long as nothing changed. */
  forFolder(folder: string): ResolvedConfig {
    const chain = this.#chain(folder);
    const known = this.#resolved.get(chain);
    if (known !== undefined) return known;
    const { overrides = {}, editorSettings = {}, trusted = true } = this.#sources;
    const merge = trusted ? mergeLayer : mergeUntrusted;
    const base = mergePartial(DEFAULT_CONFIG, editorSettings);
    const config = mergePartial(chain.layers.reduce(merge, base), overrides);
    const resolved = { config, problems: chain.problems };
    this.#resolved.set(chain, resolved);
    return resolved;
  }

  /** Forgets everything when a changed file takes part, or may now take part, in the settings of some folder. */
  changed(path: string): boolean {
    const name = nameOf(path);
    const chains = [...this.#byFolder.values()];
    const takesPart = CONFIG_NAMES.includes(name) || name === 'pyproject.toml' || path === this.#sources.configFile;
    const extended = () => chains.some((chain) => chain.layers.some((layer) => layer.path === path));
    const missing = () => /\.ya?ml$/.test(name) && chains.some((chain) => chain.problems.length > 0);
    if (!takesPart && !extended() && !missing()) return false;
    this.clear();
    return true;
  }

  clear(): void {
    this.#byFolder.clear();
    this.#resolved.clear();
  }

  #chain(folder: string): Chain {
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const chain = this.#findChain(folder);
    this.#byFolder.set(folder, chain);
    return chain;
  }

  #findChain(folder: string): Chain {
    const { configFile } = this.#sources;
    if (configFile === null) return folder === '' ? { layers: [], problems: [] } : this.#chain('');
    if (configFile !== undefined) return folder === '' ? this.#given(configFile) : this.#chain('');
    const own = this.#inFolder(folder);
    const above = folder === '' || own?.root === true ? undefined : this.#chain(folderOf(folder));
    if (own === undefined) return above ?? { layers: [], problems: [] };
    return {
      layers: [...(above?.layers ?? []), ...own.layers],
      problems: [...(above?.problems ?? []), ...own.problems],
    };
  }

  #given(path: string): Chain {
    const loaded = loadConfig(path, '', this.#texts, this.#ruleNames);
    if (loaded !== undefined) return loaded;
    const message = 'The configuration file cannot be read, or holds no settings of Tidegate';
    return { layers: [], problems: [{ kind: 'config', message, place: placeIn(path, '', { start: 0, end: 0 }) }] };
  }

  #inFolder(folder: string): LoadedConfig | undefined {
    const found = [...CONFIG_NAMES, 'pyproject.toml']
      .map((name) => join(folder, name))
      .filter((path) => this.#has(path));
    let result: LoadedConfig | undefined;
    for (const path of found) {
      const loaded = loadConfig(path, folder, this.#texts, this.#ruleNames);
      if (loaded === undefined) continue;
      if (result === undefined) result = loaded;
      else {
        const message = `The settings in this file have no effect because ${result.layers.at(-1)?.path} stands beside it`;
        const problem = { kind: 'config' as const, message, place: placeIn(path, '', { start: 0, end: 0 }) };
        result = { ...result, layers: result.layers, root: result.root, problems: [...result.problems, problem] };
      }
    }
    return result;
  }

  #has(path: string): boolean {
    return this.#texts.isOpen(path) || this.#folders.isFile(path);
  }
}

interface Chain {
  readonly layers: readonly Layer[];
  readonly problems: readonly ConfigProblem[];
}
