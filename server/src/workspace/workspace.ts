import { type Language, languageOf } from '../base/language.js';
import type { Place } from '../base/place.js';
import type { ModuleLinks } from '../semantics/links.js';
import { UNKNOWN, type Value } from '../semantics/value.js';
import { BUCKET_USES, type BucketUse } from './bucket-uses.js';
import { BuildContexts } from './build-contexts.js';
import { CONFIG_NAMES } from './config-file.js';
import { type ConfigFile, ConfigNeighbours } from './config-neighbours.js';
import { ConfigResolver, type ConfigSources, type ResolvedConfig } from './config-resolver.js';
import { configValue } from './config-value.js';
import { isDependencyFile } from './dependencies/dependency-file.js';
import { DependencyIndex } from './dependencies/dependency-index.js';
import { configFacts, isConfigLanguage, isLoaded, loadDrivers } from './drivers.js';
import { FileIndex, type IndexedKind } from './file-index.js';
import { FileList, type Listing, NOT_READ } from './file-list.js';
import type { FileSystem, FileText } from './file-system.js';
import { FolderCache } from './folder-cache.js';
import { GitIgnore } from './git-ignore.js';
import { Kustomizations } from './kustomizations.js';
import { MANIFESTS } from './manifests.js';
import type { LibraryVersion, WorkspaceModel } from './model.js';
import { PACKAGE_LISTS, type PackageList } from './package-lists.js';
import { folderOf, foldersUp, isInside, join, nameOf, resolveFrom } from './paths.js';
import { ExportIndex } from './python-exports.js';
import { PythonLinks } from './python-links.js';
import type { SourceDocument } from './source-document.js';
import { TextSource } from './text-source.js';

export type WorkspaceOptions = ConfigSources;

/** Why a document is not checked; `broken` when its file cannot be read at all. */
export interface Unread {
  readonly skipped: string;
  readonly broken: boolean;
}

/** Why a file that should be checked has no text, in words. */
const UNREADABLE: Readonly<Record<Extract<FileText, { unreadable: string }>['unreadable'], string>> = {
  missing: 'file vanished',
  permission: 'no permission to read the file',
  binary: 'binary content',
  'too-large': 'too large',
  'not-a-file': 'not a regular file',
};

/** A text of this size with lines this long on average was written by a program for programs. */
const MINIFIED_SIZE = 64 * 1024;
const MINIFIED_LINE = 5000;

/**
 * One opened folder: which files are checked, with which settings, and what its files say together. Answers are computed
 * when asked for and kept until `overlay` or `invalidate` says that something changed.
 *
 * Reading YAML and TOML needs their drivers: await `prepare` (or `loadDrivers`) first.
 */
export class Workspace implements WorkspaceModel {
  readonly #texts: TextSource;
  readonly #folders: FolderCache;
  readonly #gitIgnore: GitIgnore;
  readonly #config: ConfigResolver;
  readonly #list: FileList;
  readonly #dependencies: DependencyIndex;
  readonly #exports: ExportIndex;
  readonly #links: PythonLinks;
  readonly #neighbours: ConfigNeighbours;
  readonly #kustomizations: Kustomizations;
  readonly #manifests: FileIndex<ConfigFile>;
  readonly #contexts: BuildContexts;
  readonly #bucketUses: FileIndex<readonly BucketUse[]>;
  readonly #packageLists: FileIndex<PackageList>;
  /** Files whose text rules were told, beside those they check. */
  readonly #asked = new Set<string>();
  readonly #latin1 = new Set<string>();
  readonly #configFile: string | null | undefined;
  readonly #listings = new Map<string, Listing>();
  /** Config files that scripts load, by path. */
  readonly #configValues = new Map<string, Value>();

  constructor(files: FileSystem, options: WorkspaceOptions) {
    this.#configFile = options.configFile;
    this.#texts = new TextSource(files);
    this.#folders = new FolderCache(files);
    this.#gitIgnore = new GitIgnore(files, this.#folders);
    this.#config = new ConfigResolver(this.#folders, this.#texts, options);
    this.#list = new FileList(files, this.#folders, this.#gitIgnore, (folder) => this.#config.forFolder(folder).config);
    this.#dependencies = new DependencyIndex(this.#folders, this.#texts);
    this.#neighbours = new ConfigNeighbours(this.#folders, this.#texts);
    this.#exports = new ExportIndex(this.#texts, (path) => this.has(path));
    this.#kustomizations = new Kustomizations({
      has: (path) => this.has(path),
      text: (path) => this.#texts.sideText(path),
      folders: (folder) =>
        [...(this.#folders.entries(folder)?.values() ?? [])].flatMap(({ name, kind }) =>
          kind === 'folder' && !name.startsWith('.') ? [name] : [],
        ),
    });
    this.#manifests = this.#index(MANIFESTS);
    this.#bucketUses = this.#index(BUCKET_USES);
    this.#packageLists = this.#index(PACKAGE_LISTS);
    this.#contexts = new BuildContexts(this.#folders, (path) => this.#texts.sideText(path));
    this.#links = new PythonLinks({
      exports: this.#exports,
      files: (under) => this.#pythonFiles(under),
      isChecked: (path) => this.whySkipped(path) === undefined,
      text: (path) => this.#texts.sideText(path),
      config: (path, from) => this.#configValue(path, from),
    });
  }

  /**
   * Loads what reading needs. With `paths`, only what these files and the settings and dependency files around them need;
   * without, everything.
   */
  async prepare(paths?: readonly string[]): Promise<void> {
    if (paths === undefined)
      return loadDrivers(['yaml', 'json', 'toml', 'ini', 'hcl', 'textproto', 'dockerfile', 'notebook', 'requirements']);
    const languages = new Set<Language>();
    const add = (path: string) => {
      const language = languageOf(path);
      if (language !== undefined) languages.add(language);
    };
    for (const path of paths) {
      add(path);
      if (/\.(py|ipynb)$/.test(path)) this.#addLoaded(path, languages);
      // The folder of a build is told by the compose file that starts it; packages are compared with lists of other folders.
      if (isDependencyFile(path)) for (const language of ['yaml', 'toml'] as const) languages.add(language);
    }
    if (typeof this.#configFile === 'string') {
      add(this.#configFile);
      this.#addExtended(this.#configFile, languages);
    }
    for (const folder of new Set(paths.flatMap((path) => foldersUp(folderOf(path))))) {
      const around = [folder, join(folder, 'requirements')].flatMap((f) => [
        ...(this.#folders.entries(f)?.keys() ?? []),
      ]);
      for (const name of around) if (CONFIG_NAMES.includes(name) || isDependencyFile(name)) add(name);
      // Settings in TOML may extend YAML files.
      if (around.includes('pyproject.toml')) this.#addExtended(join(folder, 'pyproject.toml'), languages);
    }
    await loadDrivers(languages);
  }

  /** Files that are checked below a folder (default: all) and what is left out, with the reason. */
  listFiles(under = ''): Listing {
    let listing = this.#listings.get(under);
    if (listing === undefined) {
      listing = this.#list.list(under);
      this.#listings.set(under, listing);
    }
    return listing;
  }

  #pythonFiles(under: string): readonly string[] {
    const whole = this.#listings.get('')?.files.filter(({ path }) => isInside(path, under));
    // Of a run about few files nobody has asked for the rest of the listing.
    const files = (whole ?? this.#list.list(under, 'python').files).flatMap(({ path }) =>
      path.endsWith('.py') ? [path] : [],
    );
    // A walk does not ask whether the folder it starts in is left out.
    const isLeftOut = whole === undefined && files[0] !== undefined && this.whySkipped(files[0]) !== undefined;
    return isLeftOut ? [] : files;
  }

  /** Settings for a file, with what is wrong in the files they came from. */
  configFor(path: string): ResolvedConfig {
    return this.#config.forFolder(folderOf(path));
  }

  /** Undefined when this file would be checked, else the reason why not. */
  whySkipped(path: string): string | undefined {
    return this.#list.why(path);
  }

  /** The reason why a file is not checked even when it is named on purpose; undefined when it can be. */
  whyNever(path: string): string | undefined {
    return this.#list.whyNever(path);
  }

  /** Text of an open document; undefined: closed again. True when answers about other files may have changed. */
  overlay(path: string, text: string | undefined): boolean {
    const existed = this.has(path);
    return this.#texts.overlay(path, text) && this.#changed(path, existed !== this.has(path));
  }

  /** A file or folder changed, appeared or vanished on disk. True when answers about other files may have changed. */
  invalidate(path: string): boolean {
    const existed = this.has(path);
    const wasFolder = this.#folders.isFolder(path);
    this.#folders.forget(path);
    this.#listings.clear();
    if (wasFolder || this.#folders.isFolder(path)) return this.#folderChanged();
    if (nameOf(path) === '.gitignore' || path.endsWith('.git/info/exclude')) {
      this.#gitIgnore.clear();
      return true;
    }
    return this.#changed(path, existed !== this.has(path));
  }

  /** The document to check, or why it cannot be read. Asks nothing about ignore files and exclusions. */
  source(path: string): SourceDocument | Unread {
    const language = languageOf(path);
    if (language === undefined) return { skipped: NOT_READ, broken: false };
    const file = this.#texts.read(path);
    if ('unreadable' in file) return { skipped: file.detail ?? UNREADABLE[file.unreadable], broken: true };
    const { text, encoding } = file;
    if (encoding === 'latin-1') this.#latin1.add(path);
    if (language === 'notebook') return { path, language, text, cells: undefined };
    if (isMinified(text)) return { skipped: 'minified or generated (very long lines)', broken: false };
    return { path, language, text };
  }

  /** True when the file was not UTF-8 the last time its source was asked for, and was decoded as Latin-1. */
  wasLatin1(path: string): boolean {
    return this.#latin1.has(path);
  }

  version(library: string, path: string): LibraryVersion | undefined {
    return this.#dependencies.version(library, path);
  }

  python(path: string): LibraryVersion | undefined {
    return this.#dependencies.python(path);
  }

  linksOf(path: string): ModuleLinks {
    return this.#links.of(path);
  }

  configsBeside(path: string): readonly ConfigFile[] {
    return this.#neighbours.beside(path);
  }

  manifests(): readonly ConfigFile[] {
    return this.#manifests.all();
  }

  packageLists(): readonly PackageList[] {
    return this.#packageLists.all();
  }

  bucketUses(bucket: string): readonly Place[] {
    return this.#bucketUses.all().flatMap((uses) => uses.flatMap((use) => (use.bucket === bucket ? [use.place] : [])));
  }

  sentToBuild(folder: string, dockerfile: string): readonly string[] {
    return this.#contexts.sent(folder, dockerfile);
  }

  has(path: string): boolean {
    return this.#texts.isOpen(path) || this.#folders.isFile(path);
  }

  textOf(path: string): string | undefined {
    this.#asked.add(path);
    return this.currentText(path);
  }

  /** The same for a fix that is applied: no answer depends on it, so a change of the file concerns no other. */
  currentText(path: string): string | undefined {
    return this.#texts.sideText(path);
  }

  isPatch(path: string): boolean {
    return this.#kustomizations.isPatch(path);
  }

  setsImage(path: string, image: string): boolean {
    return this.#kustomizations.setsImage(path, image);
  }

  #index<T>(kind: IndexedKind<T>): FileIndex<T> {
    const text = (path: string) => this.#texts.sideText(path);
    return new FileIndex(() => this.listFiles().files, text, kind);
  }

  /** Languages of the configuration files a script may load. */
  #addLoaded(path: string, languages: Set<Language>): void {
    const text = this.#texts.sideText(path) ?? '';
    if (/\b(yaml|OmegaConf|hydra)\b/.test(text)) languages.add('yaml');
    if (/\bjson\.load\b/.test(text)) languages.add('json');
    if (/\b(toml|tomllib|tomli)\.load\b/.test(text)) languages.add('toml');
  }

  #addExtended(path: string, languages: Set<Language>): void {
    if (this.#texts.sideText(path)?.includes('extends') === true) languages.add('yaml');
  }

  #changed(path: string, appearedOrVanished: boolean): boolean {
    const config = this.#config.changed(path);
    if (config) this.#listings.clear();
    const dependencies = this.#dependencies.changed(path);
    const exports = this.#exports.changed(path, appearedOrVanished);
    const loaded = this.#configValues.delete(path);
    if (loaded) this.#links.forget();
    const links = path.endsWith('.py') && this.#links.changed(path);
    const neighbours = this.#neighbours.changed(path);
    const patches = this.#kustomizations.changed(path);
    const indexed =
      [this.#manifests, this.#packageLists, this.#bucketUses].filter((index) => index.changed(path)).length > 0;
    const contexts = this.#contexts.changed(path, appearedOrVanished);
    const others = indexed || contexts || this.#asked.has(path);
    // Values of a chart are known by the chart beside them.
    const chart = appearedOrVanished && nameOf(path) === 'Chart.yaml';
    return config || dependencies || exports || loaded || links || neighbours || patches || others || chart;
  }

  /** A config file a script names: relative to the script's folder or to a folder around it, as programs are started there. */
  #configValue(path: string, from: string): Value {
    const language = languageOf(path);
    if (language === undefined || !isConfigLanguage(language) || !isLoaded(language)) return UNKNOWN;
    const file = foldersUp(folderOf(from))
      .flatMap((folder) => resolveFrom(folder, path) ?? [])
      .find((candidate) => this.has(candidate));
    if (file === undefined) return UNKNOWN;
    let value = this.#configValues.get(file);
    if (value === undefined) {
      const [root] = configFacts(file, language, this.#texts.sideText(file) ?? '').roots;
      value = root === undefined ? UNKNOWN : configValue(root);
      this.#configValues.set(file, value);
    }
    return value;
  }

  #folderChanged(): boolean {
    this.#gitIgnore.clear();
    this.#config.clear();
    this.#dependencies.clear();
    this.#exports.clear();
    this.#links.clear();
    this.#kustomizations.clear();
    this.#configValues.clear();
    this.#neighbours.clear();
    this.#manifests.clear();
    this.#packageLists.clear();
    this.#bucketUses.clear();
    this.#contexts.clear();
    return true;
  }
}

function isMinified(text: string): boolean {
  if (text.length < MINIFIED_SIZE) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines > MINIFIED_LINE;
}
