import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  exists,
  extension,
  finding,
  findings,
  inWorkspace,
  noFinding,
  open,
  textOf,
  until,
  writeText,
} from './support.js';

describe('commands', () => {
  afterEach(closeAll);

  it('check files of the workspace that were never opened', async () => {
    const uri = inWorkspace('unopened/serve.py');
    assert.deepEqual(findings(uri), []);
    await vscode.commands.executeCommand('tidegate.checkWorkspace');
    await finding(uri, 'load-torch');
    assert.ok(!vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString()));
  });

  it('keep results of the workspace when such a file is opened and closed again', async () => {
    const uri = inWorkspace('unopened/serve.py');
    // By command: a document that an extension opened stays open for minutes.
    await vscode.commands.executeCommand('vscode.open', uri);
    const isOpen = (): boolean => vscode.workspace.textDocuments.some((document) => document.uri.path === uri.path);
    await until('the document to be open', isOpen);
    await finding(uri, 'load-torch');
    await closeAll();
    await until('the document to be closed', () => !isOpen());
    await finding(uri, 'load-torch');
  });

  it('forget a file that is deleted outside the editor', async () => {
    const uri = inWorkspace('unopened/serve.py');
    await finding(uri, 'load-torch');
    await vscode.workspace.fs.delete(uri);
    await noFinding(uri, 'load-torch');
  });

  it('check the current file', async () => {
    const document = await open('ignore_me.py');
    await vscode.commands.executeCommand('tidegate.checkFile');
    await finding(document.uri, 'load-torch');
  });

  it('open the page of a rule', async () => {
    await extension().exports.ready;
    await vscode.commands.executeCommand('tidegate.explain', { rule: 'load-torch' });
    const page = vscode.Uri.from({ scheme: 'tidegate-rule', path: '/load-torch.md' });
    const document = await vscode.workspace.openTextDocument(page);
    assert.match(document.getText(), /load-torch/);
    assert.equal(document.languageId, 'markdown');
    const tab = await until('the preview', () =>
      vscode.window.tabGroups.all.flatMap((group) => group.tabs).find((tab) => tab.label.includes('load-torch')),
    );
    assert.ok(tab.input instanceof vscode.TabInputWebview, 'the page is rendered');
  });

  it('create a configuration, and never overwrite one', async () => {
    assert.equal(await exists('tidegate.yaml'), false);
    await vscode.commands.executeCommand('tidegate.createConfig');
    const created = await textOf('tidegate.yaml');
    assert.match(created, /\S/);
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, inWorkspace('tidegate.yaml').path);
    const own = `${created}# ours\n`;
    await writeText('tidegate.yaml', own);
    await vscode.commands.executeCommand('tidegate.createConfig');
    assert.equal(await textOf('tidegate.yaml'), own);
  });
});
