import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { apply, closeAll, codeAction, finding, inWorkspace, noFinding, textOf } from './support.js';

describe('notebooks', () => {
  let notebook: vscode.NotebookDocument;
  let cell: vscode.TextDocument;

  // Once for all: VS Code takes seconds to show a notebook again that was closed a moment ago.
  before(async () => {
    notebook = await vscode.workspace.openNotebookDocument(inWorkspace('features.ipynb'));
    await vscode.window.showNotebookDocument(notebook);
    const match = notebook.getCells().find(({ document }) => document.getText().includes('torch.load'));
    if (match === undefined) throw new Error('the notebook has no cell with torch.load');
    cell = match.document;
  });
  after(closeAll);

  it('show findings in the cell, with names imported in an earlier one', async () => {
    const found = await finding(cell.uri, 'load-torch');
    assert.equal(cell.uri.scheme, 'vscode-notebook-cell');
    assert.equal(found.range.start.line, 0);
    assert.match(cell.getText(found.range), /^torch\.load/);
  });

  it('take a fix in the cell, and the saved notebook holds it', async () => {
    const found = await finding(cell.uri, 'load-torch');
    const fix = await codeAction(cell.uri, found, 'weights_only=True');
    await apply(fix);
    await noFinding(cell.uri, 'load-torch');
    assert.ok(await notebook.save());
    const saved = JSON.parse(await textOf('features.ipynb')) as { cells: { source: string | string[] }[] };
    const sources = saved.cells.map(({ source }) => (Array.isArray(source) ? source.join('') : source));
    assert.ok(sources.some((source) => source.includes('weights_only=True')));
  });

  it('follow a cell that is added and one that is taken away', async () => {
    const at = notebook.cellCount;
    const data = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'late = torch.load("late.pt")', 'python');
    const add = new vscode.WorkspaceEdit();
    add.set(notebook.uri, [vscode.NotebookEdit.insertCells(at, [data])]);
    assert.ok(await vscode.workspace.applyEdit(add));
    const { uri } = notebook.cellAt(at).document;
    await finding(uri, 'load-torch');
    const remove = new vscode.WorkspaceEdit();
    remove.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(at, at + 1))]);
    assert.ok(await vscode.workspace.applyEdit(remove));
    await noFinding(uri, 'load-torch');
  });
});
