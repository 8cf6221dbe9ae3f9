import type { Language } from '../../base/language.js';
import { recognizeFormat } from '../formats/recognize.js';
import type { ConfigFacts, FormatId } from './entry.js';
import type { ConfigReader } from './node.js';
import { isHelmTemplate, isTemplatePath, saysGenerated } from './template.js';

export type ConfigLanguage = Extract<Language, 'yaml' | 'json' | 'toml' | 'ini' | 'hcl' | 'textproto'>;

/** What a document's facts depend on besides its text. */
export interface Surroundings {
  /** Whether a file exists; workspace-relative, with `/`. */
  has(path: string): boolean;
  /** Whether a `kustomization.yaml` lists the file as a patch. */
  isPatch?(path: string): boolean;
}

/** Formats that no person writes. */
const WRITTEN: ReadonlySet<FormatId> = new Set<FormatId>([
  ...(['uv-lock', 'poetry-lock', 'pdm-lock', 'pipfile-lock', 'pylock', 'conda-lock', 'pixi-lock'] as const),
  ...(['mlflow-run', 'mlflow-model'] as const),
]);

const NOTHING_KNOWN: Surroundings = { has: () => false };

/**
 * Facts of one config file: what `read` (the reader of its language) finds, and what each document is.
 *
 * @param path workspace-relative, with `/`
 */
export function configFacts(
  path: string,
  language: ConfigLanguage,
  text: string,
  read: ConfigReader,
  around: Surroundings = NOTHING_KNOWN,
): ConfigFacts {
  const { roots, errors, template } = read(text);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const beside = (name: string) => around.has(folder + name);
  const formats = roots.map((root) => recognizeFormat(path, root, language, beside));
  return {
    roots,
    errors,
    formats,
    template: template || isTemplatePath(path) || isHelmTemplate(path, text),
    patch: around.isPatch?.(path) === true,
    generated: saysGenerated(text) || formats.some((format) => format !== undefined && WRITTEN.has(format.id)),
  };
}
