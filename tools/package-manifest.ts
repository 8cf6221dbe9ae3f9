import { schemaContributions } from './format-schemas.js';

interface Manifest {
  readonly contributes: Readonly<Record<string, unknown>> & { readonly yamlValidation: readonly unknown[] };
  readonly [field: string]: unknown;
}

/** Where the snippet files belong. */
const SNIPPETS = [
  { language: 'python', path: './snippets/python.json' },
  { language: 'yaml', path: './snippets/yaml.json' },
  { language: 'dockerfile', path: './snippets/dockerfile.json' },
];

/**
 * `package.json` with the extension's fields taken from `client/manifest.json` and the schemas of the formats; everything
 * else stays as written.
 */
export function packageManifest(packageText: string, manifestText: string): string {
  const own = JSON.parse(packageText) as Record<string, unknown>;
  const manifest = JSON.parse(manifestText) as Manifest;
  const { contributes, ...fields } = manifest;
  const schemas = {
    yamlValidation: [...contributes.yamlValidation, ...schemaContributions('yaml')],
    jsonValidation: schemaContributions('json'),
  };
  const merged = { ...own, ...fields, contributes: { ...contributes, ...schemas, snippets: SNIPPETS } };
  return `${JSON.stringify(merged, undefined, 2)}\n`;
}
