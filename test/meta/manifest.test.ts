import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { describe, expect, it } from 'vitest';
import { root } from './source-files.js';

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly category?: string;
      readonly enablement?: string;
    }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly scope?: string; readonly markdownDescription?: string }>>;
    };
    readonly snippets: readonly { readonly path: string }[];
    readonly yamlValidation?: readonly { readonly url: string }[];
    readonly jsonValidation?: readonly { readonly url: string }[];
  };
}

const text = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const words = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
const { commands, configuration, snippets, yamlValidation = [], jsonValidation = [] } = manifest.contributes;

describe('package.json', () => {
  it.each(commands)('$command has a category and a condition', ({ category, enablement }) => {
    expect(category).toBe('Tidegate');
    expect(enablement).toMatch(/\S/);
  });

  it.each(Object.entries(configuration.properties))('%s has a scope and a description', (_, setting) => {
    expect(['resource', 'window', 'application', 'machine', 'machine-overridable']).toContain(setting.scope);
    expect(setting.markdownDescription).toMatch(/\S/);
  });

  it('uses words that exist, and words that say something', () => {
    const keys = [...text.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key!);
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.filter((key) => !(words[key] ?? '').trim())).toEqual([]);
  });

  it('names files that exist', () => {
    const named = [
      manifest.icon,
      ...[...snippets, ...yamlValidation, ...jsonValidation].map((one) => ('path' in one ? one.path : one.url)),
    ];
    expect(named.filter((path) => !path.startsWith('https:') && !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('the extension package', () => {
  const ALLOWED = [
    /^package(?:\.nls)?\.json$/,
    /^(?:README|CHANGELOG|THIRD-PARTY-NOTICES)\.md$/,
    /^(?:LICENSE|NOTICE)(?:\.txt)?$/,
    /^dist\/(?:client|server|lsp|engine|(?:rules|on-demand)\/[\w-]+)\.cjs$/,
    /^dist\/browser\/(?:client|server)\.js$/,
    /^media\/[\w-]+\.(?:png|svg)$/,
    /^schemas\/(?:formats\/)?[\w.-]+\.json$/,
    /^snippets\/[\w-]+\.json$/,
  ];

  it('holds what is named on the list and nothing else', async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    expect(files.filter((file) => !ALLOWED.some((allowed) => allowed.test(file)))).toEqual([]);
    for (const file of ['package.json', 'package.nls.json', 'README.md', 'LICENSE', 'media/icon.png'])
      expect(files).toContain(file);
  });
});
