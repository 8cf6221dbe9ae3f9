import type { Changes } from './write-changes.js';

/**
 * Unified diff of the changes, with `a/` and `b/` in front of the paths as Git writes them, and `/dev/null` before a new file.
 *
 * @param show path as it is shown
 * @param hide masks what must not be shown
 */
export async function diffOf(
  changes: Changes,
  show: (path: string) => string,
  hide: (text: string) => string,
): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  return [...changes]
    .filter(([, { before, after }]) => before !== after)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { before, after }]) => {
      const name = show(path);
      const patch = createTwoFilesPatch(
        before === undefined ? '/dev/null' : `a/${name}`,
        `b/${name}`,
        hide(before ?? ''),
        hide(after),
        undefined,
        undefined,
      );
      // The first line is a rule of `=` signs that patch tools do not need.
      return patch.replace(/^=+\n/, '');
    })
    .join('');
}
