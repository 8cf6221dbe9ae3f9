import { child, items } from '../config/entry.js';
import { type FormatRow, hasAll, hasAny, hasTwo, isList, some, when, YAML } from './row.js';

const UV_KEYS = [
  ...['index', 'index-url', 'extra-index-url', 'find-links', 'no-index', 'index-strategy', 'allow-insecure-host'],
  ...['pip', 'sources', 'native-tls', 'keyring-provider', 'python-preference', 'python-downloads', 'exclude-newer'],
  ...['prerelease', 'resolution', 'link-mode', 'cache-dir', 'offline', 'required-version', 'concurrent-downloads'],
];

/** Python packages and the environments made of them. */
export const PACKAGE_FORMATS: readonly FormatRow[] = [
  {
    id: 'conda-lock',
    label: 'conda-lock file',
    languages: YAML,
    keys: ({ root }) =>
      when(
        hasAny(child(root, 'metadata'), 'content_hash', 'channels') && isList(child(root, 'package')),
        '`package` list with `metadata`',
      ),
  },
  {
    id: 'pixi-lock',
    label: 'Pixi lock file',
    languages: YAML,
    name: /^pixi\.lock$/,
    keys: ({ root }) =>
      when(hasAll(root, 'version', 'environments'), 'the file is named pixi.lock and has `environments`'),
  },
  {
    id: 'conda',
    label: 'Conda environment',
    languages: YAML,
    keys: ({ root, has }) =>
      when(
        child(root, 'dependencies')?.kind === 'list' &&
          (has('channels') || some(child(root, 'dependencies'), (item) => child(item, 'pip') !== undefined)),
        'a `dependencies` list with `channels` or a `pip` list',
      ),
  },
  {
    id: 'condarc',
    label: 'Conda configuration',
    languages: YAML,
    name: /^\.?(?:conda|mamba)rc$/,
    keys: ({ root }) =>
      when(
        hasAny(
          root,
          ...['channels', 'default_channels', 'channel_alias', 'custom_channels', 'ssl_verify', 'channel_priority'],
          ...['proxy_servers', 'envs_dirs', 'pkgs_dirs', 'safety_checks', 'add_pip_as_python_dependency'],
        ),
        'its name and `channels` or `ssl_verify`',
      ),
  },
  {
    id: 'python-env',
    label: 'MLflow Python environment',
    languages: YAML,
    keys: ({ root, name }) =>
      when(
        hasTwo(root, 'python', 'build_dependencies', 'dependencies') &&
          (hasAny(root, 'build_dependencies') || /^python_env\.ya?ml$/.test(name)),
        '`python` with `build_dependencies` or `dependencies`',
      ),
  },
  {
    id: 'pyproject',
    label: 'Python project file',
    languages: ['toml'],
    name: /^pyproject\.toml$/,
    keys: ({ root }) =>
      when(hasAny(root, 'project', 'tool', 'build-system', 'dependency-groups'), 'the file is named pyproject.toml'),
  },
  {
    id: 'uv-lock',
    label: 'uv lock file',
    languages: ['toml'],
    name: /^uv\.lock$/,
    keys: ({ has }) => when(has('package') || has('version'), 'the file is named uv.lock and lists packages'),
  },
  {
    id: 'poetry-lock',
    label: 'Poetry lock file',
    languages: ['toml'],
    name: /^poetry\.lock$/,
    keys: ({ has }) => when(has('package') || has('metadata'), 'the file is named poetry.lock and lists packages'),
  },
  {
    id: 'pdm-lock',
    label: 'PDM lock file',
    languages: ['toml'],
    name: /^pdm\.lock$/,
    keys: ({ has }) => when(has('package') || has('metadata'), 'the file is named pdm.lock and lists packages'),
  },
  {
    id: 'pylock',
    label: 'Python lock file',
    languages: ['toml'],
    name: /^pylock(?:\.[\w-]+)?\.toml$/,
    keys: ({ has, name }) =>
      when(has('lock-version') || has('packages'), `the file is named ${name} and has \`lock-version\``),
  },
  {
    id: 'pixi',
    label: 'Pixi workspace',
    languages: ['toml'],
    name: /^pixi\.toml$/,
    keys: ({ root }) =>
      when(
        hasAny(root, 'workspace', 'project', 'package') || hasAny(root, 'dependencies', 'pypi-dependencies', 'feature'),
        'the file is named pixi.toml and has `workspace` or `dependencies`',
      ),
  },
  {
    id: 'uv-toml',
    label: 'uv configuration',
    languages: ['toml'],
    name: /^uv\.toml$/,
    keys: ({ root }) => when(hasAny(root, ...UV_KEYS), 'the file is named uv.toml and has settings of uv'),
  },
  {
    id: 'poetry-config',
    label: 'Poetry configuration',
    languages: ['toml'],
    name: /^poetry\.toml$|(^|\/)pypoetry\/(config|auth)\.toml$/,
    keys: ({ root }) =>
      when(
        hasAny(
          root,
          ...[
            'virtualenvs',
            'repositories',
            'http-basic',
            'pypi-token',
            'certificates',
            'installer',
            'solver',
            'cache-dir',
          ],
        ),
        'its name and settings such as `virtualenvs` or `repositories`',
      ),
  },
  {
    id: 'pipfile',
    label: 'Pipfile',
    languages: ['toml'],
    name: /^Pipfile$/,
    keys: ({ root }) => when(hasAny(root, 'packages', 'dev-packages', 'source'), 'the file is named Pipfile'),
  },
  {
    id: 'pipfile-lock',
    label: 'Pipfile lock file',
    languages: ['json'],
    name: /^Pipfile\.lock$/,
    keys: ({ root }) => when(hasAny(root, '_meta', 'default'), 'the file is named Pipfile.lock'),
  },
  {
    id: 'setup-cfg',
    label: 'Configuration of setuptools',
    languages: ['ini'],
    name: /^setup\.cfg$/,
    keys: ({ root }) =>
      when(
        items(root).some(({ kind }) => kind === 'map'),
        'the file is named setup.cfg and has sections',
      ),
  },
  {
    id: 'pip-conf',
    label: 'pip configuration',
    languages: ['ini'],
    name: /^pip\.(?:conf|ini)$/,
    keys: ({ root, name }) =>
      when(
        items(root).some(({ key }) =>
          /^(?:global|user|site|install|download|wheel|index|search|freeze|list)$/.test(key ?? ''),
        ),
        `the file is named ${name} and has a section of pip`,
      ),
  },
];
