import { afterEach, describe, expect, it } from 'vitest';
import type { CompletionItem } from 'vscode-languageserver';
import { Editor } from './editor.js';

const CONFIG = 'file:///w/tidegate.yaml';

let editor: Editor;

async function items(uri: string, line: number, character: number): Promise<CompletionItem[]> {
  return editor.request('textDocument/completion', { textDocument: { uri }, position: { line, character } });
}

afterEach(() => editor.stop());

describe('completion', () => {
  it('offers keys with what goes behind them, in the order of the documentation', async () => {
    editor = await Editor.start();
    await editor.open(CONFIG, 'profile: strict\nper\n');
    const found = await items(CONFIG, 1, 3);
    const perFile = found.find(({ label }) => label === 'per-file')!;
    expect(perFile).toMatchObject({
      textEdit: {
        newText: 'per-file:\n  ',
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } },
      },
    });
    expect(JSON.stringify(perFile.documentation)).toContain('not reported in some files');
    expect(found.find(({ label }) => label === 'exclude')).toMatchObject({ textEdit: { newText: 'exclude: ' } });
    const sorted = [...found].sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
    expect(sorted[0]!.label).toBe('root');
  });

  it('offers the rules of this version and their families', async () => {
    editor = await Editor.start();
    await editor.open(CONFIG, 'ignore: []\n');
    const labels = (await items(CONFIG, 0, 9)).map(({ label }) => label);
    expect(labels).toContain('call-danger');
    expect(labels.length).toBeGreaterThan(2);
  });

  it('puts values of pyproject.toml in quotes', async () => {
    const uri = 'file:///w/pyproject.toml';
    editor = await Editor.start();
    await editor.open(uri, '[tool.tidegate]\nprofile = \nminimum-confidence = ""\n');
    const text = (found: CompletionItem[]) => (found[0]!.textEdit as { newText: string }).newText;
    expect(text(await items(uri, 1, 10))).toBe('"essential"');
    expect(text(await items(uri, 2, 22))).toBe('high');
  });

  it('leaves other documents to others', async () => {
    editor = await Editor.start();
    await editor.open('file:///w/params.yaml', 'pro\n');
    await editor.open('file:///w/a.py', 'pro\n');
    expect(await items('file:///w/params.yaml', 0, 3)).toEqual([]);
    expect(await items('file:///w/a.py', 0, 3)).toEqual([]);
    expect(await items('file:///w/unknown.yaml', 0, 0)).toEqual([]);
  });

  it('comes with explanations of what is there', async () => {
    editor = await Editor.start();
    await editor.open(CONFIG, 'minimum-confidence: low\n');
    const hover = await editor.request('textDocument/hover', {
      textDocument: { uri: CONFIG },
      position: { line: 0, character: 4 },
    });
    expect(JSON.stringify(hover)).toContain('less sure than this');
  });
});
