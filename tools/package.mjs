import { mkdirSync } from 'node:fs';
import { root, run } from './installed.mjs';

/** Packs the extension into `out/tidegate.vsix`; the bundles must have been built. */
mkdirSync(`${root}out`, { recursive: true });
run('npx', '--no-install', 'vsce', 'package', '--no-dependencies', '--out', 'out/tidegate.vsix');
