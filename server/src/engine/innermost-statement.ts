import type { Range } from '../base/range.js';

/** Siblings looked at before the search for a statement around a place is given up. */
const MAX_STEPS = 4000;

/**
 * Smallest statement that holds an offset (and reaches `end`, when given). Statements are sorted by start and nested or
 * apart, so it is the last one that starts before the offset and does not end before it. O(log n + siblings in between).
 */
export function innermostStatement(statements: readonly Range[], offset: number, end = offset + 1): Range | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (statements[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  let best: Range | undefined;
  for (let i = low - 1, steps = 0; i >= 0 && steps < MAX_STEPS; i--, steps++) {
    const statement = statements[i]!;
    if (best !== undefined && statement.start < best.start) break;
    if (statement.end < end) continue;
    if (best === undefined || statement.end - statement.start <= best.end - best.start) best = statement;
  }
  return best;
}
