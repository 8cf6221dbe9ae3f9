import { afterEach, describe, expect, it } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import { Editor, type EditorOptions, FULL } from './editor.js';

const A = 'file:///w/a.py';

let editor: Editor;

async function start(options: EditorOptions = {}): Promise<Editor> {
  editor = await Editor.start(options);
  return editor;
}

async function hover(line: number, character: number, uri = A): Promise<Hover | null> {
  return editor.request('textDocument/hover', { textDocument: { uri }, position: { line, character } });
}

async function text(line: number, character: number): Promise<string> {
  return ((await hover(line, character))!.contents as MarkupContent).value;
}

afterEach(() => editor.stop());

describe('hover', () => {
  it('explains a finding: rule, trail, help, links', async () => {
    await start({ files: { '/w/requirements.txt': 'numpy\nold==1.0\n' } });
    await editor.open(A, 'import old\nold.load(1)\n');
    const answer = await hover(1, 3);
    expect(answer).toMatchObject({ contents: { kind: 'markdown' }, range: { start: { line: 1, character: 0 } } });
    const value = await text(1, 3);
    expect(value).toContain('**old-version** · warning · high confidence');
    expect(value).toContain('[requirements.txt:2](file:///w/requirements.txt#L2): old is pinned here');
    expect(value).toContain('Because a test says so.');
    expect(value).toContain('cwe.mitre.org');
    expect(value).toContain('docs/rules/old-version.md');
    expect(value).toContain(`command:tidegate.explain?${encodeURIComponent('["old-version"]')}`);
    const ignore = /command:tidegate\.ignore\?([^)]*)\)/.exec(value)![1]!;
    expect(JSON.parse(decodeURIComponent(ignore))).toMatchObject([
      { uri: A, version: 1, findings: [{ rule: 'old-version' }] },
    ]);
  });

  it('has no command links for clients without the commands, and plain text where Markdown is not shown', async () => {
    await start({ capabilities: {}, initializationOptions: undefined });
    await editor.open(A, 'import danger\ndanger.run(1)\n');
    expect(await hover(1, 0)).toMatchObject({ contents: { kind: 'plaintext' } });
    const value = await text(1, 0);
    expect(value).toContain('call-danger · error');
    expect(value).not.toContain('command:');
    expect(value).not.toContain('**');
    await editor.stop();
    await start({ capabilities: FULL, initializationOptions: undefined });
    await editor.open(A, 'import danger\ndanger.run(1)\n');
    expect(await text(1, 0)).not.toContain('command:');
  });

  it('tells what an ignore comment ignores, why, and for how long', async () => {
    await start();
    const comment = '# tidegate: ignore[call-danger,no-such-rule] until=2026-07-10 -- checked by the team';
    await editor.open(A, `import danger\ndanger.run(1)  ${comment}\n`);
    const value = await text(1, 30);
    expect(value).toContain('Ignored for this statement');
    expect(value).toContain('**call-danger**: A dangerous call.');
    expect(value).toContain('**no-such-rule**: there is no rule of this name');
    expect(value).toContain('Reason: checked by the team');
    expect(value).toContain('10 days left (until 2026-07-10)');
  });

  it.each([
    ['until=2026-06-30', 'expires after today'],
    ['until=2026-07-01', '1 day left'],
    ['until=2026-06-01', 'expired (until 2026-06-01)'],
    ['until=soon', 'expired (until soon)'],
    ['', 'none given'],
  ])('an ignore with "%s": %s', async (until, expected) => {
    await start();
    const reason = until === '' ? '' : ' -- checked by the team';
    await editor.open(A, `x = 1  # tidegate: ignore[call-danger] ${until}${reason}\n`);
    expect(await text(0, 12)).toContain(expected);
  });

  it('says nothing elsewhere', async () => {
    await start();
    await editor.open(A, 'import danger\ndanger.run(1)  # a comment\n');
    expect(await hover(0, 0)).toBeNull();
    expect(await hover(1, 20)).toBeNull();
    expect(await hover(99, 99)).toBeNull();
    expect(await hover(0, 0, 'file:///w/unknown.py')).toBeNull();
  });

  it('works in cells', async () => {
    await start();
    const [, cell] = await editor.openNotebook('file:///w/n.ipynb', [
      { text: 'import danger' },
      { text: 'danger.run(1)' },
    ]);
    expect(await hover(0, 3, cell!)).toMatchObject({ range: { start: { line: 0, character: 0 } } });
  });
});

describe('rule pages', () => {
  it('explain answers a page, and null for unknown rules', async () => {
    await start();
    const page = await editor.request<{ title: string; markdown: string } | null>('tidegate/explain', {
      rule: 'call-danger',
    });
    expect(page!.title).toBe('call-danger');
    expect(page!.markdown).toContain('# call-danger');
    expect(await editor.request('tidegate/explain', { rule: 'nothing' })).toBeNull();
  });

  it('rules lists all of them, sorted', async () => {
    await start();
    const rules = await editor.request<{ id: string }[]>('tidegate/rules');
    expect(rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id).toSorted());
    expect(rules).toContainEqual({
      id: 'call-danger',
      summary: 'A dangerous call.',
      family: 'testing',
      severity: 'error',
    });
  });

  it('why names what a document is checked as, or why it is not checked', async () => {
    await start();
    const why = (uri: string) => editor.request<{ checked: boolean; lines: string[] }>('tidegate/why', { uri });
    await editor.open('file:///w/pod.yaml', 'apiVersion: v1\nkind: Pod\n', 'yaml');
    expect(await why('file:///w/pod.yaml')).toEqual({
      checked: true,
      lines: ['Checked as YAML', 'Kubernetes resource: apiVersion is v1 and kind is Pod'],
    });
    await editor.open('file:///w/notes.md', 'x', 'markdown');
    expect(await why('file:///w/notes.md')).toEqual({
      checked: false,
      lines: ['Not checked: not a kind of file that Tidegate reads'],
    });
  });

  it('configTemplate gives a file without problems', async () => {
    await start();
    const { text: template } = await editor.request<{ text: string }>('tidegate/configTemplate');
    expect(template).toContain('profile:');
    await editor.open('file:///w/tidegate.yaml', template, 'yaml');
    expect(editor.diagnostics('file:///w/tidegate.yaml')).toEqual([]);
  });
});
