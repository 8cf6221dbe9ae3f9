/** Shannon entropy of the characters of a text, in bits per character; 0 for the empty text. O(length). */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const ch of text) counts.set(ch, (counts.get(ch) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / text.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

/** How many different characters a text has. */
export function distinctCharacters(text: string): number {
  return new Set(text).size;
}

function characterClass(c: number): 'lower' | 'upper' | 'digit' | 'other' {
  if (c >= 97 && c <= 122) return 'lower';
  if (c >= 65 && c <= 90) return 'upper';
  return c >= 48 && c <= 57 ? 'digit' : 'other';
}

/**
 * A mixed-case text that reads like words (`AutoModelForSequenceClassification`, `this-is-not-a-real-key`): long lower-case
 * runs and few changes of character class. Random base62 changes class at 6 of 10 characters; about one random letter
 * string in a hundred is taken for words. Not for lower-case or hexadecimal alphabets.
 */
export function looksLikeWords(text: string): boolean {
  let changes = 0;
  let run = 0;
  let longest = 0;
  for (let i = 0; i < text.length; i++) {
    const kind = characterClass(text.charCodeAt(i));
    if (i > 0 && kind !== characterClass(text.charCodeAt(i - 1))) changes++;
    run = kind === 'lower' ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest >= 5 && changes < (text.length - 1) / 3;
}

/** Longest stretch of characters whose codes go up or down by one, or stay: `abcdef`, `4321`, `xxxx`. */
export function longestSequence(text: string): number {
  let longest = Math.min(text.length, 1);
  let run = 1;
  let step = Number.NaN;
  for (let i = 1; i < text.length; i++) {
    const difference = text.charCodeAt(i) - text.charCodeAt(i - 1);
    if (difference === step) run++;
    else {
      step = Math.abs(difference) <= 1 ? difference : Number.NaN;
      run = Number.isNaN(step) ? 1 : 2;
    }
    if (run > longest) longest = run;
  }
  return longest;
}

/** The text is one block of up to eight characters repeated three times or more: `abcabcabc`, `deadbeefdeadbeefdeadbeef`. */
export function isRepeated(text: string): boolean {
  for (let size = 1; size <= 8 && size * 3 <= text.length; size++) {
    let same = true;
    for (let i = size; same && i < text.length; i++) same = text[i] === text[i - size];
    if (same) return true;
  }
  return false;
}
