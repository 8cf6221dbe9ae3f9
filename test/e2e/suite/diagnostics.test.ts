import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, finding, findings, inWorkspace, noFinding, open, setText, until } from './support.js';

describe('diagnostics', () => {
  afterEach(closeAll);

  it('show a finding with source, code, page and range', async () => {
    const document = await open('train.py');
    const found = await finding(document.uri, 'load-torch');
    assert.equal(found.source, 'tidegate');
    assert.match(document.getText(found.range), /torch\.load/);
    assert.match(found.message, /weights_only/);
    assert.ok(typeof found.code === 'object' && found.code.target.scheme === 'https');
  });

  it('leave a clean file alone', async () => {
    const clean = await open('model.py');
    // The other file is checked after the clean one: once its finding is there, the clean one had its turn.
    const other = await open('train.py');
    await finding(other.uri, 'load-torch');
    assert.deepEqual(findings(clean.uri), []);
  });

  it('follow every edit', async () => {
    const document = await open('model.py');
    const before = document.getText();
    await setText(document, `${before}\n\nnet = torch.load("other.pt")\n`);
    const found = await finding(document.uri, 'load-torch');
    assert.equal(document.lineAt(found.range.start.line).text, 'net = torch.load("other.pt")');
    await setText(document, before);
    await noFinding(document.uri, 'load-torch');
  });

  it('count characters as VS Code does, beyond the Basic Multilingual Plane too', async () => {
    const document = await open('model.py');
    await setText(document, 'import torch\nflood = "🌊🌊"; net = torch.load("other.pt")\n');
    const found = await finding(document.uri, 'load-torch');
    assert.match(document.getText(found.range), /^torch\.load/);
  });

  it('come for an untitled document', async () => {
    const content = 'import torch\nnet = torch.load("other.pt")\n';
    const document = await vscode.workspace.openTextDocument({ language: 'python', content });
    await vscode.window.showTextDocument(document);
    await finding(document.uri, 'load-torch');
  });

  it('go when a setting switches the extension off, and come back', async () => {
    const document = await open('train.py');
    await finding(document.uri, 'load-torch');
    const settings = vscode.workspace.getConfiguration('tidegate');
    try {
      await settings.update('enable', false, vscode.ConfigurationTarget.Workspace);
      await noFinding(document.uri, 'load-torch');
    } finally {
      await settings.update('enable', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await finding(document.uri, 'load-torch');
  });

  it('take their level from the settings', async () => {
    const document = await open('train.py');
    await finding(document.uri, 'load-torch');
    const settings = vscode.workspace.getConfiguration('tidegate');
    const level = (wanted: vscode.DiagnosticSeverity) => () =>
      findings(document.uri, 'load-torch').some((found) => found.severity === wanted);
    try {
      await settings.update('severityOverrides', { 'load-torch': 'hint' }, vscode.ConfigurationTarget.Workspace);
      await until('the level hint', level(vscode.DiagnosticSeverity.Hint));
    } finally {
      await settings.update('severityOverrides', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await until(
      'the original level',
      () => !level(vscode.DiagnosticSeverity.Hint)() && findings(document.uri).length > 0,
    );
  });

  it('explain themselves in a hover', async () => {
    const document = await open('train.py');
    const found = await finding(document.uri, 'load-torch');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      found.range.start,
    );
    const text = hovers.flatMap((hover) =>
      hover.contents.map((part) => (typeof part === 'string' ? part : part.value)),
    );
    assert.match(text.join('\n'), /load-torch/);
  });

  it('go with a deleted file', async () => {
    const uri = inWorkspace('short_lived.py');
    const content = new TextEncoder().encode('import torch\nnet = torch.load("other.pt")\n');
    await vscode.workspace.fs.writeFile(uri, content);
    await open('short_lived.py');
    await finding(uri, 'load-torch');
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(uri);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await noFinding(uri, 'load-torch');
  });
});
