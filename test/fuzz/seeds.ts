import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Language, languageOf } from '../../server/src/base/language.js';
import { rules } from '../../server/src/rules/index.gen.js';

export interface Seed {
  readonly path: string;
  readonly text: string;
}

const samples = fileURLToPath(new URL('../../samples/', import.meta.url));

function* sampleFiles(folder: string): Generator<Seed> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sampleFiles(path);
    else yield { path: relative(samples, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') };
  }
}

/** Texts that mutations start from: every example of every rule, and every file of the samples. */
export function seedsOf(language: Language): readonly Seed[] {
  const examples = rules.flatMap(({ rule }) =>
    rule.examples.flatMap(({ bad, good, path = 'train.py', files = {} }) => [
      ...[bad, good].flatMap((text) => (text === undefined ? [] : [{ path, text: text.replace(/[«»]/g, '') }])),
      ...Object.entries(files).map(([name, text]) => ({ path: name, text })),
    ]),
  );
  return [...examples, ...sampleFiles(samples), TRITON].filter(({ path }) => languageOf(path) === language);
}

/** A language without rules of its own yet. */
const TRITON = { path: 'models/iris/config.pbtxt', text: 'name: "iris"\ninput [ { name: "x" dims: [ -1 ] } ]\n' };

/** Pieces that mean something in a language, valid where they land or not. */
export const PIECES: Readonly<Record<Language, readonly string[]>> = {
  python: [
    ...[
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ':',
      ',',
      '.',
      '=',
      '@',
      '*',
      '**',
      '\\',
      '#',
      "'",
      '"',
      '"""',
      'f"{',
      '}"',
      ':=',
    ],
    ...['\n', '\r\n', '\n    ', ' ', '\t', '\0', '\ufeff', '\ud83d', '😀', '\u2028'],
    ...[
      'import torch',
      'torch.load(',
      'weights_only=False',
      'def f(x):\n    ',
      'lambda: ',
      'await ',
      'not ',
      'None',
      '**kw',
    ],
    ...[
      'df["name"]',
      'pd.read_csv(',
      'open(',
      'requests.get(',
      '# tidegate: ignore[load-torch] -- why not',
      '# nosec B614',
    ],
  ],
  notebook: [
    '"',
    '\\',
    '\\n',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    'null',
    '\\ud83d',
    '"source": ',
    '"cells": [',
    '%pip install x\\n',
    '!',
    '1e999',
  ],
  yaml: [
    '\n',
    '  ',
    '- ',
    ': ',
    '&a ',
    '*a',
    '!x ',
    '<<: *a\n',
    '|\n',
    '>-\n',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '#',
    '---\n',
    '? ',
    '\t',
    '{{ x }}',
    '\0',
    '%YAML 9\n',
  ],
  json: ['{', '}', '[', ']', ',', ':', '"', '\\', '\\u12', 'null', '1e', '//', '/*', '\n', '\0'],
  toml: ['[', ']', '[[', '=', '"', '"""', "'''", '\n', '.', '{', '}', ',', '#', '\\', 'inf', '1979-05-27', '\0'],
  ini: ['[', ']', '=', ':', '\n', '\n  ', ';', '#', '%(', ')s', '"', '\\', '\0', '\r'],
  textproto: [
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
    '"',
    "'",
    '\\',
    '\n',
    '#',
    'input {',
    'true',
    '\ud83d',
  ],
  hcl: [
    ...[
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      '=',
      ',',
      '.',
      ':',
      '"',
      '\\',
      '${',
      '%{',
      '#',
      '//',
      '/*',
      '*/',
      '\n',
      '\r\n',
      '\0',
    ],
    ...[
      '<<EOT\n',
      '<<-EOT\n',
      'EOT\n',
      'resource "aws_s3_bucket" "x" {\n',
      'for ',
      'true',
      '-1',
      'var.x',
      'jsonencode(',
    ],
  ],
  dockerfile: [
    '\n',
    '\\\n',
    'FROM ',
    'RUN ',
    ' AS ',
    '<<EOF\n',
    'EOF\n',
    '$',
    '${x:-',
    '}',
    '[',
    ']',
    '"',
    '`',
    '#',
    '# escape=`\n',
    '--mount=',
    '&& ',
    '\0',
    '@sha256:',
  ],
  requirements: [
    '\n',
    '==',
    '>=',
    '[',
    ']',
    ';',
    '#',
    '-e ',
    '-r ',
    '--hash=sha256:',
    '\\\n',
    'git+https://',
    '@',
    ' ',
    '$' + '{X}',
    '*',
    '\0',
    '\ufeff',
  ],
};
