/** One logical line of a requirements file. */
export interface LogicalLine {
  /** Offset of the first character. */
  readonly start: number;
  /** The line without comment and surrounding blanks; `\` continuations are blanked, so offsets stay in step. */
  readonly text: string;
}

/**
 * Splits a requirements file into logical lines the way pip does: a trailing `\` joins the next line, a comment starts at
 * `#` at the line start or behind white space, and a comment line ends a continuation. Lines that hold nothing are left
 * out. O(n).
 *
 * https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export function logicalLines(text: string): {
  readonly lines: readonly LogicalLine[];
  readonly comments: readonly string[];
} {
  const lines: LogicalLine[] = [];
  const comments: string[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const start = at;
    const parts: string[] = [];
    for (;;) {
      const end = lineEnd(text, at);
      const next = afterBreak(text, end);
      const line = text.slice(at, end);
      const joins = line.endsWith('\\') && !/^\s*#/.test(line);
      parts.push(joins ? `${line.slice(0, -1)} ` : line);
      at = next;
      if (!joins || at >= text.length) break;
      parts.push(' '.repeat(next - end));
    }
    const joined = parts.join('');
    const comment = commentStart(joined);
    if (comment >= 0 && comments.length < 50) comments.push(joined.slice(comment));
    const code = comment < 0 ? joined : joined.slice(0, comment);
    const trimmed = code.trimStart();
    if (trimmed !== '') lines.push({ start: start + code.length - trimmed.length, text: trimmed.trimEnd() });
  }
  return { lines, comments };
}

function commentStart(line: string): number {
  for (let i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
    if (i === 0 || /\s/.test(line[i - 1]!)) return i;
  }
  return -1;
}

function lineEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || c === 13) return i;
  }
  return text.length;
}

function afterBreak(text: string, end: number): number {
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : Math.min(end + 1, text.length);
}
