import { rmSync } from 'node:fs';
import { bundle } from './tools/bundles.js';
import { root } from './tools/project-root.js';

/** Bundles the extension client, the language server and the command line into `dist/`; `--dev` keeps them readable. */
rmSync(`${root}dist`, { recursive: true, force: true });
await bundle(`${root}dist`, process.argv.includes('--dev'));
