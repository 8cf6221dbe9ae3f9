import type { CallFact } from '../../engine/index.js';

const HEAD = /^([ \t]*)(?:async[ \t]+)?def[ \t]+(\w+)/gm;
const MAX_BODY = 4000;
/** Names of values that say what a file has to be. */
const EXPECTED =
  /expect|check_?sum|\bmd5|md5\b|_md5|sha_?1|known|correct|verif|integrity|e_?tag|signature|target|reference|publish|manifest|\bhash(?:es)?\b|digest/i;
/** Names of values that say what something was before: a comparison with them finds changes. */
const EARLIER = /old|prev|last|cache|stored|seen|new|before|after|current|existing|first|second|other/i;

/** The function around an offset; its name is empty for the module. */
export interface Surroundings {
  readonly name: string;
  /** Text from the call to the end of the function. */
  readonly after: string;
}

export function surroundings(call: CallFact, text: string): Surroundings {
  const after = text.slice(call.range.end, call.range.end + MAX_BODY);
  const before = text.slice(0, call.range.start);
  const lineStart = before.lastIndexOf('\n') + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, call.range.end))![0].length;
  const head = [...before.matchAll(HEAD)].findLast(([, spaces]) => spaces!.length < indent || indent === 0);
  if (head === undefined || indent === 0) return { name: '', after };
  const end = new RegExp(`\\n[ \\t]{0,${head[1]!.length}}[^\\s)\\]}#]`).exec(after);
  return { name: head[2]!, after: end === null ? after : after.slice(0, end.index) };
}

/** What a digest is compared with by `==` and its like, as it is written; undefined when nothing compares it. */
export function comparedWith(call: CallFact, text: string): string | undefined {
  const { name, after } = surroundings(call, text);
  const before = text.slice(call.statement.start, call.range.start);
  const direct = /^\.(?:hex)?digest\(\)(?:\.\w+\(\))?\s*(?:==|!=)\s*([^\n:]{1,80})/.exec(after);
  if (direct !== null) return direct[1]!;
  const reversed = /(?:if|assert|and|or|return|\(|=)\s*([\w.[\]"'()]{1,80}?)\s*(?:==|!=)\s*$/.exec(before);
  if (reversed !== null) return reversed[1]!;
  const variable = /^\s*([A-Za-z_]\w*)\s*=\s*$/.exec(before)?.[1];
  if (variable !== undefined) {
    const digest = new RegExp(`([A-Za-z_]\\w*)\\s*=\\s*${variable}\\.(?:hex)?digest\\(\\)`).exec(after)?.[1];
    const found = comparison(after, [`${variable}\\.(?:hex)?digest\\(\\)`, digest ?? variable]);
    if (found !== undefined) return found;
  }
  // A helper that returns the digest is used by name: `if file_md5(path) != expected`.
  if (name === '' || !/\breturn\b/.test(`${before}${after}`)) return undefined;
  const used = `(?:\\w+\\.)?${name}\\([^()\\n]{0,80}(?:\\([^()\\n]*\\))?[^()\\n]{0,40}\\)`;
  const result = new RegExp(`([A-Za-z_]\\w*)\\s*=\\s*${used}`).exec(text)?.[1];
  return comparison(text, result === undefined ? [used] : [used, result]);
}

function comparison(text: string, sides: readonly string[]): string | undefined {
  for (const side of sides) {
    const right = new RegExp(`(?<![\\w.])${side}\\s*(?:==|!=)\\s*([^\\n:]{1,80})`).exec(text);
    if (right !== null) return right[1]!;
    const left = new RegExp(`([\\w.[\\]"'()]{1,80})\\s*(?:==|!=)\\s*${side}(?!\\w)`).exec(text);
    if (left !== null) return left[1]!;
    const digest = new RegExp(`compare_digest\\(([^\\n]*\\b${side}[^\\n]*)\\)`).exec(text);
    if (digest !== null) return digest[1]!;
  }
  return undefined;
}

/** True when what a digest is compared with says what a file has to be, rather than what it was. */
export function isExpectation(other: string, { name, after }: Surroundings): boolean {
  if (/^["'][0-9a-f]{32,40}["']/i.test(other)) return true;
  if (EARLIER.test(other)) return false;
  // What takes the new digest after the comparison was the one of the last time.
  const variable = /^[\w.]+/.exec(other)?.[0];
  if (variable !== undefined && new RegExp(`(?<![\\w.])${variable.replaceAll('.', '\\.')}\\s*=[^=]`).test(after))
    return false;
  return EXPECTED.test(other) || /verif|integrity|check_?(?:sum|md5|sha|hash|file|download)/i.test(name);
}
