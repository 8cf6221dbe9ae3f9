import type { Range } from '../base/range.js';
import { type ConfigFacts, descendants } from '../facts/config/entry.js';

/**
 * Comments of a line-oriented text: from a mark (`marks`: an expression) at the start of a line or behind white space to the
 * line's end. Marks inside the scalars of `facts` are text. O(n).
 */
export function lineComments(text: string, marks: string, facts: ConfigFacts | undefined): readonly Range[] {
  const scalars = facts === undefined ? [] : scalarRanges(facts);
  const found: Range[] = [];
  const expression = new RegExp(`(?:^|[ \\t])(${marks}[^\\r\\n]*)`, 'gm');
  let next = 0;
  for (const match of text.matchAll(expression)) {
    const end = match.index + match[0].length;
    const start = end - match[1]!.length;
    while (next < scalars.length && scalars[next]!.end <= start) next++;
    const scalar = scalars[next];
    if (scalar !== undefined && scalar.start <= start) continue;
    found.push({ start, end });
  }
  return found;
}

function scalarRanges(facts: ConfigFacts): readonly Range[] {
  return facts.roots
    .flatMap((root) =>
      [...descendants(root)].filter((entry) => entry.kind === 'scalar').map((entry) => entry.valueRange),
    )
    .sort((a, b) => a.start - b.start);
}
