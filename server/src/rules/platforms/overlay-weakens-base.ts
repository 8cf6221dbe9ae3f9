import {
  type ConfigEntry,
  type ConfigFile,
  config,
  defineRule,
  descendants,
  edit,
  placeIn,
  type RuleContext,
} from '../../engine/index.js';
import { weakening } from '../../knowledge/protections.js';

/** Environments in which what is protected is real; elsewhere protections are often switched off on purpose. */
const ENVIRONMENT = /^(?:prod|production|live|prd|staging|stage|preprod|pre-prod|release)$/;
const BASES = ['base', 'default', 'defaults', 'common'];
const EXTENSION = /\.(?:ya?ml|json|toml)$/;

export default defineRule({
  summary: 'The configuration of an environment takes back a protection that the base has.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-1188',
    'CWE-295',
    'OWASP-A05:2021',
    'https://docs.kedro.org/en/stable/configure/configuration_basics/#configuration-environments',
    'https://hydra.cc/docs/patterns/configuring_experiments/',
  ],
  docs: {
    why: 'Everybody reads the base, where certificates are checked and the bucket is private. One line in `conf/prod`, written on the evening of a release, counts instead: the table that the model learns from comes unchecked, or stands open, exactly where the data is real.',
    instead:
      'Delete the line so that the base counts, and put right what it worked around: the certificate, the login, the policy.',
    fixSafety: 'Connections that only work without the protection fail, so the fix is offered for review.',
    limits:
      'A file of an environment that is in production, or is staged for it, is compared with the one of `base` in the folder beside, or with the plain one: `conf/prod/catalog.yml`, `config.prod.yaml`, `values-production.yaml`. Both have to write the value under the same keys; lists are passed over. Addresses of the own cluster may lose their TLS.',
    ignoreWhen: 'Something in front of this environment protects instead.',
  },
  messages: {
    switched: '`{key}: {value}` takes back the protection that the base has, where the data is real; delete the line',
    opened: '`{key}: {value}` opens what the base keeps private, where the data is real; delete the line',
    cleartext: '`{key}` has no TLS here although it has in the base, so the data is read on the way; use the base',
  },
  skipsTests: true,
  query: config.entries('any', ''),
  check(root: ConfigEntry, context) {
    const { path, report, facts } = context;
    const base = baseOf(context);
    if (base === undefined || facts?.template === true) return;
    const values = new Map<string, ConfigEntry>();
    for (const entry of base.facts.roots.flatMap((one) => [...descendants(one)])) {
      const key = nameOf(entry);
      if (key !== undefined) values.set(key, entry);
    }
    const catalog = facts?.formats[root.document]?.id === 'kedro-catalog';
    for (const entry of descendants(root)) {
      const name = nameOf(entry);
      const safe = name === undefined ? undefined : values.get(name);
      const how = safe === undefined ? undefined : weakening(entry.key!, safe.value, entry.value);
      // Addresses of data sets have a rule of their own.
      if (safe === undefined || how === undefined || (how === 'cleartext' && catalog)) continue;
      const shown = { key: entry.key!.slice(0, 30), value: String(entry.value).slice(0, 20) };
      const finding =
        how === 'cleartext' ? report(entry.valueRange, how, { key: shown.key }) : report(entry.valueRange, how, shown);
      finding.related(placeIn(base.path, base.text, safe.range), 'The base says this');
      const written = base.text.slice(safe.valueRange.start, safe.valueRange.end);
      const same = path.replace(/^.*\./, '') === base.path.replace(/^.*\./, '');
      if (same)
        finding.fix(
          'Write what the base says',
          'review',
          edit.replace(entry.valueRange, written),
          'connections may need the exception',
        );
    }
  },
  examples: [
    {
      path: 'conf/prod/storage.yml',
      bad: 'lake:\n  endpoint: https://lake.acme.com\n  verify: «false» # until the certificate is renewed\n',
      message: 'switched',
      good: 'lake:\n  endpoint: https://lake.acme.com\n  verify: true # until the certificate is renewed\n',
      files: { 'conf/base/storage.yml': 'lake:\n  endpoint: https://lake.acme.com\n  verify: true\n' },
    },
    {
      path: 'config/export.production.yaml',
      bad: 'export:\n  acl: «public-read»\n',
      message: 'opened',
      good: 'export:\n  acl: private\n',
      files: { 'config/export.yaml': 'export:\n  acl: private\n' },
    },
    {
      path: 'settings/prod.yaml',
      bad: 'features:\n  url: «http://features.acme.com»\n',
      message: 'cleartext',
      good: 'features:\n  url: "https://features.acme.com"\n',
      files: { 'settings/base.yaml': 'features:\n  url: "https://features.acme.com"\n' },
    },
    {
      path: 'conf/prod/storage.yml',
      good: 'lake:\n  verify: true\n  retries: 0\n',
      files: { 'conf/base/storage.yml': 'lake:\n  verify: false\n  retries: 3\n' },
      because: 'the environment is stricter than the base',
    },
    {
      path: 'conf/local/storage.yml',
      good: 'lake:\n  verify: false\n',
      files: { 'conf/base/storage.yml': 'lake:\n  verify: true\n' },
      because: 'only for the own machine',
    },
    {
      path: 'conf/prod/storage.yml',
      good: 'archive:\n  verify: false\n',
      files: { 'conf/base/storage.yml': 'lake:\n  verify: true\n' },
      because: 'another setting',
    },
  ],
});

/** A scalar that is written out, by its keys; undefined for others and for items of lists. */
function nameOf({ kind, path, key, alias, tag, value }: ConfigEntry): string | undefined {
  if (kind !== 'scalar' || key === undefined || alias !== undefined || tag !== undefined || value === undefined)
    return undefined;
  return path.some((step) => typeof step === 'number') ? undefined : path.join('\n');
}

/** The file whose values count in every environment, for the file of one that is in production. */
function baseOf({ path, workspace }: Pick<RuleContext<never>, 'path' | 'workspace'>): ConfigFile | undefined {
  if (!EXTENSION.test(path)) return undefined;
  for (const candidate of basesFor(path)) {
    if (candidate === path || !workspace.has(candidate)) continue;
    const folder = candidate.slice(0, candidate.lastIndexOf('/') + 1);
    const found = workspace.configsBeside(`${folder}_`).find((file) => file.path === candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Paths at which the base of a file may stand; none for files of no environment in production. */
function basesFor(path: string): string[] {
  const folders = path.split('/');
  const file = folders.pop()!;
  const at = folders.findLastIndex((folder) => ENVIRONMENT.test(folder));
  if (at >= 0) return BASES.map((base) => [...folders.with(at, base), file].join('/'));
  const [, stem = '', extension = ''] = /^(.*)(\.\w+)$/.exec(file) ?? [];
  const named = /^(?:(.*)[._-])?([a-z]+(?:-prod)?)$/.exec(stem);
  if (named === null || !ENVIRONMENT.test(named[2]!)) return [];
  const [, head] = named;
  const names = head === undefined ? BASES : [head, ...BASES.map((base) => `${head}.${base}`)];
  return names.map((name) => [...folders, name + extension].join('/'));
}
