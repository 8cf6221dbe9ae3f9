import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  apply,
  closeAll,
  codeAction,
  codeActions,
  finding,
  inWorkspace,
  noFinding,
  open,
  setText,
  textOf,
  until,
  writeText,
} from './support.js';

describe('fixes', () => {
  afterEach(closeAll);

  it('remove the finding, and the saved file holds them', async () => {
    const document = await open('train.py');
    const found = await finding(document.uri, 'load-torch');
    const fix = await codeAction(document.uri, found, 'weights_only=True');
    await apply(fix);
    await noFinding(document.uri, 'load-torch');
    assert.ok(await document.save());
    assert.match(await textOf('train.py'), /torch\.load\("checkpoints\/last\.pt", weights_only=True\)/);
  });

  it('that are safe run on save where the user wants that', async () => {
    const document = await open('stale_ignore.py');
    await finding(document.uri, 'ignore-unused');
    const settings = vscode.workspace.getConfiguration('editor');
    const onSave = { 'source.fixAll.tidegate': 'explicit' };
    try {
      await settings.update('codeActionsOnSave', onSave, vscode.ConfigurationTarget.Workspace);
      // Saving is skipped for a text without changes.
      await setText(document, `${document.getText()}\n`);
      await finding(document.uri, 'ignore-unused');
      await vscode.commands.executeCommand('workbench.action.files.save');
    } finally {
      await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Workspace);
    }
    const saved = await textOf('stale_ignore.py');
    assert.match(saved, /^limit = 10$/m);
    assert.doesNotMatch(saved, /tidegate/);
  });

  it('that are for review do not run on save', async () => {
    const document = await open('ignore_me.py');
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    await finding(document.uri, 'load-torch');
    const actions = await codeActions(document.uri, all, vscode.CodeActionKind.SourceFixAll);
    assert.deepEqual(
      actions.map((action) => action.title),
      [],
    );
  });

  it('that may change a result say so and are not preferred', async () => {
    const document = await open('ignore_me.py');
    const found = await finding(document.uri, 'load-torch');
    const fix = await codeAction(document.uri, found, 'weights_only=True');
    assert.match(fix.title, /\(review: .+\)$/);
    assert.notEqual(fix.isPreferred, true);
  });

  it('with a value to fill in select its place, and keep their indentation', async () => {
    const before = 'packages:\n  - git: https://github.com/nimbus/dbt-features.git\n';
    await writeText('packages.yml', before);
    try {
      const document = await open('packages.yml');
      const found = await finding(document.uri, 'dbt-package-unpinned');
      const fix = await codeAction(document.uri, found, /\(fill in: commit\)$/);
      assert.notEqual(fix.isPreferred, true);
      assert.ok(fix.edit !== undefined && (await vscode.workspace.applyEdit(fix.edit)));
      assert.equal(document.getText(), `${before}    revision: commit\n`);
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document, document);
      await until('the selected word', () => document.getText(editor?.selection) === 'commit');
    } finally {
      await closeAll();
      await vscode.workspace.fs.delete(inWorkspace('packages.yml'));
    }
  });

  it('are offered with an explanation and an ignore, neither preferred', async () => {
    const document = await open('ignore_me.py');
    const found = await finding(document.uri, 'load-torch');
    const explain = await codeAction(document.uri, found, /^Explain/);
    const ignore = await codeAction(document.uri, found, /^Ignore/);
    assert.equal(explain.command?.command, 'tidegate.explain');
    assert.equal(ignore.command?.command, 'tidegate.ignore');
    assert.notEqual(explain.isPreferred, true);
    assert.notEqual(ignore.isPreferred, true);
  });

  it('are not offered where there is nothing to fix', async () => {
    const document = await open('model.py');
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const actions = await codeActions(document.uri, all);
    assert.deepEqual(
      actions.filter((action) => /weights_only|tidegate/i.test(action.title)),
      [],
    );
  });
});
