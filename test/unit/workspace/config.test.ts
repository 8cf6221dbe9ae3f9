import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { readYaml } from '../../../server/src/facts/config/yaml.js';
import { DEFAULT_CONFIG } from '../../../server/src/workspace/config.js';
import { CONFIG_KEYS, type ConfigKey } from '../../../server/src/workspace/config-keys.js';
import { configSchema } from '../../../server/src/workspace/config-schema.js';
import { configTemplate } from '../../../server/src/workspace/config-template.js';
import { FAMILIES, open, RULE_IDS } from './open.js';

/** Settings of `path`, and problems as `file:line:column message`. */
async function configOf(files: Readonly<Record<string, string>>, path = 'train.py', options = {}) {
  const { workspace } = await open(files, options);
  const { config, problems } = workspace.configFor(path);
  return {
    config,
    problems: problems.map(
      ({ place, message }) => `${place.path}:${place.start.line + 1}:${place.start.character + 1} ${message}`,
    ),
  };
}

describe('reading', () => {
  test('without a file the defaults hold', async () => {
    expect(await configOf({})).toEqual({ config: DEFAULT_CONFIG, problems: [] });
  });

  test('every key', async () => {
    const text = `root: true
required-version: ">=0.1,<9"
profile: strict
select: [loading]
ignore: [load-joblib]
severity: { load-torch: error, secrets: off }
minimum-confidence: low
exclude: [data/]
max-size-kb: 64
per-file:
  "notebooks/*.ipynb": { ignore: [load-pickle], reason: exploration only }
ignores: { require-reason: false, honour-foreign: [noqa] }
trusted: { hosts: ["*.example.com"], organizations: [acme] }
`;
    const { config, problems } = await configOf({ 'tidegate.yaml': text });
    expect(problems).toEqual([]);
    expect(config).toEqual({
      profile: 'strict',
      select: ['loading'],
      ignore: ['load-joblib'],
      severity: { 'load-torch': 'error', secrets: 'off' },
      minimumConfidence: 'low',
      exclude: ['**/data/**'],
      maxSizeKB: 64,
      requireReason: false,
      honourForeign: ['noqa'],
      perFile: [{ files: 'notebooks/*.ipynb', ignore: ['load-pickle'], reason: 'exploration only' }],
      trusted: { hosts: ['*.example.com'], organizations: ['acme'] },
      source: 'tidegate.yaml',
    });
  });

  test('[tool.tidegate] holds the same keys', async () => {
    const { config, problems } = await configOf({
      'pyproject.toml':
        '[project]\nname = "x"\n[tool.tidegate]\nprofile = "essential"\nexclude = ["a/b.py"]\n[tool.tidegate.per-file."x.py"]\nignore = ["loading"]\nreason = "r"\n[tool.tidegate.severity]\nload-torch = "hint"\n',
    });
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      profile: 'essential',
      exclude: ['a/b.py'],
      severity: { 'load-torch': 'hint' },
      source: 'pyproject.toml',
    });
    expect(config.perFile).toEqual([{ files: '**/x.py', ignore: ['loading'], reason: 'r' }]);
  });

  test('a pyproject.toml without the table is no configuration', async () => {
    const { config } = await configOf({ 'pyproject.toml': '[tool.other]\nx = 1 # tidegate\n' });
    expect(config.source).toBeUndefined();
  });

  test('tidegate.yaml wins over the table beside it, and says so', async () => {
    const { config, problems } = await configOf({
      'tidegate.yaml': 'profile: strict',
      'pyproject.toml': '[tool.tidegate]\nprofile = "essential"',
    });
    expect(config.profile).toBe('strict');
    expect(problems).toEqual([
      'pyproject.toml:1:1 The settings in this file have no effect because tidegate.yaml stands beside it',
    ]);
  });

  test('an empty file means defaults', async () => {
    const { config, problems } = await configOf({ 'tidegate.yaml': '# nothing\n' });
    expect([config.source, config.profile, problems]).toEqual(['tidegate.yaml', 'recommended', []]);
  });
});

describe('layers', () => {
  const files = {
    'tidegate.yaml':
      'profile: strict\nselect: [load-torch]\nignore: [load-joblib]\nexclude: [a.py]\nseverity: { load-torch: error }\ntrusted: { hosts: [one.example] }',
    'sub/tidegate.yaml':
      'extend-select: [load-pickle]\nignore: [secrets]\nexclude: [b.py]\nseverity: { load-pickle: hint }\ntrusted: { extend-hosts: [two.example], organizations: [acme] }',
    'sub/alone/tidegate.yaml': 'root: true\nextend-ignore: [load-torch]',
  };

  test('key by key the nearest wins, extend- adds, maps merge, excludes add', async () => {
    const { config } = await configOf(files, 'sub/deep/train.py');
    expect(config).toMatchObject({
      profile: 'strict',
      select: ['load-torch', 'load-pickle'],
      ignore: ['secrets'],
      exclude: ['**/a.py', 'sub/**/b.py'],
      severity: { 'load-torch': 'error', 'load-pickle': 'hint' },
      trusted: { hosts: ['one.example', 'two.example'], organizations: ['acme'] },
      source: 'sub/tidegate.yaml',
    });
  });

  test('root: true stops the search', async () => {
    const { config } = await configOf(files, 'sub/alone/train.py');
    expect(config).toEqual({ ...DEFAULT_CONFIG, ignore: ['load-torch'], source: 'sub/alone/tidegate.yaml' });
  });

  test('editor settings are weaker and command-line flags stronger than files', async () => {
    const options = {
      editorSettings: { profile: 'essential', minimumConfidence: 'low', exclude: ['c.py'] },
      overrides: { ignore: [], severity: { 'load-torch': 'off' }, exclude: ['d/'] },
    };
    const { config } = await configOf({ 'tidegate.yaml': files['tidegate.yaml'] }, 'train.py', options);
    expect(config).toMatchObject({
      profile: 'strict',
      minimumConfidence: 'low',
      ignore: [],
      severity: { 'load-torch': 'off' },
      exclude: ['**/c.py', '**/a.py', '**/d/**'],
    });
  });

  test('one given file replaces the search; null switches it off', async () => {
    const tree = { 'tidegate.yaml': 'profile: strict', 'ci/strict.yaml': 'profile: essential\nexclude: [x/y.py]' };
    const given = await configOf(tree, 'sub/train.py', { configFile: 'ci/strict.yaml' });
    expect(given.config).toMatchObject({ profile: 'essential', exclude: ['x/y.py'], source: 'ci/strict.yaml' });
    expect((await configOf(tree, 'sub/train.py', { configFile: null })).config).toEqual(DEFAULT_CONFIG);
    const missing = await configOf(tree, 'train.py', { configFile: 'no.yaml' });
    expect(missing.problems).toEqual([
      'no.yaml:1:1 The configuration file cannot be read, or holds no settings of Tidegate',
    ]);
  });

  test('a workspace that is not trusted may add checks and take none away', async () => {
    const text =
      'profile: strict\nselect: [load-torch]\nignore: [loading]\nexclude: ["**"]\nminimum-confidence: high\nseverity: { load-torch: off }\ntrusted: { hosts: [evil.example] }\nper-file: { "*": { ignore: [loading], reason: no reason at all } }\nignores: { require-reason: false }';
    const { config } = await configOf({ 'tidegate.yaml': text }, 'train.py', { trusted: false });
    expect(config).toEqual({ ...DEFAULT_CONFIG, profile: 'strict', select: ['load-torch'], source: 'tidegate.yaml' });
    const weaker = await configOf({ 'tidegate.yaml': 'profile: essential' }, 'train.py', { trusted: false });
    expect(weaker.config.profile).toBe('recommended');
  });
});

describe('extends', () => {
  test('what is extended is weaker; its globs count from the extending folder', async () => {
    const { config, problems } = await configOf(
      {
        'team/tidegate.yaml': 'extends: ../base/base.yaml\nprofile: strict\n',
        'base/base.yaml': 'extends: [more.yml]\nprofile: essential\nexclude: [data/x.py]\n',
        'base/more.yml': 'max-size-kb: 7\n',
      },
      'team/train.py',
    );
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      profile: 'strict',
      maxSizeKB: 7,
      exclude: ['team/data/x.py'],
      source: 'team/tidegate.yaml',
    });
  });

  test('circles, addresses, missing and outside files are named and the rest is used', async () => {
    const { config, problems } = await configOf({
      'tidegate.yaml':
        'extends: [b.yaml, gone.yaml, "https://example.com/x.yaml", ../up.yaml, settings.toml]\nprofile: strict\n',
      'b.yaml': 'extends: [tidegate.yaml]\nmax-size-kb: 9\n',
    });
    expect(config).toMatchObject({ profile: 'strict', maxSizeKB: 9 });
    expect(problems).toEqual([
      'b.yaml:1:10 `tidegate.yaml` extends this file in turn',
      'tidegate.yaml:1:10 `gone.yaml` cannot be read',
      'tidegate.yaml:1:10 Only files of this workspace can be extended, not addresses',
      'tidegate.yaml:1:10 `../up.yaml` lies outside of the workspace',
      'tidegate.yaml:1:10 `settings.toml` is not a YAML file',
    ]);
  });

  test('a file that extends itself', async () => {
    const { problems } = await configOf({ 'tidegate.yaml': 'extends: tidegate.yaml' });
    expect(problems).toEqual(['tidegate.yaml:1:10 `tidegate.yaml` extends this file in turn']);
  });
});

describe('problems stand at their key and the rest is used', () => {
  const cases: readonly [string, string, string][] = [
    ['an unknown key', 'profil: strict', 'tidegate.yaml:2:1 Unknown key `profil`; did you mean `profile`?'],
    ['a far-off key', 'zzzzzzzzzz: 1', 'tidegate.yaml:2:1 Unknown key `zzzzzzzzzz`'],
    [
      'a nested key',
      'ignores: { reqire-reason: true }',
      'tidegate.yaml:2:12 Unknown key `reqire-reason`; did you mean `require-reason`?',
    ],
    [
      'a wrong choice',
      'profile: stric',
      'tidegate.yaml:2:1 `profile` must be one of `essential`, `recommended`, `strict`; did you mean `strict`?',
    ],
    ['a wrong type', 'max-size-kb: lots', 'tidegate.yaml:2:1 `max-size-kb` must be a whole number of at least 1'],
    ['a number out of range', 'max-size-kb: 0', 'tidegate.yaml:2:1 `max-size-kb` must be a whole number of at least 1'],
    [
      'a list where a map belongs',
      'severity: [load-torch]',
      'tidegate.yaml:2:1 `severity` must be a map of rules to levels',
    ],
    ['a text where a list belongs', 'select: load-torch', 'tidegate.yaml:2:1 `select` must be a list'],
    ['a number in a list', 'exclude: [1]', 'tidegate.yaml:2:11 `exclude` must be a list of texts'],
    [
      'an unknown rule',
      'ignore: [load-troch]',
      'tidegate.yaml:2:10 Unknown rule or family `load-troch`; did you mean `load-torch`?',
    ],
    [
      'an unknown rule with a level',
      'severity: { load-troch: off }',
      'tidegate.yaml:2:13 Unknown rule or family `load-troch`; did you mean `load-torch`?',
    ],
    [
      'a wrong level',
      'severity: { load-torch: errr }',
      'tidegate.yaml:2:13 `load-torch` must be one of `error`, `warning`, `info`, `hint`, `off`; did you mean `error`?',
    ],
    [
      'an entry without a reason',
      'per-file: { "*.py": { ignore: [loading] } }',
      'tidegate.yaml:2:13 `*.py` has no effect without `reason`',
    ],
    ['an entry that is no map', 'per-file: { "*.py": 1 }', 'tidegate.yaml:2:13 `*.py` must be a map'],
    [
      'a version that is none',
      'required-version: soon',
      'tidegate.yaml:2:19 `required-version` must be a version specifier such as `>=0.1.0`',
    ],
    [
      'another version',
      'required-version: ">=99"',
      'tidegate.yaml:2:19 This is Tidegate 0.1.0, but the configuration is written for `>=99`',
    ],
  ];
  test.each(cases)('%s', async (_, line, problem) => {
    const { config, problems } = await configOf({ 'tidegate.yaml': `minimum-confidence: high\n${line}\n` });
    expect(problems).toEqual([problem]);
    expect(config.minimumConfidence).toBe('high');
  });

  test('broken files: syntax errors, lists, several documents, garbage', async () => {
    expect((await configOf({ 'tidegate.yaml': '- a\n- b\n' })).problems).toEqual([
      'tidegate.yaml:1:1 The configuration must be a map of keys',
    ]);
    expect((await configOf({ 'tidegate.yaml': 'profile: strict\n---\nprofile: essential\n' })).config.profile).toBe(
      'strict',
    );
    const broken = await configOf({ 'tidegate.yaml': 'profile: strict\nselect: [\n' });
    expect(broken.config.profile).toBe('strict');
    expect(broken.problems.length).toBeGreaterThan(0);
    for (const text of [
      '\0\0',
      '{{{{',
      '&a [*a]',
      'a: &a {<<: *a}',
      '%YAML 9',
      '\ufeffprofile: strict',
      'severity: {severity: {}}',
    ]) {
      expect((await configOf({ 'tidegate.yaml': text })).config.minimumConfidence).toBe('medium');
    }
  });
});

describe('changes', () => {
  test('settings follow the file and the files it extends, on disk and in the editor', async () => {
    const { workspace, tree } = await open({
      'tidegate.yaml': 'extends: base.yaml',
      'base.yaml': 'profile: strict',
      'other.yaml': '',
    });
    const profile = () => workspace.configFor('a.py').config.profile;
    expect(profile()).toBe('strict');
    expect(workspace.configFor('a.py')).toBe(workspace.configFor('b.py'));
    tree.files.set('base.yaml', 'profile: essential');
    expect(workspace.invalidate('other.yaml')).toBe(false);
    expect(profile()).toBe('strict');
    expect(workspace.invalidate('base.yaml')).toBe(true);
    expect(profile()).toBe('essential');
    expect(workspace.overlay('tidegate.yaml', 'profile: recommended')).toBe(true);
    expect(profile()).toBe('recommended');
    expect(workspace.overlay('tidegate.yaml', undefined)).toBe(true);
    tree.files.delete('tidegate.yaml');
    workspace.invalidate('tidegate.yaml');
    expect(workspace.configFor('a.py').config.source).toBeUndefined();
  });
});

describe('schema and template', () => {
  const validate = new Ajv({ strict: false }).compile(configSchema(RULE_IDS, FAMILIES));

  test('the schema accepts what is right and refuses what validation names', () => {
    const right = {
      profile: 'strict',
      select: ['loading'],
      severity: { 'load-torch': 'off' },
      extends: 'a.yaml',
      'per-file': { '*': { ignore: ['loading'], reason: 'r' } },
    };
    expect(validate(right), JSON.stringify(validate.errors)).toBe(true);
    const wrong = [
      { profil: 'x' },
      { profile: 'x' },
      { select: ['x'] },
      { severity: { x: 'off' } },
      { 'max-size-kb': 0 },
      { 'per-file': { '*': { ignore: [] } } },
    ];
    for (const value of wrong) expect(validate(value), JSON.stringify(value)).toBe(false);
  });

  test('every key has a description, also nested ones', () => {
    const check = (keys: readonly ConfigKey[]): void => {
      for (const { name, description, shape } of keys) {
        expect(description, name).toMatch(/\.$/);
        if (shape.kind === 'table' || shape.kind === 'tables') check(shape.keys);
      }
    };
    check(CONFIG_KEYS);
    const schema = configSchema(RULE_IDS, FAMILIES) as { properties: Record<string, { description: string }> };
    expect(Object.keys(schema.properties)).toEqual(CONFIG_KEYS.map((key) => key.name));
  });

  test('the template is valid, with and without its comments', async () => {
    const ids = [...RULE_IDS, 'train-hf-unpinned', 'load-numpy'];
    const options = { ruleIds: ids, families: [...FAMILIES, 'supply-chain'] };
    const template = configTemplate();
    const plain = await configOf({ 'tidegate.yaml': template }, 'a.py', options);
    expect(plain.problems).toEqual([]);
    const uncommented = template
      .split('\n')
      .map((line) => (/^# +("?[a-z-]+\S*:)/.test(line) ? line.replace(/^# ?/, '') : line))
      .join('\n');
    const { errors } = readYaml(uncommented);
    expect(errors).toEqual([]);
    const full = await configOf({ 'tidegate.yaml': uncommented, 'shared/tidegate-base.yaml': '' }, 'a.py', options);
    expect(full.problems).toEqual([]);
    expect(full.config.perFile).toHaveLength(1);
    expect(full.config.trusted.hosts).toHaveLength(2);
  });
});
