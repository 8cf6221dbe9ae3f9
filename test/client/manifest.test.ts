import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Command } from '../../server/src/protocol/protocol.js';

interface Setting {
  order?: number;
  scope?: string;
  default?: unknown;
  enum?: string[];
  enumDescriptions?: string[];
  markdownDescription?: string;
}

interface Manifest {
  categories: string[];
  keywords: string[];
  activationEvents: string[];
  icon: string;
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string; title: string; category?: string; enablement?: string }[];
    configuration: { properties: Record<string, Setting> };
  };
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('client/manifest.json')) as Manifest;
const words = JSON.parse(read('package.nls.json')) as Record<string, string>;
const settings = Object.entries(manifest.contributes.configuration.properties);

describe('commands', () => {
  it('are exactly those that the protocol names', () => {
    const declared = manifest.contributes.commands.map(({ command }) => command).sort();
    expect(declared).toEqual(Object.values(Command).sort());
  });

  it.each(manifest.contributes.commands)('$command has a category, a condition and localised words', (command) => {
    expect(command.category).toBe('Tidegate');
    expect(command.enablement).toMatch(/\S/);
    expect(command.title).toMatch(/^%command\.\w+%$/);
  });
});

describe('settings', () => {
  it.each(settings)('%s has an order, a scope, a default and localised words', (_, setting) => {
    expect(setting.order).toBeTypeOf('number');
    expect(['resource', 'window', 'application', 'machine-overridable']).toContain(setting.scope);
    expect(setting.default).toBeDefined();
    expect(setting.markdownDescription).toMatch(/^%setting\.[\w.]+%$/);
    if (setting.enumDescriptions !== undefined)
      expect(setting.enumDescriptions).toHaveLength(setting.enum?.length ?? 0);
  });

  it('are in an order of their own each', () => {
    const orders = settings.map(([, { order }]) => order);
    expect(new Set(orders).size).toBe(orders.length);
  });

  it('that are restricted in untrusted workspaces exist', () => {
    const names = settings.map(([name]) => name);
    for (const name of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations)
      expect(names).toContain(name);
  });
});

describe('manifest', () => {
  it('has words for every placeholder, and no words for none', () => {
    const used = [...JSON.stringify(manifest).matchAll(/%([\w.]+)%/g)].map(([, key]) => key);
    expect([...new Set(used)].sort()).toEqual(Object.keys(words).sort());
  });

  it('keeps the limits of the Marketplace', () => {
    expect(manifest.keywords).toHaveLength(5);
    const known = ['Linters', 'Machine Learning', 'Data Science', 'Notebooks', 'Other'];
    for (const category of manifest.categories) expect(known).toContain(category);
  });

  it('never activates on everything', () => {
    expect(manifest.activationEvents).not.toContain('*');
    expect(manifest.activationEvents).not.toContain('onStartupFinished');
  });

  it('has an icon of 256 pixels', () => {
    const icon = readFileSync(new URL(`../../${manifest.icon}`, import.meta.url));
    // A PNG's width and height follow the signature, the length and the name of its first chunk.
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([256, 256]);
  });
});
