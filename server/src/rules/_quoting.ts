import type { Range, TextEdit } from '../base/range.js';

export type Quoting = 'bare' | 'single' | 'double';

/** Where in a shell script a place stands. */
export interface ScriptPlace {
  readonly quoting: Quoting;
  /** The command up to the place, from its first word. */
  readonly command: string;
}

type Frame = 'bare' | 'paren' | 'double';

/**
 * How the shell quotes a place of a script; undefined where that is hard to say: behind here-documents, in backticks, in
 * comments. `${{ … }}` counts as ordinary text. O(offset).
 */
export function placeIn(script: string, offset: number): ScriptPlace | undefined {
  const frames: Frame[] = ['bare'];
  let start = 0;
  for (let i = 0; i < offset; i++) {
    const c = script[i]!;
    const frame = frames[frames.length - 1]!;
    if (c === '$' && script.startsWith('${{', i)) {
      i = script.indexOf('}}', i) + 1;
      if (i <= 0) return undefined;
    } else if (c === '\\') i++;
    else if (c === '`' || (c === '$' && script[i + 1] === "'" && frame !== 'double')) return undefined;
    else if (c === '$' && script[i + 1] === '(') {
      frames.push('paren');
      start = ++i + 1;
    } else if (frame === 'double') {
      if (c === '"') frames.pop();
    } else if (c === '"') frames.push('double');
    else if (c === "'") {
      const close = script.indexOf("'", i + 1);
      if (close < 0) return undefined;
      if (close >= offset) return { quoting: 'single', command: script.slice(start, offset) };
      i = close;
    } else if (c === '#' && (i === 0 || /[\s;&|(]/.test(script[i - 1]!))) {
      const end = script.indexOf('\n', i);
      if (end < 0 || end >= offset) return undefined;
      i = end - 1;
    } else if (c === '<' && script[i + 1] === '<') {
      if (script[i + 2] !== '<') return undefined;
      i += 2;
    } else if (c === '(') frames.push('paren');
    else if (c === ')' && frame === 'paren') frames.pop();
    else if (/[\n;|&]/.test(c)) start = i + 1;
  }
  const frame = frames[frames.length - 1]!;
  return { quoting: frame === 'double' ? 'double' : 'bare', command: script.slice(start, offset) };
}

const REPARSES =
  /\b(?:eval|ssh|su|perl|ruby|g?awk|pwsh|Rscript|parallel|node\s+-e|(?:ba|da|z|k)?sh\s+-\w*c|python[\d.]*\s+-\w*c)\b/;

/** True when the command hands its text to another shell or interpreter, where quotes of this one do not help. */
export function isReparsed({ command }: ScriptPlace): boolean {
  return REPARSES.test(command);
}

/**
 * Writes a variable, as one word, in the place of a placeholder that stands in a script with this quoting; `escaped` where
 * the script itself stands in double quotes.
 */
export function toVariable(
  text: string,
  { start, end }: Range,
  name: string,
  quoting: Quoting,
  escaped: boolean,
): TextEdit {
  if (quoting === 'double')
    return { range: { start, end }, newText: /\w/.test(text[end] ?? '') ? `\${${name}}` : `$${name}` };
  const quoted = escaped ? `\\"$${name}\\"` : `"$${name}"`;
  if (quoting === 'bare') return { range: { start, end }, newText: quoted };
  return text[start - 1] === "'" && text[end] === "'"
    ? { range: { start: start - 1, end: end + 1 }, newText: quoted }
    : { range: { start, end }, newText: `'${quoted}'` };
}
