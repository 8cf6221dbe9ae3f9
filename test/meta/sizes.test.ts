import { describe, expect, it } from 'vitest';
import { lineCount, nodes, parse, type SourceFile, sourceFiles } from './source-files.js';

/** Files that may be longer than 400 lines (test files: 600), with the reason. */
const LONG_FILES: Readonly<Record<string, string>> = {
  'server/src/syntax/python/expression-parser.ts': 'one grammar, whose parts call each other',
  'server/src/syntax/python/statement-parser.ts': 'one grammar, whose parts call each other',
  'server/src/syntax/python/tokenizer.ts': 'one loop with local state, for speed',
  'test/unit/knowledge/personal-data.test.ts': 'labelled column names, one a line',
  'test/unit/knowledge/secrets.test.ts': 'one row for each format of a key',
};

/** Functions that may be longer than 60 lines, with the reason. */
const LONG_FUNCTIONS: Readonly<Record<string, string>> = {};

/** The parser is one loop and one grammar in typed arrays: splitting it costs speed and reads no better. */
const PARSER = 'server/src/syntax/python/';

const server = sourceFiles('server/src');
const isRule = ({ path }: SourceFile): boolean => /^server\/src\/rules\/[^/]+\/[^_/][^/]*\.ts$/.test(path);
const rules = server.filter(isRule);
const others = [...server.filter((file) => !isRule(file)), ...sourceFiles('client/src'), ...sourceFiles('tools')];

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1]!;
}

function longerThan(files: readonly SourceFile[], limit: number): string[] {
  return files
    .filter(({ path, text }) => lineCount(text) > limit && LONG_FILES[path] === undefined)
    .map(({ path, text }) => `${path} (${lineCount(text)})`);
}

/** A rule without its examples: they are its tests and its documentation, and more of them is better. */
function withoutExamples(text: string): string {
  const start = text.indexOf('\n  examples: [');
  const end = text.indexOf('\n  ],', start);
  return start < 0 || end < 0 ? text : text.slice(0, start) + text.slice(end);
}

describe('rule files', () => {
  it('have a median of at most 80 lines besides their examples', () => {
    expect(
      percentile(
        rules.map(({ text }) => lineCount(withoutExamples(text))),
        0.5,
      ),
    ).toBeLessThanOrEqual(80);
  });

  it('have at most 220 lines', () => expect(longerThan(rules, 220)).toEqual([]));
});

describe('other files', () => {
  const measured = others.filter(({ path }) => LONG_FILES[path] === undefined);
  const lengths = measured.map(({ text }) => lineCount(text));

  it('have a median of at most 100 lines', () => expect(percentile(lengths, 0.5)).toBeLessThanOrEqual(100));

  it('have a 95th percentile of at most 250 lines', () => expect(percentile(lengths, 0.95)).toBeLessThanOrEqual(250));

  it('have at most 400 lines', () => expect(longerThan(others, 400)).toEqual([]));

  it('of a language server method have at most 80 lines', () => {
    expect(
      longerThan(
        server.filter(({ path }) => path.startsWith('server/src/lsp/methods/')),
        80,
      ),
    ).toEqual([]);
  });

  it('of tests have at most 600 lines', () => expect(longerThan(sourceFiles('test'), 600)).toEqual([]));
});

describe('functions', () => {
  const KINDS = new Set([
    'FunctionDeclaration',
    'FunctionExpression',
    'ArrowFunctionExpression',
    'ClassMethod',
    'PrivateMethod',
    'Constructor',
    'MethodProperty',
    'GetterProperty',
  ]);
  const functions = [...rules, ...others]
    .filter(({ path }) => !path.startsWith(PARSER))
    .flatMap((file) => {
      const { module, lineAt } = parse(file);
      return [...nodes(module.body)].flatMap(({ type, span }) => {
        if (span === undefined || !KINDS.has(type ?? '')) return [];
        const line = lineAt(span.start);
        return [{ at: `${file.path}:${line}`, path: file.path, lines: lineAt(span.end) - line + 1 }];
      });
    });

  it('are found', () => expect(functions.length).toBeGreaterThan(500));

  it('have a 95th percentile of at most 30 lines', () => {
    expect(
      percentile(
        functions.map(({ lines }) => lines),
        0.95,
      ),
    ).toBeLessThanOrEqual(30);
  });

  it('have at most 60 lines', () => {
    const long = functions.filter(({ path, lines }) => lines > 60 && LONG_FUNCTIONS[path] === undefined);
    expect(long.map(({ at, lines }) => `${at} (${lines})`)).toEqual([]);
  });
});

it('every exception is still needed', () => {
  const all = [...server, ...others, ...sourceFiles('test')];
  const needed = Object.keys(LONG_FILES).filter((path) => {
    const file = all.find((one) => one.path === path);
    return file !== undefined && lineCount(file.text) > (path.startsWith('test/') ? 600 : 400);
  });
  expect(needed).toEqual(Object.keys(LONG_FILES));
});
