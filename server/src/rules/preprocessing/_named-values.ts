import type { TextEdit } from '../../base/range.js';
import { edit } from '../../engine/index.js';
import type { Hole, TemplatePart } from '../_text-template.js';

/** What stands before a value: a comparison or a list. */
const COMPARED = /(?:[=<>]|\bin|[[,(])\s*$/;

function around(hole: Hole, parts: readonly TemplatePart[]): readonly [before: string, after: string] {
  const at = parts.indexOf(hole);
  const text = (part: TemplatePart | undefined): string => (typeof part === 'string' ? part : '');
  return [text(parts[at - 1]), text(parts[at + 1])];
}

/** True where a value stands: behind a comparison, in a list or in quotes; not for names of columns and operators. */
export function isValue(hole: Hole, parts: readonly TemplatePart[]): boolean {
  const [before, after] = around(hole, parts);
  return /["']$/.test(before) ? /^["']/.test(after) : COMPARED.test(before) && !/^[\w.`]/.test(after);
}

/** Edits that write `@name` for every open value; nothing when one of them is more than a plain variable. */
export function namedEdits(parts: readonly TemplatePart[], open: readonly Hole[], text: string): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const hole of open) {
    const [before, after] = around(hole, parts);
    const quoted = /["']$/.test(before) && after[0] === before.at(-1);
    const { place, expression } = hole;
    if (place === undefined || expression.kind !== 'name' || !isValue(hole, parts)) return [];
    const size = quoted ? 1 : 0;
    const range = { start: place.start - size, end: place.end + size };
    if (quoted && (text[range.start] !== before.at(-1) || text[range.end - 1] !== before.at(-1))) return [];
    if (!quoted && /^\s*[\])]/.test(after)) return [];
    edits.push(...edit.replace(range, `@${expression.name}`));
  }
  return edits;
}
