import { languageOf } from '../base/language.js';
import type { ConfigFacts } from '../facts/config/entry.js';
import { configFacts, isConfigLanguage, isLoaded } from './drivers.js';
import type { FolderCache } from './folder-cache.js';
import { folderOf, join } from './paths.js';
import type { TextSource } from './text-source.js';

/** Folders with more config files hold data or generated manifests. */
const MAX_FILES = 60;
/** UTF-16 units. */
const MAX_TEXT = 200_000;

/** A config file with what it says. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
  readonly facts: ConfigFacts;
}

/** What the config files of one folder say, read when somebody asks and kept until they change. */
export class ConfigNeighbours {
  readonly #folders: FolderCache;
  readonly #texts: TextSource;
  readonly #files = new Map<string, ConfigFile | undefined>();
  readonly #asked = new Set<string>();

  constructor(folders: FolderCache, texts: TextSource) {
    this.#folders = folders;
    this.#texts = texts;
  }

  /** See `WorkspaceModel.configsBeside`. O(config files of the folder) for the first question. */
  beside(path: string): readonly ConfigFile[] {
    const folder = folderOf(path);
    this.#asked.add(folder);
    return [...(this.#folders.entries(folder)?.keys() ?? [])]
      .map((name) => join(folder, name))
      .filter((file) => file !== path && this.#isConfig(file))
      .slice(0, MAX_FILES)
      .flatMap((file) => this.#read(file) ?? []);
  }

  /** Forgets a changed file; true when somebody was told what its folder says. */
  changed(path: string): boolean {
    this.#files.delete(path);
    return this.#asked.has(folderOf(path)) && this.#isConfig(path);
  }

  clear(): void {
    this.#files.clear();
    this.#asked.clear();
  }

  #isConfig(path: string): boolean {
    const language = languageOf(path);
    return language !== undefined && isConfigLanguage(language) && !path.endsWith('.lock');
  }

  #read(path: string): ConfigFile | undefined {
    if (this.#files.has(path)) return this.#files.get(path);
    const language = languageOf(path);
    let file: ConfigFile | undefined;
    if (language !== undefined && isConfigLanguage(language) && isLoaded(language)) {
      const text = this.#texts.sideText(path);
      if (text !== undefined && text.length <= MAX_TEXT)
        file = { path, text, facts: configFacts(path, language, text) };
    }
    this.#files.set(path, file);
    return file;
  }
}
