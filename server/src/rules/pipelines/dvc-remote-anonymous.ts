import { type ConfigEntry, child, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { remoteOf, switchOf } from './_dvc-remotes.js';

/** Options that only what is pushed is stored with. */
const FOR_WRITING = [
  ...['acl', 'grant_read', 'grant_read_acp', 'grant_write_acp', 'grant_full_control'],
  ...['sse', 'sse_kms_key_id', 'sse_customer_algorithm', 'sse_customer_key'],
];
/** Schemes that have the option (https://github.com/treeverse/dvc/blob/main/dvc/config_schema.py). */
const SCHEMES: ReadonlySet<string> = new Set(['s3', 'azure', 'gs']);

export default defineRule({
  summary: 'A DVC remote that is written to is reached without a login.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-A01:2021',
    'OWASP-ML02:2023',
    'AML.T0020',
    'https://doc.dvc.org/user-guide/data-management/remote-storage/amazon-s3',
    'https://doc.dvc.org/user-guide/data-management/remote-storage/azure-blob-storage',
  ],
  docs: {
    why: 'A store that takes a push without a login takes it from everybody. A stranger who reads the bucket’s name in the repository uploads another file under the hash of the training set, and the next `dvc pull` trains on it.',
    instead:
      'Delete the line and let DVC log in with a role or with `.dvc/config.local`; let only readers be anonymous.',
    fixSafety: 'DVC needs a login afterwards, so the fix is offered for review.',
    limits:
      'Reading public data without a login is common and fine: a remote is reported when its section also says how objects are written (`acl`, `grant_…`, `sse…`), or when experiments are pushed by themselves (`exp.auto_push`) to the default remote. Pushes in scripts are not looked for.',
    ignoreWhen: 'The remote is only read, and the other options are left over.',
  },
  messages: {
    written: '`{remote}` is written to without a login, so anybody can replace data; delete `allow_anonymous_login`',
  },
  query: config.entries(['dvc-config'], '*.allow_anonymous_login'),
  check(entry: ConfigEntry, { report, text }) {
    const remote = remoteOf(entry);
    if (remote === undefined || switchOf(entry) !== true || !SCHEMES.has(remote.scheme)) return;
    const evidence =
      FOR_WRITING.map((option) => child(remote.section, option)).find((option) => option !== undefined) ??
      autoPush(remote.section, remote.name);
    if (evidence === undefined) return;
    const finding = report(entry, 'written', { remote: remote.name });
    finding.related(evidence.range, 'this is about what is pushed');
    finding.fix('Delete the line', 'review', edit.deleteLines(text, entry.range), 'DVC needs a login afterwards');
  },
  examples: [
    {
      path: '.dvc/config',
      bad: `['remote "storage"']\n    url = s3://lending-ml-data\n    «allow_anonymous_login = true»\n    sse = AES256\n`,
      message: 'written',
      good: `['remote "storage"']\n    url = s3://lending-ml-data\n    sse = AES256\n`,
    },
    {
      path: '.dvc/config',
      bad: `[core]\n    remote = lake\n[exp]\n    auto_push = true\n['remote "lake"']\n    url = azure://experiments\n    «allow_anonymous_login = true»  # lab only\n`,
      message: 'written',
      good: `[core]\n    remote = lake\n[exp]\n    auto_push = true\n['remote "lake"']\n    url = azure://experiments\n`,
    },
    {
      path: '.dvc/config',
      good: `[core]\n    remote = public\n['remote "public"']\n    url = s3://open-images-dataset\n    allow_anonymous_login = true\n`,
      because: 'public data that is only read',
    },
    {
      path: '.dvc/config',
      good: `['remote "storage"']\n    url = s3://lending-ml-data\n    allow_anonymous_login = false\n    sse = AES256\n`,
      because: 'switched off',
    },
    {
      path: '.dvc/config',
      good: `[core]\n    remote = storage\n[exp]\n    auto_push = true\n['remote "storage"']\n    url = s3://lending-ml-data\n['remote "public"']\n    url = s3://open-images-dataset\n    allow_anonymous_login = true\n`,
      because: 'experiments are pushed to another remote',
    },
  ],
});

/** The setting that pushes experiments by itself, where this remote is the default one. */
function autoPush(section: ConfigEntry, name: string): ConfigEntry | undefined {
  const root = section.parent;
  const push = child(child(root, 'exp'), 'auto_push');
  const standard = textOf(child(child(root, 'core'), 'remote'))?.trim();
  return push !== undefined && switchOf(push) === true && standard === name ? push : undefined;
}
