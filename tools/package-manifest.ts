interface Manifest {
  readonly contributes: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** Where the snippet files belong. */
const SNIPPETS = [
  { language: 'python', path: './snippets/python.json' },
  { language: 'yaml', path: './snippets/yaml.json' },
  { language: 'dockerfile', path: './snippets/dockerfile.json' },
];

/** `package.json` with the extension's fields taken from `client/manifest.json`; everything else stays as written. */
export function packageManifest(packageText: string, manifestText: string): string {
  const own = JSON.parse(packageText) as Record<string, unknown>;
  const manifest = JSON.parse(manifestText) as Manifest;
  const { contributes, ...fields } = manifest;
  const merged = { ...own, ...fields, contributes: { ...contributes, snippets: SNIPPETS } };
  return `${JSON.stringify(merged, undefined, 2)}\n`;
}
