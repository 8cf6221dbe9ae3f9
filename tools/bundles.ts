import type { BuildOptions, Plugin } from 'esbuild';

/**
 * What is not needed at every start is a file of its own. It is bundled from its own entry, so that its modules are joined
 * into one scope: modules that are imported on demand inside a bundle are compiled twice.
 */
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

/** The bundles in `dist/`: extension client, language server with its start-up file, command line with its commands and threads. */
export function bundles(development: boolean): readonly BuildOptions[] {
  const common: BuildOptions = {
    bundle: true,
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
  const host = 'server/src/host/node';
  return [
    { ...common, entryPoints: ['client/src/node/main.ts'], outfile: 'dist/client.cjs', external: ['vscode'] },
    { ...common, entryPoints: [`${host}/lsp-main.ts`], outfile: 'dist/lsp.cjs' },
    { ...common, entryPoints: [`${host}/server-main.ts`], outfile: 'dist/server.cjs', plugins: [separateFiles] },
    {
      ...common,
      entryPoints: [`${host}/cli-main.ts`],
      outfile: 'dist/cli.cjs',
      plugins: [separateFiles, noPrograms],
    },
    { ...common, entryPoints: ['server/src/cli/commands.ts'], outfile: 'dist/commands.cjs' },
    { ...common, entryPoints: [`${host}/thread-main.ts`], outfile: 'dist/thread.cjs' },
  ];
}
