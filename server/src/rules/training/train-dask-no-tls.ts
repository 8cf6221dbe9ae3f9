import {
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
import { isEveryInterface } from '../../knowledge/bind-addresses.js';
import { isLocalHost } from '../../knowledge/http-clients.js';
import { commandOption, isContained, offerLoopback, toLoopback } from './_network.js';

const SECURITY = ['distributed.Security', 'distributed.security.Security', 'dask.distributed.Security'];
const CLIENTS = ['distributed.Client', 'distributed.client.Client', 'dask.distributed.Client'];
const CLUSTERS = ['distributed.LocalCluster', 'distributed.deploy.local.LocalCluster', 'dask.distributed.LocalCluster'];
const REASON = 'other machines no longer see the dashboard';
const SCHEDULERS = ['dask-scheduler', 'dask-ssh', 'dask-worker', 'dask'];

const messages = {
  unencrypted: '`require_encryption=False` lets code and data of tasks travel unencrypted; set it to `True`',
  plainClient:
    '`Client("{address}")` sends pickled tasks unencrypted and unauthenticated; use `tls://` and `security=`',
  dashboard: '`{setting}` shows tasks and code of the cluster to the whole network; listen on `127.0.0.1`',
} as const;

export default defineRule({
  summary: 'Traffic or the dashboard of a Dask cluster is open to the network.',
  stages: ['preprocessing', 'feature-engineering', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'CWE-1327',
    'OWASP-ML02:2023',
    'https://distributed.dask.org/en/stable/tls.html',
    'https://docs.dask.org/en/stable/dashboard.html',
  ],
  docs: {
    why: 'Dask ships functions and data as pickles. Over plain TCP anybody on the way reads the rows and swaps a task for code of their own, and whoever reaches the scheduler runs tasks on every worker, as nobody is asked for a certificate.',
    instead:
      'Give scheduler, workers and clients certificates in a `Security` object with `require_encryption=True`, and connect to `tls://` addresses.',
    fixSafety:
      'Peers that still speak plain TCP are refused, and other machines no longer see the dashboard, so the fixes are offered for review.',
    limits:
      'Addresses that are not known and service names of a cluster are passed over, as is everything on the own machine. Settings in the configuration files of Dask are not read.',
    ignoreWhen: 'The cluster has a network of its own, or a mesh that encrypts.',
  },
  messages,
  query: [python.calls(...SECURITY, ...CLIENTS, ...CLUSTERS), commands.named(...SCHEDULERS)],
  check(fact: CallFact | CommandFact, context) {
    if (fact.kind === 'command') checkCommand(fact, context);
    else if (SECURITY.includes(fact.name)) checkSecurity(fact, context);
    else if (CLIENTS.includes(fact.name)) checkClient(fact, context);
    else checkDashboard(fact, context);
  },
  examples: [
    {
      bad: 'from dask.distributed import Security\nsecurity = Security(tls_ca_file="ca.pem", «require_encryption=False»)\n',
      message: 'unencrypted',
      good: 'from dask.distributed import Security\nsecurity = Security(tls_ca_file="ca.pem", require_encryption=True)\n',
    },
    {
      bad: 'from distributed import Client as Dask\nclient = Dask(«"tcp://203.0.113.7:8786"»)\n',
      message: 'plainClient',
      good: 'from distributed import Client as Dask\nclient = Dask("tls://203.0.113.7:8786", security=security)\n',
      byHand: true,
    },
    {
      bad: 'from dask.distributed import LocalCluster\ncluster = LocalCluster(dashboard_address=«"0.0.0.0:8787"»)\n',
      message: 'dashboard',
      good: 'from dask.distributed import LocalCluster\ncluster = LocalCluster(dashboard_address="127.0.0.1:8787")\n',
    },
    {
      good: 'from dask.distributed import LocalCluster\ncluster = LocalCluster(n_workers=4, dashboard_address=":8787")\n',
      because: 'a local cluster listens on the loopback, and its dashboard with it',
    },
    { good: 'from dask.distributed import Client\nclient = Client()\n', because: 'starts a local cluster' },
    {
      good: 'from dask.distributed import Client\nclient = Client("tcp://127.0.0.1:8786")\n',
      because: 'the traffic stays on the machine',
    },
    { good: 'from dask.distributed import Client\nclient = Client(address)\n', because: 'the address is not known' },
    {
      good: 'from dask.distributed import Client\nclient = Client("tls://203.0.113.7:8786", security=security)\n',
      because: 'encrypted',
    },
    { good: 'from httpx import Client\nclient = Client("tcp://203.0.113.7:8786")\n', because: 'another library' },
  ],
});

type Asked = RuleContext<typeof messages>;

function checkSecurity(call: CallFact, { report, python: py }: Asked): void {
  const flag = argumentOf(call, 'require_encryption', 0);
  const value = flag === undefined ? undefined : py.value(flag.value);
  if (flag === undefined || value?.kind !== 'boolean' || value.value) return;
  // Without certificates there is nothing to encrypt with: the object stands for the default.
  const certificates = call.arguments.some(({ name }) => name?.startsWith('tls_')) || passesUnknown(call);
  const finding = report(flag.range, 'unencrypted');
  if (!certificates) finding.severity('info');
  else
    finding.fix(
      'Set it to `True`',
      'review',
      edit.replace(flag.value.range, 'True'),
      'peers that speak plain TCP are refused',
    );
}

function checkClient(call: CallFact, { report, python: py }: Asked): void {
  const address = argumentOf(call, 'address', 0);
  const value = address === undefined ? undefined : py.value(address.value);
  if (address === undefined || value?.kind !== 'string' || argumentOf(call, 'security') !== undefined) return;
  const [, host] = /^(?:tcp:\/\/)?(\[[^\]]*\]|[\w.-]+):\d+$/.exec(value.value) ?? [];
  if (host === undefined || isLocalHost(host)) return;
  report(address.value.range, 'plainClient', { address: value.value.slice(0, 40) });
}

function checkDashboard(call: CallFact, context: Asked): void {
  const { report, python: py } = context;
  const address = argumentOf(call, 'dashboard_address');
  const value = address === undefined ? undefined : py.value(address.value);
  const host = value?.kind === 'string' ? openHost(value.value) : undefined;
  if (address === undefined || host === undefined) return;
  const finding = report(address.value.range, 'dashboard', { setting: 'dashboard_address' });
  offerLoopback(finding, { expression: address.value, host }, REASON, context);
}

function checkCommand(fact: CommandFact, { report, text }: Asked): void {
  const { words } = fact.command;
  const index = programIndex(fact.command);
  if (words[index]!.text.endsWith('dask') && !/^(?:scheduler|worker|ssh)$/.test(words[index + 1]?.text ?? '')) return;
  const address = commandOption(words, '--dashboard-address');
  const host = address === undefined ? undefined : openHost(address.value);
  if (address === undefined || host === undefined) return;
  const finding = report(address.range, 'dashboard', { setting: '--dashboard-address' });
  if (isContained(fact)) finding.severity('info');
  else finding.fix('Use `127.0.0.1`', 'review', toLoopback(text, address.word, host), REASON);
}

/** The host of `host:port` that stands for every interface; an empty one follows the host of the cluster. */
function openHost(address: string): string | undefined {
  const [, host] = /^(?:https?:\/\/)?(\[[^\]]*\]|[^:]+)(?::\d+)?$/.exec(address) ?? [];
  return host !== undefined && !/^\d+$/.test(host) && isEveryInterface(host) ? host : undefined;
}
