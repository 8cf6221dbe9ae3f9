import type { Severity } from '../../base/severity.js';
import { type ConfigEntry, child, config, configEdit, defineRule, text as textOf } from '../../engine/index.js';
import { imageReference } from '../../knowledge/container-images.js';
import { serviceName } from '../_compose.js';

/** Proxies, collectors and consoles of the host: they cannot work without its socket, processes or devices. */
const HOST_TOOLS =
  /(?:^|\/)(?:traefik|portainer(?:-ce|-ee)?|(?:portainer|datadog)\/agent|cadvisor|watchtower|promtail|alloy|fluent-bit|fluentd|vector|filebeat|metricbeat|telegraf|netdata|node[-_]exporter|dcgm-exporter|dozzle|autoheal|nginx-proxy|docker-gen|(?:nginx-proxy-)?acme-companion|docker-socket-proxy|ouroboros|diun|datadog-agent|docker|dind|docker-dind|localstack|ofelia|glances)$/;
const SOCKET = /^(?:\/var)?\/run\/docker\.sock(?::|$)/;

interface Fault {
  readonly message: 'privileged' | 'socket' | 'network' | 'processes';
  readonly severity: Severity;
  readonly title: string;
}

export default defineRule({
  summary: 'A compose service is not kept apart from the host.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-250',
    'OWASP-A05:2021',
    'https://docs.docker.com/engine/security/#docker-daemon-attack-surface',
    'https://docs.docker.com/reference/compose-file/services/#privileged',
    'https://docs.docker.com/compose/how-tos/gpu-support/',
  ],
  docs: {
    why: 'A training container was made privileged to see the GPU, or was given the socket of Docker so that a scheduler can start jobs. The first pickle or notebook that runs foreign code in it mounts the disk of the host, and with it every data set and every credential there.',
    instead:
      'Reserve the GPU under `deploy.resources.reservations.devices`, add single devices or capabilities, and put a proxy that allows single calls in front of the socket.',
    fixSafety: 'What needs the rights stops working without them, so the fix is offered for review.',
    limits:
      'The network and the processes of the host are lesser faults: a hint and a warning. Services that watch or proxy the host, told by their image, are hints, since they do not work otherwise. A socket that is mounted read-only still takes commands. Capabilities and other mounts are not judged.',
    ignoreWhen: 'The machine does nothing else, and nobody else sends code or models to the service.',
  },
  messages: {
    privileged:
      '`{service}` is privileged: code that gets in owns the host; add single devices or capabilities instead',
    socket: '`{service}` has the socket of Docker: code that gets in owns the host; leave it out or use a proxy',
    network: '`{service}` shares the network of the host: it reaches what listens on loopback; publish ports instead',
    processes: '`{service}` sees the processes of the host, their arguments and memory; leave `pid: host` out',
  },
  query: [
    config.entries(['compose'], 'services.*.privileged'),
    config.entries(['compose'], 'services.*.network_mode'),
    config.entries(['compose'], 'services.*.pid'),
    config.entries(['compose'], 'services.*.volumes.*'),
  ],
  check(entry: ConfigEntry, { report, text, path }) {
    const service = entry.key === undefined ? entry.parent?.parent : entry.parent;
    const fault = faultOf(entry);
    if (service === undefined || fault === undefined || /(?:^|\/)\.devcontainer\//.test(path)) return;
    const { repository } = imageReference(textOf(child(service, 'image')) ?? '');
    const finding = report(entry.range, fault.message, { service: serviceName(service) });
    finding.severity(HOST_TOOLS.test(repository) ? 'hint' : fault.severity);
    finding.fix(
      fault.title,
      'review',
      entry.alias === undefined ? configEdit.removeEntry(text, entry) : [],
      'what needs it stops working',
    );
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  trainer:\n    build: .\n    «privileged: true» # GPU\n    volumes: ["./data:/data"]\n',
      message: 'privileged',
      good: 'services:\n  trainer:\n    build: .\n    volumes: ["./data:/data"]\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  scheduler:\n    image: apache/airflow:2.10.2\n    volumes:\n      - ./dags:/opt/airflow/dags\n      - «/var/run/docker.sock:/var/run/docker.sock»\n',
      message: 'socket',
      good: 'services:\n  scheduler:\n    image: apache/airflow:2.10.2\n    volumes:\n      - ./dags:/opt/airflow/dags\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services: {llm: {build: ., «network_mode: host»}}\n',
      message: 'network',
      good: 'services: {llm: {build: .}}\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services:\n  profiler:\n    build: .\n    «pid: "host"»\n',
      message: 'processes',
      good: 'services:\n  profiler:\n    build: .\n',
    },
    { path: 'compose.yaml', good: 'services:\n  api:\n    build: .\n    privileged: false\n', because: 'switched off' },
    {
      path: 'compose.yaml',
      good: 'services:\n  api:\n    build: .\n    privileged: ${PRIVILEGED:-false}\n    network_mode: service:vpn\n',
      because: 'set from outside, and the network of another service',
    },
    {
      path: 'compose.yaml',
      good: 'services:\n  api:\n    build: .\n    environment:\n      DOCKER_HOST: tcp://docker-proxy:2375\n    volumes: ["./docker.sock.md:/docs/docker.sock.md"]\n',
      because: 'a proxy in between, and another file',
    },
  ],
});

function faultOf(entry: ConfigEntry): Fault | undefined {
  switch (entry.key) {
    case 'privileged':
      return textOf(entry) === 'true'
        ? { message: 'privileged', severity: 'error', title: 'Remove `privileged`' }
        : undefined;
    case 'network_mode':
      return textOf(entry) === 'host'
        ? { message: 'network', severity: 'hint', title: 'Remove `network_mode: host`' }
        : undefined;
    case 'pid':
      return textOf(entry) === 'host'
        ? { message: 'processes', severity: 'warning', title: 'Remove `pid: host`' }
        : undefined;
    default: {
      const source = entry.kind === 'map' ? textOf(child(entry, 'source')) : textOf(entry);
      return source !== undefined && SOCKET.test(source)
        ? { message: 'socket', severity: 'error', title: 'Do not mount the socket of Docker' }
        : undefined;
    }
  }
}
