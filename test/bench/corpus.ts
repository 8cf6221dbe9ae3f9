import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

interface Pins {
  /** Version and platform whose wheels are taken, so that every machine measures the same files. */
  readonly python: string;
  readonly platform: string;
  readonly wheels: readonly Wheel[];
  /** Packages with thousands of YAML files. */
  readonly yaml: readonly Wheel[];
  readonly peers: Readonly<Record<string, string>>;
}

/** Real code to measure with. */
export interface Corpus {
  /** For people: what it consists of. */
  readonly title: string;
  /** Everything, every kind of file. */
  readonly all: string;
  /** The Python files alone, in the same folders. */
  readonly python: string;
  /** Packages with many YAML files, whatever else they hold. */
  readonly yaml: string;
}

export const root = fileURLToPath(new URL('../../', import.meta.url));

export const pins = JSON.parse(readFileSync(new URL('corpus.json', import.meta.url), 'utf8')) as Pins;

/** Downloads and everything made from them; safe to delete. */
export const cache = process.env.TIDEGATE_BENCH_CACHE ?? join(tmpdir(), 'tidegate-bench');

/** The pinned wheels, unpacked; where they cannot be had, the samples and test files of this repository. */
export function prepareCorpus(): Corpus {
  const python = unpacked(pins.wheels, linkPython);
  const yaml = unpacked(pins.yaml, () => undefined);
  if (python === undefined || yaml === undefined) return ownFiles();
  const title = `${pins.wheels.map(({ name, version }) => `${name} ${version}`).join(', ')} (wheels of PyPI)`;
  return { title, all: join(python, 'all'), python: join(python, 'python'), yaml: join(yaml, 'all') };
}

/** Folder of some wheels, each in a folder of its own below `all`; undefined when they cannot be had. */
function unpacked(wheels: readonly Wheel[], finish: (folder: string) => void): string | undefined {
  const key = createHash('sha256')
    .update(JSON.stringify([pins.python, pins.platform, wheels]))
    .digest('hex');
  const folder = join(cache, key.slice(0, 12));
  if (existsSync(join(folder, 'complete'))) return folder;
  rmSync(join(folder, 'all'), { recursive: true, force: true });
  rmSync(join(folder, 'python'), { recursive: true, force: true });
  if (!unpackWheels(folder, wheels)) return undefined;
  finish(folder);
  writeFileSync(join(folder, 'complete'), '');
  return folder;
}

function unpackWheels(folder: string, wanted: readonly Wheel[]): boolean {
  const wheels = join(folder, 'wheels');
  mkdirSync(wheels, { recursive: true });
  if (!haveAll(wheels, wanted) && !download(wheels, wanted)) return false;
  for (const file of readdirSync(wheels).filter((name) => name.endsWith('.whl'))) {
    const target = join(folder, 'all', file.slice(0, file.indexOf('-')));
    const { status } = spawnSync('python3', ['-m', 'zipfile', '-e', join(wheels, file), target], { stdio: 'inherit' });
    if (status !== 0) return false;
  }
  return true;
}

function haveAll(wheels: string, wanted: readonly Wheel[]): boolean {
  const digests = readdirSync(wheels).map((name) =>
    createHash('sha256')
      .update(readFileSync(join(wheels, name)))
      .digest('hex'),
  );
  return wanted.every(({ sha256 }) => digests.includes(sha256));
}

function download(wheels: string, wanted: readonly Wheel[]): boolean {
  const requirements = join(dirname(wheels), 'requirements.txt');
  const lines = wanted.map(({ name, version, sha256 }) => `${name}==${version} --hash=sha256:${sha256}\n`);
  writeFileSync(requirements, lines.join(''));
  const kind = ['--python-version', pins.python, '--platform', pins.platform, '--implementation', 'cp'];
  const what = ['--no-deps', '--only-binary=:all:', '--require-hashes', '-r', requirements, '-d', wheels];
  const { status } = spawnSync('python3', ['-m', 'pip', 'download', '--quiet', ...kind, ...what], { stdio: 'inherit' });
  return status === 0;
}

function linkPython(folder: string): void {
  const all = join(folder, 'all');
  for (const file of filesBelow(all)) {
    if (!file.endsWith('.py')) continue;
    const target = join(folder, 'python', relative(all, file));
    mkdirSync(dirname(target), { recursive: true });
    try {
      linkSync(file, target);
    } catch {
      copyFileSync(file, target);
    }
  }
}

/** A few hundred kilobytes: enough to run everything, too little for figures that mean something. */
function ownFiles(): Corpus {
  const folder = join(cache, 'own');
  rmSync(folder, { recursive: true, force: true });
  for (const part of ['samples', 'test/corpus'])
    cpSync(join(root, part), join(folder, 'all', part), { recursive: true });
  linkPython(folder);
  return {
    title: 'samples/ and test/corpus/ (no wheels)',
    all: join(folder, 'all'),
    python: join(folder, 'python'),
    yaml: join(folder, 'all'),
  };
}

/** Regular files below a folder, sorted by path. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}
