import { type ContainerFact, containers, defineRule } from '../../engine/index.js';
import { serviceName } from '../_compose.js';
import { publishedPort } from '../_published-ports.js';
import { openStorePort } from './_open-stores.js';

export default defineRule({
  summary: 'A data store without a password is published by a compose file.',
  stages: ['data-collection', 'feature-engineering', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-A07:2021',
    'OWASP-ML05:2023',
    'https://redis.io/docs/latest/operate/oss_and_stack/management/security/',
    'https://hub.docker.com/_/mongo',
    'https://www.elastic.co/guide/en/elasticsearch/reference/7.17/security-settings.html',
  ],
  docs: {
    why: 'The online feature store answers anybody who reaches port 6379. A stranger overwrites the features of one customer and decides how the model scores them, reads all others, or makes Redis write a file that starts a miner; scanners find such a port within hours.',
    instead:
      'Set a password (`redis-server --requirepass ${REDIS_PASSWORD:?}`, `MONGO_INITDB_ROOT_PASSWORD`, `xpack.security.enabled: "true"`) and publish on `127.0.0.1`, or do not publish the port at all.',
    fixSafety:
      'A password cannot be made up here. Published on loopback, the store is out of reach for other machines, so that fix is offered for review.',
    limits:
      'Redis, Valkey, MongoDB, Elasticsearch before 8 and OpenSearch are known, by the images of their makers. A service with mounted settings, an entry point, an env file or merged fields is not judged, and neither is one whose port is published on loopback or not at all.',
    ignoreWhen: 'A firewall in front of the host lets only the clients of the store in.',
  },
  messages: {
    open: '`{service}` offers {store} to the network without a password; set `{remedy}` or publish on `127.0.0.1`',
  },
  words: ['ports'],
  query: containers.all(),
  check(container: ContainerFact, { report, text }) {
    const found = openStorePort(container);
    if (found === undefined) return;
    const { label, remedy, entry } = found;
    const service = serviceName(container.entry).slice(0, 20);
    report(entry, 'open', { service, store: label, remedy }).fix(
      'Publish on `127.0.0.1`',
      'review',
      publishedPort(entry, text)?.onLoopback ?? [],
      'other machines can no longer connect',
    );
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  features:\n    image: redis:7.4-alpine\n    ports:\n      - «"6379:6379"»\n',
      message: 'open',
      good: 'services:\n  features:\n    image: redis:7.4-alpine\n    ports:\n      - "127.0.0.1:6379:6379"\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  labels:\n    image: mongo:7.0\n    ports: [«"27017:27017"»]\n',
      message: 'open',
      good: 'services:\n  labels:\n    image: mongo:7.0\n    environment:\n      MONGO_INITDB_ROOT_USERNAME: labels\n      MONGO_INITDB_ROOT_PASSWORD: ${MONGO_PASSWORD:?set in .env}\n    ports: ["27017:27017"]\n',
      byHand: true,
    },
    {
      path: 'compose.yaml',
      bad: 'services:\n  search:\n    image: docker.elastic.co/elasticsearch/elasticsearch:8.15.2\n    environment:\n      - xpack.security.enabled=false\n    ports:\n      - «9200:9200»\n',
      message: 'open',
      good: 'services:\n  search:\n    image: docker.elastic.co/elasticsearch/elasticsearch:8.15.2\n    ports:\n      - 9200:9200\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  features:\n    image: redis:7.4-alpine\n',
      because: 'reached by the services of this file alone',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  features:\n    image: redis:7.4-alpine\n    ports: ["127.0.0.1:6379:6379"]\n',
      because: 'published on the loopback address',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  features:\n    image: redis:7.4-alpine\n    command: redis-server /usr/local/etc/redis/redis.conf\n    ports: ["6379:6379"]\n',
      because: 'a file of settings may hold the password',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  search:\n    image: elasticsearch:8.15.2\n    ports: ["9200:9200"]\n',
      because: 'asks for a password by default since 8.0',
    },
  ],
});
