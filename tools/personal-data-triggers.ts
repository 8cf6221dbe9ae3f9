import { healthContainers, personNouns, personPlurals } from '../server/src/knowledge/personal-data/guards.js';
import { compiledSets } from '../server/src/knowledge/personal-data/header-evidence.js';
import { exactNames } from '../server/src/knowledge/personal-data/lexicon.js';
import { foldedLetters, foldedMarks, singular } from '../server/src/knowledge/personal-data/normalize.js';
import { type Phrase, phraseJoints, strongPhrases, tokenPairs } from '../server/src/knowledge/personal-data/phrases.js';
import { specificWeak } from '../server/src/knowledge/personal-data/signals.js';

/** Words found in most source files: never chosen alone as the trigger of a phrase. */
const everyday: ReadonlySet<string> = new Set(
  `
    id name number no num nr nbr code date time type key group band range cat category bucket age at of to is are
    and for do de di n first last full given family middle legal card job title role face voice iris device
    session access api private secret encryption signing token client auth bearer refresh hf member person holder
    user login handle line house point home lab result image picture photo chat log comment text resume body note
    case default flag degree level length score limit count total child sort under service visit size status view
    post state city area history template mac ip address addr gain loss e mail tax national tel cell contact sin
    ni pan tin union life clinical parent owner master school policy plate screen rate value lat lon lng long pick
    up drop off capital sk pay 1 2 3 13 16 ext bal checking icu print curr rating bic answer bill stay cnt plec
    magnitude registration int cc emp pin source place encoding origin previous license licence lic vin zip geo
    primary security constructor github uid uuid guid prior dependent identity subject scan variant performance
    embedding agent individual minor anchor candidate expiration parents driver driving worth net green condition
    summary day year month party inc profile signature medical doctor insurance record index class`.split(/\s+/),
);

/** Spellings of one token inside a text: its plurals contain it, except after -y and in irregular words. */
function spellings(token: string): string[] {
  if (token === 'child') return ['child'];
  if (token === 'person') return ['person', 'people'];
  if (token === 'diagnosis') return ['diagnosis', 'diagnoses'];
  return token.endsWith('y') ? [token, `${token.slice(0, -1)}ies`] : [token];
}

/** A token and every plural that normalisation would bring back to it. */
function plurals(token: string): string[] {
  return [
    token,
    ...[`${token}s`, `${token}es`, ...spellings(token).slice(1)].filter((word) => singular(word) === token),
  ];
}

/** The last two words of a phrase with everything that may stand between them; the first may be a plural. */
function joined(tokens: readonly string[]): string[] {
  const [first, second] = tokens.slice(-2) as [string, string];
  const words: string[] = [];
  for (const joint of phraseJoints) {
    for (const a of plurals(first)) for (const b of spellings(second)) words.push(a + joint + b);
  }
  return words;
}

function triggersOf(phrase: Phrase): string[] {
  const { tokens } = phrase;
  const rare = tokens.filter((token) => !everyday.has(token)).sort((a, b) => b.length - a.length)[0];
  if (rare !== undefined) return spellings(rare);
  return tokens.length === 1 ? spellings(tokens[0]!) : joined(tokens);
}

/** Enough deciding columns of a known set that no recognised header can avoid all of them. */
function setTriggers(): string[] {
  return compiledSets()
    .filter(({ columns }) => [...columns.values()].some((category) => category !== undefined))
    .flatMap(({ deciding, atLeast }) => {
      const rare = (key: string) =>
        Math.max(...key.split(' ').map((token) => (everyday.has(token) ? 0 : token.length)));
      const chosen = [...deciding].sort((a, b) => rare(b) - rare(a)).slice(0, deciding.length - atLeast + 1);
      return chosen.flatMap((key) => triggersOf({ tokens: key.split(' '), category: 'health' }));
    });
}

/** Two different ones of {age, sex, gender, race, first, last, dob} always include one of these. */
const demographic = ['sex', 'gender', 'race', 'dob', 'first', 'last'];

/** Weak words that need no strong sibling: a pair of name columns, measures of one family. */
const mutual = ['lname', ...specificWeak];

/** Drops every word that contains another one: the shorter already fires. */
function minimal(words: Iterable<string>): string[] {
  const kept: string[] = [];
  for (const word of [...new Set(words)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    if (!kept.some((shorter) => word.includes(shorter))) kept.push(word);
  }
  return kept;
}

/**
 * Lower-case substrings, of which every text contains at least one, case aside, in which `classifyColumn` can find anything
 * when name, siblings and container stand in that text. A text without them needs no further look.
 */
export const triggerWords: readonly string[] = minimal([
  ...[...strongPhrases(), ...tokenPairs()].flatMap(triggersOf),
  ...demographic,
  ...mutual,
  ...[...personNouns, ...healthContainers].flatMap(spellings),
  ...personPlurals,
  ...setTriggers(),
  ...Object.values(exactNames).flatMap((names) => names.split(' ')),
  ...foldedLetters,
  ...foldedMarks,
]);

/** Text of `trigger-words.gen.ts`: the words in one string, since working them out takes longer than a check. */
export function triggerWordsText(): string {
  return [
    '// Generated by tools/generate.ts; do not edit.',
    '',
    '/** Words between bars: every lower-case text in which a personal name can be found holds one. */',
    `export const triggerWords = ${JSON.stringify([...triggerWords].sort().join('|'))};`,
    '',
  ].join('\n');
}
