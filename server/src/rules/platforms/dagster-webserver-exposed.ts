import {
  type CommandFact,
  type ContainerFact,
  containers,
  defineRule,
  programIndex,
  type RuleContext,
} from '../../engine/index.js';
import { isEveryInterface } from '../../knowledge/bind-addresses.js';
import { publishedPort } from '../_published-ports.js';
import { doorTo, relateDoor } from '../_services.js';

type Command = CommandFact['command'];

const messages = {
  published: '`{server}` asks nobody to sign in, and a published port opens it to the network; publish on `127.0.0.1`',
  service:
    '`{server}` asks nobody to sign in, and a `{type}` opens it to the outside; put a proxy with sign-in in front',
} as const;

export default defineRule({
  summary: 'The web server of Dagster is reachable without anybody signing in.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-A01:2021',
    'AML.T0049',
    'https://docs.dagster.io/deployment/oss/deployment-options/deploying-dagster-as-a-service',
    'https://docs.dagster.io/guides/operate/webserver',
  ],
  docs: {
    why: 'The open-source web server has no accounts. Whoever reaches it starts runs with a configuration of their choice, wipes the record of assets and reads logs: enough to train the next model on other data, and in code locations that take paths or queries as settings, to run code.',
    instead:
      'Publish it on loopback, `127.0.0.1:3000:3000`, or let only a proxy that signs users in reach it. `--read-only` at least keeps visitors from starting runs.',
    fixSafety: 'Other machines can no longer connect, so the fix is offered for review.',
    limits:
      'The command has to bind all interfaces, and its port has to be published by the compose file or lie behind a public Service or an Ingress, which are looked for in the whole workspace. A `NodePort` and a server with `--read-only` are information.',
    ignoreWhen: 'A firewall lets only a proxy that signs users in reach the port.',
  },
  messages,
  words: ['dagster', 'dagit'],
  query: containers.all(),
  check(fact: ContainerFact, context) {
    if (fact.helper) return;
    for (const command of fact.commands) {
      const server = openServer(command);
      if (server === undefined) continue;
      if (fact.origin === 'compose') checkCompose(fact, server, context);
      else checkPod(fact, server, context);
    }
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  web:\n    build: .\n    command: dagster-webserver -h «0.0.0.0» -p 3000 -w workspace.yaml\n    ports:\n      - "3000:3000" # UI\n',
      message: 'published',
      good: 'services:\n  web:\n    build: .\n    command: dagster-webserver -h 0.0.0.0 -p 3000 -w workspace.yaml\n    ports:\n      - "127.0.0.1:3000:3000" # UI\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services: {web: {build: ., command: ["dagster", "dev", "--host", "«0.0.0.0»"], ports: ["8080:3000"]}}\n',
      message: 'published',
      good: 'services: {web: {build: ., command: ["dagster", "dev", "--host", "0.0.0.0"], ports: ["127.0.0.1:8080:3000"]}}\n',
    },
    {
      path: 'k8s/dagster.yaml',
      bad: 'apiVersion: v1\nkind: Service\nspec:\n  type: LoadBalancer\n  selector: {app: dagster}\n---\napiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    metadata: {labels: {app: dagster}}\n    spec:\n      containers:\n        - name: web\n          command: [dagster-webserver, -h, «0.0.0.0», -p, "80"]\n',
      message: 'service',
      good: 'apiVersion: v1\nkind: Service\nspec:\n  selector: {app: dagster}\n---\napiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    metadata: {labels: {app: dagster}}\n    spec:\n      containers:\n        - name: web\n          command: [dagster-webserver, -h, 0.0.0.0, -p, "80"]\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  web:\n    build: .\n    command: dagster-webserver -h 0.0.0.0 -p 3000\n    ports: ["127.0.0.1:3000:3000"]\n',
      because: 'published on loopback',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  web:\n    build: .\n    command: dagster-webserver -h 0.0.0.0 -p 3000\n  proxy:\n    image: quay.io/oauth2-proxy/oauth2-proxy:v7.6.0\n    ports: ["443:4180"]\n',
      because: 'only the proxy is published',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  code:\n    build: .\n    command: dagster api grpc -h 0.0.0.0 -p 4000\n    ports: ["4000:4000"]\n',
      because: 'a code location, not the web server',
    },
  ],
});

interface OpenServer {
  readonly server: string;
  readonly host: Command['words'][number];
  readonly port: number | undefined;
  readonly readOnly: boolean;
}

/** The web server a command starts on all interfaces; it listens on loopback unless it is told otherwise. */
function openServer(command: Command): OpenServer | undefined {
  const { words } = command;
  const at = programIndex(command);
  const program = /(?:^|\/)(dagster-webserver|dagit|dagster)$/.exec(words[at]?.text ?? '')?.[1];
  if (program === undefined || (program === 'dagster' && words[at + 1]?.text !== 'dev')) return undefined;
  const option = (short: string, long: string) => {
    const given = words.findIndex(({ text }) => text === short || text === long);
    return given >= 0 ? words[given + 1] : words.find(({ text }) => text.startsWith(`${long}=`));
  };
  const host = option('-h', '--host');
  if (host === undefined || !isEveryInterface(host.text.replace(/^--host=/, ''))) return undefined;
  const written = Number(option('-p', '--port')?.text.replace(/^--port=/, '') ?? 3000);
  const port = Number.isInteger(written) ? written : undefined;
  const server = program === 'dagster' ? 'dagster dev' : program;
  return { server, host, port, readOnly: words.some(({ text }) => text === '--read-only') };
}

function checkCompose(fact: ContainerFact, found: OpenServer, { report, text }: RuleContext<typeof messages>): void {
  const port = fact.ports.find(({ target, published }) => published && target === found.port);
  if (port === undefined) return;
  const finding = report(found.host.range, 'published', { server: found.server });
  if (found.readOnly) finding.severity('info');
  const edits = publishedPort(port.entry, text)?.onLoopback ?? [];
  finding.fix('Publish on `127.0.0.1`', 'review', edits, 'other machines can no longer connect');
}

function checkPod(fact: ContainerFact, found: OpenServer, context: RuleContext<typeof messages>): void {
  const door = doorTo(fact.root, context);
  if (door === undefined) return;
  const finding = context.report(found.host.range, 'service', { server: found.server, type: door.kind });
  if (door.kind === 'NodePort' || found.readOnly) finding.severity('info');
  relateDoor(finding, door);
}
