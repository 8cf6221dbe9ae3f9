import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify, type ToStringOptions } from 'yaml';
import { type ConfigEntry, descendants } from '../../../server/src/facts/config/entry.js';
import type { ConfigTree } from '../../../server/src/facts/config/node.js';
import { readYamlEvents } from '../../../server/src/facts/config/yaml-events.js';
import { readYamlNodes } from '../../../server/src/facts/config/yaml-nodes.js';

/** Everything a rule can see of a tree. */
function seen({ roots, errors, template }: ConfigTree): unknown {
  const numbers = new Map<ConfigEntry, number>();
  for (const root of roots) for (const entry of descendants(root)) numbers.set(entry, numbers.size);
  const entries = [...numbers.keys()].map(({ parent, children, alias, ...entry }) => ({
    ...entry,
    parent: parent && numbers.get(parent),
    children: children.map((item) => numbers.get(item)),
    alias: alias && numbers.get(alias),
  }));
  return { entries, errors, template };
}

function expectSame(text: string): void {
  const fast = readYamlEvents(text);
  expect(fast, text).toBeDefined();
  expect(seen(fast!), text).toEqual(seen(readYamlNodes(text)));
}

test.each([
  ['absent values', 'a:\nb: # c\nc:   \n- x\n'.replace('- x\n', 'd: 1\n')],
  ['absent items', 'a:\n  -\n  - # c\n  - 1\n  -   \nb: 2\n'],
  ['flow', 'a: {x: 1, y, "z": [1, , ]}\n'.replace(', ,', ',')],
  ['flow over lines', 'a: [\n  1, # one\n  {b: c},\n  ]\nd: {\n  e: f ,\n  g: # none\n  }\n'],
  ['pairs in a list', 'a: [b: c, d: ]\n'],
  ['empty collections', 'a: {}\nb: []\nc: [ ]\nd: {  # c\n  }\n'],
  ['block scalars', 'a: |\n  x\n\n  y\n\nb: >-  # c | d\n  z\nc: |2+\n    i\n\nd: !t &x |\n  w\ne: |\n'],
  ['block scalars in lists', '- |\n  a\n- - >\n    b\n  - &k # | c\n    |\n    d\n'],
  ['quotes', "\"k q\": 'it''s'\n's': \"a\\tb\\\n  c\"\n"],
  ['plain over lines', 'a: b\n  c\n\n  d\ne: f\n'],
  [
    'types',
    'a: [1, 0x1F, 0o17, 1.5, 1e3, .inf, -.INF, .nan, true, False, null, ~, Null, 1_000, yes, 12:30, 2020-01-01]\n',
  ],
  [
    'tags',
    'a: !Ref 1\nb: !!str 1\nc: !!int 7\nd: !!float 3\ne: !!python/object/apply:os.system ["id"]\nf: !t\ng: !!null\n',
  ],
  ['anchors', 'a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: &y\nf: [*y, *z]\ng: &g\n  - *g\n'],
  ['duplicate keys', 'a: 1\nb: {c: 1, c: 2}\na: 3\n<<: 1\n<<: 2\n'],
  ['documents', '# c\n---\na: 1\n---\n# only a comment\n---\n- b\n...\n---\nc\n'],
  ['documents without a value', '---\n---\n# c\n---\n\n'],
  ['other line breaks and a byte order mark', '\ufeffa: 1\r\nb:\r\n  - c # d\r\n  -\r\n'],
  ['other characters', 'ключ: "значение 🙂"\n🙂: ü\n'],
  ['keys of other types', '1: a\ntrue: b\n1.10: c\n? d\n: e\n? f\n'],
  ['nothing', ''],
  ['comments only', '# a\n\n# b\n'],
])('both readers give the same tree for %s', (_, text) => expectSame(text));

test.each([
  ['template tags for values', 'a: {{ x }}\n'],
  ['template tags for keys', 'a:\n  {{ x }}: y\n'],
  ['directives', '%TAG ! tag:e.org,2026:\n---\na: !x 1\n'],
  ['encoded tags', 'a: !a%21 1\nb: !<tag:x> 2\n'],
  ['broken syntax', 'a: [1\nb: 2\n'],
  ['control characters', 'a: \u0000\n'],
  ['deep nesting', '['.repeat(300)],
])('leaves %s to the reader that recovers', (_, text) => expect(readYamlEvents(text)).toBeUndefined());

const words = fc.oneof(
  fc.constantFrom(
    'a',
    'key',
    'true',
    'null',
    '1',
    '-',
    '#',
    ': ',
    'a b',
    "it's",
    '"',
    '\n',
    'x\ny\n',
    ' lead',
    '{',
    '*x',
    'ü',
  ),
  fc.string({ maxLength: 8, unit: 'grapheme-ascii' }),
);
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    words,
    fc.constantFrom(null, true, 0, -1.5, 1e21),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(words, tie('value'), { maxKeys: 4 }),
  ),
})).value;

test('both readers give the same tree for whatever a program writes', () => {
  const styles = fc.record({
    collectionStyle: fc.constantFrom('any', 'block', 'flow'),
    defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
    defaultKeyType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE'),
    indentSeq: fc.boolean(),
  });
  let compared = 0;
  fc.assert(
    fc.property(values, styles, (value, style) => {
      // A scalar alone is indented less than nothing, which the libraries count differently.
      const text = stringify([value], undefined, style as ToStringOptions);
      const fast = readYamlEvents(text);
      if (fast === undefined) return;
      compared++;
      expect(seen(fast), text).toEqual(seen(readYamlNodes(text)));
    }),
    { numRuns: 1_000 },
  );
  expect(compared).toBeGreaterThan(900);
});
