import type { Range, TextEdit } from '../base/range.js';
import type { ConfigEntry } from '../facts/config/entry.js';
import { type Argument, argumentOf, type CallExpression } from '../facts/python/expression.js';

/*
 * The operations fixes are made of. A rule names a fact and an operation; offsets are worked out here. Every function
 * gives text edits; none re-writes a document. `text` is the text the ranges refer to.
 */

export function replace(range: Range, newText: string): TextEdit[] {
  return [{ range, newText }];
}

export function insert(offset: number, newText: string): TextEdit[] {
  return [{ range: { start: offset, end: offset }, newText }];
}

/** Sets a keyword argument: replaces the value when it is passed, else appends it before the closing parenthesis. */
export function setKeyword(text: string, call: CallExpression, name: string, value: string): TextEdit[] {
  const passed = argumentOf(call, name);
  if (passed !== undefined) return replace(passed.value.range, value);
  const close = call.argumentsRange.end - 1;
  if (text[close] !== ')') return [];
  const written = writtenIn(call);
  const last = written[written.length - 1];
  if (last === undefined) return insert(close, `${name}=${value}`);
  if (last.name === undefined && last.value.kind === 'comprehension' && text[last.range.start] !== '(') return [];
  const tail = text.slice(last.range.end, close);
  const comma = tail.indexOf(',');
  const lineBreak = /\r?\n[ \t]*$/.exec(tail);
  if (comma >= 0 && !tail.slice(0, comma).includes('#')) {
    const newText = lineBreak === null ? ` ${name}=${value}` : `${lineBreakBefore(text, last)}${name}=${value},`;
    return insert(last.range.end + comma + 1, newText);
  }
  return insert(last.range.end, `, ${name}=${value}`);
}

/** Arguments that stand between the call's parentheses; those of an unpacked dictionary or a partial stand elsewhere. */
function writtenIn(call: CallExpression): readonly Argument[] {
  const { start, end } = call.argumentsRange;
  return call.arguments.filter(({ range }) => range.start > start && range.end < end);
}

/** The line break and indentation an argument starts with, or a blank when it does not start a line. */
function lineBreakBefore(text: string, argument: Argument): string {
  const before = /(\r?\n[ \t]*)$/.exec(text.slice(0, argument.range.start));
  return before === null ? ' ' : before[1]!;
}

/**
 * Removes an argument with its comma; a line that it had for itself goes too. No edits for an argument that stands outside
 * of the call, in a dictionary it unpacks or in a partial.
 */
export function removeArgument(text: string, call: CallExpression, argument: Argument): TextEdit[] {
  const written = writtenIn(call);
  const index = written.indexOf(argument);
  if (index < 0) return [];
  const previous = written[index - 1];
  const next = written[index + 1];
  if (previous !== undefined) {
    const end = argument.range.end;
    return replace({ start: previous.range.end, end }, '');
  }
  if (next !== undefined) return replace({ start: argument.range.start, end: next.range.start }, '');
  const open = call.argumentsRange.start + 1;
  const close = call.argumentsRange.end - 1;
  return text.slice(open, close).includes('#') ? replace(argument.range, '') : replace({ start: open, end: close }, '');
}

/** Quotes a string the way the surrounding text does: with the quote character the document uses more. */
export function quote(text: string, value: string): string {
  const single = text.split("'").length;
  const double = text.split('"').length;
  const mark = single > double && !value.includes("'") ? "'" : '"';
  return `${mark}${value}${mark}`;
}

/** Adds `import module` (or `from module import name`) below the last import of the file head, unless it is there. */
export function addImport(text: string, statement: string): TextEdit[] {
  const lines = text.split('\n');
  const escaped = statement.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (new RegExp(`^${escaped}\\s*(#.*)?$`, 'm').test(text)) return [];
  const line = importLine(lines);
  const offset = lines.slice(0, line).reduce((sum, l) => sum + l.length + 1, 0);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return insert(
    Math.min(offset, text.length),
    offset > text.length ? `${end}${statement}${end}` : `${statement}${end}`,
  );
}

/** Index of the line above which an import may stand: after shebang, encoding, docstring and `__future__` imports. */
function importLine(lines: readonly string[]): number {
  let line = 0;
  while (line < lines.length && /^\s*(#.*)?\r?$/.test(lines[line]!)) line++;
  const doc = /^[rRuU]{0,2}("""|''')/.exec(lines[line] ?? '');
  if (doc !== null) {
    const mark = doc[1]!;
    const rest = lines[line]!.slice(doc[0].length);
    if (!rest.includes(mark))
      do line++;
      while (line < lines.length && !lines[line]!.includes(mark));
    line++;
  } else if (/^(["']).*\1\s*\r?$/.test(lines[line] ?? '')) line++;
  let after = line;
  while (after < lines.length && /^\s*(#.*)?\r?$/.test(lines[after]!)) after++;
  if (/^(import|from)\s/.test(lines[after] ?? '')) line = after;
  while (/^from\s+__future__\s/.test(lines[line] ?? '')) line++;
  return line;
}

/** Replaces a scalar of a config document, keeping its quotes when the new value can stand inside them. */
export function setScalar(text: string, entry: ConfigEntry, value: string): TextEdit[] {
  const mark = text[entry.valueRange.start];
  const quoted = (mark === '"' || mark === "'") && text[entry.valueRange.end - 1] === mark;
  if (quoted && !value.includes(mark) && !value.includes('\\')) {
    return replace({ start: entry.valueRange.start + 1, end: entry.valueRange.end - 1 }, value);
  }
  const lead = entry.valueRange.start === entry.valueRange.end ? ' ' : '';
  return replace(entry.valueRange, lead + value);
}

/** Deletes the whole lines an entry covers. */
export function deleteLines(text: string, range: Range): TextEdit[] {
  const start = text.lastIndexOf('\n', range.start - 1) + 1;
  const newline = text.indexOf('\n', range.end);
  return replace({ start, end: newline < 0 ? text.length : newline + 1 }, '');
}

/** White space a line starts with. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, start + 200))![0];
}

/** Inserts whole lines above the line of an offset; every line of `newText` is indented like that line. */
export function insertLinesAbove(text: string, offset: number, newText: string): TextEdit[] {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = indentAt(text, offset);
  const lines = newText.split('\n').map((line) => (line === '' ? '' : indent + line));
  return insert(start, lines.join(end) + end);
}

/** Inserts whole lines below the line of an offset, indented as given. */
export function insertLinesBelow(text: string, offset: number, newText: string, indent: string): TextEdit[] {
  const newline = text.indexOf('\n', offset);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = newText.split('\n').map((line) => (line === '' ? '' : indent + line));
  if (newline < 0) return insert(text.length, end + lines.join(end));
  return insert(newline + 1, lines.join(end) + end);
}
