import type { Range } from '../../base/range.js';

export interface TextprotoToken {
  readonly kind: 'word' | 'string' | 'mark';
  /** The word or mark; of a string the decoded content. */
  readonly text: string;
  readonly range: Range;
}

const MARKS = '{}<>[]:';
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * Words, strings and brackets of protobuf's text format; comments, commas and semicolons mean nothing. Never throws; O(n).
 */
export function* scanTextproto(text: string): Generator<TextprotoToken> {
  const pattern =
    /[\s,;\ufeff]+|#[^\n\r]*|"[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*"?|'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'?|[{}<>[\]:]|[^\s,;#"'{}<>[\]:]+/y;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [raw] = match;
    const range = { start: match.index, end: match.index + raw.length };
    const first = raw[0]!;
    if (first === '"' || first === "'") yield { kind: 'string', text: decoded(raw), range };
    else if (MARKS.includes(first)) yield { kind: 'mark', text: first, range };
    else if (first !== '#' && !/^[\s,;\ufeff]/.test(raw)) yield { kind: 'word', text: raw, range };
  }
}

function decoded(raw: string): string {
  const inner = raw.length > 1 && raw.at(-1) === raw[0] ? raw.slice(1, -1) : raw.slice(1);
  return inner.replace(/\\(["'\\nrt?])/g, (_, c: string) => ESCAPES[c] ?? c);
}
