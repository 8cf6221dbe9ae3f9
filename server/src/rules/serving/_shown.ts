import type { Range } from '../../base/range.js';

/** Source text of a range for a message: one line, cut with an ellipsis. */
export function shown(text: string, { start, end }: Range, limit: number): string {
  const line = text.slice(start, end).replace(/\s+/g, ' ');
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}

/** Name of what is called: its last two segments, or only the last when they are long. */
export function calleeOf(name: string): string {
  const [last = name, before = ''] = name.replaceAll('()', '').split('.').reverse();
  return before === '' || before.length + last.length > 30 ? last : `${before}.${last}`;
}
