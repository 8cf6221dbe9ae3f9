import type { Changes } from './write-changes.js';

/**
 * Unified diff of the changes, with `a/` and `b/` in front of the paths as Git writes them.
 *
 * @param show path as it is shown
 * @param hide masks what must not be shown of a file
 */
export async function diffOf(
  changes: Changes,
  show: (path: string) => string,
  hide: (path: string, text: string) => string,
): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  return [...changes]
    .filter(([, { before, after }]) => before !== after)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { before, after }]) => {
      const name = show(path);
      const patch = createTwoFilesPatch(
        `a/${name}`,
        `b/${name}`,
        hide(path, before),
        hide(path, after),
        undefined,
        undefined,
      );
      // The first line is a rule of `=` signs that patch tools do not need.
      return patch.replace(/^=+\n/, '');
    })
    .join('');
}
