import type { Language } from '../base/language.js';
import type { ConfigFacts } from '../facts/config/entry.js';
import { type ConfigLanguage, configFacts as factsOf, type Surroundings } from '../facts/config/facts.js';
import type { ConfigReader } from '../facts/config/node.js';

/**
 * Readers of the config languages, loaded when a run first meets their language: the YAML and TOML parsers are most of
 * the start-up time and most runs in an editor never need them.
 */
const LOADERS: Readonly<Record<ConfigLanguage, () => Promise<ConfigReader>>> = {
  yaml: () => import('../facts/config/yaml.js').then((module) => module.readYaml),
  json: () => import('../facts/config/json.js').then((module) => module.readJson),
  toml: () => import('../facts/config/toml.js').then((module) => module.readToml),
  ini: () => import('../facts/config/ini.js').then((module) => module.readIni),
  textproto: () => import('../facts/config/textproto.js').then((module) => module.readTextproto),
  hcl: () => import('../facts/config/hcl.js').then((module) => module.readHcl),
};

const loaded = new Map<ConfigLanguage, ConfigReader>();

export function isConfigLanguage(language: Language): language is ConfigLanguage {
  return Object.hasOwn(LOADERS, language);
}

export function isLoaded(language: ConfigLanguage): boolean {
  return loaded.has(language);
}

/** Loads what is needed to read these languages. Languages without a lazy reader are passed over; repeating is free. */
export async function loadDrivers(languages: Iterable<Language>): Promise<void> {
  const wanted = new Set([...languages].filter(isConfigLanguage).filter((language) => !loaded.has(language)));
  await Promise.all(
    [...wanted].map(async (language) => {
      loaded.set(language, await LOADERS[language]());
    }),
  );
}

/**
 * Facts of a config file.
 *
 * @param path workspace-relative, with `/`
 * @throws Error when `loadDrivers` was not awaited for the language: a mistake of the program, never of the input
 */
export function configFacts(path: string, language: ConfigLanguage, text: string, around?: Surroundings): ConfigFacts {
  const read = loaded.get(language);
  if (read === undefined) throw new Error(`loadDrivers(['${language}']) must be awaited before configFacts`);
  return factsOf(path, language, text, read, around);
}
