import type { Range } from '../../base/range.js';
import { argumentOf, type Expression, type PythonQuestions } from '../../engine/index.js';

/** `weights_only` set to `False` in a body: by keyword, as an entry, as an item, by `setdefault`. */
const SET_OFF = /weights_only["']?\s*\]?\s*[=:,]\s*False\b/g;

/** The `False` that a part of the text sets `weights_only` to, outside of comments. */
export function switchedOffIn(text: string, part: Range): Range | undefined {
  for (const match of text.slice(part.start, part.end).matchAll(SET_OFF)) {
    const end = part.start + match.index + match[0].length;
    const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
    if (!line.includes('#')) return { start: end - 'False'.length, end };
  }
  return undefined;
}

/**
 * Where a replacement of `torch.load` turns `weights_only` off: in the arguments of a `partial`, in a lambda, or in the
 * body of a function of this file. Undefined when it does not, or cannot be seen.
 */
export function switchedOffBy(
  replacement: Expression,
  python: PythonQuestions,
  text: string,
  before: number,
): Range | undefined {
  const made = python.definition(replacement);
  if (made.kind === 'lambda') return switchedOffIn(text, made.range);
  if (made.kind === 'call') {
    if (!python.names(made.callee).includes('functools.partial')) return undefined;
    const flag = argumentOf(made, 'weights_only');
    const value = flag === undefined ? undefined : python.value(flag.value);
    return value?.kind === 'boolean' && !value.value ? flag!.value.range : undefined;
  }
  if (replacement.kind !== 'name') return undefined;
  const body = functionAround(text, before, replacement.name);
  return body === undefined ? undefined : switchedOffIn(text, body);
}

/** The last function of a name that starts before an offset, header included; any function around it without a name. */
export function functionAround(text: string, before: number, name?: string): (Range & { name: string }) | undefined {
  const heads = [...text.slice(0, before).matchAll(/^([ \t]*)(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(/gm)].reverse();
  for (const [head, indent, found] of heads.map((match) => [match, match[1]!, match[2]!] as const)) {
    if (name !== undefined && found !== name) continue;
    const end = endOfBlock(text, head.index + head[0].length, indent.length);
    if (name !== undefined || end >= before) return { start: head.index, end, name: found };
  }
  return undefined;
}

/** Offset of the first line that is indented no deeper than the head; a closing bracket still belongs to it. */
function endOfBlock(text: string, from: number, indent: number): number {
  for (let at = text.indexOf('\n', from); at >= 0; at = text.indexOf('\n', at + 1)) {
    const line = /^([ \t]*)(\S?)/.exec(text.slice(at + 1, at + 400))!;
    if (line[2] !== '' && line[1]!.length <= indent && !/[)\]#]/.test(line[2]!)) return at;
  }
  return text.length;
}
