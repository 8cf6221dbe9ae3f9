import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { cache, pins } from './corpus.js';

/** Other tools, in a virtual environment of their own; undefined where Python or pip is missing. */
export function installPeers(): string | undefined {
  const wanted = Object.entries(pins.peers).map(([name, version]) => `${name}==${version}`);
  const folder = join(cache, `venv-${wanted.join('-').replaceAll('==', '-')}`);
  const bin = join(folder, 'bin');
  if (existsSync(join(bin, 'ruff')) && existsSync(join(bin, 'bandit'))) return bin;
  mkdirSync(cache, { recursive: true });
  const steps: [string, string[]][] = [
    ['python3', ['-m', 'venv', folder]],
    [join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...wanted]],
  ];
  for (const [program, args] of steps) {
    if (spawnSync(program, args, { stdio: 'inherit' }).status === 0) continue;
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  return bin;
}

export interface Subset {
  readonly folder: string;
  readonly megabytes: number;
}

/** Files taken at even distances from a list until they weigh about `megabytes`, copied to a folder of their own. */
export function subset(files: readonly string[], from: string, megabytes: number): Subset {
  const folder = join(cache, 'subset');
  rmSync(folder, { recursive: true, force: true });
  const total = files.reduce((sum, file) => sum + readFileSync(file).length, 0);
  const step = Math.max(1, Math.floor(total / (megabytes * 1e6)));
  let bytes = 0;
  for (let index = 0; index < files.length && bytes < megabytes * 1e6; index += step) {
    const file = files[index]!;
    const target = join(folder, relative(from, file));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
    bytes += readFileSync(file).length;
  }
  return { folder, megabytes: bytes / 1e6 };
}
