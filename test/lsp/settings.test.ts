import { afterEach, describe, expect, it } from 'vitest';
import { at, Editor, type EditorOptions, FULL } from './editor.js';

const A = 'file:///w/a.py';
const BAD = 'import danger\ndanger.run(1)\n';
const IGNORED = 'import danger\ndanger.run(1)  # tidegate: ignore[call-danger] -- checked by the team\n';

let editor: Editor;

async function start(options: EditorOptions = {}): Promise<Editor> {
  editor = await Editor.start(options);
  return editor;
}

async function configure(settings: Record<string, unknown>): Promise<void> {
  editor.settings = { '*': settings };
  editor.notify('workspace/didChangeConfiguration', { settings: null });
  await editor.idle();
}

afterEach(() => editor.stop());

describe('settings', () => {
  it('are asked for per folder', async () => {
    await start({
      folders: ['file:///one', 'file:///two'],
      settings: { 'file:///two': { severityOverrides: { 'call-danger': 'hint' } } },
    });
    await editor.open('file:///one/a.py', BAD);
    await editor.open('file:///two/a.py', BAD);
    expect(editor.diagnostics('file:///one/a.py')[0]!.severity).toBe(1);
    expect(editor.diagnostics('file:///two/a.py')[0]!.severity).toBe(4);
  });

  it('onSave checks when opened and saved', async () => {
    await start({ settings: { '*': { run: 'onSave' } } });
    await editor.open(A, BAD);
    expect(editor.codes(A)).toEqual(['call-danger']);
    await editor.change(A, at(1, 0, 6), 'other');
    expect(editor.codes(A)).toEqual(['call-danger']);
    await editor.save(A);
    expect(editor.codes(A)).toEqual([]);
  });

  it('manual checks on demand only', async () => {
    await start({ settings: { '*': { run: 'manual' } } });
    await editor.open(A, BAD);
    await editor.save(A);
    expect(editor.checks).toEqual([]);
    expect(await editor.request('tidegate/checkFile', { uri: A })).toEqual({ findings: 1 });
    await editor.idle();
    expect(editor.published.at(-1)).toMatchObject({ uri: A, version: 1, diagnostics: [{ code: 'call-danger' }] });
  });

  it('a change takes effect at once; the same settings again do nothing', async () => {
    await start({ files: { '/w/a.py': BAD } });
    await editor.open(A, BAD);
    await configure({ severityOverrides: { 'call-danger': 'warning' } });
    expect(editor.diagnostics(A)[0]!.severity).toBe(2);
    const checks = editor.checks.length;
    await configure({ severityOverrides: { 'call-danger': 'warning' } });
    expect(editor.checks.length).toBe(checks);
    await configure({ files: { exclude: ['a.py'] } });
    expect(editor.codes(A)).toEqual([]);
    expect(editor.statuses.at(-1)).toMatchObject({
      state: 'ready',
      uri: A,
      message: expect.stringContaining('not checked'),
    });
  });

  it('enable: false takes everything back, and true brings it', async () => {
    await start({ files: { '/w/b.py': BAD } });
    await editor.open(A, BAD);
    await editor.request('tidegate/checkWorkspace', {});
    expect(editor.codes('file:///w/b.py')).toEqual(['call-danger']);
    await configure({ enable: false });
    expect(editor.codes(A)).toEqual([]);
    expect(editor.codes('file:///w/b.py')).toEqual([]);
    expect(editor.statuses.findLast(({ uri }) => uri === A)).toMatchObject({ state: 'disabled' });
    await configure({ enable: true });
    expect(editor.codes(A)).toEqual(['call-danger']);
    expect(editor.codes('file:///w/b.py')).toEqual(['call-danger']);
  });

  it('values of wrong types are as if not set', async () => {
    await start({ settings: { '*': { run: 7, enable: 'no', profile: ['x'], severityOverrides: 'all', files: 3 } } });
    await editor.open(A, BAD);
    expect(editor.codes(A)).toEqual(['call-danger']);
  });

  it('clients that only push settings are heard', async () => {
    await start({ capabilities: { ...FULL, workspace: {} } });
    await editor.open(A, BAD);
    expect(editor.codes(A)).toEqual(['call-danger']);
    editor.notify('workspace/didChangeConfiguration', { settings: { tidegate: { enable: false } } });
    await editor.idle();
    expect(editor.codes(A)).toEqual([]);
  });

  it('are weaker than the configuration file of the repository', async () => {
    await start({
      files: { '/w/tidegate.yaml': 'severity:\n  call-danger: info\n' },
      settings: { '*': { severityOverrides: { 'call-danger': 'hint' } } },
    });
    await editor.open(A, BAD);
    expect(editor.diagnostics(A)[0]!.severity).toBe(3);
    expect(editor.statuses.at(-1)).toMatchObject({ config: 'tidegate.yaml', profile: 'recommended', findings: 1 });
  });
});

describe('the configuration file', () => {
  const CONFIG = 'file:///w/tidegate.yaml';

  it('shows its problems in itself, once, and clears them', async () => {
    await start({ files: { '/w/tidegate.yaml': 'profil: strict\n' } });
    await editor.open(A, BAD);
    await editor.open('file:///w/b.py', BAD);
    expect(editor.diagnostics(CONFIG)).toMatchObject([
      { severity: 2, source: 'tidegate', range: { start: { line: 0 } } },
    ]);
    expect(editor.published.filter(({ uri }) => uri === CONFIG)).toHaveLength(1);
    editor.disk.write('/w/tidegate.yaml', 'profile: strict\n');
    editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: CONFIG, type: 2 }] });
    await editor.idle();
    expect(editor.diagnostics(CONFIG)).toEqual([]);
  });

  it('shows the problems of one further down after a check of all files', async () => {
    await start({ files: { '/w/sub/tidegate.yaml': 'profil: strict\n', '/w/sub/a.py': BAD } });
    await editor.request('tidegate/checkWorkspace', {});
    await editor.idle();
    expect(editor.diagnostics('file:///w/sub/tidegate.yaml')).toMatchObject([{ code: 'configuration' }]);
    await editor.open(A, BAD);
    expect(editor.diagnostics('file:///w/sub/tidegate.yaml')).toHaveLength(1);
    editor.disk.write('/w/sub/tidegate.yaml', 'profile: strict\n');
    editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///w/sub/tidegate.yaml', type: 2 }] });
    await editor.idle();
    expect(editor.diagnostics('file:///w/sub/tidegate.yaml')).toEqual([]);
  });

  it('takes effect while it is being typed', async () => {
    await start({ files: { '/w/tidegate.yaml': '' } });
    await editor.open(A, BAD);
    await editor.open(CONFIG, '', 'yaml');
    await editor.change(CONFIG, at(0, 0), 'ignore: [call-danger]\n');
    expect(editor.codes(A)).toEqual([]);
  });
});

describe('trust', () => {
  const FILES = { '/w/tidegate.yaml': 'severity:\n  call-danger: "off"\n' };

  it('an untrusted workspace cannot hide its findings, and says so', async () => {
    await start({ files: FILES, initializationOptions: { trusted: false, clientCommands: true } });
    await editor.open(A, IGNORED);
    expect(editor.codes(A)).toContain('call-danger');
    expect(editor.statuses.at(-1)!.message).toContain('restricted mode');
    const titles = (await editor.actions(A)).map(({ title }) => title);
    expect(titles.join()).not.toContain('Ignore');
  });

  it('granting it obeys ignores and settings', async () => {
    await start({ files: FILES, initializationOptions: { trusted: false } });
    await editor.open(A, IGNORED);
    await editor.open('file:///w/b.py', BAD);
    expect(editor.codes('file:///w/b.py')).toEqual(['call-danger']);
    editor.notify('tidegate/trust', { trusted: true });
    await editor.idle();
    expect(editor.codes(A)).toEqual([]);
    expect(editor.codes('file:///w/b.py')).toEqual([]);
  });

  it('a workspace is trusted when the client has no such notion', async () => {
    await start({ initializationOptions: undefined });
    await editor.open(A, IGNORED);
    expect(editor.codes(A)).toEqual([]);
    expect(editor.statuses).toEqual([]);
  });
});
