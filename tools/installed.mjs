import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../', import.meta.url));

/** Runs a program in the repository with its output on ours; throws when it fails. */
export function run(program, ...args) {
  execFileSync(program, args, { cwd: root, stdio: 'inherit', env: process.env });
}

/** Installs what the lock file names, unless that has been done since it last changed. */
export function ensureInstalled() {
  const lock = `${root}package-lock.json`;
  const installed = `${root}node_modules/.package-lock.json`;
  if (existsSync(installed) && (statSync(installed).mtimeMs >= statSync(lock).mtimeMs || same(lock, installed))) return;
  run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
}

/** A checkout sets new times: the versions decide. */
function same(lock, installed) {
  const versions = (file) => {
    const { packages } = JSON.parse(readFileSync(file, 'utf8'));
    return Object.entries(packages)
      .filter(([path, entry]) => path !== '' && !entry.optional)
      .map(([path, entry]) => `${path} ${entry.version}`)
      .sort()
      .join('\n');
  };
  return versions(lock) === versions(installed);
}
