import { type ConfigEntry, child, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { isLocalHost, isPrivateHost } from '../../knowledge/http-clients.js';
import { hostOfAddress, isLocalRemote, remoteOf, switchOf } from './_dvc-remotes.js';

/** Schemes without TLS and their twins with it. */
const WITH_TLS: Readonly<Record<string, string>> = { http: 'https', webdav: 'webdavs' };

export default defineRule({
  summary: 'A DVC remote is reached without TLS.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'OWASP-A02:2021',
    'OWASP-ML02:2023',
    'AML.T0020',
    'https://doc.dvc.org/user-guide/data-management/remote-storage/amazon-s3',
    'https://doc.dvc.org/user-guide/data-management/remote-storage/http',
    'https://doc.dvc.org/user-guide/data-management/remote-storage/webdav',
  ],
  docs: {
    why: 'DVC trusts most remotes and does not hash again what they send (`verify` is off by default). On a path without TLS somebody in between copies the training data, reads the password of the remote, and answers `dvc pull` with rows or a pickled model of their own.',
    instead: 'Use `https://` or `webdavs://`, leave `use_ssl` on, and set `use_https = true` for WebHDFS.',
    fixSafety:
      'Amazon S3 answers over TLS at every address, so `use_ssl = true` without an endpoint changes no result and is safe. Other servers may not offer TLS at the same port, so the fix is offered for review.',
    limits:
      'Loopback, service names and cluster DNS are not judged; addresses of private networks are an info. `use_ssl` has no effect beside an `endpointurl` with a scheme, which alone decides then. WebHDFS without `use_https` is not reported, as clusters often encrypt below it.',
    ignoreWhen: 'The connection goes through an encrypted tunnel.',
  },
  messages: {
    off: '`{option} = false` sends the data of remote `{remote}` in clear text; set it to `true`',
    plain: '`{option}` of `{remote}` is a `{scheme}://` address: data can be read and replaced; use `{safe}://`',
  },
  query: config.entries(['dvc-config'], '*.*'),
  check(entry: ConfigEntry, { report, text }) {
    const remote = remoteOf(entry);
    const option = entry.key?.toLowerCase() ?? '';
    if (remote === undefined) return;
    const { name, section, scheme } = remote;
    if (option === 'url' || option === 'endpointurl') {
      const written = textOf(entry)?.trim() ?? '';
      const plain = /^(https?|webdavs?):\/\//i.exec(written)?.[1]?.toLowerCase() ?? '';
      const safe = WITH_TLS[plain];
      const host = hostOfAddress(written);
      const start = entry.valueRange.start + text.slice(entry.valueRange.start, entry.valueRange.end).indexOf(written);
      if (safe === undefined || host === undefined || isLocalHost(host)) return;
      const finding = report(entry.valueRange, 'plain', { option, remote: name.slice(0, 20), scheme: plain, safe });
      if (isPrivateHost(host)) finding.severity('info');
      finding.fix(
        `Use \`${safe}://\``,
        'review',
        edit.replace({ start, end: start + plain.length }, safe),
        `check that ${host} answers over TLS`,
      );
      return;
    }
    if (switchOf(entry) !== false || isLocalRemote(remote)) return;
    const s3 = option === 'use_ssl' && scheme === 's3' && child(section, 'endpointurl') === undefined;
    if (!s3 && !(option === 'use_https' && scheme === 'webhdfs')) return;
    const finding = report(entry, 'off', { option, remote: name });
    if (s3) finding.fix('Set `use_ssl` to `true`', 'safe', edit.setScalar(text, entry, 'true'));
    else
      finding.fix(
        'Set `use_https` to `true`',
        'review',
        edit.setScalar(text, entry, 'true'),
        'the server has to answer over TLS at this port',
      );
  },
  examples: [
    {
      path: '.dvc/config',
      bad: `['remote "storage"']\n    url = s3://lending-ml-data\n    «use_ssl = false»\n    region = eu-central-1\n`,
      message: 'off',
      good: `['remote "storage"']\n    url = s3://lending-ml-data\n    use_ssl = true\n    region = eu-central-1\n`,
    },
    {
      path: '.dvc/config',
      bad: `['remote "minio"']\n    url = s3://features\n    endpointurl = «http://minio.lending.eu:9000»  # behind the proxy\n`,
      message: 'plain',
      good: `['remote "minio"']\n    url = s3://features\n    endpointurl = https://minio.lending.eu:9000  # behind the proxy\n`,
    },
    {
      path: '.dvc/config',
      bad: `['remote "cloud"']\n    url = «webdav://cloud.lending.eu/remote.php/dav/files/etl»\n    user = etl\n`,
      message: 'plain',
      good: `['remote "cloud"']\n    url = webdavs://cloud.lending.eu/remote.php/dav/files/etl\n    user = etl\n`,
    },
    {
      path: '.dvc/config',
      good: `['remote "minio"']\n    url = s3://features\n    endpointurl = http://localhost:9000\n    use_ssl = false\n`,
      because: 'this machine',
    },
    {
      path: '.dvc/config',
      good: `['remote "minio"']\n    url = s3://features\n    endpointurl = https://minio.lending.eu\n    use_ssl = false\n`,
      because: 'the scheme of the endpoint decides',
    },
    {
      path: '.dvc/config',
      good: `['remote "minio"']\n    url = s3://features\n    endpointurl = http://minio:9000\n['remote "share"']\n    url = /mnt/http/share\n`,
      because: 'a service of the same network, and a folder',
    },
    {
      path: '.dvc/config',
      good: `['remote "hub"']\n    url = https://data.lending.eu/dvc\n    use_ssl = true\n`,
      because: 'TLS is on',
    },
  ],
});
