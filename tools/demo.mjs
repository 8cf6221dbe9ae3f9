import { spawnSync } from 'node:child_process';
import { ensureInstalled, root, run } from './installed.mjs';

/** `npm run demo [-- PATH]`: installs if needed, builds, checks the insecure sample (or a path) and prints what it finds. */
ensureInstalled();
run('npx', '--no-install', 'tsx', 'esbuild.ts');
const paths = process.argv.slice(2);
const checked = paths.length > 0 ? paths : ['samples/loan-default'];
const { status } = spawnSync(process.execPath, [`${root}dist/cli.cjs`, 'check', '--format', 'text', ...checked], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 2;
