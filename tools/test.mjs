import { existsSync } from 'node:fs';
import { ensureInstalled, run } from './installed.mjs';

/** `npm test`: installs if needed, builds, runs the whole check and, where Chromium is (`E2E=1` forces), the real VS Code. */
ensureInstalled();
run('npm', 'run', 'check');
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some((path) =>
  existsSync(path),
);
if (process.env.E2E === '1' || (chromium && process.env.E2E !== '0')) {
  run('npm', 'run', 'package');
  run('npm', 'run', 'e2e');
} else console.log('No Chromium here: the tests in a real VS Code were left out (E2E=1 forces them).');
