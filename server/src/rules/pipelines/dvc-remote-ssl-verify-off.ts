import { type ConfigEntry, config, defineRule, edit } from '../../engine/index.js';
import { isLocalRemote, remoteOf, switchOf } from './_dvc-remotes.js';

/** Remotes that have the option (https://github.com/treeverse/dvc/blob/main/dvc/config_schema.py). */
const SCHEMES: ReadonlySet<string> = new Set(['s3', 'https', 'webdavs', 'webhdfs']);

export default defineRule({
  summary: 'A DVC remote accepts any certificate.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-295',
    'OWASP-A02:2021',
    'OWASP-ML02:2023',
    'AML.T0020',
    'https://doc.dvc.org/user-guide/data-management/remote-storage/amazon-s3',
    'https://doc.dvc.org/user-guide/data-management/remote-storage/webdav',
  ],
  docs: {
    why: 'Without the check any machine on the way can pose as the store: it receives the keys of the remote, keeps a copy of what is pushed, and hands the next `dvc pull` a poisoned data set or a model file that runs code when it is loaded.',
    instead: 'Delete the line. For a certificate of your own authority name its bundle: `ssl_verify = path/to/ca.pem`.',
    fixSafety:
      'A server whose certificate nobody known has signed is refused afterwards, so the fix is offered for review.',
    limits:
      'Addresses of this machine and of services in the same network are not judged. Where the address has no TLS there is nothing to verify, which another rule reports. `verify` is about hashes, not about certificates.',
  },
  messages: {
    off: '`ssl_verify = false` lets any machine pose as remote `{remote}`; delete it or name your authority’s bundle',
  },
  query: config.entries(['dvc-config'], '*.ssl_verify'),
  check(entry: ConfigEntry, { report, text }) {
    const remote = remoteOf(entry);
    if (remote === undefined || switchOf(entry) !== false || !SCHEMES.has(remote.scheme)) return;
    if (isLocalRemote(remote) || /^http:/i.test(remote.address ?? '')) return;
    report(entry, 'off', { remote: remote.name }).fix(
      'Delete the line',
      'review',
      edit.deleteLines(text, entry.range),
      'a certificate that nobody known has signed is refused',
    );
  },
  examples: [
    {
      path: '.dvc/config',
      bad: `[core]\n    remote = storage\n['remote "storage"']\n    url = s3://lending-ml-data\n    endpointurl = https://minio.lending.eu\n    «ssl_verify = false»  # self-signed\n    region = eu-central-1\n`,
      message: 'off',
      good: `[core]\n    remote = storage\n['remote "storage"']\n    url = s3://lending-ml-data\n    endpointurl = https://minio.lending.eu\n    region = eu-central-1\n`,
    },
    {
      path: '.dvc/config',
      bad: `['remote "cloud"']\n    url = webdavs://cloud.lending.eu/dav\n    «ssl_verify = False»\n`,
      message: 'off',
      good: `['remote "cloud"']\n    url = webdavs://cloud.lending.eu/dav\n`,
    },
    {
      path: '.dvc/config',
      good: `['remote "cloud"']\n    url = webdavs://cloud.lending.eu/dav\n    ssl_verify = certs/lending-ca.pem\n`,
      because: 'a bundle of certificates',
    },
    {
      path: '.dvc/config',
      good: `['remote "minio"']\n    url = s3://features\n    endpointurl = https://localhost:9000\n    ssl_verify = false\n`,
      because: 'this machine',
    },
    {
      path: '.dvc/config',
      good: `['remote "share"']\n    url = https://data.lending.eu/dvc\n    verify = false\n`,
      because: '`verify` asks whether hashes are computed again',
    },
  ],
});
