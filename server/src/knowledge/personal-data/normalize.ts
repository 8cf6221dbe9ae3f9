import { memoise } from '../../base/bounded-cache.js';

/** A name cut into words. `joints[i]` is the raw text between tokens i and i+1, empty at a change of case. */
export interface SplitName {
  readonly tokens: readonly string[];
  readonly joints: readonly string[];
}

/** Compounds written without a boundary, as data sets spell them; nothing else is ever split. */
const compounds = new Map(
  `
    first·name last·name full·name nick·name user·name zip·code post·code phone·number email·address date·of·birth
    birth·date birth·place death·date file·name class·name maiden·name customer·id user·id patient·id admit·time
    disch·time card·number account·number credit·card marital·status ip·address table·name host·name path·name
    type·name model·name middle·name given·name family·name passenger·id employee·id student·id member·id api·key
    secret·key access·key capital·gain capital·loss native·country home·address street·address blood·pressure`
    .split(/\s+/)
    .filter(Boolean)
    .map((entry) => [entry.replaceAll('·', ''), entry.split('·')] as const),
);

/** Words that contain a digit and stay whole. */
const keptWords = /(?:hba1c|a1c|ipv4|ipv6|h1b|401k|w2|e164|icd10)/iy;

/** First characters of kept words, letters in lower case; setting bit 32 leaves digits as they are. */
const keptWordStarts: ReadonlySet<number> = new Set([...'haiwe4'].map((ch) => ch.charCodeAt(0)));

/** Words that end in s and are singular. */
const singularInS = new Set([
  'address',
  'series',
  'species',
  'status',
  'sales',
  'arrears',
  'basis',
  'alias',
  'diabetes',
  'https',
  'lens',
  'news',
  'always',
]);
const irregular = new Map([
  ['ids', 'id'],
  ['children', 'child'],
  ['people', 'person'],
  ['diagnoses', 'diagnosis'],
  ['earnings', 'earning'],
]);

/**
 * The letters with marks that are folded to ASCII, in lower case. Folding stops at this list so that a search for these
 * letters, or for ASCII words, finds every text in which a name could be recognised.
 */
export const foldedLetters = 'àáâãäåçèéêëìíîïñòóôõöøùúûüýÿßąćčďęěğıłńňřśšťůźżžőű';
/** Combining marks (grave, acute, circumflex, tilde, breve, dot, diaeresis, ring, double acute, caron, cedilla, ogonek). */
export const foldedMarks = '\u0300\u0301\u0302\u0303\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328';
const notDecomposed = new Map([
  ['ø', 'o'],
  ['ß', 'ss'],
  ['ı', 'i'],
  ['ł', 'l'],
]);
const folded = new Map<string, string>();
for (const letter of foldedLetters) {
  const plain = notDecomposed.get(letter) ?? letter.normalize('NFD')[0]!;
  folded.set(letter, plain);
  if (letter !== 'ß' && letter !== 'ı') folded.set(letter.toUpperCase(), plain.toUpperCase());
}
for (const mark of foldedMarks) folded.set(mark, '');

/** Strips what surrounds a name in a file: byte order mark, blanks, quotes, a unit in brackets at the end. */
export function bareName(raw: string): string {
  if (isAsciiWordPart(raw.charCodeAt(0)) && isAsciiWordPart(raw.charCodeAt(raw.length - 1))) return raw;
  const inner = raw.replace(/^[\s"'`\uFEFF]+|[\s"'`\uFEFF]+$/g, '');
  const open = /[)\]]$/.test(inner) ? Math.max(inner.lastIndexOf('('), inner.lastIndexOf('[')) : -1;
  return open > 0 ? inner.slice(0, open).trimEnd() : inner;
}

function foldToAscii(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test is "all ASCII", control characters included
  if (/^[\x00-\x7f]*$/.test(name)) return name;
  let out = '';
  for (const ch of name) out += folded.get(ch) ?? ch;
  return out;
}

function isLower(c: number): boolean {
  return c >= 97 && c <= 122;
}
function isUpper(c: number): boolean {
  return c >= 65 && c <= 90;
}
function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}
function isAsciiWordPart(c: number): boolean {
  return isLower(c) || isUpper(c) || isDigit(c);
}
function isWordPart(c: number): boolean {
  return isAsciiWordPart(c) || c > 127;
}

/** End of a kept word at `start`, or -1. It must end where the name or the word ends. */
function keptWordEnd(text: string, start: number): number {
  if (!keptWordStarts.has(text.charCodeAt(start) | 32)) return -1;
  keptWords.lastIndex = start;
  const hit = keptWords.exec(text);
  if (!hit) return -1;
  const end = start + hit[0].length;
  const next = text.charCodeAt(end);
  const shout = isUpper(text.charCodeAt(end - 1));
  const boundary =
    !isWordPart(next) ||
    isDigit(next) !== isDigit(text.charCodeAt(end - 1)) ||
    isUpper(next) ||
    (shout && isLower(next));
  return boundary && !(shout && isUpper(next)) ? end : -1;
}

/** End of the word that starts at `start`: one case pattern, or one run of digits. */
function wordEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  let i = start + 1;
  if (isDigit(first)) {
    while (i < text.length && isDigit(text.charCodeAt(i))) i++;
    return i;
  }
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (!isWordPart(c) || isDigit(c)) return i;
    if (isUpper(c) && !isUpper(text.charCodeAt(i - 1))) return i;
    // `HTTPServer`: the last capital belongs to the next word, except in a plural such as `IDs`.
    const plural = c === 115 && !isLower(text.charCodeAt(i + 1));
    if (isLower(c) && !plural && i - start > 1 && isUpper(text.charCodeAt(i - 1)) && isUpper(text.charCodeAt(i - 2)))
      return i - 1;
    i++;
  }
  return i;
}

/** Cuts a name at non-letters, at changes of case and between letters and digits. Words are lower-cased, not singular. */
export function splitWords(raw: string): SplitName {
  const text = foldToAscii(raw);
  const tokens: string[] = [];
  const joints: string[] = [];
  let previousEnd = 0;
  for (let i = 0; i < text.length; ) {
    if (!isWordPart(text.charCodeAt(i))) {
      i++;
      continue;
    }
    const kept = keptWordEnd(text, i);
    const end = kept > 0 ? kept : wordEnd(text, i);
    if (tokens.length > 0) joints.push(text.slice(previousEnd, i));
    tokens.push(text.slice(i, end).toLowerCase());
    previousEnd = end;
    i = end;
  }
  return { tokens, joints };
}

/** Singular of an English word by its ending; words in -ss, -us, -is, -ics and a closed list stay. */
export function singular(word: string): string {
  const known = irregular.get(word);
  if (known !== undefined) return known;
  if (word.length < 4 || !word.endsWith('s') || singularInS.has(word) || /(?:ss|us|is|ics)$/.test(word)) return word;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** `RACEV2X`, `AGE53X`: variable of a survey with its round. `email_v2`: a version. */
function stripSurveySuffix(name: string): string {
  const last = name.charCodeAt(name.length - 1);
  if (last !== 88 && !isDigit(last)) return name;
  const survey = /^([A-Z]{3,}?)V?\d{1,2}X$/.exec(name);
  if (survey) return survey[1]!;
  return name.replace(/[_\- .]v\d{1,2}$/i, '');
}

function normalise(raw: string): SplitName {
  const split = splitWords(stripSurveySuffix(bareName(raw)));
  const tokens: string[] = [];
  const joints: string[] = [];
  for (const [i, word] of split.tokens.entries()) {
    if (i > 0) joints.push(split.joints[i - 1]!);
    const parts = compounds.get(word) ?? compounds.get(singular(word));
    if (parts) {
      tokens.push(...parts);
      for (let k = 1; k < parts.length; k++) joints.push('');
    } else tokens.push(singular(word));
  }
  return { tokens, joints };
}

/** Longest name that is looked at, in UTF-16 units; a longer one is prose or data, not a name. */
export const longestName = 120;
const nothing: SplitName = { tokens: [], joints: [] };
const cached = memoise(16_384, normalise);

/** Words of a name after normalisation, with what stood between them. O(length), memoised. */
export function normalizedName(raw: string): SplitName {
  return raw.length > longestName ? nothing : cached(raw);
}

/**
 * Lower-case singular words of a column name: quotes, byte order mark and a trailing unit removed, marks folded, cut at
 * separators, changes of case and digits, closed compounds opened, survey suffixes dropped. Empty for a name longer than 120
 * characters. `"PatientIDs"` → `["patient", "id"]`.
 */
export function normalizeName(raw: string): readonly string[] {
  return normalizedName(raw).tokens;
}
