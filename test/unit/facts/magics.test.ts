import { parser } from '@lezer/python';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellAt, notebookModule } from '../../../server/src/facts/notebook/module.js';
import type { NotebookCell } from '../../../server/src/facts/notebook/notebook.js';
import { blankMagics } from '../../../server/src/syntax/notebook/magics.js';

function cell(index: number, source: string, kind: NotebookCell['kind'] = 'code'): NotebookCell {
  return { index, kind, id: undefined, source, map: undefined, outputs: [], outputsRange: undefined, ignores: [] };
}

const found = (source: string) =>
  blankMagics(source).magics.map((m) => [
    m.kind,
    m.name,
    m.argument,
    source.slice(m.range.start, m.range.end),
    m.assignedTo,
  ]);

test.each([
  ['!pip install x', 'pass          ', [['shell', '', 'pip install x', '!pip install x', undefined]]],
  ['!ls', '0  ', [['shell', '', 'ls', '!ls', undefined]]],
  ['!!id', 'pass', [['shell', '', 'id', '!!id', undefined]]],
  [
    'if x:\n    !pip install y\nz',
    'if x:\n    pass          \nz',
    [['shell', '', 'pip install y', '!pip install y', undefined]],
  ],
  [
    '%matplotlib inline\nx',
    'pass              \nx',
    [['line', 'matplotlib', 'inline', '%matplotlib inline', undefined]],
  ],
  ['f = !ls *.csv', 'f = _        ', [['shell', '', 'ls *.csv', 'f = !ls *.csv', 'f']]],
  ['r = %sql select 1', 'r = _            ', [['line', 'sql', 'select 1', 'r = %sql select 1', 'r']]],
  ['!a \\\n  b\nc', 'pass\n   \nc', [['shell', '', 'a \\\n  b', '!a \\\n  b', undefined]]],
  ['df.head?', 'pass    ', [['line', 'pinfo', 'df.head', 'df.head?', undefined]]],
  ['??np', 'pass', [['line', 'pinfo', 'np', '??np', undefined]]],
  ['x?', '0 ', [['line', 'pinfo', 'x', 'x?', undefined]]],
  ['pip install torch', 'pass             ', [['line', 'pip', 'install torch', 'pip install torch', undefined]]],
  ['%time x = f()', '0;    x = f()', [['line', 'time', 'x = f()', '%time x = f()', undefined]]],
  ['%timeit -n 10 f(x)', '0;            f(x)', [['line', 'timeit', 'f(x)', '%timeit -n 10 f(x)', undefined]]],
  [
    '%%time\nx = 1\n!ls',
    'pass  \nx = 1\n0  ',
    [
      ['cell', 'time', '', '%%time', undefined],
      ['shell', '', 'ls', '!ls', undefined],
    ],
  ],
  [
    '\n%%bash -e\npip install x\n',
    '\npass     \n             \n',
    [['cell', 'bash', '-e\npip install x', '%%bash -e\npip install x\n', undefined]],
  ],
  ['%sql\nselect 1', 'pass\n        ', [['cell', 'sql', '\nselect 1', '%sql\nselect 1', undefined]]],
  ['%%R', '0  ', [['cell', 'R', '', '%%R', undefined]]],
])('blanks %j', (source, text, magics) => {
  expect(blankMagics(source).text).toBe(text);
  expect(found(source)).toEqual(magics);
});

test.each([
  '"""\n!no\n%no\n"""',
  'x = (a\n  % b)',
  'x = a \\\n  % b',
  'x = a % b\ny = a != b',
  "s = 'a\\\n!no'",
  '# !no\nx = 1  # what?',
  'x[1] = 2\nif a:\n    b',
  'print("really?")',
])('leaves %j alone', (source) => {
  expect(blankMagics(source)).toEqual({ text: source, magics: [] });
});

test('a module joins the code cells and keeps their places', () => {
  const cells = [cell(0, '# t', 'markdown'), cell(1, 'import x'), cell(2, '!pip install y'), cell(3, 'x.z()')];
  const module = notebookModule(cells);
  expect(module.text).toBe('import x\npass          \nx.z()');
  expect(module.starts).toEqual([0, 9, 24]);
  expect(module.cellIndexes).toEqual([1, 2, 3]);
  expect(module.magics.map(({ cell: index, range, argumentRange }) => [index, range, argumentRange])).toEqual([
    [2, { start: 9, end: 23 }, { start: 10, end: 23 }],
  ]);
  expect(cellAt(module, 26)).toEqual({ cell: 3, offset: 2 });
  expect(cellAt(module, 8)).toEqual({ cell: 1, offset: 8 });
  expect(notebookModule(cells, 'r')).toEqual({ text: '', starts: [], cellIndexes: [], magics: [] });
  expect(cellAt(notebookModule([]), 0)).toBeUndefined();
});

test('what is left is Python', () => {
  const source = [
    '!pip install x',
    '%load_ext y',
    'def f():',
    '    !ls',
    '    %time z = g(1)',
    '    a = !cat q',
    '    b, c = %sql select 1',
    '    df?',
    'if a:',
    '  !x \\',
    '    --y',
    'else:',
    '\t!z',
    'conda install -y q',
    'print(a % b)',
  ].join('\n');
  const { text, magics } = blankMagics(source);
  expect(magics).toHaveLength(10);
  const errors: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) errors.push(text.slice(from, to));
    },
  });
  expect(errors).toEqual([]);
});

test('any source keeps its length and line breaks', () => {
  const piece = fc.constantFrom(
    '!',
    '%',
    '%%',
    'a',
    ' ',
    '=',
    '\n',
    '\r\n',
    '"',
    '"""',
    "'",
    '(',
    ')',
    '\\',
    '?',
    '#',
    'pip install x',
    'time ',
    '-n 1 ',
    '  ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const source = pieces.join('');
      const { text, magics } = blankMagics(source);
      expect(text.length).toBe(source.length);
      expect(text.replace(/[^\r\n]/g, ' ')).toBe(source.replace(/[^\r\n]/g, ' '));
      for (const { range, argumentRange, argument } of magics) {
        expect(0 <= range.start && range.start < range.end && range.end <= source.length).toBe(true);
        expect(source.slice(argumentRange.start, argumentRange.end)).toBe(argument);
      }
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ['quotes', '"""'.repeat(30_001)],
  ['brackets', '(\n'.repeat(50_000)],
  ['magics', '%a\n'.repeat(30_000)],
  ['blanks', `a${' '.repeat(100_000)}`],
  ['blank lines', `${'a' + ' '.repeat(290)}\n`.repeat(2000)],
  ['continuations', `!a${'\\\n'.repeat(50_000)}`],
])('keeps the length of %s', (_, source) => {
  expect(blankMagics(source).text).toHaveLength(source.length);
});
