import type { Range } from '../base/range.js';

/** Where somebody types in a configuration file. */
export interface ConfigCursor {
  /** Keys around the place, from the outside in; for a value and an item, its own key last. */
  readonly path: readonly string[];
  readonly on: 'key' | 'value' | 'item';
  /** What is being typed there, up to the end of the word. */
  readonly word: Range;
  /** True when nothing but the word stands on the line: a key has no value yet. */
  readonly alone: boolean;
}

const WORD = /[\w.-]/;
const HEADER = /^[ \t]*\[tool\.tidegate(?:\.([^\]]+))?\][ \t]*(?:#.*)?$/;

/**
 * What the cursor stands on in `tidegate.yaml`, or in the part of a `pyproject.toml` that is Tidegate's; undefined in comments
 * and elsewhere. Read from the lines themselves: a file that is being typed seldom parses. O(lines above).
 */
export function configCursor(text: string, offset: number, language: 'yaml' | 'toml'): ConfigCursor | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  if (/(?:^|\s)#/.test(before)) return undefined;
  const from = offset - /[\w.-]*$/.exec(before)![0].length;
  let to = offset;
  while (to < text.length && WORD.test(text[to]!)) to++;
  const word = { start: from, end: to };
  const rest = text.slice(to).split('\n', 1)[0]!;
  const lead = text.slice(start, from);
  const above = text.slice(0, start).split('\n').slice(0, -1);
  return language === 'yaml' ? inYaml(lead, rest, above, word) : inToml(lead, rest, above, word);
}

function inYaml(lead: string, rest: string, above: readonly string[], word: Range): ConfigCursor | undefined {
  const indent = /^ */.exec(lead)![0].length;
  const alone = /^\s*(?:#.*)?$/.test(rest);
  if (lead.trim() === '') return { path: around(above, indent), on: 'key', word, alone };
  if (/^ *- +["']?$/.test(lead)) return { path: around(above, indent + 1), on: 'item', word, alone };
  const key = /^ *(["']?)([^"':]+)\1: +(.*)$/.exec(lead);
  if (key === null) return undefined;
  const path = [...around(above, indent), key[2]!];
  if (/^["']?$/.test(key[3]!)) return { path, on: 'value', word, alone };
  // `[a, b` and `{ load-torch: ` on one line.
  if (/^\[(?:[^[\]{}]*,)? *["']?$/.test(key[3]!)) return { path, on: 'item', word, alone };
  const inner = /^\{(?:[^[\]{}]*,)? *(?:([\w-]+): *)?$/.exec(key[3]!);
  if (inner === null) return undefined;
  return inner[1] === undefined
    ? { path, on: 'key', word, alone: false }
    : { path: [...path, inner[1]], on: 'value', word, alone };
}

/** Keys of the lines above that hold a line of this indentation. */
function around(above: readonly string[], indent: number): string[] {
  const path: string[] = [];
  let width = indent;
  for (let line = above.length - 1; line >= 0 && width > 0; line--) {
    const match = /^( *)(["']?)([^\s"'#][^"']*?)\2:(?:\s.*)?$/.exec(above[line]!.trimEnd());
    if (match === null || match[1]!.length >= width) continue;
    path.unshift(match[3]!);
    width = match[1]!.length;
  }
  return path;
}

function inToml(lead: string, rest: string, above: readonly string[], word: Range): ConfigCursor | undefined {
  const header = [...above].reverse().find((line) => /^[ \t]*\[/.test(line));
  const found = header === undefined ? null : HEADER.exec(header.trimEnd());
  if (found === null) return undefined;
  const section = [...(found[1] ?? '').matchAll(/"([^"]+)"|'([^']+)'|([\w-]+)/g)].map((m) => m[1] ?? m[2] ?? m[3]!);
  const alone = /^\s*(?:#.*)?$/.test(rest);
  if (lead.trim() === '') return { path: section, on: 'key', word, alone };
  const key = /^[ \t]*(["']?)([\w-]+)\1[ \t]*=[ \t]*(.*)$/.exec(lead);
  if (key === null) return undefined;
  const path = [...section, key[2]!];
  if (/^["']?$/.test(key[3]!)) return { path, on: 'value', word, alone };
  return /^\[(?:[^[\]]*,)?\s*["']?$/.test(key[3]!) ? { path, on: 'item', word, alone } : undefined;
}
