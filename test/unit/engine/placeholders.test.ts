import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../../server/src/base/line-index.js';
import type { TextEdit } from '../../../server/src/base/range.js';
import { chooseFixes } from '../../../server/src/engine/apply-fixes.js';
import type { Finding, FixSafety } from '../../../server/src/engine/finding.js';
import { placeholder, placeholderWords, readPlaceholders } from '../../../server/src/engine/placeholders.js';
import { toSnippetEdits } from '../../../server/src/lsp/snippet-edits.js';

function at(start: number, end: number, newText: string): TextEdit {
  return readPlaceholders({ range: { start, end }, newText });
}

describe('placeholders', () => {
  it('are ranges of a text without marks', () => {
    const edit = at(3, 5, `a:${placeholder('tag')}@${placeholder('digest')}`);
    expect(edit).toEqual({
      range: { start: 3, end: 5 },
      newText: 'a:tag@digest',
      placeholders: [
        { start: 2, end: 5 },
        { start: 6, end: 12 },
      ],
    });
    expect(placeholderWords(edit)).toEqual(['tag', 'digest']);
  });

  it('leave an edit without any as it is', () => {
    const edit = { range: { start: 0, end: 0 }, newText: `\${1:x}` };
    expect(readPlaceholders(edit)).toBe(edit);
    expect(placeholderWords(edit)).toEqual([]);
  });

  it.each([
    ['safe', 'review', ['safe']],
    ['review', 'review', ['review']],
    ['review', 'safe', []],
    ['placeholder', 'review', []],
    ['placeholder', 'safe', []],
  ] as const)('a %s fix, when %s fixes are asked for, is chosen: %j', (kind, asked, chosen) => {
    const fix = { title: kind, safety: kind as FixSafety, files: [{ path: 'a', edits: [at(0, 0, 'x')] }] };
    const finding = { ruleId: 'r', fixes: [fix] } as unknown as Finding;
    expect(chooseFixes([finding], asked).findings.map(({ fixes }) => fixes[0]!.title)).toEqual(chosen);
  });
});

describe('snippets', () => {
  const snippets = (text: string, ...edits: TextEdit[]) => toSnippetEdits(edits, text, new LineIndex(text));
  const range = (line: number, from: number, to: number, endLine = line) => ({
    start: { line, character: from },
    end: { line: endLine, character: to },
  });

  it('number placeholders through all edits and escape the rest', () => {
    const text = 'one two\n';
    expect(snippets(text, at(4, 7, `\${X}\\${placeholder('b')}`), at(0, 3, placeholder('a}')))).toEqual([
      { range: range(0, 0, 3), snippet: { kind: 'snippet', value: `\${1:a\\}}` } },
      { range: range(0, 4, 7), snippet: { kind: 'snippet', value: `\\\${X\\}\\\\\${2:b}` } },
    ]);
  });

  it('start a text of several lines at the start of its line, where editors add no indentation', () => {
    const text = 'a:\n  b: $1\n';
    expect(snippets(text, at(10, 10, `\n  c: ${placeholder('n')}`))).toEqual([
      { range: range(1, 0, 7), snippet: { kind: 'snippet', value: `  b: \\$1\n  c: \${1:n}` } },
    ]);
  });

  it('are not made when an edit would then take in another one', () => {
    const text = 'a: b\n';
    expect(snippets(text, at(0, 1, placeholder('k')), at(4, 4, `\nc: ${placeholder('n')}`))).toBeUndefined();
  });

  it('leave plain edits beside them plain', () => {
    expect(snippets('ab\n', at(0, 1, 'x'), at(1, 2, placeholder('y')))).toEqual([
      { range: range(0, 0, 1), newText: 'x' },
      { range: range(0, 1, 2), snippet: { kind: 'snippet', value: `\${1:y}` } },
    ]);
  });
});
