import { type ContainerFact, containers, defineRule, text as textOf } from '../../engine/index.js';
import { imageReference } from '../../knowledge/container-images.js';
import { exposedService } from '../../knowledge/exposed-services.js';
import { isTorchServeManagement } from '../../knowledge/torchserve.js';
import { serviceName } from '../_compose.js';
import { publishedPort } from '../_published-ports.js';
import { openStorePort } from './_open-stores.js';

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
      'Databases, brokers, trackers, notebooks and consoles are told by their image and port and reported as warnings; any other port is the project’s own service and a hint. Stores without a password and the management of TorchServe have rules of their own. Addresses in variables are taken as given. `network_mode: host` is not looked at.',
    ignoreWhen: 'A firewall in front of the host lets only the intended machines in.',
  },
  messages: {
    service: '`{service}` publishes {what} on all interfaces of the host; publish on `127.0.0.1` instead',
    own: '`{service}` is published on all interfaces of the host; publish on `127.0.0.1` when only this machine needs it',
  },
  skipsTests: true,
  words: ['ports'],
  query: containers.all(),
  check(container: ContainerFact, { report, text }) {
    if (container.origin !== 'compose') return;
    const image = textOf(container.image);
    const repository = image === undefined ? undefined : imageReference(image).repository;
    const open = openStorePort(container)?.entry;
    const service = serviceName(container.entry);
    for (const { entry } of container.ports) {
      const port = publishedPort(entry, text);
      if (port === undefined || entry === open || isTorchServeManagement(repository ?? '', port.target)) continue;
      const what = exposedService(repository, port.target);
      const finding =
        what === undefined
          ? report(entry, 'own', { service }).severity('hint')
          : report(entry, 'service', { service, what });
      finding.fix('Publish on `127.0.0.1`', 'review', port.onLoopback, 'other machines can no longer connect');
    }
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
