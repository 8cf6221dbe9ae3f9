import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readIni } from '../../../server/src/facts/config/ini.js';
import { readJson } from '../../../server/src/facts/config/json.js';
import type { ConfigReader } from '../../../server/src/facts/config/node.js';
import { readTextproto } from '../../../server/src/facts/config/textproto.js';
import { readToml } from '../../../server/src/facts/config/toml.js';
import { readYaml } from '../../../server/src/facts/config/yaml.js';
import { dockerfileFacts } from '../../../server/src/facts/dockerfile/read.js';
import { commandsOf } from '../../../server/src/facts/dockerfile/shell.js';
import { recognizeFormat } from '../../../server/src/facts/formats/recognize.js';
import { expectSound } from './entries.js';

const READERS: readonly [string, ConfigReader, readonly string[]][] = [
  [
    'yaml',
    readYaml,
    [
      'a',
      ': ',
      ':',
      '\n',
      '\r\n',
      '  ',
      '- ',
      '&a ',
      '*a',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ',',
      '|',
      '>-',
      '#',
      ' #c',
      '---',
      '...',
      '!t ',
      '? ',
      '<<',
      '\t',
      '%',
      '{{',
      '\ud800',
      '\ufeff',
      '1',
    ],
  ],
  [
    'json',
    readJson,
    [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '\\u12',
      '1',
      '-',
      'true',
      'null',
      'NaN',
      '-Infinity',
      '//',
      '/*',
      '*/',
      '\n',
      ' ',
      '\ud800',
      'x',
    ],
  ],
  [
    'toml',
    readToml,
    [
      'a',
      '.',
      ' = ',
      '=',
      '[',
      ']',
      '[[',
      ']]',
      '{',
      '}',
      '"',
      "'",
      '"""',
      '\n',
      '\r\n',
      '1',
      '1979-05-27',
      'true',
      '#',
      ',',
      '\\',
      '[a]\n',
      'b = 1\n',
      '\ud800',
      '\ufeff',
    ],
  ],
  [
    'ini',
    readIni,
    [
      'a',
      '=',
      ':',
      '[',
      ']',
      '"',
      "'",
      '\\',
      '\n',
      '\r\n',
      '\r',
      ' ',
      '\t',
      '#',
      ';',
      'export ',
      '[s]\n',
      '\ud800',
      '\ufeff',
      '!',
    ],
  ],
  [
    'textproto',
    readTextproto,
    [
      'a',
      ': ',
      '{',
      '}',
      '<',
      '>',
      '[',
      ']',
      ',',
      ';',
      '"b"',
      '"',
      "'",
      '\\',
      '\n',
      ' ',
      '#',
      '1',
      'true',
      '\ud800',
      '\ufeff',
    ],
  ],
];

test.each(READERS)('any %s text: no throw, ranges inside the text', (language, read, pieces) => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const tree = read(text);
      expectSound(text, tree);
      for (const root of tree.roots) recognizeFormat('x/.dvc/config', root, language as 'yaml');
    }),
    { numRuns: 1500 },
  );
});

test('any Dockerfile text: no throw, ranges inside the text', () => {
  const piece = fc.constantFrom(
    'FROM ',
    'RUN ',
    'ARG ',
    'a',
    '=',
    '$',
    '${',
    '}',
    ':-',
    ' ',
    '\\',
    '\\\n',
    '\n',
    '\r\n',
    '"',
    "'",
    '[',
    ']',
    ',',
    '<<E',
    '\nE\n',
    '#',
    '# escape=`\n',
    '`',
    '--x=',
    ' as ',
    '\t',
    '\ud800',
    '\ufeff',
    'pip install x',
    '|',
    'sh -c ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const { instructions, stages, errors } = dockerfileFacts(text);
      const ranges = [
        ...instructions.flatMap((i) => [
          i.range,
          i.keywordRange,
          i.argumentRange,
          ...i.words.map((w) => w.range),
          ...i.flags.map((f) => f.range),
        ]),
        ...instructions.flatMap((i) => commandsOf(i, text).flatMap((c) => [c.range, ...c.words.map((w) => w.range)])),
        ...stages.map((s) => s.imageRange),
        ...errors.map((e) => e.range),
      ];
      for (const { start, end } of ranges) expect(0 <= start && start <= end && end <= text.length).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
