import { lazy } from '../../base/lazy.js';
import { type Category, categories } from './categories.js';
import { lexicon, type WeakNeed, type WeakWords } from './lexicon.js';
import type { SplitName } from './normalize.js';

export interface Phrase {
  readonly tokens: readonly string[];
  readonly category: Category;
  /** Absent on a strong phrase. */
  readonly weak?: { readonly need: WeakNeed; readonly oneHot: boolean; readonly refutedBy: readonly string[] };
}

export interface PhraseMatch {
  readonly phrase: Phrase;
  /** Index of its first token. */
  readonly start: number;
}

/** What may stand between the words of one phrase. */
export const phraseJoints: readonly string[] = ['', '_', ' ', '-', '.'];

/** Expands `{a|b} c` to `a c` and `b c`. */
export function expandPhrase(pattern: string): readonly string[] {
  const group = /\{([^}]*)\}/.exec(pattern);
  if (!group) return [pattern];
  const before = pattern.slice(0, group.index);
  const after = pattern.slice(group.index + group[0].length);
  return group[1]!.split('|').flatMap((choice) => expandPhrase(before + choice + after));
}

/** The list is written as names are after normalisation, which costs too much to be done for every word of it. */
function compile(list: string, category: Category, words?: WeakWords): Phrase[] {
  const weak = words && {
    need: words.need,
    oneHot: words.oneHot ?? false,
    refutedBy: words.refutedBy?.split(', ') ?? [],
  };
  return list
    .split(',')
    .flatMap((pattern) => expandPhrase(pattern.trim()))
    .filter((text) => text !== '')
    .map((text) => ({ tokens: text.split(' '), category, ...(weak && { weak }) }));
}

export const strongPhrases = lazy((): readonly Phrase[] => categories.flatMap((id) => compile(lexicon[id].strong, id)));
export const weakPhrases = lazy((): readonly Phrase[] =>
  categories.flatMap((id) => (lexicon[id].weak ?? []).flatMap((words) => compile(words.phrases, id, words))),
);
/** Two tokens that may stand apart. */
export const tokenPairs = lazy((): readonly Phrase[] =>
  categories.flatMap((id) => (lexicon[id].both ?? []).map((tokens) => ({ tokens, category: id }))),
);

const byFirstToken = lazy((): ReadonlyMap<string, readonly Phrase[]> => {
  const map = new Map<string, Phrase[]>();
  for (const phrase of [...strongPhrases(), ...weakPhrases()]) {
    const list = map.get(phrase.tokens[0]!);
    if (list) list.push(phrase);
    else map.set(phrase.tokens[0]!, [phrase]);
  }
  for (const list of map.values()) list.sort((a, b) => b.tokens.length - a.tokens.length);
  return map;
});

function matchesAt(name: SplitName, start: number, phrase: Phrase): boolean {
  const { tokens } = phrase;
  if (start + tokens.length > name.tokens.length) return false;
  for (let k = 1; k < tokens.length; k++) {
    if (name.tokens[start + k] !== tokens[k] || !phraseJoints.includes(name.joints[start + k - 1]!)) return false;
  }
  return true;
}

function pairMatches(name: SplitName): PhraseMatch[] {
  const found: PhraseMatch[] = [];
  for (const phrase of tokenPairs()) {
    const start = name.tokens.indexOf(phrase.tokens[0]!);
    if (start >= 0 && name.tokens.includes(phrase.tokens[1]!)) found.push({ phrase, start });
  }
  return found;
}

/** Every phrase that occurs in a name, longest first at each token; phrases inside a longer one are left out. */
export function findPhrases(name: SplitName): readonly PhraseMatch[] {
  const found: PhraseMatch[] = pairMatches(name);
  let covered = 0;
  for (let start = 0; start < name.tokens.length; start++) {
    let longest = 0;
    for (const phrase of byFirstToken().get(name.tokens[start]!) ?? []) {
      if (phrase.tokens.length < longest) break;
      if (start + phrase.tokens.length <= covered || !matchesAt(name, start, phrase)) continue;
      longest = phrase.tokens.length;
      found.push({ phrase, start });
    }
    covered = Math.max(covered, start + longest);
  }
  return found;
}
