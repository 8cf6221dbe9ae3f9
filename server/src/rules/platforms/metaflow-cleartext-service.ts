import { type ConfigEntry, child, config, defineRule, text as textOf } from '../../engine/index.js';
import { isLocalHost, isPrivateHost, plainHttpHost } from '../../knowledge/http-clients.js';

export default defineRule({
  summary: 'Metaflow talks to its metadata service without TLS.',
  stages: ['data-collection', 'training', 'evaluation'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'OWASP-A02:2021',
    'https://docs.outerbounds.com/engineering/operations/configure-metaflow/',
    'https://github.com/Netflix/metaflow/blob/master/metaflow/metaflow_config.py',
  ],
  docs: {
    why: 'The service says where the artifacts of each run lie, and later steps load what it names. Somebody on the way answers with another place, and the next step unpickles a file of theirs beside the training data.',
    instead:
      'Give the service a name with a certificate, write `https://`, and set `METAFLOW_SERVICE_AUTH_KEY` from outside.',
    fixSafety: 'No fix: whether the service answers over TLS is not known here.',
    limits:
      'Only `METAFLOW_SERVICE_URL` is read, the address that clients outside of the cluster use. Services on this machine, in the same cluster and in private networks are passed over.',
    ignoreWhen: 'A tunnel or VPN encrypts the connection.',
  },
  messages: {
    open: 'Metaflow asks `{host}` where artifacts lie, without TLS and without a key; use `https://` and a key',
    key: 'Metaflow sends the key of its service to `{host}` without TLS; use `https://`',
  },
  query: config.entries(['metaflow-config'], 'METAFLOW_SERVICE_URL'),
  check(entry: ConfigEntry, { report }) {
    const host = plainHttpHost(textOf(entry) ?? '', true);
    if (host === undefined || !/^[\w.-]+$/.test(host) || isLocalHost(host) || isPrivateHost(host)) return;
    const key = textOf(child(entry.parent, 'METAFLOW_SERVICE_AUTH_KEY')) ?? '';
    report(entry.valueRange, key === '' ? 'open' : 'key', { host: host.slice(0, 40) });
  },
  examples: [
    {
      path: '.metaflowconfig/config.json',
      bad: '{\n  "METAFLOW_DEFAULT_METADATA": "service",\n  "METAFLOW_SERVICE_URL": «"http://metadata.example.com:8080"»,\n  "METAFLOW_DEFAULT_DATASTORE": "s3"\n}\n',
      message: 'open',
      good: '{\n  "METAFLOW_DEFAULT_METADATA": "service",\n  "METAFLOW_SERVICE_URL": "https://metadata.example.com",\n  "METAFLOW_DEFAULT_DATASTORE": "s3"\n}\n',
      byHand: true,
    },
    {
      path: '.metaflowconfig/config.json',
      bad: '{"METAFLOW_SERVICE_URL": «"http://metadata.example.com/api"», "METAFLOW_SERVICE_AUTH_KEY": "from-the-vault"}\n',
      message: 'key',
      good: '{"METAFLOW_SERVICE_URL": "https://metadata.example.com/api", "METAFLOW_SERVICE_AUTH_KEY": "from-the-vault"}\n',
      byHand: true,
    },
    {
      path: 'config.json',
      good: '{"METAFLOW_SERVICE_URL": "http://127.0.0.1:8080/", "METAFLOW_SERVICE_INTERNAL_URL": "http://metadata-service.default:8080/"}\n',
      because: 'a forwarded port, and the address inside the cluster',
    },
    {
      path: 'config.json',
      good: '{"METAFLOW_SERVICE_URL": "https://metadata.example.com"}\n',
      because: 'with TLS',
    },
    {
      path: 'config.json',
      good: '{"METAFLOW_SERVICE_URL": "http://${METADATA_HOST}:8080", "METAFLOW_DATASTORE_SYSROOT_S3": "s3://flows"}\n',
      because: 'the host is filled in from outside',
    },
  ],
});
