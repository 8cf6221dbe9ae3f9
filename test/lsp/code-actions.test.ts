import { afterEach, describe, expect, it } from 'vitest';
import type { TextDocumentEdit } from 'vscode-languageserver';
import { at, Editor, type EditorOptions, FULL } from './editor.js';

const TRAIN = 'file:///w/train.py';
const FIX_ALL = { only: ['source.fixAll.tidegate'] };

let editor: Editor;

async function start(options: EditorOptions = {}): Promise<Editor> {
  editor = await Editor.start(options);
  return editor;
}

afterEach(() => editor.stop());

describe('quick fixes', () => {
  it('a safe fix is preferred, bound to the version, and repairs the text', async () => {
    await start();
    await editor.open(TRAIN, 'import danger\ndanger.run(1)\n');
    const [action] = await editor.actions(TRAIN, { diagnostics: editor.diagnostics(TRAIN) });
    expect(action).toMatchObject({ title: 'Call `danger.safe`', kind: 'quickfix', isPreferred: true });
    expect(action!.diagnostics).toMatchObject([{ code: 'call-danger', range: at(1, 0, 10) }]);
    expect(action!.edit!.documentChanges).toMatchObject([{ textDocument: { uri: TRAIN, version: 1 } }]);
    expect(await editor.apply(action!.edit!)).toBe(true);
    expect(editor.text(TRAIN)).toBe('import danger\ndanger.safe(1)\n');
  });

  it('a review fix is never preferred and asks first where the client can', async () => {
    await start();
    await editor.open(TRAIN, 'import risky\nrisky.run(1)\n');
    const [action] = await editor.actions(TRAIN);
    expect(action!.title).toBe('Call `risky.safe` (review: results may differ)');
    expect(action!.isPreferred).toBeUndefined();
    const [change] = action!.edit!.documentChanges as TextDocumentEdit[];
    expect(change!.edits).toMatchObject([{ newText: 'risky.safe', annotationId: 'review' }]);
    expect(action!.edit!.changeAnnotations).toMatchObject({ review: { needsConfirmation: true } });
  });

  it('edits are plain for clients without document changes', async () => {
    await start({ capabilities: { textDocument: FULL.textDocument! }, initializationOptions: undefined });
    await editor.open(TRAIN, 'import risky\nrisky.run(1)\n');
    const actions = await editor.actions(TRAIN);
    expect(actions).toHaveLength(1);
    expect(actions[0]!.edit).toEqual({ changes: { [TRAIN]: [{ range: at(1, 0, 9), newText: 'risky.safe' }] } });
    expect(await editor.apply(actions[0]!.edit!)).toBe(true);
    expect(editor.text(TRAIN)).toBe('import risky\nrisky.safe(1)\n');
  });

  it('"fix all of this rule" comes with two safe fixes or more', async () => {
    await start();
    await editor.open(TRAIN, 'import danger\ndanger.run(1)\n');
    expect((await editor.actions(TRAIN)).map(({ title }) => title)).not.toContain('Fix all call-danger in this file');
    await editor.change(TRAIN, at(2, 0), 'danger.run(2)\n');
    const actions = await editor.actions(TRAIN, {}, at(1, 3));
    expect(actions.map(({ title }) => title)).toEqual([
      'Call `danger.safe`',
      'Fix all call-danger in this file',
      'Explain call-danger',
      'Ignore call-danger for this statement…',
      'Ignore call-danger in this file…',
    ]);
    expect(actions.filter(({ isPreferred }) => isPreferred === true)).toHaveLength(1);
    await editor.apply(actions[1]!.edit!);
    expect(editor.text(TRAIN)).toBe('import danger\ndanger.safe(1)\ndanger.safe(2)\n');
  });

  it('fits the newest text even when asked before the check had its turn', async () => {
    await start();
    await editor.open(TRAIN, 'import danger\ndanger.run(1)\n');
    editor.type(TRAIN, at(0, 0), '\n\n');
    const [action] = await editor.actions(TRAIN, {}, at(3, 0, 10));
    expect(action!.edit!.documentChanges).toMatchObject([
      { textDocument: { version: 2 }, edits: [{ range: at(3, 0, 10) }] },
    ]);
  });

  it('offers nothing away from findings, for other kinds, or for other tools', async () => {
    await start();
    await editor.open(TRAIN, 'import danger\ndanger.run(1)\n');
    expect(await editor.actions(TRAIN, {}, at(0, 0, 3))).toEqual([]);
    expect(await editor.actions(TRAIN, { only: ['refactor'] })).toEqual([]);
    expect(await editor.actions(TRAIN, { only: ['source.organizeImports'] })).toEqual([]);
    const foreign = { source: 'Ruff', code: 'S301', message: 'x', range: at(1, 0, 10) };
    expect(await editor.actions(TRAIN, { diagnostics: [foreign] })).toEqual([]);
    const both = await editor.actions(TRAIN, { diagnostics: [foreign, ...editor.diagnostics(TRAIN)] });
    expect(both[0]!.title).toBe('Call `danger.safe`');
    expect(await editor.actions('file:///w/not-open.py', {}, at(0, 0))).toEqual([]);
  });

  it('only the named finding is served when a range holds several', async () => {
    await start();
    await editor.open(TRAIN, 'import danger, risky\ndanger.run(risky.run(1))\n');
    const [, risky] = editor.diagnostics(TRAIN);
    const titles = (await editor.actions(TRAIN, { diagnostics: [risky] }, at(1, 0, 24))).map(({ title }) => title);
    expect(titles[0]).toContain('risky.safe');
    expect(titles.join()).not.toContain('danger');
    const { data: _, ...withoutData } = risky!;
    const all = await editor.actions(TRAIN, { diagnostics: [withoutData] }, at(1, 0, 24));
    expect(all.length).toBeGreaterThan(titles.length);
  });

  it('commands come only for clients that run them', async () => {
    await start({ initializationOptions: {} });
    await editor.open(TRAIN, 'import danger\ndanger.run(1)\n');
    expect((await editor.actions(TRAIN)).map(({ title }) => title)).toEqual(['Call `danger.safe`']);
  });

  it('explain and ignore carry what the client needs', async () => {
    await start();
    await editor.open(TRAIN, 'import danger\ndanger.run(1)\n');
    const actions = await editor.actions(TRAIN);
    const commands = actions.flatMap(({ command }) => (command === undefined ? [] : [command]));
    expect(commands.map(({ command }) => command)).toEqual(['tidegate.explain', 'tidegate.ignore', 'tidegate.ignore']);
    expect(commands[0]!.arguments).toEqual([{ rule: 'call-danger' }]);
    expect(commands[1]!.arguments).toMatchObject([
      { uri: TRAIN, version: 1, scope: 'statement', findings: [{ rule: 'call-danger', range: at(1, 0, 10) }] },
    ]);
    expect(actions.filter(({ command }) => command !== undefined).some(({ isPreferred }) => isPreferred)).toBe(false);
  });

  it('JSON has no comments, so nothing to ignore with', async () => {
    await start();
    await editor.open('file:///w/a.json', '{"insecure": 1}\n', 'json');
    expect(editor.codes('file:///w/a.json')).toEqual(['insecure-key']);
    expect((await editor.actions('file:///w/a.json')).map(({ title }) => title)).toEqual(['Explain insecure-key']);
  });
});

describe('fix all', () => {
  const TEXT = 'import danger, risky\ndanger.run(1)\nrisky.run(2)\ndanger.run(3)\n';

  it('applies safe fixes only', async () => {
    await start();
    await editor.open(TRAIN, TEXT);
    const actions = await editor.actions(TRAIN, FIX_ALL);
    expect(actions).toHaveLength(1);
    expect(actions[0]).toMatchObject({ kind: 'source.fixAll.tidegate' });
    expect(await editor.apply(actions[0]!.edit!)).toBe(true);
    const fixed = 'import danger, risky\ndanger.safe(1)\nrisky.run(2)\ndanger.safe(3)\n';
    expect(editor.text(TRAIN)).toBe(fixed);
    await editor.replace(TRAIN, fixed);
    expect(await editor.actions(TRAIN, FIX_ALL)).toEqual([]);
  });

  it.each([['source.fixAll'], ['source'], ['']])('answers the wider kind "%s"', async (kind) => {
    await start();
    await editor.open(TRAIN, TEXT);
    const actions = await editor.actions(TRAIN, { only: [kind] });
    expect(actions.map((action) => action.kind)).toContain('source.fixAll.tidegate');
  });

  it('is not offered unasked', async () => {
    await start();
    await editor.open(TRAIN, TEXT);
    expect((await editor.actions(TRAIN)).map(({ kind }) => kind)).not.toContain('source.fixAll.tidegate');
  });

  it('returns nothing when the text would parse worse afterwards', async () => {
    await start();
    await editor.open(TRAIN, 'import breaks\nbreaks.run(1)\n');
    expect(editor.codes(TRAIN)).toEqual(['call-breaking']);
    expect(await editor.actions(TRAIN, FIX_ALL)).toEqual([]);
  });

  it('returns nothing for a document that does not parse', async () => {
    await start();
    await editor.open(TRAIN, `${TEXT}def f(:\n`);
    expect(editor.codes(TRAIN)).toContain('call-danger');
    expect(await editor.actions(TRAIN, FIX_ALL)).toEqual([]);
  });

  it('checks first when the settings check on save only', async () => {
    await start({ settings: { '*': { run: 'onSave' } } });
    await editor.open(TRAIN, 'pass\n');
    await editor.replace(TRAIN, TEXT);
    expect(editor.diagnostics(TRAIN)).toEqual([]);
    expect(await editor.actions(TRAIN, {}, at(1, 0, 10))).toEqual([]);
    const [action] = await editor.actions(TRAIN, FIX_ALL);
    expect(action!.edit!.documentChanges).toMatchObject([{ textDocument: { version: 2 } }]);
  });
});
