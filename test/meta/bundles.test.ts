import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { textsOf } from '../../server/src/engine/rule-on-demand.js';
import { rules } from '../../server/src/rules/index.gen.js';
import { bundle, type Contents } from '../../tools/bundles.js';
import { ruleParts } from '../../tools/rule-bundles.js';
import { root } from './source-files.js';

/** Programs that are loaded together: the command line or the language server, the engine and the rules. */
const TOGETHER = /^(?:commands|lsp|thread|engine|(?:rules|on-demand)\/.+)\.cjs$/;

/** What both packages need. */
const SHARED = ['dist/engine.cjs', 'dist/lsp.cjs', 'dist/on-demand/*.cjs', 'dist/rules/*.cjs'];

describe('the bundles', () => {
  let contents: ReadonlyMap<string, Contents> = new Map();
  beforeAll(async () => {
    contents = await bundle(undefined);
  }, 120_000);

  const filesOf = (module: string) =>
    [...contents]
      .filter(([file, modules]) => TOGETHER.test(file) && (modules[module]?.bytesInOutput ?? 0) > 0)
      .map(([file]) => file);

  it('are in the package that needs them', () => {
    const built = new Set([...contents.keys()].map((file) => `dist/${file.replace(/\/.+/, '/*.cjs')}`));
    const listed = (list: string) =>
      [...readFileSync(join(root, list), 'utf8').matchAll(/^!(dist\/.*[^/])$/gm)].map(([, path]) => path!);
    const startersOf = (list: string) =>
      listed(list)
        .filter((file) => !SHARED.includes(file))
        .sort();
    expect(startersOf('.vscodeignore')).toEqual(['dist/client.cjs', 'dist/server.cjs']);
    expect(startersOf('.npmignore')).toEqual(['dist/cli.cjs', 'dist/commands.cjs', 'dist/thread.cjs']);
    for (const list of ['.vscodeignore', '.npmignore']) expect(listed(list)).toEqual(expect.arrayContaining(SHARED));
    expect(new Set([...listed('.vscodeignore'), ...listed('.npmignore')])).toEqual(built);
  });

  it('hold every module once, so that state and classes are not doubled', () => {
    const modules = new Set([...contents].flatMap(([file, all]) => (TOGETHER.test(file) ? Object.keys(all) : [])));
    const own = [...modules].filter((module) => /^server\/|node_modules/.test(module));
    expect(own.length).toBeGreaterThan(600);
    expect(own.filter((module) => filesOf(module).length > 1)).toEqual([]);
  });

  it('keep rules, and readers of languages, out of what every check loads', () => {
    expect(filesOf('server/src/rules/loading/load-joblib.ts')).toEqual(['rules/loading.cjs']);
    expect(filesOf('server/src/engine/check.ts')).toEqual(['engine.cjs']);
    expect(filesOf('server/src/rules/index.gen.ts')).toEqual(['engine.cjs']);
    expect(filesOf('server/src/facts/config/yaml.ts')).toEqual(['on-demand/yaml.cjs']);
    expect([...contents.keys()]).toContain('on-demand/sarif.cjs');
  });

  it('tell about each rule what its file says, with nothing that scanners of packages take for a key', () => {
    const { contents: text } = ruleParts.find(({ file }) => file === 'rules/texts.cjs')!;
    const told = runInNewContext(text.replace('export const texts =', '')) as unknown;
    expect(told).toEqual(Object.fromEntries(rules.map(({ id, rule }) => [id, textsOf(rule)])));
    expect(text).not.toMatch(/github_pat_\w{30}|gh[pousr]_\w{36}|hf_\w{30}/);
  });
});
