import { at, type ConfigEntry, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { isLocalHost } from '../../knowledge/http-clients.js';
import { isOn } from '../_environment.js';

export default defineRule({
  summary: 'Clients of Flyte talk to a remote server without TLS or without checking its certificate.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'CWE-295',
    'OWASP-A02:2021',
    'https://github.com/flyteorg/flyte/blob/master/flyteidl/clients/go/admin/config.go',
  ],
  docs: {
    why: 'The client sends its token and the code of the workflow over this connection. Somebody on the way copies the token, registers another version of the training workflow under the same name, and waits for the next schedule.',
    instead:
      'Set it to `false`, and give the server a certificate; a private authority is named with `caCertFilePath`.',
    fixSafety: 'A server without a valid certificate cannot be reached afterwards, so the fix is offered for review.',
    limits:
      'Servers on this machine and in the same cluster, such as `localhost:30080` and `flyteadmin:81`, are passed over, and so are addresses that a template fills in.',
    ignoreWhen: 'The connection runs through a tunnel or a mesh that encrypts it.',
  },
  messages: {
    plain: '`insecure` sends tokens and code for `{host}` without TLS; set it to `false`',
    unverified:
      '`insecureSkipVerify` takes any certificate for `{host}`, which lets others read tokens; set it to `false`',
  },
  query: [
    config.entries(['flyte-config'], 'admin.insecure'),
    config.entries(['flyte-config'], 'admin.insecureSkipVerify'),
  ],
  check(entry: ConfigEntry, { report, text }) {
    const endpoint = textOf(at(entry.parent, 'endpoint')) ?? '';
    const host = /^(?:[a-z]+:\/{2,3})?(\[[^\]]*\]|[\w.-]+)(?::\d+)?\/?$/i.exec(endpoint.trim())?.[1];
    if (host === undefined || isLocalHost(host) || entry.alias !== undefined || !isOn(textOf(entry) ?? '')) return;
    report(entry.valueRange, entry.key === 'insecure' ? 'plain' : 'unverified', { host: host.slice(0, 40) }).fix(
      'Ask for TLS with a valid certificate',
      'review',
      edit.setScalar(text, entry, 'false'),
      'the server needs a valid certificate',
    );
  },
  examples: [
    {
      path: '.flyte/config.yaml',
      bad: 'admin:\n  # For GRPC endpoints you might want to use dns:///flyte.example.com\n  endpoint: dns:///flyte.example.com\n  insecure: «true» # no TLS yet\n  authType: Pkce\n',
      message: 'plain',
      good: 'admin:\n  # For GRPC endpoints you might want to use dns:///flyte.example.com\n  endpoint: dns:///flyte.example.com\n  insecure: false # no TLS yet\n  authType: Pkce\n',
    },
    {
      path: 'config.yaml',
      bad: 'admin: {endpoint: "dns:///flyte.example.com:443", authType: Pkce, insecureSkipVerify: «true»}\n',
      message: 'unverified',
      good: 'admin: {endpoint: "dns:///flyte.example.com:443", authType: Pkce, insecureSkipVerify: false}\n',
    },
    {
      path: '.flyte/config.yaml',
      good: 'admin:\n  endpoint: localhost:30080\n  authType: Pkce\n  insecure: true\n',
      because: 'the sandbox on this machine',
    },
    {
      path: 'deploy/propeller.yaml',
      good: 'admin:\n  endpoint: flyteadmin:81\n  insecure: true\nlogger:\n  level: 4\n',
      because: 'inside the cluster',
    },
    {
      path: '.flyte/config.yaml',
      good: 'admin:\n  endpoint: dns:///flyte.example.com\n  insecure: false\n  authType: Pkce\n',
      because: 'with TLS',
    },
  ],
});
