import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { type Part, RESOLVED, sharedAndParts } from './bundle-parts.js';
import { root } from './project-root.js';
import { ruleParts, rulesOnDemand } from './rule-bundles.js';

/** What is not needed at every start is a file of its own, loaded when it is called. */
const separateFiles: Plugin = {
  name: 'separate-files',
  setup(build) {
    build.onResolve({ filter: /\/lsp-main\.js$/ }, () => ({ path: './lsp.cjs', external: true }));
    build.onResolve({ filter: /\/cli\/commands\.js$/ }, () => ({ path: './commands.cjs', external: true }));
  },
};

/** The command line starts no programs; the library that reads its arguments could, and would load the module for it. */
const noPrograms: Plugin = {
  name: 'no-programs',
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ path }) => ({ path, namespace: 'no-programs' }));
    build.onLoad({ filter: /.*/, namespace: 'no-programs' }, () => ({ contents: '' }));
  },
};

/** Of this library only the scanner is in use; the rest fills tables when it is loaded, which it does not say. */
const scannerAlone: Plugin = {
  name: 'scanner-alone',
  setup(build) {
    build.onResolve({ filter: /^jsonc-parser$|^\./ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === RESOLVED || !/[\\/]jsonc-parser[\\/]/.test(`${importer}/${path}/`)) return undefined;
      return {
        ...(await build.resolve(path, { importer, resolveDir, kind, pluginData: RESOLVED })),
        sideEffects: false,
      };
    });
  },
};

const host = 'server/src/host/node';

/** Small files that start a program: each for itself. */
const STARTERS: readonly BuildOptions[] = [
  { entryPoints: ['client/src/node/main.ts'], outfile: 'client.cjs', external: ['vscode'] },
  { entryPoints: [`${host}/server-main.ts`], outfile: 'server.cjs', plugins: [separateFiles] },
  { entryPoints: [`${host}/cli-main.ts`], outfile: 'cli.cjs', plugins: [separateFiles, noPrograms] },
];

/** The language server, the commands, their threads, and the rules of each family; what several of them need is in `engine.cjs`. */
const PARTS: readonly Part[] = [
  { file: 'lsp.cjs', contents: `export * from './${host}/lsp-main.js';` },
  { file: 'commands.cjs', contents: "export * from './server/src/cli/commands.js';" },
  { file: 'thread.cjs', contents: `import './${host}/thread-main.js';` },
  ...ruleParts,
];

/** Bytes of each module in a bundle. */
export type Contents = Metafile['outputs'][string]['inputs'];

/**
 * Writes the bundles and answers with what each is made of, by file.
 *
 * @param folder absolute; undefined: nothing is written
 */
export async function bundle(folder: string | undefined, development = false): Promise<ReadonlyMap<string, Contents>> {
  const common: BuildOptions = {
    absWorkingDir: root,
    bundle: true,
    write: folder !== undefined,
    minify: !development,
    sourcemap: development,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // `import()` of a file of ours becomes `require`: Node would read the file once more to find out what it exports.
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    legalComments: 'none',
  };
  const builds = [
    ...STARTERS,
    ...(await sharedAndParts('engine.cjs', PARTS, { ...common, plugins: [rulesOnDemand, scannerAlone] })),
  ];
  const made = await Promise.all(
    builds.map(async (options): Promise<[string, Contents]> => {
      const file = options.outfile!;
      const { metafile } = await build({
        ...common,
        ...options,
        outfile: `${folder ?? `${root}dist`}/${file}`,
        metafile: true,
      });
      const output = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint !== undefined)!;
      // What is taken from the shared file is no module of this one.
      return [file, Object.fromEntries(Object.entries(output.inputs).filter(([module]) => !module.includes(':')))];
    }),
  );
  return new Map(made);
}
