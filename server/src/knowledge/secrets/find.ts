import { escapeRegExp, type SecretFormat } from './format.js';
import { secretFormats } from './formats.js';

/** One secret in a text, in UTF-16 units. */
export interface FoundSecret {
  readonly format: SecretFormat;
  readonly start: number;
  readonly end: number;
}

function byAnchor(formats: readonly SecretFormat[]): ReadonlyMap<string, readonly SecretFormat[]> {
  const map = new Map<string, SecretFormat[]>();
  for (const format of formats)
    for (const anchor of format.anchors) map.set(anchor, [...(map.get(anchor) ?? []), format]);
  return map;
}

/** Longest anchors first, so that `sk-ant-` is not taken for `sk-`. */
function anchorExpression(anchors: Iterable<string>, flags: string): RegExp {
  const sources = [...anchors].sort((a, b) => b.length - a.length).map(escapeRegExp);
  return new RegExp(sources.join('|'), flags);
}

const plain = byAnchor(secretFormats.filter((format) => !format.needsContext));
const contextual = byAnchor(secretFormats.filter((format) => format.needsContext));

function isWordPart(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
}

/** A secret starts a word; the `n` of a JSON-escaped line break (`\nhf_…`) does not count as part of one. */
function startsWord(text: string, start: number): boolean {
  if (start === 0 || !isWordPart(text.charCodeAt(start - 1))) return true;
  return start > 1 && text[start - 2] === '\\' && /[nrt]/.test(text[start - 1]!);
}

function matchAt(format: SecretFormat, text: string, start: number): number {
  const { pattern } = format;
  pattern.lastIndex = start;
  const hit = pattern.exec(text);
  return hit && format.isValid(hit[0]) ? start + hit[0].length : -1;
}

const plainAnchors = anchorExpression(plain.keys(), 'g');
const contextualAnchors = anchorExpression(contextual.keys(), 'gi');

function findPlain(text: string, found: FoundSecret[]): void {
  const anchors = plainAnchors;
  anchors.lastIndex = 0;
  for (let hit = anchors.exec(text); hit; hit = anchors.exec(text)) {
    let next = hit.index + 1;
    for (const format of plain.get(hit[0])!) {
      const start = hit.index - format.anchorOffset;
      if (start < 0 || !startsWord(text, start)) continue;
      const end = matchAt(format, text, start);
      if (end < 0) continue;
      found.push({ format, start, end });
      next = end;
      break;
    }
    anchors.lastIndex = next;
  }
}

function findInContext(text: string, found: FoundSecret[]): void {
  const anchors = contextualAnchors;
  anchors.lastIndex = 0;
  for (let hit = anchors.exec(text); hit; hit = anchors.exec(text)) {
    for (const format of contextual.get(hit[0].toLowerCase()) ?? []) {
      const bridge = format.bridge!;
      bridge.lastIndex = hit.index + hit[0].length;
      const between = bridge.exec(text);
      if (!between) continue;
      const start = bridge.lastIndex;
      const end = matchAt(format, text, start);
      if (end >= 0) found.push({ format, start, end });
    }
    anchors.lastIndex = hit.index + 1;
  }
}

/**
 * Every well-formed secret of a text, by position, without overlaps. Linear: anchors are literal, patterns and bridges have
 * bounded length. Placeholders, documented examples and wrong checksums are left out.
 */
export function findSecrets(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  findPlain(text, found);
  findInContext(text, found);
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: FoundSecret[] = [];
  for (const secret of found) if (secret.start >= (apart.at(-1)?.end ?? 0)) apart.push(secret);
  return apart;
}

/** Lower-case substrings one of which any text with a secret of these families holds, besides words of the caller's own. */
export function secretWords(
  families: readonly SecretFormat['family'][],
  own: readonly string[] = [],
): readonly string[] {
  const formats = secretFormats.filter((format) => families.includes(format.family));
  return shortest([...own, ...formats.flatMap((format) => format.anchors.map((anchor) => anchor.toLowerCase()))]);
}

/** Without the words that hold another one. */
function shortest(words: readonly string[]): readonly string[] {
  return [...new Set(words)]
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .filter((word, i, all) => !all.slice(0, i).some((shorter) => word.includes(shorter)));
}

/** Lower-case substrings; a text that holds none of them, case aside, holds no secret that `findSecrets` reports. */
export const secretTriggerWords: readonly string[] = shortest(
  [...plain.keys(), ...contextual.keys()].map((anchor) => anchor.toLowerCase()),
);
