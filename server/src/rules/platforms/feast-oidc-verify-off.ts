import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, child, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { isLocalHost } from '../../knowledge/http-clients.js';

const HEAD = 'project: loans\nprovider: local\nregistry: s3://loans/registry.db\n';
const DISCOVERY = 'https://sso.lending.eu/realms/ml/.well-known/openid-configuration';

export default defineRule({
  summary: 'Feast asks its sign-in server for keys without checking the certificate.',
  stages: ['feature-engineering', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-295',
    'OWASP-A02:2021',
    'OWASP-A07:2021',
    'https://docs.feast.dev/getting-started/components/authz_manager',
    'https://docs.feast.dev/master/how-to-guides/feast-on-kubernetes/feast-operator/05-security',
  ],
  docs: {
    why: 'A feature server learns from the sign-in server which keys sign its tokens. Whoever stands between the two answers with a key of their own, signs themselves any role, and reads or changes the features of every customer.',
    instead: 'Leave `verify_ssl` on, which is the default, and name an authority of your own with `ca_cert_path`.',
    fixSafety:
      'A server with a certificate that nobody trusts is refused afterwards, so the fix is offered for review.',
    limits: 'Only the literal `false` under `auth`. A sign-in server of the same machine or network is a warning.',
  },
  messages: {
    off: '`verify_ssl: false` trusts the token keys of anybody on the way; use `ca_cert_path` for an own authority',
  },
  words: ['verify_ssl'],
  query: config.entries(['feast'], 'auth.verify_ssl'),
  check(entry: ConfigEntry, { report, path, text }) {
    if (entry.value !== false || entry.alias !== undefined || isTestFile(path)) return;
    const type = textOf(child(entry.parent, 'type'));
    if (type !== undefined && type !== 'oidc') return;
    const finding = report(entry.valueRange, 'off');
    const host = /^https?:\/\/([^/:?#]+)/.exec(textOf(child(entry.parent, 'auth_discovery_url')) ?? '')?.[1];
    if (host !== undefined && !/[${]/.test(host) && isLocalHost(host)) finding.severity('warning');
    finding.fix(
      'Check the certificate',
      'review',
      edit.setScalar(text, entry, 'true'),
      'the certificate has to be from a trusted authority',
    );
  },
  examples: [
    {
      path: 'feature_store.yaml',
      bad: `${HEAD}auth:\n  type: oidc\n  client_id: loans\n  auth_discovery_url: ${DISCOVERY}\n  verify_ssl: «false» # until the CA is there\n`,
      message: 'off',
      good: `${HEAD}auth:\n  type: oidc\n  client_id: loans\n  auth_discovery_url: ${DISCOVERY}\n  verify_ssl: true # until the CA is there\n`,
    },
    {
      path: 'feature_store.yaml',
      bad: `${HEAD}auth: {type: oidc, auth_discovery_url: "${DISCOVERY}", verify_ssl: «false»}\n`,
      message: 'off',
      good: `${HEAD}auth: {type: oidc, auth_discovery_url: "${DISCOVERY}", verify_ssl: true}\n`,
    },
    {
      path: 'feature_store.yaml',
      good: `${HEAD}auth:\n  type: oidc\n  auth_discovery_url: ${DISCOVERY}\n  ca_cert_path: /etc/ssl/lending.pem\n`,
      because: 'on by default',
    },
    {
      path: 'feature_store.yaml',
      good: `${HEAD}auth:\n  type: oidc\n  auth_discovery_url: ${DISCOVERY}\n  verify_ssl: \${VERIFY}\n`,
      because: 'set from outside',
    },
    {
      path: 'conf/app.yaml',
      good: 'auth:\n  type: oidc\n  verify_ssl: false\n',
      because: 'not a feature store',
    },
  ],
});
