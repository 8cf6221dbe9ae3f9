import type { BuildOptions, Plugin } from 'esbuild';

/** The language server is a file of its own, so that the command line does not read what it rarely needs. */
const separateServer: Plugin = {
  name: 'separate-server',
  setup(build) {
    build.onResolve({ filter: /\/lsp-main\.js$/ }, () => ({ path: './lsp.cjs', external: true }));
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

/** The bundles in `dist/`: extension client, language server with its start-up file, command line with its threads. */
export function bundles(development: boolean): readonly BuildOptions[] {
  const common: BuildOptions = {
    bundle: true,
    minify: !development,
    sourcemap: development,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    legalComments: 'none',
  };
  const host = 'server/src/host/node';
  return [
    { ...common, entryPoints: ['client/src/node/main.ts'], outfile: 'dist/client.cjs', external: ['vscode'] },
    { ...common, entryPoints: [`${host}/lsp-main.ts`], outfile: 'dist/lsp.cjs' },
    { ...common, entryPoints: [`${host}/server-main.ts`], outfile: 'dist/server.cjs', plugins: [separateServer] },
    {
      ...common,
      entryPoints: [`${host}/cli-main.ts`],
      outfile: 'dist/cli.cjs',
      plugins: [separateServer, noPrograms],
    },
    { ...common, entryPoints: [`${host}/thread-main.ts`], outfile: 'dist/thread.cjs' },
  ];
}
