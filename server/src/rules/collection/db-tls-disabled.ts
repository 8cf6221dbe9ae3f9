import type { Range } from '../../base/range.js';
import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, child, config, defineRule, edit, items, text as textOf } from '../../engine/index.js';
import { TLS_IN_ADDRESS } from '../../knowledge/database-tls.js';
import { isLocalHost, isPrivateHost } from '../../knowledge/http-clients.js';
import { type ConfigSetting, settingOf } from './_config-settings.js';

/** Settings by the end of their name, the values that leave TLS off, and the mildest one that turns it on. */
const SETTINGS: readonly { readonly name: RegExp; readonly off: RegExp; readonly on: string; readonly kind: RegExp }[] =
  [
    { name: /(?:^|_|^PG)sslmode$/i, off: /^(?:disable|allow)$/, on: 'require', kind: /./ },
    { name: /(?:^|_)ssl_?mode$/i, off: /^DISABLED$/i, on: 'REQUIRED', kind: /./ },
    {
      name: /^(?:use_?)?(?:ssl|tls)$/i,
      off: /^false$/i,
      on: 'true',
      kind: /postgres|mysql|maria|mongo|redis|clickhouse/i,
    },
  ];
const HOST = /^(?:host|hostname|server|hostaddr|addr|address|url)$/i;
const ADDRESS = /^(?:postgres(?:ql)?|mysql|mariadb|mongodb|redshift|jdbc|clickhouse|db)(?:\+[\w+]+)?:/i;

export default defineRule({
  summary: 'A configuration turns TLS off for a database on another machine.',
  stages: ['data-collection', 'feature-engineering', 'deployment', 'monitoring'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'OWASP-A02:2021',
    'OWASP-ML02:2023',
    'https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION',
    'https://grafana.com/docs/grafana/latest/datasources/postgres/configure/',
    'https://docs.feast.dev/reference/online-stores/postgres',
    'https://docs.getdbt.com/docs/core/connect-data-platform/postgres-setup',
  ],
  docs: {
    why: 'A feature store or a dbt profile with `sslmode: disable` sends the password and every row in clear text. A reader on the way copies the applicants; a writer changes the features that the model decides on, and the database never sees it.',
    instead: 'Set `sslmode: require`, or better `verify-full` with the authority of the server.',
    fixSafety: 'A server without TLS refuses the connection afterwards, so the fix is offered for review.',
    limits:
      'The host has to stand in the same section, in a variable with the same beginning, or in the address itself; hosts of this machine, of the same network or in variables are not judged, and private networks are an info. Defaults such as `prefer` are not reported.',
    ignoreWhen: 'The connection goes through an encrypted tunnel or a proxy on the same machine.',
  },
  messages: {
    off: '`{option}: {value}` sends rows and password to `{host}` in clear text; set `{safe}`',
  },
  words: ['ssl', 'tls'],
  query: config.entries('any', '**'),
  check(entry: ConfigEntry, { report, text, path }) {
    if (entry.kind !== 'scalar' || isTestFile(path)) return;
    const setting = settingOf(entry, text);
    const found = setting && (byName(setting, entry) ?? inAddress(setting, text));
    if (found === undefined || isLocalHost(found.host) || !/^[\w.[\]:-]+$/.test(found.host)) return;
    const { option, value, safe, host, range } = found;
    const finding = report(range, 'off', { option: option.slice(0, 30), value, safe, host: host.slice(0, 40) });
    if (isPrivateHost(host)) finding.severity('info');
    if (text.slice(range.start, range.end) !== value) return;
    finding.fix(`Set \`${safe}\``, 'review', edit.replace(range, safe), 'the server has to offer TLS');
  },
  examples: [
    {
      path: 'feature_store.yaml',
      bad: 'project: loans\nprovider: local\nonline_store:\n  type: postgres\n  host: features.lending.eu\n  database: feast\n  sslmode: «disable»  # see ticket\n',
      message: 'off',
      good: 'project: loans\nprovider: local\nonline_store:\n  type: postgres\n  host: features.lending.eu\n  database: feast\n  sslmode: require  # see ticket\n',
    },
    {
      path: 'grafana/datasources.yaml',
      bad: 'apiVersion: 1\ndatasources:\n  - {name: drift, type: postgres, url: "dwh.lending.eu:5432", jsonData: {sslmode: "«disable»"}}\n',
      message: 'off',
      good: 'apiVersion: 1\ndatasources:\n  - {name: drift, type: postgres, url: "dwh.lending.eu:5432", jsonData: {sslmode: "require"}}\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  trainer:\n    build: .\n    environment:\n      DATABASE_URL: postgresql://trainer@dwh.lending.eu:5432/loans?sslmode=«disable»\n',
      message: 'off',
      good: 'services:\n  trainer:\n    build: .\n    environment:\n      DATABASE_URL: postgresql://trainer@dwh.lending.eu:5432/loans?sslmode=require\n',
    },
    {
      path: 'feature_store.yaml',
      good: 'project: loans\nprovider: local\nonline_store:\n  type: postgres\n  host: localhost\n  sslmode: disable\n',
      because: 'this machine',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  trainer:\n    build: .\n    environment:\n      PGHOST: db\n      PGSSLMODE: disable\n',
      because: 'a service of the same network',
    },
    {
      path: 'profiles.yml',
      good: 'loans:\n  target: prod\n  outputs:\n    prod:\n      type: postgres\n      host: "{{ env_var(\'PGHOST\') }}"\n      sslmode: disable\n',
      because: 'the host is not known',
    },
    {
      path: 'conf/server.yaml',
      good: 'listener:\n  host: api.lending.eu\n  ssl: false\n',
      because: 'nothing says that this is a database',
    },
  ],
});

interface Found {
  readonly option: string;
  readonly value: string;
  readonly safe: string;
  readonly host: string;
  readonly range: Range;
}

/** `sslmode: disable` and the like, with the host of the same section. */
function byName({ name, value, range }: ConfigSetting, entry: ConfigEntry): Found | undefined {
  const setting = SETTINGS.find((one) => one.name.test(name) && one.off.test(value));
  if (setting === undefined) return undefined;
  const section = entry.parent;
  const pair = entry.key === 'value' && child(section, 'name') !== undefined;
  const scope = pair ? section?.parent : section;
  const host = hostIn(scope, name) ?? (pair ? undefined : hostIn(scope?.parent, name));
  const around = [scope, scope?.parent].map((one) => textOf(child(one, 'type')) ?? one?.key ?? '').join(' ');
  if (host === undefined || !setting.kind.test(`${around} ${name}`)) return undefined;
  return { option: name, value, safe: setting.on, host, range };
}

/** Host among the settings of a section; for `DB_SSLMODE` the one of `DB_HOST`. */
function hostIn(section: ConfigEntry | undefined, option: string): string | undefined {
  if (section === undefined) return undefined;
  const prefix = /^(.*?)_?ssl_?mode$/i.exec(option)?.[1]?.toUpperCase() ?? '';
  for (const item of items(section)) {
    const written = item.kind === 'map' ? textOf(child(item, 'value')) : textOf(item);
    const [, listed, rest] = item.key === undefined ? (/^(\w+)=(.*)$/s.exec(written ?? '') ?? []) : [];
    const name = item.key ?? (item.kind === 'map' ? textOf(child(item, 'name')) : listed) ?? '';
    const value = rest ?? written;
    const sameSetting = prefix === '' ? HOST.test(name) : /^_?HOST(?:NAME)?$/i.test(name.slice(prefix.length));
    if (value === undefined || !sameSetting || !name.toUpperCase().startsWith(prefix)) continue;
    return value
      .replace(/^[a-z+]+:\/\//i, '')
      .replace(/^[^@/]*@/, '')
      .replace(/[:/?].*$/, '');
  }
  return undefined;
}

/** An address of a database that turns TLS off. */
function inAddress({ name, value, range }: ConfigSetting, text: string): Found | undefined {
  if (!ADDRESS.test(value) || text.slice(range.start, range.end) !== value) return undefined;
  const host = /:\/\/(?:[^@/\s]*@)?(\[[^\]]*\]|[^/:?#;,\s]+)/.exec(value)?.[1];
  for (const { pattern, safe, weak, encrypts } of TLS_IN_ADDRESS) {
    const [whole, option = name, written] = pattern.exec(value) ?? [];
    if (host === undefined || whole === undefined || written === undefined || weak?.test(written) === true) continue;
    // Accepting any certificate is not the same as none.
    if (/^[?&;]?(?:tlsAllow|tlsInsecure|TrustServer)/i.test(whole.trim())) continue;
    const end = range.start + value.indexOf(whole) + whole.length;
    return { option, value: written, safe: encrypts ?? safe, host, range: { start: end - written.length, end } };
  }
  return undefined;
}
