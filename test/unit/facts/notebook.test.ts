import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TextEdit } from '../../../server/src/base/range.js';
import { escapeForJson, rawEdits } from '../../../server/src/facts/notebook/edits.js';
import { decodedOffset, rawOffset, toRaw } from '../../../server/src/facts/notebook/map.js';
import { readNotebook } from '../../../server/src/facts/notebook/read.js';
import { expectSameSource, notebookText } from './notebooks.js';

const sample = JSON.stringify(
  {
    cells: [
      { cell_type: 'markdown', id: 'm1', metadata: {}, source: '# T\n"q"' },
      {
        cell_type: 'code',
        metadata: { tidegate: { ignore: [{ rules: ['load-torch'], reason: 'own file', until: '2030-01-01' }] } },
        source: ['import os\n', 'x = "é\\n\t😀"\n', 'y'],
        outputs: [
          { output_type: 'stream', name: 'stdout', text: ['a\n', 'b@c.de\n'] },
          {
            output_type: 'display_data',
            data: { 'image/png': 'iVBOR'.repeat(2000), 'text/html': ['<b>'], 'application/json': { a: 1 } },
          },
          { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['\u001b[31mE\u001b[0m', 'line 2'] },
        ],
      },
      { cell_type: 'code', metadata: { vscode: { languageId: 'sql' } }, source: 'select 1', outputs: [] },
      { cell_type: 'raw', source: [] },
    ],
    metadata: { kernelspec: { language: 'Python' }, language_info: { name: 'ipython' } },
    nbformat: 4,
  },
  null,
  1,
);

test('cells, outputs, ids, ignores, language', () => {
  const { cells, language, errors } = readNotebook(sample);
  expect(errors).toEqual([]);
  expect(language).toBe('python');
  expect(cells.map(({ kind, id, source }) => [kind, id, source])).toEqual([
    ['markdown', 'm1', '# T\n"q"'],
    ['code', undefined, 'import os\nx = "é\\n\t😀"\ny'],
    ['raw', undefined, 'select 1'],
    ['raw', undefined, ''],
  ]);
  const code = cells[1]!;
  expect(code.outputs.map(({ mime, text }) => [mime, text])).toEqual([
    ['text/plain', 'a\nb@c.de\n'],
    ['text/html', '<b>'],
    ['application/json', '{\n       "a": 1\n      }'],
    ['text/plain', '\u001b[31mE\u001b[0m\nline 2'],
  ]);
  expect(code.ignores).toEqual([{ rules: ['load-torch'], reason: 'own file', until: '2030-01-01' }]);
  const { start, end } = code.outputsRange!;
  expect(JSON.parse(sample.slice(start, end))).toHaveLength(3);
  expect(JSON.parse(sample.slice(code.outputs[3]!.rawRange!.start, code.outputs[3]!.rawRange!.end)).ename).toBe('E');
});

test('maps lead to the raw characters', () => {
  const { cells } = readNotebook(sample);
  const { source, map } = cells[1]!;
  const raw = (text: string) => {
    const start = source.indexOf(text);
    return toRaw(map!, { start, end: start + text.length }).map((range) => sample.slice(range.start, range.end));
  };
  expect(raw('import os')).toEqual(['import os']);
  expect(raw('os\nx')).toEqual(['os\\n', 'x']);
  expect(raw('"é\\n\t😀"')).toEqual(['\\"é\\\\n\\t😀\\"']);
  expect(raw('\n')).toEqual(['\\n']);
  const output = cells[1]!.outputs[0]!;
  const at = output.text.indexOf('b@c');
  expect(sample.startsWith('b@c.de', rawOffset(output.map!, at))).toBe(true);
  expect(decodedOffset(output.map!, rawOffset(output.map!, at))).toBe(at);
  expect(decodedOffset(map!, rawOffset(map!, source.length))).toBe(source.length);
});

test('nbformat 3', () => {
  const text = JSON.stringify({
    metadata: {},
    worksheets: [
      {
        cells: [
          { cell_type: 'heading', source: ['H'] },
          {
            cell_type: 'code',
            language: 'python',
            input: ['x\n', 'y'],
            outputs: [
              { output_type: 'pyout', text: ['1'], png: 'aaa' },
              { output_type: 'pyerr', traceback: ['t'] },
            ],
          },
        ],
      },
    ],
  });
  const { cells } = readNotebook(text);
  expect(cells.map(({ kind, source, outputs }) => [kind, source, outputs.map((o) => o.text)])).toEqual([
    ['markdown', 'H', []],
    ['code', 'x\ny', ['1', 't']],
  ]);
});

test('a cut file gives the cells in front of the cut, and an error', () => {
  const cut = sample.slice(0, sample.indexOf('b@c.de') + 2);
  const { cells, errors } = readNotebook(cut);
  expect(errors.length).toBeGreaterThan(0);
  expect(cells.map(({ source }) => source)).toEqual(['# T\n"q"', 'import os\nx = "é\\n\t😀"\ny']);
  for (let length = 0; length < sample.length; length += 7) {
    const text = sample.slice(0, length);
    for (const { map } of readNotebook(text).cells) {
      expect(map === undefined || map.raw.every((raw) => raw <= text.length)).toBe(true);
    }
  }
});

test.each([
  '',
  '[]',
  'null',
  '{"cells": 5}',
  '{"cells": [1, null, []]}',
  '{"cells": [{"source": [1, {}, "x"]}]}',
  '{"cells": [{"source": {"a": 1}, "outputs": 3}]}',
  '['.repeat(50_000),
  '{"cells":[{"outputs":[{"data":"x"}]}]}',
  '\ufeff{"cells": []}',
])('survives %.60s', (text) => {
  expect(Array.isArray(readNotebook(text).cells)).toBe(true);
});

test('escapes for JSON', () => {
  expect(escapeForJson('a"\\\n\t\u0001é\ud800')).toBe('a\\"\\\\\\n\\t\\u0001é\\ud800');
});

test('edits of one cell source: list of lines, one string, empty list', () => {
  const text =
    '{"cells": [\n {"cell_type": "code", "source": [\n  "a = 1\\n",\n  "b\\n",\n  "c"\n ]},\n {"cell_type": "code", "source": "a\\nb"},\n {"cell_type": "code", "source": []}\n]}';
  const apply = (cell: number, edit: TextEdit) => expectSameSource(text, cell, edit);
  expect(apply(0, { range: { start: 6, end: 6 }, newText: 'import x\n' })).toContain(
    '"a = 1\\n",\n  "import x\\n",\n  "b\\n"',
  );
  expect(apply(0, { range: { start: 0, end: 8 }, newText: '' })).toContain('[\n  "c"\n ]');
  expect(expectSameSource(text, 0, { range: { start: 0, end: 8 }, newText: '' }, false)).toContain(
    '[\n  "",\n  "",\n  "c"\n ]',
  );
  expect(apply(0, { range: { start: 9, end: 9 }, newText: '\n"q"\n' })).toContain('"c\\n",\n  "\\"q\\"\\n"\n ]');
  expect(apply(1, { range: { start: 0, end: 2 }, newText: 'x\ny' })).toContain('"source": "x\\nyb"');
  expect(apply(2, { range: { start: 0, end: 0 }, newText: 'x\n' })).toContain('["x\\n"]');
  expect(
    rawEdits({ ...readNotebook(text).cells[0]!, map: undefined }, { range: { start: 0, end: 1 }, newText: '' }, text),
  ).toEqual([]);
});

test('any edit of any source, however it is written: the file stays JSON and holds the edited source', () => {
  const character = fc.constantFrom('a', '"', '\\', '\n', '\t', 'é', '😀', '\u0001', '\u2028', '{', '[', ',');
  const string = fc.array(character, { maxLength: 8 }).map((parts) => parts.join(''));
  const source = fc.oneof(string, fc.array(string, { maxLength: 6 }));
  fc.assert(
    fc.property(
      source,
      fc.boolean(),
      fc.boolean(),
      fc.nat(),
      fc.nat(),
      string,
      fc.constantFrom(0, 1, 2),
      (written, ascii, alone, a, b, newText, indent) => {
        const text = notebookText(written, ascii, indent);
        const length = readNotebook(text).cells[0]!.source.length;
        const [start, end] = [a % (length + 1), b % (length + 1)].sort((x, y) => x - y) as [number, number];
        expectSameSource(text, 0, { range: { start, end }, newText }, alone);
      },
    ),
    { numRuns: 3000 },
  );
});

test('a large image costs no more than reading past it', () => {
  const text = JSON.stringify({
    cells: [
      {
        cell_type: 'code',
        source: 'x',
        outputs: [{ output_type: 'display_data', data: { 'image/png': 'A'.repeat(20_000_000) } }],
      },
    ],
  });
  expect(readNotebook(text).cells[0]!.outputs).toEqual([]);
});
