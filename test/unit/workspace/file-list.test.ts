import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../../server/src/workspace/config.js';
import { FileList } from '../../../server/src/workspace/file-list.js';
import type { FileSystem } from '../../../server/src/workspace/file-system.js';
import { FolderCache } from '../../../server/src/workspace/folder-cache.js';
import { GitIgnore } from '../../../server/src/workspace/git-ignore.js';
import { type MemoryFile, MemoryTree } from './memory-tree.js';
import { open } from './open.js';

async function listed(files: Readonly<Record<string, MemoryFile>>, under?: string) {
  const { workspace } = await open(files);
  const listing = workspace.listFiles(under);
  for (const { path } of listing.files)
    if (under === undefined) expect(workspace.whySkipped(path), path).toBeUndefined();
  for (const { path, reason } of listing.skipped) {
    const isFolder =
      workspace.listFiles(path).files.length > 0 || [...Object.keys(files)].some((f) => f.startsWith(`${path}/`));
    if (under === undefined && !isFolder && !path.endsWith('.bin'))
      expect(workspace.whySkipped(path), path).toBe(reason);
  }
  return {
    files: listing.files.map(({ path }) => path),
    skipped: Object.fromEntries(listing.skipped.map(({ path, reason }) => [path, reason])),
  };
}

describe('what a walk finds', () => {
  test('files of the languages that are read, sorted, and nothing about others', async () => {
    const { files, skipped } = await listed({
      'b.py': '',
      'a.ipynb': '{}',
      'logo.png': '',
      'sub/c.yaml': '',
      Dockerfile: '',
    });
    expect(files).toEqual(['Dockerfile', 'a.ipynb', 'b.py', 'sub/c.yaml']);
    expect(skipped).toEqual({});
  });

  test('links are never followed and other things never opened', async () => {
    const { files, skipped } = await listed({
      'a.py': '',
      'link.py': { link: true },
      loop: { link: true },
      'pipe.py': { other: true },
    });
    expect(files).toEqual(['a.py']);
    expect(skipped).toEqual({ 'link.py': 'symbolic link', loop: 'symbolic link', 'pipe.py': 'not a regular file' });
  });

  test('large files, with twenty times the limit for notebooks', async () => {
    const megabyte = 1024 * 1024;
    const { files, skipped } = await listed({
      'exact.py': { size: megabyte },
      'big.py': { size: megabyte + 1 },
      'nb.ipynb': { size: 20 * megabyte },
      'huge.ipynb': { size: 50 * megabyte },
    });
    expect(files).toEqual(['exact.py', 'nb.ipynb']);
    expect(skipped).toEqual({ 'big.py': 'larger than 1024 KB', 'huge.ipynb': 'larger than 20480 KB' });
  });
});

describe('folders that are left out by what they hold', () => {
  const cases: readonly [string, Readonly<Record<string, string>>, string][] = [
    ['env', { 'env/pyvenv.cfg': '', 'env/lib/x.py': '' }, 'virtual environment (pyvenv.cfg)'],
    ['mamba', { 'mamba/conda-meta/history': '', 'mamba/x.py': '' }, 'conda environment (conda-meta)'],
    ['node_modules', { 'package.json': '{}', 'node_modules/a/x.yaml': '' }, 'installed packages (node_modules)'],
    ['node_modules', { 'node_modules/a/package.json': '{}' }, 'installed packages (node_modules)'],
    ['site-packages', { 'site-packages/torch/x.py': '' }, 'installed packages (site-packages)'],
    ['.git', { '.git/HEAD': '', '.git/x.py': '' }, 'Git data'],
    ['.tox', { '.tox/py311/x.py': '' }, 'tox environments'],
    ['__pycache__', { '__pycache__/x.py': '' }, 'Python bytecode cache'],
    ['.ipynb_checkpoints', { '.ipynb_checkpoints/a-checkpoint.ipynb': '{}' }, 'notebook checkpoints'],
    ['mlruns', { 'mlruns/0/meta.yaml': '', 'mlruns/0/abc/meta.yaml': '' }, 'MLflow runs (mlruns)'],
    ['cache', { 'cache/CACHEDIR.TAG': '', 'cache/x.json': '' }, 'cache (CACHEDIR.TAG)'],
  ];
  test.each(cases)('%s %o', async (folder, files, reason) => {
    const { files: found, skipped } = await listed({ ...files, 'main.py': '' });
    expect(found.filter((path) => path.startsWith(folder))).toEqual([]);
    expect(found).toContain('main.py');
    expect(skipped).toEqual({ [folder]: reason });
  });

  test('the names alone prove nothing', async () => {
    const { files, skipped } = await listed({
      'env/x.py': '',
      'venv/x.py': '',
      'node_modules/own.py': '',
      'mlruns/x.py': '',
      'build/x.py': '',
    });
    expect(files).toHaveLength(5);
    expect(skipped).toEqual({});
  });
});

describe('ignore files', () => {
  test('a deeper file outweighs one above, folders hide what is below, info/exclude counts', async () => {
    const { files, skipped } = await listed({
      '.gitignore': 'data/\n*.tmp.py\n/only-top.py\n!keep.tmp.py\n',
      '.git/info/exclude': 'secret.py\n',
      'data/x.py': '',
      'a.tmp.py': '',
      'keep.tmp.py': '',
      'only-top.py': '',
      'secret.py': '',
      'sub/only-top.py': '',
      'sub/.gitignore': '!b.tmp.py\nown.py\n',
      'sub/b.tmp.py': '',
      'sub/own.py': '',
      'sub/deep/own.py': '',
    });
    expect(files).toEqual(['keep.tmp.py', 'sub/b.tmp.py', 'sub/only-top.py']);
    expect(skipped).toEqual({
      '.git': 'Git data',
      'a.tmp.py': 'ignored by .gitignore',
      data: 'ignored by .gitignore',
      'only-top.py': 'ignored by .gitignore',
      'secret.py': 'ignored by .git/info/exclude',
      'sub/deep/own.py': 'ignored by sub/.gitignore',
      'sub/own.py': 'ignored by sub/.gitignore',
    });
  });

  test('a folder taken back by a deeper file is open again', async () => {
    const { files } = await listed({
      '.gitignore': 'gen*\n',
      'sub/.gitignore': '!gen-api/\n',
      'sub/gen-api/x.py': '',
      'gen-api/x.py': '',
    });
    expect(files).toEqual(['sub/gen-api/x.py']);
  });

  test('patterns that make no sense ignore nothing', async () => {
    const { files } = await listed({ '.gitignore': '[z-a]\n**[\n\\\n\0\n#\n', 'a.py': '' });
    expect(files).toEqual(['a.py']);
  });

  test('a folder that was opened on purpose is walked although an ignore file above hides it', async () => {
    const tree = {
      '.gitignore': 'build/\n*.tmp.py\n',
      'build/a.py': '',
      'build/.gitignore': 'b.py',
      'build/b.py': '',
      'src/x.tmp.py': '',
      'src/a.py': '',
    };
    expect((await listed(tree, 'build')).files).toEqual(['build/a.py']);
    expect((await listed(tree, 'src')).files).toEqual(['src/a.py']);
  });
});

describe('excluded by the configuration', () => {
  test('globs are relative to their file and add up', async () => {
    const { files, skipped } = await listed({
      'tidegate.yaml': 'exclude: [data/, "*.gen.py", /top.py]',
      'sub/tidegate.yaml': 'exclude: ["local/*.py"]',
      'data/a.py': '',
      'sub/data/a.py': '',
      'x.gen.py': '',
      'sub/x.gen.py': '',
      'top.py': '',
      'sub/top.py': '',
      'sub/local/a.py': '',
      'local/a.py': '',
    });
    expect(files).toEqual(['local/a.py', 'sub/tidegate.yaml', 'sub/top.py', 'tidegate.yaml']);
    expect(skipped['sub/local/a.py']).toBe('excluded by the configuration (sub/local/*.py)');
    expect(skipped['sub/data']).toBe('excluded by the configuration (**/data/**)');
  });
});

test('a changed tree is listed anew after invalidate', async () => {
  const { workspace, tree } = await open({ 'a.py': '' });
  expect(workspace.listFiles().files).toHaveLength(1);
  tree.files.set('b.py', '');
  expect(workspace.listFiles().files).toHaveLength(1);
  workspace.invalidate('b.py');
  expect(workspace.listFiles().files.map(({ path }) => path)).toEqual(['a.py', 'b.py']);
  expect(workspace.has('b.py')).toBe(true);
  tree.files.delete('a.py');
  workspace.invalidate('a.py');
  expect(workspace.has('a.py')).toBe(false);
  tree.files.set('.gitignore', 'b.py');
  expect(workspace.invalidate('.gitignore')).toBe(true);
  expect(workspace.whySkipped('b.py')).toBe('ignored by .gitignore');
});

test('sources: why a document has no text', async () => {
  const { workspace } = await open({
    'ok.py': 'x = 1',
    'bin.py': { unreadable: 'binary' },
    'utf16.py': { unreadable: 'binary', detail: 'UTF-16 text; save it as UTF-8' },
    'no.py': { unreadable: 'permission' },
    'min.json': `{"a":"${'x'.repeat(80_000)}"}`,
    'latin.py': { text: '# \xe9', encoding: 'latin-1' },
    'nb.ipynb': `{"cells":[],"x":"${'x'.repeat(80_000)}"}`,
  });
  expect(workspace.source('ok.py')).toEqual({ path: 'ok.py', language: 'python', text: 'x = 1' });
  const skipped = (path: string) => (workspace.source(path) as { skipped?: string }).skipped;
  expect(skipped('bin.py')).toBe('binary content');
  expect(skipped('utf16.py')).toBe('UTF-16 text; save it as UTF-8');
  expect(skipped('no.py')).toBe('no permission to read the file');
  expect(skipped('gone.py')).toBe('file vanished');
  expect(skipped('min.json')).toBe('minified or generated (very long lines)');
  expect(skipped('x.png')).toBe('not a kind of file that Tidegate reads');
  expect(workspace.source('nb.ipynb')).toMatchObject({ language: 'notebook', cells: undefined });
  expect(workspace.source('latin.py')).toMatchObject({ text: '# \xe9' });
  expect([workspace.wasLatin1('latin.py'), workspace.wasLatin1('ok.py')]).toEqual([true, false]);
});

test('open documents come before files, and a document that was never saved is no mystery', async () => {
  const { workspace } = await open({ 'a.py': 'old' });
  workspace.overlay('a.py', 'new');
  workspace.overlay('new/b.py', 'text');
  expect(workspace.source('a.py')).toMatchObject({ text: 'new' });
  expect(workspace.whySkipped('new/b.py')).toBeUndefined();
  expect(workspace.has('new/b.py')).toBe(true);
  workspace.overlay('a.py', undefined);
  expect(workspace.source('a.py')).toMatchObject({ text: 'old' });
});

test('a walk for one language finds its files, and looks at no others', () => {
  const tree = new MemoryTree({
    'a.py': '',
    'big.yaml': '',
    'out/b.py': '',
    'sub/c.py': '',
    '.gitignore': 'out/\n',
  });
  const asked: string[] = [];
  const files: FileSystem = {
    list: (path) => tree.list(path),
    read: (path) => tree.read(path),
    size: (path) => {
      asked.push(path);
      return tree.size(path);
    },
  };
  const folders = new FolderCache(files);
  const list = new FileList(files, folders, new GitIgnore(files, folders), () => DEFAULT_CONFIG);
  expect(list.list('', 'python').files.map(({ path }) => path)).toEqual(['a.py', 'sub/c.py']);
  expect(asked.sort()).toEqual(['a.py', 'sub/c.py']);
});
