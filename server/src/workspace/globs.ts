import picomatch from 'picomatch';
import { join } from './paths.js';

/**
 * Makes a glob written in a config file relative to the workspace root. As in `.gitignore`, a glob without a slash
 * matches at any depth, a leading slash ties it to the config's folder and a trailing one means everything below.
 */
export function rebaseGlob(glob: string, folder: string): string {
  const below = glob.endsWith('/') ? `${glob}**` : glob;
  const plain = below.replace(/^\.\//, '');
  if (plain.startsWith('/')) return join(folder, plain.slice(1));
  const anywhere = !plain.replace(/\/\*\*$/, '').includes('/');
  return join(folder, anywhere && !plain.startsWith('**') ? `**/${plain}` : plain);
}

/** Tells which of several rebased globs matches a path, or a folder above it; undefined when none does. */
export type GlobSet = (path: string) => string | undefined;

/** Compiles globs once. A glob that cannot be read matches its own text only. */
export function globSet(globs: readonly string[]): GlobSet {
  const compiled = globs.map((glob) => ({ glob, matches: matcher(glob) }));
  return (path) => compiled.find(({ matches }) => matches(path))?.glob;
}

function matcher(glob: string): (path: string) => boolean {
  try {
    const exact = picomatch(glob, { dot: true });
    const inside = picomatch(`${glob}/**`, { dot: true });
    return (path) => exact(path) || inside(path);
  } catch {
    return (path) => path === glob;
  }
}
