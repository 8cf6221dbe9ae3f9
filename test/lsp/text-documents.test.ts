import { afterEach, describe, expect, it } from 'vitest';
import { at, Editor, type EditorOptions, FULL } from './editor.js';

const TRAIN = 'file:///w/train.py';
const BAD = 'import danger\ndanger.run(1)\n';

let editor: Editor;

async function start(options: EditorOptions = {}): Promise<Editor> {
  editor = await Editor.start(options);
  return editor;
}

afterEach(async () => {
  await editor.stop();
  expect(editor.exits).toEqual([0]);
});

describe('initialize', () => {
  it('says what the server does', async () => {
    await start();
    expect(editor.server.serverInfo).toEqual({ name: 'tidegate', version: '1.2.3' });
    expect(editor.server.capabilities).toMatchObject({
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: 2 },
      hoverProvider: true,
      codeActionProvider: {
        codeActionKinds: ['quickfix', 'source.fixAll.tidegate', 'notebook.source.fixAll.tidegate'],
      },
      notebookDocumentSync: { notebookSelector: [{ notebook: { notebookType: 'jupyter-notebook' } }] },
      workspace: { workspaceFolders: { supported: true } },
    });
    expect(editor.server.capabilities.diagnosticProvider).toBeUndefined();
  });

  it('registers watchers for what checks read, where the client can', async () => {
    await start();
    expect(editor.registrations.map(({ method }) => method).sort()).toEqual([
      'workspace/didChangeConfiguration',
      'workspace/didChangeWatchedFiles',
    ]);
    const watched = JSON.stringify(editor.registrations);
    for (const name of ['ipynb', 'yaml', 'requirements', 'Dockerfile', 'lock']) expect(watched).toContain(name);
  });

  it('takes rootUri when the client knows no folders', async () => {
    await start({ rootUri: 'file:///w', capabilities: {}, files: { '/w/requirements.txt': 'old==1.0\n' } });
    await editor.open(TRAIN, 'import old\nold.load(1)\n');
    expect(editor.codes(TRAIN)).toEqual(['old-version']);
  });
});

describe('diagnostics of text documents', () => {
  it('are pushed with the version, in the full shape', async () => {
    await start({ files: { '/w/requirements.txt': 'numpy\nold==1.0\n' } });
    await editor.open(TRAIN, 'import old\nimport danger\nold.load(1)\ndanger.run(1)\n');
    const last = editor.published.at(-1)!;
    expect(last).toMatchObject({ uri: TRAIN, version: 1 });
    expect(last.diagnostics).toHaveLength(2);
    const [old, danger] = last.diagnostics;
    expect(danger).toMatchObject({
      range: at(3, 0, 10),
      severity: 1,
      code: 'call-danger',
      codeDescription: { href: 'https://github.com/tidegate/tidegate/blob/main/docs/rules/call-danger.md' },
      source: 'tidegate',
      message: '`danger.run` runs anything',
      data: { v: 1, rule: 'call-danger', fixes: [{ safety: 'safe' }] },
    });
    expect(danger!.data.fp).toMatch(/^[0-9a-f]{16}$/);
    expect(JSON.stringify(danger!.data).length).toBeLessThan(500);
    expect(old!.relatedInformation).toEqual([
      {
        location: {
          uri: 'file:///w/requirements.txt',
          range: expect.objectContaining({ start: { line: 1, character: 0 } }),
        },
        message: 'old is pinned here',
      },
    ]);
  });

  it('leave out what the client cannot show', async () => {
    await start({ capabilities: {}, files: { '/w/requirements.txt': 'old==1.0\n' } });
    await editor.open(TRAIN, 'import old\nold.load(1)\n');
    const [diagnostic] = editor.diagnostics(TRAIN);
    expect(diagnostic).toMatchObject({ code: 'old-version' });
    expect(diagnostic).not.toHaveProperty('relatedInformation');
    expect(diagnostic).not.toHaveProperty('codeDescription');
  });

  it('follow incremental changes, counted in UTF-16 units', async () => {
    await start();
    await editor.open(TRAIN, 'import danger\nx = "😀"; danger.run(1)\n');
    expect(editor.diagnostics(TRAIN)[0]!.range).toEqual(at(1, 10, 20));
    await editor.change(TRAIN, at(0, 0), '# 😀\n');
    expect(editor.diagnostics(TRAIN)[0]!.range).toEqual(at(2, 10, 20));
    expect(editor.published.at(-1)!.version).toBe(2);
    await editor.change(TRAIN, at(2, 10, 16), 'other');
    expect(editor.diagnostics(TRAIN)).toEqual([]);
    expect(editor.published.at(-1)!.version).toBe(3);
  });

  it('are not sent again when nothing changed', async () => {
    await start();
    await editor.open(TRAIN, `${BAD}x = 1\n`);
    const sent = editor.published.length;
    await editor.change(TRAIN, at(2, 5), '2');
    expect(editor.checks.length).toBe(2);
    expect(editor.published.length).toBe(sent);
    await editor.save(TRAIN);
    expect(editor.published.length).toBe(sent);
  });

  it('are sent again when their own text was replaced by the same, since editors lose the marker', async () => {
    await start();
    await editor.open(TRAIN, BAD);
    const sent = editor.published.length;
    editor.type(TRAIN, at(1, 0, 10), '');
    editor.type(TRAIN, at(1, 0), 'danger.run');
    await editor.idle();
    expect(editor.published.length).toBe(sent + 1);
    expect(editor.published.at(-1)).toMatchObject({ version: 3, diagnostics: [{ code: 'call-danger' }] });
  });

  it('come once for a burst of changes, for the newest text', async () => {
    await start();
    await editor.open(TRAIN, BAD);
    const checks = editor.checks.length;
    for (let i = 0; i < 20; i++) editor.type(TRAIN, at(1, 11 + i), '1');
    await editor.idle();
    expect(editor.checks.length - checks).toBeLessThan(4);
    await editor.change(TRAIN, at(0, 0), '\n');
    expect(editor.published.at(-1)).toMatchObject({ version: 22, diagnostics: [{ range: at(2, 0, 10) }] });
  });

  it('are cleared on close', async () => {
    await start();
    await editor.open(TRAIN, BAD);
    await editor.close(TRAIN);
    expect(editor.published.at(-1)).toEqual({ uri: TRAIN, diagnostics: [] });
  });

  it('survive CRLF and a document that stops parsing', async () => {
    await start();
    await editor.open(TRAIN, 'import danger\r\n\r\ndanger.run(1)\r\n');
    expect(editor.diagnostics(TRAIN)[0]!.range).toEqual(at(2, 0, 10));
    await editor.change(TRAIN, at(2, 13), '\r\ndef f(:\r\n');
    expect(editor.codes(TRAIN)).toContain('call-danger');
    expect(editor.diagnostics(TRAIN)).toContainEqual(expect.objectContaining({ code: 'read-in-part', severity: 4 }));
    const [action] = await editor.actions(TRAIN, {}, at(2, 0, 10));
    expect(action?.title).not.toContain('danger.safe');
  });

  it('of a full-text change replace the old ones', async () => {
    await start();
    await editor.open(TRAIN, BAD);
    await editor.replace(TRAIN, 'pass\n');
    expect(editor.diagnostics(TRAIN)).toEqual([]);
  });
});

describe('documents without a workspace', () => {
  it.each([
    ['untitled:Untitled-1', 'python'],
    ['file:///elsewhere/tool.py', 'plaintext'],
    ['vscode-vfs://github/a/b/tool.py', 'python'],
    ['strange:thing', 'python'],
  ])('%s is checked alone', async (uri, languageId) => {
    await start();
    await editor.open(uri, BAD, languageId);
    expect(editor.codes(uri)).toEqual(['call-danger']);
    const titles = (await editor.actions(uri)).map(({ title }) => title);
    expect(titles).toContain('Call `danger.safe`');
  });

  it('takes the language from the editor when the name says nothing, and skips what it does not read', async () => {
    await start();
    await editor.open('untitled:U-1', 'insecure: 1\n', 'yaml');
    expect(editor.codes('untitled:U-1')).toEqual(['insecure-key']);
    await editor.open('untitled:U-2', 'RUN x\nFROM y\n', 'dockerfile');
    expect(editor.codes('untitled:U-2')).toContain('run-instruction');
    await editor.open('untitled:U-3', BAD, 'markdown');
    expect(editor.published.at(-1)).toMatchObject({ uri: 'untitled:U-3', diagnostics: [] });
  });

  it('works without any folder', async () => {
    await start({ folders: [], capabilities: FULL });
    await editor.open('file:///tmp/a.py', BAD);
    expect(editor.codes('file:///tmp/a.py')).toEqual(['call-danger']);
  });

  it('addresses with escapes are the same file', async () => {
    await start({ folders: ['file:///w%20x'], files: { '/w x/requirements.txt': 'old==1.0\n' } });
    await editor.open('file:///w%20x/a%2Bb.py', 'import old\nold.load(1)\n');
    expect(editor.codes('file:///w%20x/a%2Bb.py')).toEqual(['old-version']);
  });
});
