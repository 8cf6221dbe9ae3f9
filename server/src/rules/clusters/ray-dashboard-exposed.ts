import type { TextEdit } from '../../base/range.js';
import {
  at,
  type ConfigEntry,
  child,
  config,
  configEdit,
  defineRule,
  edit,
  items,
  type RuleContext,
  text as textOf,
} from '../../engine/index.js';
import { asksForToken, isInnerService, knowsTokens, openType, publishedBy, rayClusterOf } from './_ray.js';

/** GCS, dashboard and client: what starts work on the cluster. */
const CONTROL = new Set(['6379', '8265', '10001']);

const head = (service: string, more = ''): string =>
  `apiVersion: ray.io/v1\nkind: RayCluster\nmetadata:\n  name: training\nspec:\n  rayVersion: 2.52.0\n  headGroupSpec:\n    ${service}\n    rayStartParams: {}\n${more}`;
const SERVICE = (type: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ray}\nspec:\n  type: ${type}\n  selector: {ray.io/node-type: head}\n  ports:\n    - port: 8265\n`;

const messages = {
  head: '`{how}` puts the head of this Ray cluster on the network, where anyone may run jobs; ask for a token',
  service: '`{how}` puts the dashboard of Ray on the network, where anyone may run jobs; ask for a token',
} as const;

export default defineRule({
  summary: 'A Ray cluster that asks nobody for a token is published.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-A01:2021',
    'AML.T0049',
    'AML.T0050',
    'CVE-2023-48022',
    'https://docs.ray.io/en/latest/ray-security/index.html',
    'https://docs.ray.io/en/latest/cluster/kubernetes/user-guides/kuberay-auth.html',
  ],
  docs: {
    why: 'The jobs API of the dashboard is remote execution by design. Since 2024 the ShadowRay campaigns have taken over thousands of published clusters through it, to mine on their GPUs and to copy the models, data and cloud keys they hold.',
    instead:
      'Keep the head a `ClusterIP` and reach the dashboard with `kubectl port-forward`; publish only port 8000 of Ray Serve, in a Service of its own. In any case set `authOptions.mode: token`.',
    fixSafety: 'Clients without the token are turned away, so the fix is offered for review.',
    limits:
      'Node ports and inner load balancers are warnings, since a firewall mostly stands in front of them. Services of the same file are read; Ingresses are the matter of `ingress-dashboard-no-auth`, ports of compose files that of `compose-port-all-interfaces`. Below Ray 2.52 there are no tokens and thus no fix.',
  },
  messages,
  words: ['ray.io'],
  query: config.entries(['ray-kubernetes', 'kubernetes'], 'spec'),
  check(spec: ConfigEntry, context) {
    const { report, text } = context;
    const cluster = rayClusterOf(spec.parent);
    if (cluster === undefined) return checkService(spec, context);
    const published = publishedBy(cluster);
    if (published === undefined || asksForToken(cluster)) return;
    const finding = report(published.entry.range, 'head', { how: published.how });
    if (published.inner) finding.severity('warning');
    if (knowsTokens(cluster))
      finding.fix(
        'Ask for a token',
        'review',
        withToken(text, cluster),
        'clients need the token, and KubeRay 1.5.1 or newer',
      );
  },
  examples: [
    {
      path: 'k8s/ray.yaml',
      bad: head('«serviceType: LoadBalancer»'),
      message: 'head',
      good: head('serviceType: LoadBalancer', '  authOptions:\n    mode: token\n'),
    },
    {
      path: 'k8s/service.yaml',
      bad: SERVICE('«LoadBalancer»'),
      message: 'service',
      good: SERVICE('ClusterIP'),
      byHand: true,
    },
    { path: 'k8s/ray.yaml', good: head('serviceType: ClusterIP'), because: 'only the cluster reaches it' },
    {
      path: 'k8s/ray.yaml',
      good: head('serviceType: LoadBalancer', '  authOptions: {mode: token}\n'),
      because: 'clients need a token',
    },
    {
      path: 'k8s/service.yaml',
      good: SERVICE('LoadBalancer').replace('8265', '8000'),
      because: 'only the models are published',
    },
    {
      path: 'k8s/service.yaml',
      good: SERVICE('LoadBalancer').replace('ray.io/node-type: head', 'app: scoring'),
      because: 'another application',
    },
  ],
});

/** A Service that somebody wrote for the head of a cluster. */
function checkService(spec: ConfigEntry, { report, facts }: RuleContext<typeof messages>): void {
  const service = spec.parent;
  const type = openType(child(spec, 'type'));
  const selector = child(spec, 'selector');
  if (textOf(child(service, 'kind')) !== 'Service' || type === undefined) return;
  if (textOf(child(selector, 'ray.io/node-type')) !== 'head') return;
  const name = textOf(child(selector, 'ray.io/cluster'));
  const controls = items(child(spec, 'ports')).some((port) =>
    [textOf(child(port, 'targetPort')), textOf(child(port, 'port'))].some((one) => CONTROL.has(one ?? '')),
  );
  const guarded = facts?.roots.some((root) => {
    const cluster = rayClusterOf(root);
    const same = name === undefined || textOf(at(root, 'metadata', 'name')) === name;
    return cluster !== undefined && same && asksForToken(cluster);
  });
  if (!controls || guarded === true) return;
  const finding = report(child(spec, 'type')!.valueRange, 'service', { how: type });
  if (type === 'NodePort' || isInnerService(service)) finding.severity('warning');
}

function withToken(text: string, cluster: ConfigEntry): TextEdit[] {
  const options = child(cluster, 'authOptions');
  if (options === undefined) return configEdit.addEntry(text, cluster, 'authOptions', [['mode', 'token']]);
  const mode = child(options, 'mode');
  return mode === undefined ? [] : edit.setScalar(text, mode, 'token');
}
