import type { BuildOptions } from 'esbuild';

/** The three bundles in `dist/`: extension client, language server, command line. */
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
  return [
    { ...common, entryPoints: ['client/src/node/main.ts'], outfile: 'dist/client.cjs', external: ['vscode'] },
    { ...common, entryPoints: ['server/src/host/node/server-main.ts'], outfile: 'dist/server.cjs' },
    { ...common, entryPoints: ['server/src/host/node/cli-main.ts'], outfile: 'dist/cli.cjs' },
  ];
}
