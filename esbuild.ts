import { type BuildOptions, build } from 'esbuild';

/** Bundles the extension client, the language server and the command line into `dist/`. */
const common: BuildOptions = {
  bundle: true,
  minify: !process.argv.includes('--dev'),
  sourcemap: process.argv.includes('--dev'),
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  legalComments: 'none',
  keepNames: false,
};

await Promise.all([
  build({ ...common, entryPoints: ['client/src/node/main.ts'], outfile: 'dist/client.cjs', external: ['vscode'] }),
  build({ ...common, entryPoints: ['server/src/host/node/server-main.ts'], outfile: 'dist/server.cjs' }),
  build({ ...common, entryPoints: ['server/src/host/node/cli-main.ts'], outfile: 'dist/cli.cjs' }),
]);
