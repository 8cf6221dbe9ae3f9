import type { TextEdit } from '../base/range.js';
import type { ConfigEntry } from '../facts/config/entry.js';
import { indentAt, insert, insertLinesBelow, replace, setScalar } from './edits.js';

/*
 * Edits of HCL documents. Each gives no edits where it cannot be sure of the layout: a block on one line that holds something,
 * a value that is computed.
 */

/** Sets an argument of a block to a value as it is written in HCL: replaces a constant, else adds a line behind the last item. */
export function setArgument(text: string, block: ConfigEntry, name: string, value: string): TextEdit[] {
  const known = block.children.find(({ key }) => key === name);
  if (known === undefined) return addLines(text, block, `${name} = ${value}`);
  if (known.kind !== 'scalar' || known.value === undefined) return [];
  const unquoted = /^"(.*)"$/.exec(value)?.[1];
  if (known.style === 'double' && unquoted !== undefined) return setScalar(text, known, unquoted);
  return replace(known.valueRange, value);
}

/** Adds lines at the end of a block, indented like its items. */
export function addLines(text: string, block: ConfigEntry, lines: string): TextEdit[] {
  const { start, end } = block.valueRange;
  if (block.kind !== 'map' || text[start] !== '{' || text[end - 1] !== '}') return [];
  const outer = indentAt(text, start);
  const last = block.children.at(-1);
  if (last === undefined || block.flow) {
    if (text.slice(start + 1, end - 1).trim() !== '') return [];
    const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
    const body = lines.split('\n').map((line) => `${outer}  ${line}${lineBreak}`);
    return replace({ start: start + 1, end: end - 1 }, `${lineBreak}${body.join('')}${outer}`);
  }
  // The closing brace must stand on a line of its own, or the new lines would land behind it.
  if (text.slice(text.lastIndexOf('\n', end - 1) + 1, end - 1).trim() !== '') return [];
  const first = block.children[0]!;
  return insertLinesBelow(text, endOf(last), lines, indentAt(text, first.range.start));
}

/** Adds a block below one at the top of the file, with an empty line in between. */
export function addBlockBelow(text: string, block: ConfigEntry, lines: string): TextEdit[] {
  const { end } = block.valueRange;
  if (text[end - 1] !== '}') return [];
  const newline = text.indexOf('\n', end);
  const at = newline < 0 ? text.length : newline;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text[at - 1] === '\r' ? at - 1 : at;
  return insert(before, `${lineBreak}${lineBreak}${lines.split('\n').join(lineBreak)}`);
}

/** Behind everything an entry holds, also when its parts stand apart. */
function endOf(entry: ConfigEntry): number {
  let { end } = entry.range;
  const stack = [...entry.children];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    end = Math.max(end, next.range.end);
    stack.push(...next.children);
  }
  return end;
}
