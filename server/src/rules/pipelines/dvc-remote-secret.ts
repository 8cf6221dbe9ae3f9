import { type ConfigEntry, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { isGuessable, isPlaceholder } from '../../knowledge/secrets/index.js';
import { moveToLocal } from './_dvc-local.js';
import { isLocalRemote, remoteOf } from './_dvc-remotes.js';

/** Options of DVC remotes that hold a secret (https://github.com/treeverse/dvc/blob/main/dvc/config_schema.py). */
const SECRET_OPTIONS: ReadonlySet<string> = new Set([
  'secret_access_key',
  'session_token',
  'password',
  'passphrase',
  'token',
  'account_key',
  'connection_string',
  'sas_token',
  'client_secret',
  'gdrive_client_secret',
  'oss_key_secret',
  'sse_customer_key',
]);

/** Sections besides those of remotes in which an option holds a secret. */
const OTHER_SECTIONS: Readonly<Record<string, RegExp | undefined>> = { password: /^db\s/, token: /^studio$/ };

/** The secret part of an Azure connection string; without one it names an account only. */
const CONNECTION_KEY = /(?:AccountKey|SharedAccessKey|SharedAccessSignature)=([^;]+)/i;

export default defineRule({
  summary: 'A secret of a DVC remote, database or account is kept in the committed configuration.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'CWE-312',
    'OWASP-ML02:2023',
    'OWASP-ML05:2023',
    'AML.T0055',
    'https://doc.dvc.org/command-reference/remote/modify',
  ],
  docs: {
    why: '`.dvc/config` is committed. Whoever can read the repository, today or in its history, holds the key to every version of the data sets and models in the remote, often with the right to replace them.',
    instead:
      'Revoke the key. Store the new one with `dvc remote modify --local`, which writes `.dvc/config.local`, or use a role or the environment.',
    fixSafety:
      'DVC reads `.dvc/config.local` after `.dvc/config`, so a line that moves there keeps its meaning on this machine; others need a file of their own, and git keeps the old value in its history. A line that is deleted is missed until it is written again. Both fixes are offered for review; the first makes git ignore the file.',
    limits:
      'User names and key ids are not secret by themselves. `custom_auth_header` holds the name of a header. Credentials inside the `url` are another rule’s. A password made of words for a store on this machine is information.',
  },
  messages: {
    literal: '`{option}` of remote `{remote}` is committed with the project; revoke it and use `.dvc/config.local`',
    other: '`{option}` of section `{section}` is committed with the project; revoke it and use `.dvc/config.local`',
  },
  query: config.entries(['dvc-config'], '*.*'),
  check(entry: ConfigEntry, { report, path, text, workspace }) {
    const option = entry.key?.toLowerCase() ?? '';
    const remote = remoteOf(entry);
    const section = entry.parent?.key?.replace(/['"]/g, '') ?? '';
    const written = textOf(entry)?.trim();
    const value = option === 'connection_string' ? CONNECTION_KEY.exec(written ?? '')?.[1] : written;
    if (value === undefined || isPlaceholder(value) || path.endsWith('.local')) return;
    if (remote === undefined) {
      if (OTHER_SECTIONS[option]?.test(section) !== true || /\$\{/.test(value)) return;
      report(entry.valueRange, 'other', { option, section: section.slice(0, 30) }).fix(
        'Delete the line',
        'review',
        edit.deleteLines(text, entry.range),
        'store a new value with `dvc config --local`',
      );
      return;
    }
    if (!SECRET_OPTIONS.has(option)) return;
    const finding = report(entry.valueRange, 'literal', { option, remote: remote.name });
    if (isLocalRemote(remote) && isGuessable(value)) finding.severity('info');
    finding.fixFiles(
      'Move the line to `.dvc/config.local`',
      moveToLocal(entry, text, path, workspace),
      'git keeps the old value, so revoke it',
      'confidential',
    );
    finding.fix(
      'Delete the line',
      'review',
      edit.deleteLines(text, entry.range),
      'store a new value with `dvc remote modify --local`',
    );
  },
  examples: [
    {
      path: '.dvc/config',
      bad: '[core]\n    remote = storage\n[\'remote "storage"\']\n    url = s3://lending-ml-data\n    secret_access_key = «8a6O2Iu69WEDOc5ZYzPvHnYDKp8zTAQiu4ixxF»\n    region = eu-central-1\n',
      message: 'literal',
      good: '[core]\n    remote = storage\n[\'remote "storage"\']\n    url = s3://lending-ml-data\n    region = eu-central-1\n',
      goodFiles: {
        '.dvc/config.local': '[\'remote "storage"\']\n    secret_access_key = 8a6O2Iu69WEDOc5ZYzPvHnYDKp8zTAQiu4ixxF\n',
        '.dvc/.gitignore': '/config.local\n',
      },
    },
    {
      path: 'vision/.dvc/config',
      bad: '[\'remote "lake"\']\n    url = azure://data\n    connection_string = «DefaultEndpointsProtocol=https;AccountName=lake;AccountKey=mJ8vQ2kd93Lw0ZbT»\n    password = «hunter2-but-longer»\n',
      message: 'literal',
      good: '[\'remote "lake"\']\n    url = azure://data\n',
      files: {
        'vision/.dvc/config.local': '[\'remote "lake"\']\n    account_name = lake\n',
        'vision/.dvc/.gitignore': '/config.local\n/tmp\n/cache\n',
      },
      goodFiles: {
        'vision/.dvc/config.local':
          '[\'remote "lake"\']\n    password = hunter2-but-longer\n    connection_string = DefaultEndpointsProtocol=https;AccountName=lake;AccountKey=mJ8vQ2kd93Lw0ZbT\n    account_name = lake\n',
      },
    },
    {
      path: '.dvc/config',
      bad: '[\'db "loans"\']\n    url = postgresql://etl@db.lending.eu/loans\n    password = «hunter2-but-longer»\n[studio]\n    offline = true\n',
      message: 'other',
      good: '[\'db "loans"\']\n    url = postgresql://etl@db.lending.eu/loans\n[studio]\n    offline = true\n',
    },
    {
      path: '.dvc/config.local',
      good: '[\'remote "storage"\']\n    secret_access_key = 8a6O2Iu69WEDOc5ZYzPvHnYDKp8zTAQiu4ixxF\n',
      because: '`config.local` is not committed',
    },
    {
      path: '.dvc/config',
      good: '[\'remote "storage"\']\n    url = s3://lending-ml-data\n    access_key_id = AKIAVNFVI5R3UVXRLIEC\n    profile = training\n',
      because: 'a key id is no secret',
    },
    {
      path: '.dvc/config',
      good: '[\'remote "storage"\']\n    secret_access_key = <your key>\n    password =\n',
      because: 'placeholders',
    },
    {
      path: '.dvc/config',
      good: '[\'remote "http"\']\n    auth = custom\n    custom_auth_header = X-Api-Key\n    ask_password = true\n',
      because: 'the name of a header, and a switch',
    },
  ],
});
