import { expect } from 'vitest';
import type { ConfigEntry } from '../../../server/src/facts/config/entry.js';
import { descendants } from '../../../server/src/facts/config/entry.js';
import type { ConfigTree } from '../../../server/src/facts/config/node.js';

/** One line per entry: path, kind, decoded value and the source of key and value. */
export function outline(text: string, root: ConfigEntry | undefined): string[] {
  if (root === undefined) return [];
  return [...descendants(root)].map((entry) => {
    const source = text.slice(entry.valueRange.start, entry.valueRange.end);
    const key = entry.keyRange === undefined ? '' : text.slice(entry.keyRange.start, entry.keyRange.end);
    const value = entry.kind === 'scalar' ? JSON.stringify(entry.value) : `${entry.kind}${entry.flow ? '~' : ''}`;
    return `${entry.path.join('.')} | ${key} | ${value} | ${source}`;
  });
}

/** Every range lies in the text, entries span their key and value, children know their parent. */
export function expectSound(text: string, tree: ConfigTree): void {
  const bad: unknown[] = [];
  const check = (ok: boolean, what: unknown) => {
    if (!ok) bad.push(what);
  };
  const inside = ({ start, end }: { start: number; end: number }) => 0 <= start && start <= end && end <= text.length;
  for (const error of tree.errors) check(inside(error.range), error);
  for (const root of tree.roots) {
    for (const { key, range, keyRange, valueRange, children } of descendants(root)) {
      check(inside(valueRange) && inside(range), { key, range, valueRange });
      check(keyRange === undefined || inside(keyRange), { key, keyRange });
      check(range.start === Math.min(valueRange.start, keyRange?.start ?? valueRange.start), { key, range });
      check(range.end === Math.max(valueRange.end, keyRange?.end ?? 0), { key, range });
      check(
        children.every((child) => child.parent?.children === children),
        { key },
      );
    }
  }
  expect(bad).toEqual([]);
}
