import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../server/src/syntax/python/parse.js';
import { MAX_PROBLEMS } from '../../../server/src/syntax/python/tree.js';
import { shapeProblem } from './python-shape.js';

const SEED = 20_250_101;

/** Pieces whose random sequences reach every corner of the grammar, valid or not. */
const PIECES = [
  ...'()[]{}:;,.=@+-*/%<>!~^&|\\#\'"`$?\0\f\t',
  ...['\n', '\r', '\r\n', '\n    ', '\n\t', '\n        ', ' ', '  ', '\ufeff', 'é', '変', '\ud83d', '😀', '\u00a0'],
  ...['x', 'y', 'self', 'match', 'case', 'type', '_', 'print', '1', '0x1f', '1.5e3', '1_0j', '.5', '1e', '0b', '...'],
  ...[
    '"a"',
    "'b'",
    '"""',
    "'''",
    'f"',
    "f'",
    'f"""',
    'rb"',
    't"',
    "rf'",
    'f"{x}"',
    'f"{x!r:>{y}}"',
    '{{',
    '}}',
    '\\N{DASH}',
  ],
  ...[
    'False',
    'None',
    'and',
    'as',
    'assert',
    'async',
    'await',
    'break',
    'class',
    'def',
    'del',
    'elif',
    'else',
    'except',
  ],
  ...[
    'finally',
    'for',
    'from',
    'global',
    'if',
    'import',
    'in',
    'is',
    'lambda',
    'nonlocal',
    'not',
    'or',
    'pass',
    'raise',
  ],
  ...['return', 'try', 'while', 'with', 'yield', '->', ':=', '**', '//', '<<', '>>=', '<>', '!=', '==', '+='],
  ...[
    'def f(a, *, b=1):\n    ',
    'match x:\n  case ',
    'class A[T](B, c=1): pass\n',
    'with (a as b, c): pass\n',
    'if x:\n  pass\nel',
  ],
];

const VALID = `
@decorate(1)
async def run[T: int](a, /, b: str = "x", *args, c=1, **kwargs) -> None:
    """Docstring."""
    async with open(f"{a!r:>{b}}", key=[x async for x in y if x]) as h, other:
        match a, b:
            case [Point(x=0), *rest] | {"k": 1, **more} as m if call(m):
                return lambda q=1, *r: (yield q) if not q else {**r, 'a': -q ** 2}
            case _: pass
    try:
        x: int = a[1:2, ::3, ...]; y = z = 5
        del x, a.b; assert c, "m"; raise E from e
    except* (A, B) as e:
        global g, h
    else: from ..m import (n as o, p,)
    finally: import q.r as s, t
    for i, *j in a if b else c: z = {k: v for k, v in w} @ ~u
    while (n := f(rb"\\d" b'x')) is not None and m not in (1, 2.5e-3j): break
type X[T] = list[T]
`;

function problemOf(text: string): string | undefined {
  const tree = parsePython(text);
  if (tree.errors.length > MAX_PROBLEMS) return 'too many problems';
  return shapeProblem(tree);
}

describe('any text', () => {
  it('gives a well-formed tree, for random pieces of Python', () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (source) => {
        expect(problemOf(source)).toBeUndefined();
      }),
      { seed: SEED, numRuns: 6000 },
    );
  });

  it('gives a well-formed tree, for random characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (source) => {
        expect(problemOf(source)).toBeUndefined();
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it('gives a well-formed tree, for valid code with a piece put in or taken out', () => {
    const edit = fc.record({
      at: fc.nat(VALID.length),
      length: fc.nat(8),
      piece: fc.constantFrom('', ...PIECES),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let source = VALID;
        for (const { at, length, piece } of edits) source = source.slice(0, at) + piece + source.slice(at + length);
        expect(problemOf(source)).toBeUndefined();
      }),
      { seed: SEED, numRuns: 6000 },
    );
  });

  it('starts from code that is valid', () => {
    expect(parsePython(VALID).errors).toEqual([]);
    expect(problemOf(VALID)).toBeUndefined();
  });

  it('gives a well-formed tree, for every prefix of valid code', () => {
    for (let length = 0; length <= VALID.length; length++) {
      expect(problemOf(VALID.slice(0, length)), VALID.slice(0, length)).toBeUndefined();
    }
  });
});

describe('hostile text', () => {
  const many = 20_000;
  const cases: [string, string][] = [
    '(',
    '[',
    '{',
    '{a:',
    'f(',
    'f(\n',
    'f(\ndef g(): pass\n',
    'a[',
    'not ',
    '-',
    '~',
    'a**',
    'await ',
    'lambda:',
    'lambda x=',
    '*',
    '{*',
    '{**',
    'a if b else ',
    '[x for x in ',
    'f"{',
    'f\'{f"{',
    'f"""{',
    'f"{x\n',
    'x = (f"{x\n',
    'x = (\n',
    '"""',
    '"""\ndef f(): pass\n',
    'if (\n',
    'with (\n',
    '@',
    '@(',
    'try:\n',
    'else:\n',
    'elif x:\n',
    'a|',
    'a+',
    '.b',
    '()',
    '[0]',
    ' and a',
    '(a|b^c&d<<e+f*g(',
    '(yield ',
    '(x:=',
    '\\\n',
    '\0',
    '\r',
    'async ',
  ].map((piece) => [JSON.stringify(piece), piece.repeat(many)]);
  cases.push(
    ['case (', `match x:\n case ${'('.repeat(many)}`],
    ['case A(', `match x:\n case ${'A('.repeat(many)}`],
    ['case {1:', `match x:\n case ${'{1:'.repeat(many)}`],
    ['case |', `match x:\n case ${'a|'.repeat(many)}`],
    ['format specs', `f"${'{a:'.repeat(many)}`],
    ['indentation', Array.from({ length: 1500 }, (_, i) => `${' '.repeat(i)}if a:\n`).join('')],
    [
      'deep blocks with deep brackets',
      `${Array.from({ length: 99 }, (_, i) => `${' '.repeat(i)}if a:\n`).join('')}${' '.repeat(99)}${'(a|b[{f(lambda:'.repeat(many)}`,
    ],
    ['elif chain', `if a: pass\n${'elif a: pass\n'.repeat(many)}`],
    ['unclosed strings', '"""\ndef f():\n\\"""\n'.repeat(many / 10)],
  );

  it.each(cases)('%s, many times, is read in linear time without overflowing the stack', (_name, text) => {
    const before = process.cpuUsage();
    const problem = problemOf(text);
    const { user } = process.cpuUsage(before);
    expect(problem).toBeUndefined();
    // Processor time, which other work on the machine does not add to. Quadratic behaviour would take minutes.
    expect(user / 1000).toBeLessThan(4000 + text.length / 50);
  });
});
