import type { TextEdit } from '../../base/range.js';
import { type ConfigEntry, child, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { imageReference } from '../../knowledge/container-images.js';
import { exposedService } from '../../knowledge/exposed-services.js';

/** `[host-ip:][published:]target[/protocol]`; ports may be ranges or variables. */
const SHORT =
  /^(?:(\[[0-9a-f:]*\]|[\w.-]+|\$\{[^}]*\}|\$\w+):)??(?:([\d-]*|\$\{[^}]*\}|\$\w+):)?(\d+)(?:-\d+)?(?:\/(?:tcp|udp))?$/i;
const EVERY_INTERFACE = /^(?:0\.0\.0\.0|::|\[::\]|0|\*)$/;

export default defineRule({
  summary: 'A compose file publishes a port on all interfaces of the host.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-668',
    'OWASP-ML05:2023',
    'https://docs.docker.com/engine/network/port-publishing/#publishing-ports',
    'https://docs.docker.com/reference/compose-file/services/#ports',
  ],
  docs: {
    why: 'Docker publishes a port without an address on every interface and writes its own firewall rules in front of the host’s. A feature store, MLflow or Jupyter started for a laptop is then open to the whole network, often with the password of the example it was copied from.',
    instead:
      'Publish on the loopback address: `"127.0.0.1:5432:5432"`. Services of one compose file reach each other without any published port.',
    fixSafety: 'Other machines can no longer connect, so the fix is offered for review.',
    limits:
      'Databases, brokers, trackers, notebooks and consoles are told by their image and port and reported as warnings; any other port is the project’s own service and a hint. Addresses in variables are taken as given. `network_mode: host` is not looked at.',
    ignoreWhen: 'A firewall in front of the host lets only the intended machines in.',
  },
  messages: {
    service: '`{service}` publishes {what} on all interfaces of the host; publish on `127.0.0.1` instead',
    own: '`{service}` is published on all interfaces of the host; publish on `127.0.0.1` when only this machine needs it',
  },
  skipsTests: true,
  query: config.entries(['compose'], 'services.*.ports.*'),
  check(entry: ConfigEntry, { report, text }) {
    const port = entry.kind === 'map' ? longForm(entry, text) : shortForm(entry, text);
    const service = entry.parent?.parent;
    if (port === undefined || service === undefined) return;
    const image = textOf(child(service, 'image'));
    const what = exposedService(image === undefined ? undefined : imageReference(image).repository, port.target);
    const name = (service.key ?? '').slice(0, 40);
    const finding =
      what === undefined
        ? report(port.at, 'own', { service: name }).severity('hint')
        : report(port.at, 'service', { service: name, what });
    finding.fix('Publish on `127.0.0.1`', 'review', port.edits, 'other machines can no longer connect');
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  db:\n    image: postgres:16\n    ports:\n      - «"5432:5432"»\n',
      message: 'service',
      good: 'services:\n  db:\n    image: postgres:16\n    ports:\n      - "127.0.0.1:5432:5432"\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services:\n  tracking:\n    image: ghcr.io/mlflow/mlflow:v2.16.2\n    ports:\n      - «target: 5000\n        published: 5000»\n',
      message: 'service',
      good: 'services:\n  tracking:\n    image: ghcr.io/mlflow/mlflow:v2.16.2\n    ports:\n      - host_ip: 127.0.0.1\n        target: 5000\n        published: 5000\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  api:\n    build: .\n    ports:\n      - «0.0.0.0:8000:8000»\n',
      message: 'own',
      good: 'services:\n  api:\n    build: .\n    ports:\n      - 127.0.0.1:8000:8000\n',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  db:\n    image: postgres:16\n    ports: ["127.0.0.1:5432:5432"]\n',
      because: 'published on the loopback address',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  db:\n    image: postgres:16\n    expose: ["5432"]\n',
      because: '`expose` publishes nothing',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  db:\n    image: postgres:16\n    ports:\n      - ${BIND_ADDRESS:-127.0.0.1}:5432:5432\n',
      because: 'the address is set from outside',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  db:\n    image: postgres:16\n    ports:\n      - target: 5432\n        host_ip: 127.0.0.1\n',
      because: 'the long form names the address',
    },
  ],
});

interface Published {
  readonly at: ConfigEntry;
  readonly target: number | undefined;
  readonly edits: TextEdit[];
}

function shortForm(entry: ConfigEntry, text: string): Published | undefined {
  const written = textOf(entry);
  const match = written === undefined ? null : SHORT.exec(written);
  if (written === undefined || match === null || entry.alias !== undefined) return undefined;
  const [, address, published] = match;
  if (address !== undefined && !EVERY_INTERFACE.test(address)) return undefined;
  const rest = address === undefined ? written : written.slice(address.length + 1);
  const open = published === undefined ? `127.0.0.1::${rest}` : `127.0.0.1:${rest}`;
  return { at: entry, target: Number(match[3]), edits: edit.setScalar(text, entry, open) };
}

function longForm(entry: ConfigEntry, text: string): Published | undefined {
  const address = child(entry, 'host_ip');
  const written = textOf(address);
  const target = Number(textOf(child(entry, 'target')));
  if (child(entry, 'target') === undefined || (written !== undefined && !EVERY_INTERFACE.test(written)))
    return undefined;
  const at = { at: entry, target: Number.isInteger(target) ? target : undefined };
  if (address !== undefined) return { ...at, edits: edit.setScalar(text, address, '127.0.0.1') };
  const first = entry.children[0];
  if (entry.flow || first?.keyRange === undefined) return { ...at, edits: [] };
  const start = first.keyRange.start;
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return { ...at, edits: edit.insert(start, `host_ip: 127.0.0.1${end}${' '.repeat(column)}`) };
}
