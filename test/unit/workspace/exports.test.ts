import { describe, expect, test } from 'vitest';
import { open } from './open.js';

const FILES = {
  'pkg/__init__.py': 'from .loaders import load as load_model\nfrom .constants import *\nVERSION = "1"\n',
  'pkg/loaders.py':
    'from torch import load\nimport numpy as np\n\ndef own(): ...\n\nclass Reader: ...\n\nLIMIT = 3\nOTHER = own()\n',
  'pkg/fallback.py':
    'try:\n    from torch import load\nexcept ImportError:\n    def load(): ...\n\ntry:\n    from fast import own\nexcept ImportError:\n    pass\n\nasync def own(): ...\n\nclass Twice: ...\nclass Twice: ...\n',
  'pkg/deep/__init__.py': '',
  'pkg/deep/train.py': '',
  'pkg/ring_a.py': 'from .ring_b import x\n',
  'pkg/ring_b.py': 'from .ring_a import x\n',
  'src/lib/tools.py': 'import joblib\nread = joblib.load\nfrom joblib import load\n',
  'main.py': '',
};

describe('exported names', () => {
  const cases: readonly [string, [string, number, string, string], object | undefined][] = [
    [
      'a re-exported library function',
      ['pkg/deep/train.py', 2, 'loaders', 'load'],
      { kind: 'import', target: 'torch.load' },
    ],
    ['through a package, renamed', ['main.py', 0, 'pkg', 'load_model'], { kind: 'import', target: 'torch.load' }],
    ['an imported module', ['main.py', 0, 'pkg.loaders', 'np'], { kind: 'import', target: 'numpy' }],
    ['a constant', ['main.py', 0, 'pkg.loaders', 'LIMIT'], { kind: 'constant', value: 3, path: 'pkg/loaders.py' }],
    ['a function', ['pkg/deep/train.py', 2, 'loaders', 'own'], { kind: 'function', path: 'pkg/loaders.py' }],
    ['a class', ['main.py', 0, 'pkg.loaders', 'Reader'], { kind: 'class' }],
    [
      'an import with a definition to fall back on',
      ['main.py', 0, 'pkg.fallback', 'load'],
      { kind: 'unknown', path: 'pkg/fallback.py' },
    ],
    ['a definition at the margin beside an import', ['main.py', 0, 'pkg.fallback', 'own'], { kind: 'function' }],
    ['what is defined twice', ['main.py', 0, 'pkg.fallback', 'Twice'], { kind: 'unknown' }],
    ['a computed value', ['main.py', 0, 'pkg.loaders', 'OTHER'], { kind: 'unknown' }],
    ['the src layout', ['main.py', 0, 'lib.tools', 'load'], { kind: 'import', target: 'joblib.load' }],
    ['from inside the src layout', ['src/app.py', 0, 'lib.tools', 'load'], { kind: 'import', target: 'joblib.load' }],
    ['the package itself', ['pkg/deep/train.py', 2, '', 'VERSION'], { kind: 'constant', value: '1' }],
    ['a circle', ['main.py', 0, 'pkg.ring_a', 'x'], undefined],
    ['a library', ['main.py', 0, 'torch', 'load'], undefined],
    ['a name that is not there', ['main.py', 0, 'pkg.loaders', 'nothing'], undefined],
    ['more dots than folders', ['main.py', 5, 'pkg', 'VERSION'], undefined],
    ['no module', ['main.py', 0, '', 'x'], undefined],
  ];
  test.each(cases)('%s', async (_, [path, level, module, name], expected) => {
    const { workspace } = await open(FILES);
    const found = workspace.linksOf(path).exported(level, module, name);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  });

  test('eight modules deep and no further', async () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, i) => [`m${i}.py`, i + 1 < length ? `from .m${i + 1} import x\n` : 'x = 1\n']),
      );
    const found = async (length: number) =>
      (await open(chain(length))).workspace.linksOf('a.py').exported(1, 'm0', 'x')?.kind;
    expect(await found(8)).toBe('constant');
    expect(await found(9)).toBeUndefined();
  });
});

describe('changes', () => {
  test('others care about changed names and values, not about anything else in the file', async () => {
    const { workspace, tree } = await open(FILES);
    const target = () => workspace.linksOf('main.py').exported(0, 'pkg.loaders', 'load');
    expect(workspace.overlay('pkg/loaders.py', 'not asked for yet')).toBe(false);
    workspace.overlay('pkg/loaders.py', undefined);
    expect(target()).toMatchObject({ target: 'torch.load' });
    expect(workspace.overlay('pkg/loaders.py', `# comment\n${FILES['pkg/loaders.py']}\nprint(LIMIT)\n`)).toBe(false);
    expect(workspace.linksOf('main.py').exported(0, 'pkg.loaders', 'LIMIT')).toMatchObject({
      range: { start: expect.any(Number) },
    });
    expect(workspace.overlay('pkg/loaders.py', 'from joblib import load\n')).toBe(true);
    expect(target()).toMatchObject({ target: 'joblib.load' });
    tree.files.set('new.py', 'from pickle import loads\n');
    expect(workspace.linksOf('main.py').exported(0, 'new', 'loads')).toBeUndefined();
    expect(workspace.invalidate('new.py')).toBe(true);
    expect(workspace.linksOf('main.py').exported(0, 'new', 'loads')).toMatchObject({ target: 'pickle.loads' });
  });

  test('a module is read once', async () => {
    const { workspace, tree } = await open(FILES);
    for (let i = 0; i < 5; i++) workspace.linksOf('main.py').exported(0, 'pkg.loaders', 'load');
    expect(tree.reads.filter((path) => path === 'pkg/loaders.py')).toHaveLength(1);
  });
});
