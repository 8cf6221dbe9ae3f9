import type { TextEdit } from '../../base/range.js';
import type { IgnoredId, IgnoreFact } from '../../engine/index.js';

/** Deletes ids from an ignore comment, and the comment itself when none would be left. Nothing for cell metadata. */
export function removeIds(fact: IgnoreFact, ids: readonly IgnoredId[], text: string): TextEdit[] {
  if (fact.removal.start === fact.removal.end) return [];
  const kept = fact.ids.filter((entry) => !ids.includes(entry));
  const first = fact.ids[0];
  const last = fact.ids[fact.ids.length - 1];
  if (kept.length === 0 || first === undefined || last === undefined) return [{ range: fact.removal, newText: '' }];
  const range = { start: first.range.start, end: last.range.end };
  return [{ range, newText: kept.map((entry) => text.slice(entry.range.start, entry.range.end)).join(', ') }];
}

/** Ids as a message shows them. */
export function listed(ids: readonly IgnoredId[]): string {
  const shown = ids.slice(0, 2).map(({ id }) => `\`${id.slice(0, 40)}\``);
  return ids.length > 2 ? `${shown.join(', ')} and ${ids.length - 2} more` : shown.join(' and ');
}
