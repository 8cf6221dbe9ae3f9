import { beforeAll, expect, test } from 'vitest';
import { requirementsOf } from '../../../server/src/facts/requirements/config.js';
import { configFacts, loadDrivers } from '../../../server/src/workspace/drivers.js';

beforeAll(() => loadDrivers(['toml', 'json', 'yaml', 'ini']));

function list(path: string, language: 'yaml' | 'json' | 'toml' | 'ini', text: string): string[] {
  return requirementsOf(path, configFacts(path, language, text)).map((r) => {
    const specifier = text.slice(r.specifierRange.start, r.specifierRange.end);
    const name = r.nameRange === undefined ? '' : text.slice(r.nameRange.start, r.nameRange.end);
    return `${r.source} ${r.kind} ${r.name} ${r.specifier} | ${name} | ${specifier}${r.exact === undefined ? '' : ` | ${r.exact}`}${r.revision === undefined ? '' : ` @${r.revision}`}`;
  });
}

test('pyproject.toml: PEP 621, PEP 735, uv, PDM, Poetry', () => {
  const text = `
[build-system]
requires = ["setuptools>=61"]
[project]
name = "p"
dependencies = ["torch>=2,<3", "x @ git+https://h/r@abc"]
[project.optional-dependencies]
dev = ['ruff==0.4']
[dependency-groups]
test = ["pytest", {include-group = "dev"}]
[tool.uv]
dev-dependencies = ["mypy"]
[tool.uv.sources]
y = { git = "https://h/y", rev = "beef" }
w = { workspace = true }
[tool.pdm.dev-dependencies]
docs = ["sphinx~=7.0"]
[tool.poetry.dependencies]
python = "^3.10"
numpy = "^1.26"
lib = { git = "https://h/l.git", branch = "main" }
multi = [{version = "1.0", markers = "a"}, {version = "*"}]
[tool.poetry.group.dev.dependencies]
black = "*"
`;
  expect(list('a/pyproject.toml', 'toml', text)).toEqual([
    'pyproject named setuptools >=61 | setuptools | >=61',
    'pyproject named torch >=2,<3 | torch | >=2,<3',
    'pyproject vcs x  | x |  @abc',
    'pyproject named ruff ==0.4 | ruff | ==0.4 | 0.4',
    'pyproject named pytest  | pytest | ',
    'pyproject named numpy >=1.26,<2 | numpy | ^1.26',
    'pyproject vcs lib  | lib |  @main',
    'pyproject named multi ==1.0 | multi | 1.0 | 1.0',
    'pyproject named multi  | multi | *',
    'pyproject named black  | black | *',
    'pyproject named mypy  | mypy | ',
    'pyproject vcs y  | y |  @beef',
    'pyproject named sphinx ~=7.0 | sphinx | ~=7.0',
  ]);
});

test('conda environments', () => {
  const text = `name: e
channels: [conda-forge]
dependencies:
  - python=3.10
  - conda-forge::numpy=1.26.4=py310_0
  - "pandas >=2,<3"
  - pytorch[version='>=2']
  - pip
  - pip:
      - torch==2.1
      - -r more.txt
      - -e ./lib
`;
  expect(list('environment.yml', 'yaml', text)).toEqual([
    'conda named python ==3.10.* | python | =3.10',
    'conda named numpy ==1.26.4 | numpy | =1.26.4=py310_0 | 1.26.4',
    'conda named pandas >=2,<3 | pandas | >=2,<3',
    "conda named pytorch >=2 | pytorch | [version='>=2']",
    'conda named pip  | pip | ',
    'requirements named torch ==2.1 | torch | ==2.1 | 2.1',
    'requirements path undefined  |  | ',
  ]);
});

test('lock files', () => {
  const uv =
    '[[package]]\nname = "Torch_X"\nversion = "2.1"\nsource = { registry = "https://pypi.org/simple" }\nwheels = [{ url = "u", hash = "sha256:a" }]\n[[package]]\nname = "g"\nversion = "1"\nsource = { git = "https://h/g?rev=v1#cafe" }\n';
  expect(list('uv.lock', 'toml', uv)).toEqual([
    'lock named torch-x ==2.1 | Torch_X | 2.1 | 2.1',
    'lock vcs g ==1 | g | 1 | 1 @cafe',
  ]);
  const poetry =
    '[[package]]\nname = "a"\nversion = "1.0"\nfiles = [{file = "f", hash = "sha256:b"}]\n[package.source]\ntype = "git"\nurl = "u"\nreference = "main"\nresolved_reference = "f00"\n';
  expect(list('poetry.lock', 'toml', poetry)).toEqual(['lock vcs a ==1.0 | a | 1.0 | 1.0 @f00']);
  const pipfile =
    '{"_meta": {}, "default": {"requests": {"version": "==2.31", "hashes": ["sha256:a"]}, "g": {"git": "u", "ref": "abc"}}}';
  expect(list('Pipfile.lock', 'json', pipfile)).toEqual([
    'lock named requests ==2.31 | "requests" | ==2.31 | 2.31',
    'lock vcs g  | "g" |  @abc',
  ]);
  expect(requirementsOf('uv.lock', configFacts('uv.lock', 'toml', uv))[0]!.hashes).toEqual(['sha256:a']);
});

test('Pipfile, setup.cfg, python_env.yaml', () => {
  expect(list('Pipfile', 'toml', '[packages]\nflask = "*"\ndj = {version = ">=4", extras = ["x"]}\n')).toEqual([
    'pipfile named flask  | flask | *',
    'pipfile named dj >=4 | dj | >=4',
  ]);
  const cfg = '[options]\ninstall_requires =\n    torch>=2\n    numpy\n';
  expect(list('setup.cfg', 'ini', cfg).map((line) => line.split(' | ')[0])).toEqual([
    'pyproject named torch >=2',
    'pyproject named numpy ',
  ]);
  expect(
    list(
      'python_env.yaml',
      'yaml',
      'python: 3.10\nbuild_dependencies: [pip==23]\ndependencies:\n  - -r requirements.txt\n  - mlflow\n',
    ),
  ).toEqual(['requirements named pip ==23 | pip | ==23 | 23', 'requirements named mlflow  | mlflow | ']);
});

test('an escaped string puts the ranges on the whole value', () => {
  const text = '[project]\ndependencies = ["a\\u003e=1"]\n';
  expect(list('pyproject.toml', 'toml', text)).toEqual(['pyproject named a >=1 | "a\\u003e=1" | "a\\u003e=1"']);
});

test('other files declare nothing', () => {
  expect(list('x.json', 'json', '{"dependencies": ["torch"]}')).toEqual([]);
  expect(list('package.yaml', 'yaml', 'dependencies: [a]\n')).toEqual([]);
});
