import { build } from 'esbuild';
import { bundles } from './tools/bundles.js';

/** Bundles the extension client, the language server and the command line into `dist/`; `--dev` keeps them readable. */
await Promise.all(bundles(process.argv.includes('--dev')).map((options) => build(options)));
