import { describe, expect, it } from 'vitest';
import { WordScanner } from '../../../server/src/base/word-scanner.js';

/** A scanner searches its first texts in another way than the later ones. */
function scanners(words: readonly string[], placed?: ReadonlySet<string>): WordScanner[] {
  const later = new WordScanner(words, placed);
  later.scan(' '.repeat(100_000));
  return [new WordScanner(words, placed), later];
}

function wordsIn(words: readonly string[], text: string): string[] {
  const [first, later] = scanners(words).map((scanner) => {
    const { found } = scanner.scan(text);
    return words.filter((_, index) => found[index] === 1);
  });
  expect(first).toEqual(later);
  return later!;
}

describe('words in a text', () => {
  it.each([
    ['one word', ['torch'], 'import torch', ['torch']],
    ['any case', ['Torch', 'api_KEY'], 'TORCH.Api_Key', ['Torch', 'api_KEY']],
    ['part of a word', ['load'], 'reloading', ['load']],
    ['words inside words', ['he', 'she', 'his', 'hers'], 'ushers', ['he', 'she', 'hers']],
    ['a word that ends another', ['abcd', 'bc'], 'xabcx', ['bc']],
    ['after a false start', ['aab'], 'aaab', ['aab']],
    ['the same word twice', ['a', 'a'], 'a', ['a', 'a']],
    ['signs', ['://', '-----begin', 'sig='], 'x://y -----BEGIN', ['://', '-----begin']],
    ['letters outside ASCII in the text', ['ab'], 'äabö', ['ab']],
    ['nothing', ['ab'], 'a b', []],
    ['an empty text', ['ab'], '', []],
    ['no words', [], 'ab', []],
  ])('%s', (_, words, text, expected) => {
    expect(wordsIn(words, text)).toEqual(expected);
  });

  it('agrees with a search of each word', () => {
    const letters = 'abc';
    const words: string[] = [];
    for (const a of letters) for (const b of letters) for (const c of ['', ...letters]) words.push(a + b + c);
    let text = '';
    for (let i = 0, seed = 7; i < 200; i++) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      text += letters[seed % 3];
      expect(wordsIn(words, text)).toEqual(words.filter((word) => text.includes(word)));
    }
  });

  it('says when a word cannot be looked for', () => {
    expect(() => new WordScanner(['ä'])).toThrow(RangeError);
  });

  it('tells where the last characters of the words lie whose places are wanted', () => {
    for (const scanner of scanners(['key', 'load', 'api_key'], new Set(['api_key', 'load']))) {
      expect(scanner.scan('API_KEY = load(key)').places).toEqual([6, 13]);
      expect(scanner.scan('a key').places).toEqual([]);
      expect(scanner.scan('é 😀 € load, load').places).toEqual([10, 16]);
    }
  });
});
