import type { Language } from '../../base/language.js';
import { recognizeFormat } from '../formats/recognize.js';
import type { ConfigFacts } from './entry.js';
import type { ConfigReader } from './node.js';
import { isHelmTemplate, isTemplatePath } from './template.js';

export type ConfigLanguage = Extract<Language, 'yaml' | 'json' | 'toml' | 'ini'>;

/**
 * Facts of one config file: what `read` (the reader of its language) finds, and what each document is.
 *
 * @param path workspace-relative, with `/`
 */
export function configFacts(path: string, language: ConfigLanguage, text: string, read: ConfigReader): ConfigFacts {
  const { roots, errors, template } = read(text);
  return {
    roots,
    errors,
    formats: roots.map((root) => recognizeFormat(path, root, language)),
    template: template || isTemplatePath(path) || isHelmTemplate(path, text),
  };
}
