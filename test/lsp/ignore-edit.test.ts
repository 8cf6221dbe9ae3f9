import { afterEach, describe, expect, it } from 'vitest';
import type { TextDocumentEdit } from 'vscode-languageserver';
import { at, Editor, type EditorOptions } from './editor.js';

const A = 'file:///w/a.py';
const REASON = 'checked by the team';

let editor: Editor;

async function start(options: EditorOptions = {}): Promise<Editor> {
  editor = await Editor.start(options);
  return editor;
}

interface Edit {
  documentChanges: TextDocumentEdit[];
}

/** Asks for the edit for the document's first finding, as the client does after asking the user. */
async function ask(uri: string, scope: 'statement' | 'file' = 'statement', more: object = {}): Promise<Edit | null> {
  const diagnostic = editor.diagnostics(uri)[0]!;
  return editor.request('tidegate/ignoreEdit', {
    uri,
    version: editor.version(uri),
    rule: diagnostic.code,
    fingerprint: diagnostic.data.fp,
    range: diagnostic.range,
    scope,
    reason: REASON,
    ...more,
  });
}

/** Applies the edit and tells the server the new text. */
async function ignoreFirst(uri: string, scope: 'statement' | 'file' = 'statement'): Promise<string> {
  const edit = await ask(uri, scope);
  expect(edit).not.toBeNull();
  expect(await editor.apply(edit!)).toBe(true);
  const text = editor.text(uri);
  await editor.replace(uri, text);
  return text;
}

afterEach(() => editor.stop());

describe('ignoreEdit', () => {
  it.each([
    ['a one-line statement', 'danger.run(1)\n', `danger.run(1)  # tidegate: ignore[call-danger] -- ${REASON}\n`],
    [
      'a statement over several lines',
      'x = f(\n    danger.run(1),\n)\n',
      `x = f(  # tidegate: ignore[call-danger] -- ${REASON}\n    danger.run(1),\n)\n`,
    ],
    [
      'a statement continued by a backslash',
      'if x:\n    y = 1 + \\\n        danger.run(1)\n',
      `if x:\n    # tidegate: ignore[call-danger] -- ${REASON}\n    y = 1 + \\\n        danger.run(1)\n`,
    ],
    [
      'a line with another comment',
      'danger.run(1)  # type: ignore\n',
      `danger.run(1)  # type: ignore  # tidegate: ignore[call-danger] -- ${REASON}\n`,
    ],
    [
      'an existing directive',
      'danger.run(1)  # tidegate: ignore[call-risky] -- an older reason\n',
      `danger.run(1)  # tidegate: ignore[call-risky,call-danger] -- an older reason; ${REASON}\n`,
    ],
  ])('Python: %s', async (_, before, after) => {
    await start();
    await editor.open(A, `import danger\n${before}`);
    expect(await ignoreFirst(A)).toBe(`import danger\n${after}`);
    expect(editor.codes(A)).not.toContain('call-danger');
  });

  it('of one of several equal statements leaves the others', async () => {
    await start();
    await editor.open(A, 'import danger\ndanger.run(1)\ndanger.run(1)\n');
    await ignoreFirst(A);
    expect(editor.diagnostics(A)).toMatchObject([{ code: 'call-danger', range: at(2, 0, 10) }]);
  });

  it.each([
    ['file:///w/a.yaml', 'yaml', 'a:\n  b:\n    insecure: 1\n', `    # tidegate: ignore[insecure-key] -- ${REASON}\n`],
    ['file:///w/a.toml', 'toml', '[a]\ninsecure = 1\n', `# tidegate: ignore[insecure-key] -- ${REASON}\n`],
    ['file:///w/a.ini', 'ini', '[a]\ninsecure = 1\n', `# tidegate: ignore[insecure-key] -- ${REASON}\n`],
    [
      'file:///w/Dockerfile',
      'dockerfile',
      'FROM x\nRUN a \\\n  && b\n',
      `# tidegate: ignore[run-instruction] -- ${REASON}\n`,
    ],
  ])('%s: a line of its own above', async (uri, language, text, comment) => {
    await start();
    await editor.open(uri, text, language);
    const { line } = editor.diagnostics(uri)[0]!.range.start;
    const lines = text.split('\n');
    const expected = [...lines.slice(0, line), comment + lines.slice(line).join('\n')].join('\n');
    expect(await ignoreFirst(uri)).toBe(expected);
    expect(editor.codes(uri)).toEqual([]);
  });

  it('requirements: at the end of the line', async () => {
    const uri = 'file:///w/requirements.txt';
    await start();
    await editor.open(uri, 'numpy\nbadpackage==1\n', 'pip-requirements');
    expect(await ignoreFirst(uri)).toBe(`numpy\nbadpackage==1  # tidegate: ignore[bad-package] -- ${REASON}\n`);
    expect(editor.codes(uri)).toEqual([]);
  });

  it('file scope: at the top, behind the interpreter line', async () => {
    await start();
    await editor.open(A, '#!/usr/bin/env python\nimport danger\ndanger.run(1)\ndanger.run(2)\n');
    const text = await ignoreFirst(A, 'file');
    expect(text.split('\n')[1]).toBe(`# tidegate: ignore-file[call-danger] -- ${REASON}`);
    expect(editor.codes(A)).toEqual([]);
  });

  it('keeps the line breaks of the document', async () => {
    await start();
    await editor.open('file:///w/a.yaml', 'insecure: 1\r\nb: 2\r\n', 'yaml');
    expect(await ignoreFirst('file:///w/a.yaml')).toBe(
      `# tidegate: ignore[insecure-key] -- ${REASON}\r\ninsecure: 1\r\nb: 2\r\n`,
    );
  });

  it('answers null when the text moved on, the finding is gone, the reason is short, or there are no comments', async () => {
    await start();
    await editor.open(A, 'import danger\ndanger.run(1)\n');
    expect(await ask(A, 'statement', { version: 7 })).toBeNull();
    expect(await ask(A, 'statement', { reason: ' short \n   ' })).toBeNull();
    expect(await ask(A, 'statement', { rule: 'call-risky' })).toBeNull();
    expect(await ask(A, 'statement', { range: at(0, 0, 1), fingerprint: undefined })).toBeNull();
    expect(await ask(A, 'statement', { uri: 'file:///w/none.py' })).toBeNull();
    await editor.open('file:///w/a.json', '{"insecure": 1}\n', 'json');
    expect(await ask('file:///w/a.json')).toBeNull();
    expect(await ask('file:///w/a.json', 'file')).toBeNull();
  });

  it('a reason over several lines becomes one', async () => {
    await start();
    await editor.open(A, 'import danger\ndanger.run(1)\n');
    const edit = await ask(A, 'statement', { reason: 'one reason\nimport os' });
    expect(edit!.documentChanges[0]!.edits[0]).toMatchObject({
      newText: '  # tidegate: ignore[call-danger] -- one reason import os',
    });
  });
});
