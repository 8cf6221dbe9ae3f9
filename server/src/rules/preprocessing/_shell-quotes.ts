import type { TextEdit } from '../../base/range.js';
import { type Expression, edit } from '../../engine/index.js';
import type { Hole, TemplatePart } from '../_text-template.js';

/** Names of several words, which quoting would turn into one. */
const SEVERAL_WORDS = /(?:args?|flags?|opts?|options?|params?|cmds?|commands?|parameters|overrides|extra)$/i;

/** Edits that quote every open value where it is written; nothing when one of them is more than a single plain word. */
export function quotedEdits(
  command: Expression,
  parts: readonly TemplatePart[],
  open: readonly Hole[],
  text: string,
): TextEdit[] {
  const edits: TextEdit[] = [];
  let before = '';
  for (const part of parts) {
    if (typeof part === 'string') before += part;
    else if (open.includes(part)) {
      const { start, end } = part.expression.range;
      const value = text.slice(start, end);
      const outside = start < command.range.start || end > command.range.end;
      const formatted = /^\s*[!:=]/.test(text.slice(end, end + 5)) && text[start - 1] === '{';
      const inQuotes = before.split(/["']/).length % 2 === 0 || /[`$\\]$/.test(before);
      if (outside || formatted || inQuotes || before.trim() === '' || SEVERAL_WORDS.test(value)) return [];
      if (/[\n#]/.test(value) || part.expression.kind === 'star') return [];
      edits.push(...edit.replace({ start, end }, `shlex.quote(str(${value}))`));
    }
  }
  return edits;
}
