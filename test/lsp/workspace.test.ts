import { afterEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver';
import { at, Editor, type EditorOptions } from './editor.js';

const BAD = 'import danger\ndanger.run(1)\n';
const OLD = 'import old\nold.load(1)\n';
const A = 'file:///w/a.py';
const B = 'file:///w/sub/b.py';
const FILES = { '/w/a.py': BAD, '/w/sub/b.py': BAD, '/w/sub/c.yaml': 'insecure: 1\n', '/w/clean.py': 'pass\n' };

interface Result {
  files: number;
  skipped: number;
  findings: number;
  cancelled: boolean;
}

let editor: Editor;

async function start(options: EditorOptions = {}): Promise<Editor> {
  editor = await Editor.start(options);
  return editor;
}

async function checkAll(params: object = {}): Promise<Result> {
  const result = await editor.request<Result>('tidegate/checkWorkspace', params);
  await editor.idle();
  return result;
}

async function watched(...changes: { uri: string; type: number }[]): Promise<void> {
  editor.notify('workspace/didChangeWatchedFiles', { changes });
  await editor.idle();
}

afterEach(() => editor.stop());

describe('checking the workspace', () => {
  it('publishes files that are not open, without a version, and nothing for clean ones', async () => {
    await start({ files: FILES });
    expect(await checkAll()).toEqual({ files: 4, skipped: 0, findings: 3, cancelled: false });
    expect(editor.codes(A)).toEqual(['call-danger']);
    expect(editor.codes(B)).toEqual(['call-danger']);
    expect(editor.codes('file:///w/sub/c.yaml')).toEqual(['insecure-key']);
    expect(editor.published.find(({ uri }) => uri === A)).not.toHaveProperty('version');
    expect(editor.published.map(({ uri }) => uri)).not.toContain('file:///w/clean.py');
    const sent = editor.published.length;
    await checkAll();
    expect(editor.published.length).toBe(sent);
  });

  it('checks open documents first, as they are in the editor', async () => {
    await start({ files: FILES });
    await editor.open(B, `${BAD}danger.run(2)\n`);
    editor.checks.length = 0;
    expect(await checkAll()).toMatchObject({ files: 4, findings: 4 });
    expect(editor.checks[0]).toBe('sub/b.py');
    expect(editor.checks.filter((path) => path === 'sub/b.py')).toHaveLength(1);
  });

  it('reports progress and a status', async () => {
    await start({ files: FILES });
    await checkAll({ workDoneToken: 'token' });
    expect(editor.progress[0]).toMatchObject({ kind: 'begin', cancellable: true });
    expect(editor.progress.at(-1)).toEqual({ kind: 'end' });
    expect(
      editor.progress.some(({ kind, message }) => kind === 'report' && String(message).endsWith('of 4 files')),
    ).toBe(true);
    expect(editor.statuses.map(({ state }) => state)).toContain('busy');
    expect(editor.statuses.at(-1)).toMatchObject({ state: 'ready', filesChecked: 4, findings: 3 });
  });

  it('can be cancelled, keeps what it found, and lets other requests through', async () => {
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`/w/f${i}.py`, BAD]));
    await start({ files, checkMs: 20 });
    const source = new CancellationTokenSource();
    const running = editor.raw.sendRequest('tidegate/checkWorkspace', {}, source.token) as Promise<Result>;
    await editor.request('tidegate/rules');
    source.cancel();
    const result = await running;
    expect(result.cancelled).toBe(true);
    expect(result.files).toBeGreaterThan(0);
    expect(result.files).toBeLessThan(200);
    expect(result.findings).toBe(result.files);
  });

  it('a newer check ends an older one', async () => {
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`/w/f${i}.py`, BAD]));
    await start({ files, checkMs: 20 });
    const [first, second] = await Promise.all([checkAll(), checkAll()]);
    expect(first.cancelled).toBe(true);
    expect(second).toMatchObject({ cancelled: false, files: 50 });
  });

  it('leaves out what is excluded, and counts it', async () => {
    await start({ files: { ...FILES, '/w/tidegate.yaml': 'exclude: ["sub/**"]\n' } });
    const result = await checkAll();
    expect(result).toMatchObject({ findings: 1 });
    expect(result.skipped).toBeGreaterThan(0);
    expect(editor.codes(B)).toEqual([]);
  });

  it('shows notebooks on their file until they are opened', async () => {
    const cell = { cell_type: 'code', source: 'import danger\ndanger.run(1)', metadata: {}, outputs: [] };
    const book = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] });
    await start({ files: { '/w/n.ipynb': book } });
    await checkAll();
    expect(editor.codes('file:///w/n.ipynb')).toEqual(['call-danger']);
    const [uri] = await editor.openNotebook('file:///w/n.ipynb', [{ text: 'import danger\ndanger.run(1)' }]);
    expect(editor.codes('file:///w/n.ipynb')).toEqual([]);
    expect(editor.codes(uri!)).toEqual(['call-danger']);
    editor.notify('notebookDocument/didClose', {
      notebookDocument: { uri: 'file:///w/n.ipynb' },
      cellTextDocuments: [{ uri }],
    });
    await editor.idle();
    expect(editor.codes(uri!)).toEqual([]);
    expect(editor.codes('file:///w/n.ipynb')).toEqual(['call-danger']);
  });
});

describe('results of files that are not open', () => {
  it('come back when a document that was checked with all files is closed', async () => {
    await start({ files: FILES });
    await checkAll();
    await editor.open(A, 'pass\n');
    expect(editor.codes(A)).toEqual([]);
    await editor.close(A);
    expect(editor.published.at(-1)).toMatchObject({ uri: A, diagnostics: [{ code: 'call-danger' }] });
    expect(editor.published.at(-1)).not.toHaveProperty('version');
  });

  it('come for a document that was open during the check, when it is closed', async () => {
    await start({ files: FILES });
    await editor.open(A, BAD);
    await checkAll();
    await editor.close(A);
    expect(editor.codes(A)).toEqual(['call-danger']);
  });

  it.each([
    ['a file', 'file:///w/sub/b.py'],
    ['its folder', 'file:///w/sub'],
  ])('are cleared when %s is deleted', async (_, uri) => {
    await start({ files: FILES });
    await checkAll();
    editor.disk.remove(uri.slice(7));
    editor.notify('workspace/didDeleteFiles', { files: [{ uri }] });
    await editor.idle();
    expect(editor.codes(B)).toEqual([]);
    expect(editor.codes(A)).toEqual(['call-danger']);
  });

  it('are cleared when a file vanishes on disk, by itself or with its folder', async () => {
    await start({ files: FILES });
    await checkAll();
    editor.disk.remove('/w/a.py');
    await watched({ uri: A, type: 3 });
    expect(editor.codes(A)).toEqual([]);
    editor.disk.remove('/w/sub');
    await watched({ uri: 'file:///w/other.py', type: 2 });
    expect(editor.codes(B)).toEqual([]);
  });

  it('move when a file or a folder is renamed', async () => {
    await start({ files: FILES });
    await checkAll();
    editor.disk.write('/w/moved/b.py', BAD);
    editor.disk.remove('/w/sub');
    editor.notify('workspace/didRenameFiles', { files: [{ oldUri: 'file:///w/sub', newUri: 'file:///w/moved' }] });
    await editor.idle();
    expect(editor.codes(B)).toEqual([]);
    expect(editor.codes('file:///w/moved/b.py')).toEqual(['call-danger']);
    editor.disk.write('/w/z.py', BAD);
    editor.disk.remove('/w/a.py');
    editor.notify('workspace/didRenameFiles', { files: [{ oldUri: A, newUri: 'file:///w/z.py' }] });
    await editor.idle();
    expect(editor.codes(A)).toEqual([]);
    expect(editor.codes('file:///w/z.py')).toEqual(['call-danger']);
  });

  it('follow changes and new files on disk', async () => {
    await start({ files: FILES });
    await checkAll();
    editor.disk.write('/w/a.py', `\n${BAD}`);
    editor.disk.write('/w/new.py', BAD);
    await watched({ uri: A, type: 2 }, { uri: 'file:///w/new.py', type: 1 });
    expect(editor.diagnostics(A)[0]!.range).toEqual(at(2, 0, 10));
    expect(editor.codes('file:///w/new.py')).toEqual(['call-danger']);
  });

  it('are cleared when a file becomes excluded, and come back', async () => {
    await start({ files: FILES });
    await checkAll();
    editor.disk.write('/w/tidegate.yaml', 'exclude: ["sub/**"]\n');
    await watched({ uri: 'file:///w/tidegate.yaml', type: 1 });
    expect(editor.codes(B)).toEqual([]);
    editor.disk.remove('/w/tidegate.yaml');
    await watched({ uri: 'file:///w/tidegate.yaml', type: 3 });
    expect(editor.codes(B)).toEqual(['call-danger']);
  });

  it('without a workspace check files on disk stay unchecked', async () => {
    await start({ files: FILES });
    await watched({ uri: A, type: 2 });
    expect(editor.published).toEqual([]);
    expect(await editor.request('tidegate/checkFile', { uri: B })).toEqual({ findings: 1 });
    await editor.idle();
    expect(editor.codes(B)).toEqual(['call-danger']);
    expect(await editor.request('tidegate/checkFile', { uri: 'file:///w/gone.py' })).toEqual({ findings: 0 });
  });
});

describe('dependencies between files', () => {
  it('a change of a dependency file on disk checks open documents again', async () => {
    await start({ files: { '/w/requirements.txt': 'old==2.0\n', '/w/a.py': OLD, '/w/sub/b.py': OLD } });
    await checkAll();
    await editor.open(A, OLD);
    expect(editor.codes(A)).toEqual([]);
    editor.disk.write('/w/requirements.txt', 'old==1.0\n');
    await watched({ uri: 'file:///w/requirements.txt', type: 2 });
    expect(editor.codes(A)).toEqual(['old-version']);
    expect(editor.codes(B)).toEqual(['old-version']);
  });

  it('so does typing in it, before it is saved', async () => {
    const uri = 'file:///w/requirements.txt';
    await start({ files: { '/w/requirements.txt': 'old==2.0\n' } });
    await editor.open(A, OLD);
    await editor.open(uri, 'old==2.0\n', 'pip-requirements');
    await editor.change(uri, at(0, 5, 6), '1');
    expect(editor.codes(A)).toEqual(['old-version']);
    await editor.close(uri);
    expect(editor.codes(A)).toEqual([]);
  });

  it('a change that nobody depends on checks nothing else', async () => {
    await start({ files: {} });
    await editor.open(A, BAD);
    await editor.open(B, 'x = 1\n');
    editor.checks.length = 0;
    await editor.change(A, at(2, 0), 'danger.run(2)\n');
    expect(editor.checks).toEqual(['a.py']);
  });
});

describe('several folders', () => {
  it('each has its own model, and paths of its own', async () => {
    await start({
      folders: ['file:///one', 'file:///two'],
      files: { '/one/requirements.txt': 'old==1.0\n', '/two/requirements.txt': 'old==2.0\n' },
    });
    await editor.open('file:///one/a.py', OLD);
    await editor.open('file:///two/a.py', OLD);
    expect(editor.codes('file:///one/a.py')).toEqual(['old-version']);
    expect(editor.codes('file:///two/a.py')).toEqual([]);
  });

  it('adding and removing a folder changes only its own results', async () => {
    await start({
      folders: ['file:///one'],
      files: { '/one/a.py': BAD, '/two/a.py': BAD, '/two/requirements.txt': 'old==1.0\n' },
    });
    await checkAll();
    await editor.open('file:///two/o.py', OLD);
    expect(editor.codes('file:///two/o.py')).toEqual([]);
    const two = { uri: 'file:///two', name: 'two' };
    editor.notify('workspace/didChangeWorkspaceFolders', { event: { added: [two], removed: [] } });
    await editor.idle();
    expect(editor.codes('file:///two/o.py')).toEqual(['old-version']);
    await checkAll();
    expect(editor.codes('file:///two/a.py')).toEqual(['call-danger']);
    editor.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [two] } });
    await editor.idle();
    expect(editor.codes('file:///two/a.py')).toEqual([]);
    expect(editor.codes('file:///two/o.py')).toEqual([]);
    expect(editor.codes('file:///one/a.py')).toEqual(['call-danger']);
  });

  it('a folder inside another one has its files to itself', async () => {
    await start({ folders: ['file:///w', 'file:///w/sub'], files: { '/w/a.py': BAD, '/w/sub/b.py': BAD } });
    expect(await checkAll()).toMatchObject({ files: 2, findings: 2 });
    expect(editor.checks.toSorted()).toEqual(['a.py', 'b.py']);
  });
});
