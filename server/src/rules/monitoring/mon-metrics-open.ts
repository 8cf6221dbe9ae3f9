import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  passesUnknown,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { runsInContainer } from '../_containers.js';

const SERVERS = ['start_http_server', 'start_wsgi_server'].flatMap((name) => [
  `prometheus_client.${name}`,
  `prometheus_client.exposition.${name}`,
]);
const EXPOSE = 'prometheus_fastapi_instrumentator.**.expose';
const ALL_INTERFACES = new Set(['0.0.0.0', '', '::', '[::]']);

const messages = {
  server: '`{callee}` shows the metrics to the whole network; pass `addr="127.0.0.1"` where the scraper is local',
  route: '`expose` serves `/metrics` to every caller of the API; pass `dependencies` that check who asks',
} as const;

export default defineRule({
  summary: 'Metrics of a model can be read by everybody.',
  stages: ['monitoring', 'deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-200',
    'OWASP-ML05:2023',
    'https://prometheus.github.io/client_python/exporting/http/',
    'https://github.com/trallnag/prometheus-fastapi-instrumentator',
  ],
  docs: {
    why: 'Metrics of a scoring service name its models, versions and routes, count how often each class was predicted, and tell an attacker who copies the model how the drift alarm reacts to the queries.',
    instead:
      'Bind the address the scraper reaches, ask for a client certificate with `client_auth_required=True`, or let only the scraper through to `/metrics`.',
    fixSafety: 'A scraper on another machine no longer reaches the port, so the fix is offered for review.',
    limits:
      'In a container the port has to be open for a scrape inside the cluster: with a Dockerfile beside the file or above it the level is lower and there is no fix. An address that is not known and files of tests are passed over.',
    ignoreWhen: 'The port is reachable only from the network of the scraper.',
  },
  messages,
  words: ['prometheus'],
  query: python.calls(...SERVERS, EXPOSE),
  check(call: CallFact, context) {
    if (isTestFile(context.path) || passesUnknown(call)) return;
    if (SERVERS.includes(call.name)) inServer(call, context);
    else if (!isGuarded(call, context.text)) {
      const finding = context.report(call.calleeRange, 'route');
      if (runsInContainer(context)) finding.severity('hint');
    }
  },
  examples: [
    {
      bad: 'from prometheus_client import start_http_server\n«start_http_server»(8001)\n',
      message: 'server',
      good: 'from prometheus_client import start_http_server\nstart_http_server(8001, addr="127.0.0.1")\n',
    },
    {
      bad: 'import prometheus_client as prom\nprom.start_http_server(8001, «addr="0.0.0.0"»)\n',
      message: 'server',
      good: 'import prometheus_client as prom\nprom.start_http_server(8001, addr="127.0.0.1")\n',
    },
    {
      bad: 'from prometheus_fastapi_instrumentator import Instrumentator\n«Instrumentator().instrument(app).expose»(app)\n',
      message: 'route',
      good: 'from prometheus_fastapi_instrumentator import Instrumentator\nInstrumentator().instrument(app).expose(app, dependencies=[Depends(scraper)])\n',
      byHand: true,
    },
    {
      good: 'from prometheus_client import start_http_server\nstart_http_server(8001, "127.0.0.1")\n',
      because: 'bound to loopback',
    },
    {
      good: 'from prometheus_client import start_http_server\nstart_http_server(8001, addr=settings.address)\n',
      because: 'the address is not known',
    },
    {
      good: 'from prometheus_client import start_http_server\nstart_http_server(8001, certfile=CERT, keyfile=KEY, client_cafile=CA, client_auth_required=True)\n',
      because: 'the scraper shows a certificate',
    },
    {
      good: 'from prometheus_client import push_to_gateway\npush_to_gateway("gateway:9091", job="train", registry=registry)\n',
      because: 'opens no port',
    },
  ],
});

function inServer(call: CallFact, context: RuleContext<typeof messages>): void {
  const { report, python: py, text } = context;
  if (argumentOf(call, 'client_auth_required') !== undefined) return;
  const address = argumentOf(call, 'addr', 1);
  const value = address && py.value(address.value);
  if (value !== undefined && !(value.kind === 'string' && ALL_INTERFACES.has(value.value))) return;
  const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
  const finding = report(address?.range ?? call.calleeRange, 'server', { callee });
  if (runsInContainer(context)) {
    finding.severity('hint');
    return;
  }
  const loopback = edit.quote(text, '127.0.0.1');
  const edits =
    address === undefined
      ? edit.setKeyword(text, call.expression, 'addr', loopback)
      : edit.replace(address.value.range, loopback);
  finding.fix('Bind `127.0.0.1`', 'review', edits, 'a scraper on another machine no longer reaches the port');
}

/** Dependencies of the whole app hold for this route too. */
function isGuarded(call: CallFact, text: string): boolean {
  return argumentOf(call, 'dependencies') !== undefined || /\bFastAPI\([^)]*\bdependencies\s*=/s.test(text);
}
