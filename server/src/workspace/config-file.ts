import { satisfies, validRange } from '@renovatebot/pep440';
import { LineIndex } from '../base/line-index.js';
import type { Place } from '../base/place.js';
import type { Range } from '../base/range.js';
import { VERSION } from '../base/version.js';
import { at, type ConfigEntry, type ConfigFacts } from '../facts/config/entry.js';
import { CONFIG_KEYS } from './config-keys.js';
import type { Layer } from './config-merge.js';
import { type ReadSettings, readSettings } from './config-values.js';
import { configFacts } from './drivers.js';
import { folderOf, nameOf, resolveFrom } from './paths.js';
import { placeIn } from './place-in.js';
import type { TextSource } from './text-source.js';

/** What is wrong in a config file. Has the shape of the engine's `CheckProblem`. */
export interface ConfigProblem {
  readonly kind: 'config';
  readonly message: string;
  readonly place: Place;
}

/** Settings of one config file with those it extends, weakest first. */
export interface LoadedConfig {
  readonly layers: readonly Layer[];
  readonly problems: readonly ConfigProblem[];
  /** The file says that folders above do not count. */
  readonly root: boolean;
}

/** Names a config file may have, strongest first. */
export const CONFIG_NAMES: readonly string[] = ['tidegate.yaml', 'tidegate.yml', '.tidegate.yaml', '.tidegate.yml'];

const MAX_EXTENDS_DEPTH = 16;

/**
 * Reads one config file and the files it extends. `base` is the folder its globs are relative to. Undefined when the
 * file is missing or, for a `pyproject.toml`, has no `[tool.tidegate]`.
 *
 * The driver of the file's language must be loaded.
 */
export function loadConfig(
  path: string,
  base: string,
  texts: TextSource,
  ruleNames: ReadonlySet<string>,
): LoadedConfig | undefined {
  const loader = new Loader(texts, ruleNames, base);
  return loader.load(path, []) ? loader : undefined;
}

class Loader implements LoadedConfig {
  readonly layers: Layer[] = [];
  readonly problems: ConfigProblem[] = [];
  root = false;
  readonly #texts: TextSource;
  readonly #ruleNames: ReadonlySet<string>;
  readonly #base: string;

  constructor(texts: TextSource, ruleNames: ReadonlySet<string>, base: string) {
    this.#texts = texts;
    this.#ruleNames = ruleNames;
    this.#base = base;
  }

  /** Adds the layers of a file after those it extends; false when there is nothing to read. */
  load(path: string, chain: readonly string[]): boolean {
    const text = this.#texts.sideText(path);
    if (text === undefined) return false;
    const isToml = nameOf(path).endsWith('.toml');
    if (isToml && !text.includes('tidegate')) return false;
    const facts = configFacts(path, isToml ? 'toml' : 'yaml', text);
    const table = isToml ? at(facts.roots[0], 'tool', 'tidegate') : facts.roots[0];
    if (isToml && table === undefined) return false;
    const report = this.#reporter(path, text);
    if (!isToml) for (const error of facts.errors) report(error.range, error.message);
    const settings = this.#settings(table, facts, report);
    if (settings === undefined) return true;
    this.#extend(path, settings, chain, report);
    this.#checkVersion(settings, report);
    this.layers.push({ values: settings.values, folder: this.#base, path });
    if (chain.length === 0) this.root = settings.values.root === true;
    return true;
  }

  #settings(table: ConfigEntry | undefined, facts: ConfigFacts, report: Report): ReadSettings | undefined {
    // An empty file, or one of comments only, is a valid way to say "defaults".
    if (table === undefined || (table.kind === 'scalar' && table.value === null)) return EMPTY;
    if (table.kind !== 'map') {
      report(table.valueRange, 'The configuration must be a map of keys');
      return undefined;
    }
    if (facts.roots.length > 1) report(facts.roots[1]!.range, 'Only the first document of the file is read');
    const settings = readSettings(table, CONFIG_KEYS, this.#ruleNames);
    for (const problem of settings.problems) report(problem.range, problem.message);
    return settings;
  }

  #extend(path: string, settings: ReadSettings, chain: readonly string[], report: Report): void {
    const wanted = settings.values.extends;
    if (!Array.isArray(wanted)) return;
    const range = settings.ranges.get('extends')!;
    for (const target of wanted as readonly string[]) {
      const file = localFile(target, path);
      if (typeof file === 'object') report(range, file.refused);
      else if (file === path || chain.includes(file)) report(range, `\`${target}\` extends this file in turn`);
      else if (chain.length >= MAX_EXTENDS_DEPTH) report(range, 'Too many files extend each other');
      else if (!this.load(file, [...chain, path])) report(range, `\`${target}\` cannot be read`);
    }
  }

  #checkVersion(settings: ReadSettings, report: Report): void {
    const wanted = settings.values['required-version'];
    if (typeof wanted !== 'string') return;
    const range = settings.ranges.get('required-version')!;
    if (!isSpecifier(wanted))
      report(range, `\`required-version\` must be a version specifier such as \`>=${VERSION}\``);
    else if (!satisfies(VERSION, specifier(wanted)))
      report(range, `This is Tidegate ${VERSION}, but the configuration is written for \`${wanted}\``);
  }

  #reporter(path: string, text: string): Report {
    let lines: LineIndex | undefined;
    return (range, message) => {
      lines ??= new LineIndex(text);
      this.problems.push({ kind: 'config', message, place: placeIn(path, text, range, lines) });
    };
  }
}

type Report = (range: Range, message: string) => void;

const EMPTY: ReadSettings = { values: {}, ranges: new Map(), problems: [] };

function localFile(target: string, from: string): string | { readonly refused: string } {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(target))
    return { refused: 'Only files of this workspace can be extended, not addresses' };
  const file = resolveFrom(folderOf(from), target);
  if (file === undefined) return { refused: `\`${target}\` lies outside of the workspace` };
  return /\.ya?ml$/.test(file) ? file : { refused: `\`${target}\` is not a YAML file` };
}

/** A bare version means exactly that version. */
function specifier(wanted: string): string {
  return /^\s*v?\d/.test(wanted) ? `==${wanted.trim()}` : wanted;
}

function isSpecifier(wanted: string): boolean {
  return validRange(specifier(wanted));
}
