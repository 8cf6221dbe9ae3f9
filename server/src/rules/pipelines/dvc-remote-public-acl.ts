import type { TextEdit } from '../../base/range.js';
import { type ConfigEntry, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { remoteOf } from './_dvc-remotes.js';

/** Canned ACLs that let strangers in (https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl). */
const PUBLIC: ReadonlyMap<string, string> = new Map([
  ['public-read', 'everybody can read'],
  ['public-read-write', 'everybody can read and replace'],
  ['authenticated-read', 'every AWS account can read'],
]);

/** What a grant allows. */
const GRANTS: ReadonlyMap<string, string> = new Map([
  ['grant_read', 'read'],
  ['grant_read_acp', 'read the permissions of'],
  ['grant_write_acp', 'change the permissions of'],
  ['grant_full_control', 'control'],
]);

/** The groups of everybody and of every AWS account, among the grantees of a grant. */
const GROUPS = /acs\.amazonaws\.com\/groups\/global\/(AllUsers|AuthenticatedUsers)\b/;

export default defineRule({
  summary: 'A DVC remote stores data and models readable by strangers.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-732',
    'OWASP-ML05:2023',
    'AML.T0035',
    'https://doc.dvc.org/user-guide/data-management/remote-storage/amazon-s3',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html',
  ],
  docs: {
    why: 'Each `dvc push` puts the option on every object, whatever the bucket looked like before. File names are hashes, but `dvc.lock` and the `.dvc` files of the repository list them: whoever has a clone fetches every version of the applicants’ data and of the model.',
    instead: 'Set `acl = private` or delete the line, and grant single roles or accounts in the policy of the bucket.',
    fixSafety:
      'Readers without credentials cannot fetch what is pushed from then on, so the fix is offered for review. What is stored already keeps its permissions.',
    limits:
      'Whether the account or the bucket blocks public permissions is not visible here, and neither is the policy of the bucket. Grants to single accounts are not judged.',
    ignoreWhen: 'The remote publishes a data set on purpose and holds nothing else.',
  },
  messages: {
    acl: '`acl = {acl}` means {who} what is pushed to `{remote}`; set it to `private`',
    grant: '`{option}` lets {who} {what} all that is pushed to `{remote}`; grant single accounts',
  },
  query: config.entries(['dvc-config'], '*.*'),
  check(entry: ConfigEntry, { report, text }) {
    const option = entry.key?.toLowerCase() ?? '';
    const remote = remoteOf(entry);
    if (remote?.scheme !== 's3' || (option !== 'acl' && !GRANTS.has(option))) return;
    const value = textOf(entry)?.trim() ?? '';
    const group = GROUPS.exec(value)?.[1];
    const who = PUBLIC.get(value.toLowerCase());
    const lost = 'readers without credentials lose access';
    if (option === 'acl' && who !== undefined) {
      report(entry, 'acl', { acl: value, who, remote: remote.name }).fix(
        'Set `acl` to `private`',
        'review',
        edit.setScalar(text, entry, 'private'),
        lost,
      );
    }
    if (option === 'acl' || group === undefined) return;
    const whom = group === 'AllUsers' ? 'everybody' : 'every AWS account';
    const finding = report(entry, 'grant', { option, who: whom, what: GRANTS.get(option)!, remote: remote.name });
    finding.fix('Delete the grant', 'review', withoutGrant(entry, value, text), lost);
  },
  examples: [
    {
      path: '.dvc/config',
      bad: `['remote "storage"']\n    url = s3://lending-ml-data\n    «acl = public-read»\n    region = eu-central-1\n`,
      message: 'acl',
      good: `['remote "storage"']\n    url = s3://lending-ml-data\n    acl = private\n    region = eu-central-1\n`,
    },
    {
      path: '.dvc/config',
      bad: `['remote "storage"']\n    url = s3://lending-ml-data\n    «grant_read = uri=http://acs.amazonaws.com/groups/global/AllUsers»\n    region = eu-central-1\n`,
      message: 'grant',
      good: `['remote "storage"']\n    url = s3://lending-ml-data\n    region = eu-central-1\n`,
    },
    {
      path: '.dvc/config',
      good: `['remote "storage"']\n    url = s3://lending-ml-data\n    acl = bucket-owner-full-control\n`,
      because: 'the owner of the bucket alone',
    },
    {
      path: '.dvc/config',
      good: `['remote "storage"']\n    url = s3://lending-ml-data\n    grant_read = id=aws-canonical-user-id,id=another-aws-canonical-user-id\n`,
      because: 'single accounts',
    },
    {
      path: '.dvc/config',
      good: `['remote "files"']\n    url = ssh://files.lending.eu/srv\n    acl = public-read\n`,
      because: 'the option belongs to S3',
    },
  ],
});

/** The line goes; where it names accounts as well, nothing is offered, since which of them need it is not known. */
function withoutGrant(entry: ConfigEntry, value: string, text: string): readonly TextEdit[] {
  return value.includes(',') ? [] : edit.deleteLines(text, entry.range);
}
