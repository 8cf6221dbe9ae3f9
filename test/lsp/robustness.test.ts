import { afterEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver';
import { checkDocument } from '../../server/src/engine/check.js';
import { at, Editor, type EditorOptions } from './editor.js';

const A = 'file:///w/a.py';
const BAD = 'import danger\ndanger.run(1)\n';

let editor: Editor;

async function start(options: EditorOptions = {}): Promise<Editor> {
  editor = await Editor.start(options);
  return editor;
}

afterEach(() => editor.stop());

describe('problems of the server itself', () => {
  it('a rule that throws is shown and logged once; the other rules go on', async () => {
    await start();
    const text = 'import danger, crash\ncrash.run(1)\ndanger.run(1)\n';
    await editor.open(A, text);
    expect(editor.codes(A)).toContain('call-danger');
    const shown = editor.diagnostics(A).filter(({ code }) => code === 'internal-error');
    expect(shown).toMatchObject([{ severity: 3, message: expect.stringContaining('call-crashing') }]);
    for (let i = 0; i < 5; i++) await editor.change(A, at(0, 0), '\n');
    expect(editor.logs.filter((line) => line.includes('call-crashing'))).toHaveLength(1);
  });

  it('a check that throws is logged, and the next one works', async () => {
    let fails = true;
    await start({
      check: (...check) => {
        if (fails) throw new Error('broken check');
        return checkDocument(...check);
      },
    });
    await editor.open(A, BAD);
    expect(editor.diagnostics(A)).toEqual([]);
    expect(editor.logs.join()).toContain('broken check');
    fails = false;
    await editor.change(A, at(2, 0), 'x = 1\n');
    expect(editor.codes(A)).toEqual(['call-danger']);
  });

  it('a check over its time budget is published with a note and a status', async () => {
    await start({
      check: (source, rules, environment) => {
        let now = 0;
        return checkDocument(source, rules, { ...environment, now: () => (now += 1_500) });
      },
    });
    await editor.open(A, 'import danger\ndanger.run(1)\ndanger.run(2)\n');
    expect(editor.codes(A)).toContain('time-budget');
    expect(editor.statuses.at(-1)).toMatchObject({ state: 'slow', uri: A });
  });
});

describe('bad input', () => {
  it.each([
    ['textDocument/didOpen', {}],
    ['textDocument/didOpen', { textDocument: { uri: 7, languageId: null, version: 'x', text: null } }],
    ['textDocument/didChange', { textDocument: { uri: A, version: 9 }, contentChanges: [{ range: 'no', text: 3 }] }],
    ['textDocument/didChange', { textDocument: { uri: 'file:///unknown', version: 1 }, contentChanges: [] }],
    ['textDocument/didClose', { textDocument: { uri: 'file:///never/opened' } }],
    ['textDocument/didSave', {}],
    ['notebookDocument/didOpen', { notebookDocument: null }],
    ['notebookDocument/didChange', { notebookDocument: { uri: 'x', version: 1 }, change: { cells: {} } }],
    ['notebookDocument/didClose', {}],
    ['workspace/didChangeConfiguration', {}],
    ['workspace/didChangeWatchedFiles', { changes: [{ uri: '%%%', type: 99 }, null] }],
    ['workspace/didRenameFiles', {}],
    ['workspace/didDeleteFiles', { files: 'all' }],
    ['tidegate/trust', {}],
    ['unknown/notification', {}],
  ])('%s %j is survived', async (method, params) => {
    await start();
    await editor.open(A, BAD);
    editor.notify(method, params);
    await editor.idle();
    await editor.open('file:///w/after.py', BAD);
    expect(editor.codes('file:///w/after.py')).toEqual(['call-danger']);
  });

  it.each([
    ['textDocument/codeAction', {}, []],
    ['textDocument/codeAction', { textDocument: { uri: A }, range: {}, context: {} }, []],
    ['textDocument/hover', {}, null],
    ['textDocument/hover', { textDocument: { uri: A } }, null],
    ['tidegate/explain', {}, null],
    ['tidegate/ignoreEdit', {}, null],
    ['tidegate/checkFile', {}, { findings: 0 }],
  ])('%s %j is answered with nothing', async (method, params, fallback) => {
    await start();
    await editor.open(A, BAD);
    expect(await editor.request(method, params)).toEqual(fallback);
  });

  it('positions outside the text are survived', async () => {
    await start();
    await editor.open(A, BAD);
    await editor.change(A, { start: { line: 90, character: 5 }, end: { line: 99, character: 9 } }, 'danger.run(3)\n');
    expect(editor.codes(A)).toEqual(['call-danger', 'call-danger']);
    expect(await editor.actions(A, {}, at(500, 500))).toEqual([]);
  });

  it('a request cancelled in advance is answered', async () => {
    await start();
    await editor.open(A, BAD);
    const source = new CancellationTokenSource();
    const asked = editor.raw.sendRequest(
      'textDocument/codeAction',
      { textDocument: { uri: A }, range: at(1, 0, 10), context: { diagnostics: [] } },
      source.token,
    );
    source.cancel();
    await asked.catch(() => undefined);
    expect(await editor.actions(A)).not.toEqual([]);
  });

  it('a client that refuses to be asked keeps the defaults', async () => {
    await start();
    editor.raw.onRequest('workspace/configuration', () => {
      throw new Error('not now');
    });
    editor.notify('workspace/didChangeConfiguration', { settings: null });
    await editor.idle();
    await editor.open(A, BAD);
    expect(editor.codes(A)).toEqual(['call-danger']);
    expect(editor.logs.join()).toContain('workspace/configuration');
  });
});

describe('the end', () => {
  it('exit without shutdown is an error', async () => {
    const rude = await Editor.start();
    rude.notify('exit', undefined);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(rude.exits).toEqual([1]);
    await start();
  });

  it('shutdown ends what is still to be checked', async () => {
    const files = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`/w/f${i}.py`, BAD]));
    const stopping = await Editor.start({ files, checkMs: 20 });
    const running = stopping.request<{ cancelled: boolean }>('tidegate/checkWorkspace', {});
    await stopping.request('tidegate/rules');
    await stopping.request('shutdown');
    expect((await running).cancelled).toBe(true);
    stopping.notify('exit', undefined);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stopping.exits).toEqual([0]);
    await start();
  });
});
