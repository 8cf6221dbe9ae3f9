import { afterEach, describe, expect, it } from 'vitest';
import type { TextDocumentEdit } from 'vscode-languageserver';
import { at, Editor, type EditorOptions } from './editor.js';

const BOOK = 'file:///w/book.ipynb';
const CELLS = [
  { text: '# Title', kind: 1 as const },
  { text: 'import danger' },
  { text: 'x = 1\ndanger.run(x)' },
  { text: 'danger.run(2)' },
];

let editor: Editor;

async function start(options: EditorOptions = {}): Promise<Editor> {
  editor = await Editor.start(options);
  return editor;
}

function saved(cells: readonly { id?: string; source: string; output?: string }[]): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map(({ id, source, output }) => ({
      cell_type: 'code',
      ...(id === undefined ? {} : { id }),
      source,
      metadata: {},
      outputs: output === undefined ? [] : [{ output_type: 'stream', name: 'stdout', text: [output] }],
    })),
  });
}

async function structure(array: object, rest: object = {}): Promise<void> {
  editor.notify('notebookDocument/didChange', {
    notebookDocument: { uri: BOOK, version: 2 },
    change: { cells: { structure: { array, ...rest } } },
  });
  await editor.idle();
}

afterEach(() => editor.stop());

describe('notebooks', () => {
  it('are checked as one module, with findings on the cells', async () => {
    await start();
    const uris = await editor.openNotebook(BOOK, CELLS);
    expect(editor.published.map(({ uri }) => uri).sort()).toEqual([...uris].sort());
    expect(editor.diagnostics(uris[2]!)).toMatchObject([{ code: 'call-danger', range: at(1, 0, 10) }]);
    expect(editor.diagnostics(uris[3]!)).toMatchObject([{ code: 'call-danger', range: at(0, 0, 10) }]);
    expect(editor.published.every(({ version }) => version === 1)).toBe(true);
  });

  it('follow the text of a cell', async () => {
    await start();
    const uris = await editor.openNotebook(BOOK, CELLS);
    editor.notify('notebookDocument/didChange', {
      notebookDocument: { uri: BOOK, version: 2 },
      change: {
        cells: {
          textContent: [{ document: { uri: uris[2], version: 2 }, changes: [{ range: at(0, 0), text: '\n' }] }],
        },
      },
    });
    await editor.idle();
    expect(editor.published.at(-1)).toMatchObject({ uri: uris[2], version: 2, diagnostics: [{ range: at(2, 0, 10) }] });
  });

  it('follow the order of cells: a use before its import is not known', async () => {
    await start();
    const uris = await editor.openNotebook(BOOK, [
      { text: 'danger = 3' },
      { text: 'import danger' },
      { text: 'danger.run(2)' },
    ]);
    expect(editor.codes(uris[2]!)).toEqual(['call-danger']);
    const [first] = uris;
    await structure({ start: 0, deleteCount: 1 }, { didClose: [{ uri: first }] });
    await structure(
      { start: 1, deleteCount: 0, cells: [{ kind: 2, document: first }] },
      { didOpen: [editor.addCell(first!, 'danger = 3')] },
    );
    expect(editor.codes(uris[2]!)).toEqual([]);
  });

  it('deleted cells take their findings along, inserted ones bring theirs', async () => {
    await start();
    const uris = await editor.openNotebook(BOOK, CELLS);
    await structure({ start: 3, deleteCount: 1 }, { didClose: [{ uri: uris[3] }] });
    expect(editor.published.findLast(({ uri }) => uri === uris[3])).toEqual({ uri: uris[3], diagnostics: [] });
    const cell = 'vscode-notebook-cell:///w/book.ipynb#new';
    await structure(
      { start: 2, deleteCount: 0, cells: [{ kind: 2, document: cell }] },
      { didOpen: [editor.addCell(cell, '\n\ndanger.run(9)')] },
    );
    expect(editor.diagnostics(cell)).toMatchObject([{ range: at(2, 0, 10) }]);
    expect(editor.codes(uris[2]!)).toEqual(['call-danger']);
  });

  it('a cell that becomes markdown is no code any more', async () => {
    await start();
    const uris = await editor.openNotebook(BOOK, CELLS);
    editor.notify('notebookDocument/didChange', {
      notebookDocument: { uri: BOOK, version: 2 },
      change: { cells: { data: [{ kind: 1, document: uris[3] }] } },
    });
    await editor.idle();
    expect(editor.codes(uris[3]!)).toEqual([]);
    expect(editor.codes(uris[2]!)).toEqual(['call-danger']);
  });

  it('cells in other languages and raw cells are not read as Python', async () => {
    await start();
    const uris = await editor.openNotebook(BOOK, [
      { text: 'import danger' },
      { text: 'danger.run(1)', language: 'raw' },
      { text: "don't parse me", language: 'r' },
      { text: 'danger.run(2)' },
    ]);
    expect(uris.map((uri) => editor.codes(uri))).toEqual([[], [], [], ['call-danger']]);
  });

  it('the outputs come from the saved file, by id or by place and source', async () => {
    const file = saved([
      { id: 'a', source: 'print(1)', output: 'TOPSECRET' },
      { id: 'b', source: 'print(2)', output: 'fine' },
    ]);
    await start({ files: { '/w/book.ipynb': file } });
    const uris = await editor.openNotebook(BOOK, [
      { id: 'b', text: 'print(2)' },
      { id: 'a', text: 'print(1)\n# edited' },
    ]);
    expect(editor.codes(uris[0]!)).toEqual([]);
    expect(editor.diagnostics(uris[1]!)).toMatchObject([{ code: 'output-secret', range: at(1, 0, 8) }]);
    editor.disk.write(
      '/w/book.ipynb',
      saved([
        { id: 'b', source: 'print(2)' },
        { id: 'a', source: 'print(1)' },
      ]),
    );
    editor.notify('notebookDocument/didSave', { notebookDocument: { uri: BOOK } });
    await editor.idle();
    expect(editor.codes(uris[1]!)).toEqual([]);
  });

  it('without ids outputs are found by source', async () => {
    const file = saved([{ source: 'print(1)', output: 'TOPSECRET' }, { source: 'print(2)' }]);
    await start({ files: { '/w/book.ipynb': file } });
    const uris = await editor.openNotebook(BOOK, [{ text: 'new()' }, { text: 'print(2)' }, { text: 'print(1)' }]);
    expect(uris.map((uri) => editor.codes(uri))).toEqual([[], [], ['output-secret']]);
  });

  it('outside folders the file is read from where it lies', async () => {
    await start({ files: { '/other/book.ipynb': saved([{ id: 'a', source: 'print(1)', output: 'TOPSECRET' }]) } });
    const uris = await editor.openNotebook('file:///other/book.ipynb', [{ id: 'a', text: 'print(1)' }]);
    expect(editor.codes(uris[0]!)).toEqual(['output-secret']);
  });

  it('a close clears all cells', async () => {
    await start();
    const uris = await editor.openNotebook(BOOK, CELLS);
    editor.notify('notebookDocument/didClose', {
      notebookDocument: { uri: BOOK },
      cellTextDocuments: uris.map((uri) => ({ uri })),
    });
    await editor.idle();
    expect(uris.map((uri) => editor.diagnostics(uri))).toEqual([[], [], [], []]);
  });
});

describe('actions in notebooks', () => {
  it('a quick fix edits its cell', async () => {
    await start();
    const uris = await editor.openNotebook(BOOK, CELLS);
    const [action] = await editor.actions(uris[2]!);
    expect(action!.edit!.documentChanges).toMatchObject([{ textDocument: { uri: uris[2], version: 1 } }]);
    await editor.apply(action!.edit!);
    expect(editor.text(uris[2]!)).toBe('x = 1\ndanger.safe(x)');
  });

  it('source.fixAll on a cell returns nothing; the notebook kind edits all cells at once', async () => {
    await start();
    const uris = await editor.openNotebook(BOOK, CELLS);
    expect(await editor.actions(uris[2]!, { only: ['source.fixAll.tidegate'] })).toEqual([]);
    expect(await editor.actions(uris[2]!, { only: ['source.fixAll'] })).toEqual([]);
    const actions = await editor.actions(uris[0]!, { only: ['notebook.source.fixAll.tidegate'] });
    expect(actions).toHaveLength(1);
    expect(actions[0]!.kind).toBe('notebook.source.fixAll.tidegate');
    const changes = actions[0]!.edit!.documentChanges as TextDocumentEdit[];
    expect(changes.map(({ textDocument }) => textDocument.uri)).toEqual([uris[2], uris[3]]);
    expect(await editor.apply(actions[0]!.edit!)).toBe(true);
    expect([editor.text(uris[2]!), editor.text(uris[3]!)]).toEqual(['x = 1\ndanger.safe(x)', 'danger.safe(2)']);
    expect(await editor.actions(uris[0]!, { only: ['notebook.source.fixAll'] })).toHaveLength(1);
  });

  it('"fix all of this rule" covers the cells', async () => {
    await start();
    const uris = await editor.openNotebook(BOOK, CELLS);
    const action = (await editor.actions(uris[3]!)).find(({ title }) => title.startsWith('Fix all call-danger'));
    expect(action!.edit!.documentChanges).toHaveLength(2);
  });

  it('an ignore is written into the cell, a file-wide one into the first code cell', async () => {
    await start();
    const uris = await editor.openNotebook(BOOK, CELLS);
    const ask = (scope: string) =>
      editor.request<{ documentChanges: TextDocumentEdit[] } | null>('tidegate/ignoreEdit', {
        uri: uris[3],
        version: 1,
        rule: 'call-danger',
        range: at(0, 0, 10),
        scope,
        reason: 'checked by the team',
      });
    const statement = await ask('statement');
    expect(statement!.documentChanges).toMatchObject([
      {
        textDocument: { uri: uris[3], version: 1 },
        edits: [{ newText: '  # tidegate: ignore[call-danger] -- checked by the team' }],
      },
    ]);
    const file = await ask('file');
    expect(file!.documentChanges[0]).toMatchObject({
      textDocument: { uri: uris[1] },
      edits: [{ range: at(0, 0), newText: '# tidegate: ignore-file[call-danger] -- checked by the team\n' }],
    });
  });

  it('a notebook opened as text is checked as the file, and fixed in its JSON', async () => {
    await start();
    const text = saved([{ source: 'import danger\ndanger.run(1)' }]);
    await editor.open(BOOK, text, 'json');
    expect(editor.codes(BOOK)).toEqual(['call-danger']);
    const [action] = await editor.actions(BOOK);
    await editor.apply(action!.edit!);
    expect(editor.text(BOOK)).toBe(text.replace('danger.run', 'danger.safe'));
  });
});
