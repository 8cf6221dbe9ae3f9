import {
  argumentOf,
  type CallFact,
  type CommandFact,
  commands,
  defineRule,
  edit,
  programIndex,
  python,
  type RuleContext,
  type StoreFact,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { isEveryInterface } from '../../knowledge/bind-addresses.js';
import { isLocalHost, plainHttpHost } from '../../knowledge/http-clients.js';
import { commandOption, isContained, offerLoopback, toLoopback } from './_network.js';

const CLIENTS = ['ray.job_submission.JobSubmissionClient', 'ray.dashboard.modules.job.sdk.JobSubmissionClient'];
const TOKEN = /RAY_AUTH_MODE\W{1,6}token\b/;
const REASON = 'other machines no longer reach the dashboard';

const messages = {
  dashboard: "`{setting}` lets anybody on the network run jobs on Ray's cluster; keep `127.0.0.1` or turn tokens on",
  authOff: '`RAY_AUTH_MODE=disabled` lets anybody who reaches the ports run code on the cluster; use `token`',
  plainJobs: '`JobSubmissionClient` sends code and tokens to `{host}` unencrypted; use `https://` or a tunnel',
} as const;

export default defineRule({
  summary: 'A Ray cluster takes jobs from anybody on the network.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-306',
    'CWE-1327',
    'OWASP-ML05:2023',
    'OWASP-ML06:2023',
    'AML.T0049',
    'CVE-2023-48022',
    'CVE-2025-62593',
    'https://docs.ray.io/en/latest/ray-security/index.html',
    'https://docs.ray.io/en/latest/ray-security/token-auth.html',
  ],
  docs: {
    why: "Ray's dashboard is also its job server: a single request runs a shell command on the cluster, and without tokens nobody is asked who they are. Clusters found this way have been used to mine coins, and to read the models, data sets and cloud credentials of the jobs on them.",
    instead:
      'Leave the dashboard on `127.0.0.1` and reach it through a tunnel, or start every node with `RAY_AUTH_MODE=token` (Ray 2.52 and newer).',
    fixSafety:
      'Other machines can no longer open the dashboard or submit jobs, and clients without a token are refused, so the fixes are offered for review.',
    limits:
      'Whether tokens are on is read from the same file only; hosts that are not known are passed over. From Ray 2.59 a local cluster asks for a token by default, from 2.61 every cluster does. In a container, where the published ports decide, the level is lower.',
    ignoreWhen: 'Network rules or a proxy that signs users in guard the port.',
  },
  messages,
  words: ['dashboard_host', 'dashboard-host', 'ray_auth_mode', 'jobsubmissionclient'],
  query: [python.calls('ray.init', ...CLIENTS), python.stores('os.environ[]'), commands.named('ray')],
  check(fact: CallFact | StoreFact | CommandFact, context) {
    const { report, python: py, text } = context;
    if (fact.kind === 'store') {
      const value = fact.key === 'RAY_AUTH_MODE' ? py.value(fact.value) : undefined;
      if (value?.kind !== 'string' || value.value !== 'disabled') return;
      const finding = report(fact.range, 'authOff');
      if (fact.value.kind === 'string')
        finding.fix(
          'Use `token`',
          'review',
          edit.replace(fact.value.range, edit.quote(text, 'token')),
          'clients without the token of the cluster are refused',
        );
    } else if (fact.kind === 'command') checkCommand(fact, context);
    else if (fact.name === 'ray.init') checkInit(fact, context);
    else {
      const address = argumentOf(fact, 'address', 0);
      const value = address === undefined ? undefined : py.value(address.value);
      const complete = value?.kind === 'string' ? value.value : value?.kind === 'partial' ? value.prefix : '';
      const host = plainHttpHost(complete, value?.kind === 'string');
      if (address === undefined || host === undefined || isLocalHost(host)) return;
      report(address.value.range, 'plainJobs', { host }).severity('warning');
    }
  },
  examples: [
    {
      bad: 'import ray\nray.init(num_cpus=4, dashboard_host=«"0.0.0.0"»)\n',
      message: 'dashboard',
      good: 'import ray\nray.init(num_cpus=4, dashboard_host="127.0.0.1")\n',
      given: { ray: '2.40.0' },
    },
    {
      bad: 'import os\nos.system("ray start --head «--dashboard-host=0.0.0.0» --port=6379")\n',
      message: 'dashboard',
      good: 'import os\nos.system("ray start --head --dashboard-host=127.0.0.1 --port=6379")\n',
    },
    {
      bad: 'import os\n«os.environ["RAY_AUTH_MODE"] = "disabled"»\n',
      message: 'authOff',
      good: 'import os\nos.environ["RAY_AUTH_MODE"] = "token"\n',
    },
    {
      bad: 'from ray.job_submission import JobSubmissionClient as Jobs\njobs = Jobs(«"http://ray.example.org:8265"»)\n',
      message: 'plainJobs',
      good: 'from ray.job_submission import JobSubmissionClient as Jobs\njobs = Jobs("https://ray.example.org")\n',
      byHand: true,
    },
    { good: 'import ray\nray.init()\n', because: 'the dashboard stays on the loopback by default' },
    { good: 'import ray\nray.init(dashboard_host=host)\n', because: 'the host is not known' },
    {
      good: 'import os\nimport ray\nos.environ["RAY_AUTH_MODE"] = "token"\nray.init(dashboard_host="0.0.0.0")\n',
      because: 'clients need a token',
    },
    {
      good: 'import ray\nray.init(dashboard_host="0.0.0.0")\n',
      given: { ray: '2.61.0' },
      because: 'tokens are on by default',
    },
    {
      good: 'from ray.job_submission import JobSubmissionClient\njobs = JobSubmissionClient("http://127.0.0.1:8265")\n',
      because: 'a tunnel or a local cluster',
    },
  ],
});

type Asked = RuleContext<typeof messages>;

/** True when clients have to show a token: the file says so, or the version does by default. */
function asksForToken({ text, version }: Asked, since: string): boolean {
  if (/RAY_AUTH_MODE\W{1,6}disabled/.test(text)) return false;
  const ray = version('ray');
  return TOKEN.test(text) || (ray !== undefined && isBelow(ray, since) === false);
}

function checkInit(call: CallFact, context: Asked): void {
  const { report, python: py } = context;
  const argument = argumentOf(call, 'dashboard_host');
  const value = argument === undefined ? undefined : py.value(argument.value);
  if (argument === undefined || value?.kind !== 'string' || !isEveryInterface(value.value)) return;
  if (asksForToken(context, '2.59')) return;
  const off = argumentOf(call, 'include_dashboard');
  const shown = off === undefined ? undefined : py.value(off.value);
  if (shown?.kind === 'boolean' && !shown.value) return;
  const finding = report(argument.value.range, 'dashboard', { setting: 'dashboard_host' });
  offerLoopback(finding, { expression: argument.value, host: value.value }, REASON, context);
}

function checkCommand(fact: CommandFact, context: Asked): void {
  const { words, assignments } = fact.command;
  if (words[programIndex(fact.command) + 1]?.text !== 'start') return;
  const host = commandOption(words, '--dashboard-host');
  if (host === undefined || !isEveryInterface(host.value) || asksForToken(context, '2.61')) return;
  if (assignments.some(({ name, value }) => name === 'RAY_AUTH_MODE' && value === 'token')) return;
  const finding = context.report(host.range, 'dashboard', { setting: '--dashboard-host' });
  if (isContained(fact)) finding.severity('warning');
  else finding.fix('Use `127.0.0.1`', 'review', toLoopback(context.text, host.word, host.value), REASON);
}
