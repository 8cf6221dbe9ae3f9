/** Deeper files than this are not given to the parser. */
export const MAX_YAML_DEPTH = 200;
const MAX_BRACKETS = 400;

/**
 * Offset at which a YAML text nests too deeply, or undefined. The parser recurses once per level; V8 ends the whole
 * process, without an exception to catch, when a regular expression is first compiled close to the stack's end, so
 * the depth is bounded before anything is parsed. Block levels are counted by the columns of lines and of `-`, `?` and
 * `:` indicators, flow levels by brackets, in strings too: an upper bound that no real file comes near. O(n).
 */
export function tooDeepAt(text: string): number | undefined {
  const columns: number[] = [];
  let brackets = 0;
  for (let at = 0; at < text.length; ) {
    const end = lineEnd(text, at);
    if (text.startsWith('---', at)) {
      columns.length = 0;
      brackets = 0;
    }
    if (pushColumns(text, at, end, columns) > MAX_YAML_DEPTH) return at;
    for (let i = at; i < end; i++) {
      const c = text.charCodeAt(i);
      if (c === 91 || c === 123) brackets++;
      else if ((c === 93 || c === 125) && brackets > 0) brackets--;
      if (brackets > MAX_BRACKETS) return i;
    }
    at = end + 1;
  }
  return undefined;
}

/** Puts the columns at which a line opens a level on the stack, the deeper ones of earlier lines off it. */
function pushColumns(text: string, start: number, end: number, columns: number[]): number {
  let at = skipBlanks(text, start, end);
  if (at === end || text[at] === '#') return columns.length;
  while (columns.length > 0 && columns[columns.length - 1]! >= at - start) columns.pop();
  columns.push(at - start);
  while ('-?:'.includes(text[at]!) && at + 1 < end && ' \t'.includes(text[at + 1]!)) {
    at = skipBlanks(text, at + 1, end);
    if (at === end) break;
    columns.push(at - start);
  }
  return columns.length;
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}

function lineEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || c === 13) return i;
  }
  return text.length;
}
