import { distinctCharacters, isRepeated, longestSequence } from './randomness.js';

/** Anywhere in a value, case aside. */
const fillerParts = new RegExp(
  [
    'x{4,}|\\*{3,}|\\.{3}|…|_{4,}|-{6,}|#{3,}',
    'placeholder|example|dummy|redacted|hidden|deadbeef|lorem|censored|removed|your[-_. ]?',
    'change[-_. ]?(?:this|it|me)|replace[-_. ]?(?:me|this|with)|insert[-_. ]|to[-_]?be[-_]|fill[-_. ]?(?:me|in)',
    'no[-_]?key|no[-_]?token|not[-_ ]?(?:needed|used|required|set|a[-_ ]real|real)',
  ].join('|'),
  'i',
);

/** As a whole word between separators, changes of case or digits. */
const fillerWords: ReadonlySet<string> = new Set(
  `your test tests testing fake sample demo dummy mock foo bar baz foobar todo tbd fixme none null nil undefined empty default
    unset unused unknown optional required anything something ignored xxx xx abc abcd abcdef qwerty asdf string here goes`.split(
    /\s+/,
  ),
);

/**
 * Publicly documented values that open nothing of anyone's: the AWS guides, the storage emulator of Azure and the settings
 * that Mage writes into a new project.
 */
const documented = /^A(?:KI|SI)A(?:IOSFODNN7|I44QH8DHB)|EXAMPLE(?:KEY)?$|^Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1|^mage1337$/;

/** A template hole that some other program fills; `#{…}#`, `@…@` and `__…__` are those of deployment tools. */
const template =
  /^<[^<>]*>$|\$\{[^}]{0,128}\}|\{\{.{0,128}\}\}|^\{[^{}]*\}$|^%[A-Za-z_]\w*%$|^#\{[^{}]*\}#?$|^@[A-Za-z_][\w.-]*@$|^__[A-Za-z]\w*__$|%\([^)]{0,64}\)s|^\[[^\]]*\]$|<[a-z][\w -]{0,64}>/i;

function words(value: string): string[] {
  return value
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
}

/**
 * Whether a value only stands for a secret: filler characters, template holes, words such as "your" or "dummy", repeated or
 * sequential characters, too few different characters, documented examples. O(length), for values up to a few thousand
 * characters.
 */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text === '' || template.test(text) || documented.test(text) || fillerParts.test(text)) return true;
  if (isRepeated(text) || longestSequence(text) >= Math.max(5, Math.min(10, text.length / 2))) return true;
  const distinct = distinctCharacters(text);
  if (distinct <= 2 || (text.length >= 16 && distinct < 6)) return true;
  const parts = words(text);
  return parts.length > 0 && parts.some((word) => fillerWords.has(word) && (word.length > 3 || text.length < 24));
}
