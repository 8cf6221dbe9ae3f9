import { type ConfigEntry, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { findSecrets, isPlaceholder, looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { hostOfAddress, remoteOf } from './_dvc-remotes.js';

/** Options that hold an address (https://github.com/treeverse/dvc/blob/main/dvc/config_schema.py). */
const ADDRESSES: ReadonlySet<string> = new Set(['url', 'endpointurl', 'repo_url']);
const USERINFO = /^([a-z][a-z0-9+]*:\/\/)([^:@/\s]*)(?::([^@/\s]*))?@/i;

/** Words that documentation puts where a password belongs. */
const STAND_IN = /^(?:pass(?:word|wd|code)?|pwd|secret|token|key)$/i;

/** Built from parts, so that this file holds no secret. */
const PASSWORD = `tR8w${'-Qz41kd'}`;
const TOKEN = `glpat-${'kP3xV9sLq0TzRw7BnYf2'}`;

export default defineRule({
  summary: 'The address of a DVC remote holds a password.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-522',
    'CWE-798',
    'OWASP-A07:2021',
    'OWASP-ML02:2023',
    'AML.T0055',
    'https://doc.dvc.org/command-reference/remote/modify',
    'https://doc.dvc.org/user-guide/project-structure/configuration',
  ],
  docs: {
    why: '`.dvc/config` travels with every clone, and DVC prints the address in its messages and in logs of continuous integration. Whoever reads one of them opens the store of all data sets and models, and with the same login replaces the version that the next `dvc pull` fetches.',
    instead:
      'Change the password. Keep the plain address in `.dvc/config` and store the login with `dvc remote modify --local`, which writes the ignored `.dvc/config.local`.',
    fixSafety:
      'DVC has no login until it is stored locally, and the history of the repository keeps the old one, so the fix is offered for review.',
    limits:
      'An account name alone is no secret. `.dvc/config.local` is not committed and passed over, and so are variables and stand-ins such as `user:password@`. Passwords in options of their own are another rule’s.',
  },
  messages: {
    password: '`{option}` of `{section}` holds a password, which is committed; change it and use `.dvc/config.local`',
    token: '`{option}` of `{section}` holds an access token, which is committed; revoke it and use `.dvc/config.local`',
  },
  query: config.entries(['dvc-config'], '*.*'),
  check(entry: ConfigEntry, { report, path, text }) {
    const option = entry.key?.toLowerCase() ?? '';
    const value = textOf(entry)?.trim();
    if (value === undefined || !ADDRESSES.has(option) || path.endsWith('.local')) return;
    const found = USERINFO.exec(value);
    const start = entry.valueRange.start + text.slice(entry.valueRange.start, entry.valueRange.end).indexOf(value);
    if (found === null || text.slice(start, start + value.length) !== value || hostOfAddress(value) === undefined)
      return;
    const [whole, scheme = '', user = '', password] = found;
    const from = start + scheme.length;
    const section = (remoteOf(entry)?.name ?? entry.parent?.key ?? '').slice(0, 30);
    if (password !== undefined && isPassword(password)) {
      const at = { start: from + user.length + 1, end: from + user.length + 1 + password.length };
      report(at, 'password', { option, section }).fix(
        'Remove the password',
        'review',
        edit.replace({ start: user === '' ? from : at.start - 1, end: user === '' ? at.end + 1 : at.end }, ''),
        'store a new one with `dvc remote modify --local`',
      );
      return;
    }
    if (!isToken(user, scheme) && findSecrets(value).every((secret) => secret.start >= whole.length)) return;
    report({ start: from, end: start + whole.length - 1 }, 'token', { option, section }).fix(
      'Remove the token',
      'review',
      edit.replace({ start: from, end: start + whole.length }, ''),
      'store a new one with `dvc remote modify --local`',
    );
  },
  examples: [
    {
      path: '.dvc/config',
      bad: `[core]\n    remote = lab\n['remote "lab"']\n    url = webdavs://etl:«${PASSWORD}»@cloud.lending.eu/dav/data  # nightly\n    timeout = 60\n`,
      message: 'password',
      good: `[core]\n    remote = lab\n['remote "lab"']\n    url = webdavs://etl@cloud.lending.eu/dav/data  # nightly\n    timeout = 60\n`,
    },
    {
      path: '.dvc/config',
      bad: `['remote "files"']\n    url = ssh://trainer:«${PASSWORD}»@files.lending.eu:2222/srv/dvc\n`,
      message: 'password',
      good: `['remote "files"']\n    url = ssh://trainer@files.lending.eu:2222/srv/dvc\n`,
    },
    {
      path: '.dvc/config',
      bad: `['remote "hub"']\n    url = https://«${TOKEN}»@dvc.lending.eu/data\n`,
      message: 'token',
      good: `['remote "hub"']\n    url = https://dvc.lending.eu/data\n`,
    },
    {
      path: '.dvc/config',
      good: `['remote "files"']\n    url = ssh://trainer@files.lending.eu/srv/dvc\n`,
      because: 'an account without a password',
    },
    {
      path: '.dvc/config.local',
      good: `['remote "lab"']\n    url = webdavs://etl:${PASSWORD}@cloud.lending.eu/dav\n`,
      because: '`config.local` is not committed',
    },
    {
      path: '.dvc/config',
      good: `['remote "lab"']\n    url = https://user:password@dav.lending.eu/data\n['remote "two"']\n    url = https://etl:\${DAV_PASSWORD}@dav.lending.eu/data\n`,
      because: 'stand-ins and variables',
    },
    {
      path: '.dvc/config',
      good: `['remote "store"']\n    url = s3://lending-data/models@2024\n    region = eu-central-1\n`,
      because: 'the sign is part of a path',
    },
  ],
});

function isPassword(value: string): boolean {
  return value.length >= 4 && !/[${}<>]/.test(value) && !STAND_IN.test(value) && !isPlaceholder(value);
}

/** A token in place of the account, which web servers take alone; accounts are shorter and made of words. */
function isToken(user: string, scheme: string): boolean {
  return (
    /^(?:https?|webdavs?):/i.test(scheme) && /^(?=\D*\d)(?=.*[a-z])\w{20,}$/i.test(user) && looksLikeSecretValue(user)
  );
}
