import { isTestFile } from '../../base/test-files.js';
import {
  type Argument,
  argumentOf,
  type CallFact,
  type CommandFact,
  commands,
  defineRule,
  edit,
  passesUnknown,
  programIndex,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { hostOf, isLoopback } from '../../knowledge/bind-addresses.js';
import { commandOption } from './_network.js';

const CLIENTS = ['start_client', 'start_numpy_client'].flatMap((name) => [
  `flwr.client.${name}`,
  `flwr.client.app.${name}`,
  `flwr.compat.client.app.${name}`,
]);
const SERVERS = ['flwr.server.start_server', 'flwr.server.app.start_server', 'flwr.compat.server.app.start_server'];
/** Addresses that tell a client of Flower to ask its own machine, besides the loopback. */
const OWN_MACHINE = new Set(['0.0.0.0', '[::]', '::', '']);

const messages = {
  switchedOff: '`insecure=True` sends model updates unencrypted to a server nobody checks; pass `root_certificates`',
  plainClient: '`{callee}` without `root_certificates` sends updates unencrypted to a server nobody checks',
  plainServer: '`start_server` without `certificates` takes updates unencrypted; pass CA, certificate and key',
  commandLine: '`--insecure` lets `{program}` exchange model updates unencrypted; pass certificates instead',
} as const;

export default defineRule({
  summary: 'Federated learning runs without encryption.',
  stages: ['training'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'CWE-295',
    'OWASP-ML10:2023',
    'AML.T0020',
    'https://flower.ai/docs/framework/how-to-enable-tls-connections.html',
    'https://flower.ai/docs/framework/ref-api/flwr.client.start_client.html',
  ],
  docs: {
    why: 'Federated clients send weight updates over networks that nobody owns as a whole. Unencrypted, an update can be swapped for one that plants a backdoor, the global model can be copied, and training rows can be rebuilt from the gradients.',
    instead:
      'Start the SuperLink with `--ssl-certfile`, `--ssl-keyfile` and `--ssl-ca-certfile`, and SuperNodes or clients with the root certificate.',
    fixSafety:
      'A client that checks certificates no longer talks to a server without TLS, so the fix is offered for review.',
    limits:
      'Addresses of the own machine are passed over, as are tests and the simulation engine, which opens no connection. Certificates in a variable are taken as given.',
    ignoreWhen: 'A mesh or a tunnel encrypts the connection.',
  },
  messages,
  query: [python.calls(...CLIENTS, ...SERVERS), commands.named('flower-superlink', 'flower-supernode')],
  check(fact: CallFact | CommandFact, context) {
    if (isTestFile(context.path)) return;
    if (fact.kind === 'command') checkCommand(fact, context);
    else if (CLIENTS.includes(fact.name)) checkClient(fact, context);
    else checkServer(fact, context);
  },
  examples: [
    {
      bad: 'import flwr as fl\nfl.client.start_client(server_address="fl.example.org:8080", client=client, «insecure=True»)\n',
      message: 'switchedOff',
      good: 'import flwr as fl\nfl.client.start_client(server_address="fl.example.org:8080", client=client, insecure=False)\n',
    },
    {
      bad: 'from flwr.client import start_numpy_client as start\n«start»(server_address="203.0.113.7:8080", client=client)\n',
      message: 'plainClient',
      good: 'from flwr.client import start_numpy_client as start\nstart(server_address="203.0.113.7:8080", client=client, insecure=False)\n',
    },
    {
      bad: 'import flwr\n«flwr.server.start_server»(server_address="0.0.0.0:8080", strategy=strategy)\n',
      message: 'plainServer',
      good: 'import flwr\nflwr.server.start_server(server_address="0.0.0.0:8080", strategy=strategy, certificates=certificates)\n',
      byHand: true,
    },
    {
      bad: 'import os\nos.system("flower-supernode «--insecure» --superlink fl.example.org:9092")\n',
      message: 'commandLine',
      good: 'import os\nos.system("flower-supernode --root-certificates ca.crt --superlink fl.example.org:9092")\n',
      byHand: true,
    },
    {
      good: 'import flwr\nflwr.client.start_client(server_address="fl.example.org:8080", client=client, root_certificates=ca)\n',
      because: 'the server is checked',
    },
    {
      good: 'import flwr\nflwr.client.start_client(server_address="127.0.0.1:8080", client=client)\n',
      because: 'the traffic stays on the machine',
    },
    {
      good: 'import flwr\nflwr.client.start_client(server_address="fl.example.org:8080", client=client, insecure=plain)\n',
      because: 'the value is not known',
    },
    {
      good: 'import flwr\nflwr.simulation.start_simulation(client_fn=make, num_clients=10)\n',
      because: 'a simulation opens no connection',
    },
    {
      good: 'import os\nos.system("flower-supernode --insecure --superlink 127.0.0.1:9092")\n',
      because: 'the traffic stays on the machine',
    },
  ],
});

type Asked = RuleContext<typeof messages>;

/** What is known of the address: on the own machine, elsewhere, or neither. */
function whereTo(argument: Argument | undefined, { python: py }: Asked): 'here' | 'elsewhere' | 'unknown' {
  const value = argument === undefined ? undefined : py.value(argument.value);
  if (value?.kind !== 'string') return 'unknown';
  const host = hostOf(value.value);
  return isLoopback(host) || OWN_MACHINE.has(host) ? 'here' : 'elsewhere';
}

function isNone(argument: Argument | undefined, { python: py }: Asked): boolean {
  return argument === undefined || py.value(argument.value).kind === 'none';
}

function checkClient(call: CallFact, context: Asked): void {
  const { report, python: py, text } = context;
  const place = whereTo(argumentOf(call, 'server_address'), context);
  if (place === 'here' || !isNone(argumentOf(call, 'root_certificates'), context)) return;
  const fix = (finding: ReturnType<Asked['report']>): void => {
    finding.fix(
      'Pass `insecure=False`',
      'review',
      edit.setKeyword(text, call.expression, 'insecure', 'False'),
      'the server needs a certificate that the system trusts',
    );
  };
  const insecure = argumentOf(call, 'insecure');
  if (insecure === undefined || isNone(insecure, context)) {
    // That nothing was chosen weighs less, and an address that is not known may be the own machine.
    if (place !== 'elsewhere' || passesUnknown(call)) return;
    const finding = report(call.calleeRange, 'plainClient', { callee: call.name.split('.').at(-1)! }).severity(
      'warning',
    );
    fix(finding);
    return;
  }
  const value = py.value(insecure.value);
  if (value.kind !== 'boolean' || !value.value) return;
  const finding = report(insecure.range, 'switchedOff');
  if (place === 'unknown') finding.severity('warning');
  fix(finding);
}

function checkServer(call: CallFact, context: Asked): void {
  if (passesUnknown(call) || !isNone(argumentOf(call, 'certificates'), context)) return;
  const address = argumentOf(call, 'server_address');
  const value = address === undefined ? undefined : context.python.value(address.value);
  if (address !== undefined && (value?.kind !== 'string' || isLoopback(hostOf(value.value)))) return;
  context.report(call.calleeRange, 'plainServer').severity('warning');
}

function checkCommand(fact: CommandFact, { report }: Asked): void {
  const { words } = fact.command;
  const flag = words.find(({ text }) => text === '--insecure');
  if (flag === undefined) return;
  const first = words[programIndex(fact.command)]!.text;
  const program = first.slice(first.lastIndexOf('/') + 1);
  const address = commandOption(words, ...(program === 'flower-superlink' ? ['--fleet-api-address'] : ['--superlink']));
  const host = address === undefined ? undefined : hostOf(address.value);
  if (host !== undefined && (isLoopback(host) || (program === 'flower-supernode' && OWN_MACHINE.has(host)))) return;
  const finding = report(flag.range, 'commandLine', { program });
  // A service name without a dot is in the same cluster; without an address, or with a variable, nothing is known.
  if (host === undefined || !host.includes('.') || /[${}]/.test(address!.value)) finding.severity('warning');
}
