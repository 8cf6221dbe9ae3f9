import { at, type ConfigEntry, config, defineRule, items, placeIn, text as textOf } from '../../engine/index.js';
import { openConsole, openConsoleOf } from '../../knowledge/open-consoles.js';
import { asksWhoIsThere, backendsOf, hasLocalHosts, isIngress, isInternal, isRoute } from '../_ingress.js';
import { type Manifest, podsOf, servicesNamed, workloadsBehind } from '../_services.js';

/** A sign-in that the server itself or a proxy beside it asks for. */
const SIGN_IN = /--app-name[=\s"',-]*basic-auth|oauth2?-proxy|oidc|AuthorizationPolicy|openshift\/oauth-proxy/;
const HEAD = 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: mlflow\n';

const rule = (service: string, port = '{number: 5000}'): string =>
  `spec:\n  rules:\n    - host: ml.acme.com\n      http:\n        paths:\n          - path: /\n            backend:\n              service:\n                name: ${service}\n                port: ${port}\n`;
const SERVER =
  'apiVersion: v1\nkind: Service\nmetadata: {name: tracking}\nspec:\n  selector: {app: runs}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: runs}\nspec:\n  template:\n    metadata: {labels: {app: runs}}\n    spec:\n      containers:\n        - name: runs\n          args: [mlflow, server, --port, "5000"]\n';

export default defineRule({
  summary: 'An Ingress or Route publishes an ML console that lets everybody in.',
  stages: ['training', 'deployment', 'monitoring'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-A01:2021',
    'OWASP-ML05:2023',
    'AML.T0049',
    'https://kubernetes.github.io/ingress-nginx/examples/auth/oauth-external-auth/',
    'https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/',
  ],
  docs: {
    why: 'Scanners find such hosts within a day. On MLflow a stranger downloads each model and registers another one as the next version; on the Ray dashboard a stranger submits a job, which is a shell on every node.',
    instead:
      'Put a sign-in in front, for example OAuth2 Proxy with the annotation `auth-url` of the controller, or switch on the sign-in of the server; better still reach the console with `kubectl port-forward`.',
    fixSafety: 'No fix: which sign-in the organisation uses is not known here.',
    limits:
      'Consoles are told by the name of the Service, by its port for Ray, and by the command of the pods it selects, which are looked for in the whole workspace. Grafana, Airflow, JupyterHub and MinIO ask for a password themselves and are passed over. Internal load balancers are warnings, hosts of the own network information. A sign-in in the same file or folder, or beside the pods, silences the rule; one in a service mesh elsewhere is not seen.',
    ignoreWhen: 'Only a private network reaches the controller.',
  },
  messages: {
    open: '`{service}` puts {what} on the network without a sign-in; ask for one in front of it',
  },
  words: ['ingress', 'route'],
  query: config.entries(['kubernetes'], 'spec'),
  check(spec: ConfigEntry, context) {
    const { report, text, path, workspace } = context;
    const root = spec.parent;
    if ((!isIngress(root) && !isRoute(root)) || asksWhoIsThere(root)) return;
    const seen = new Set<string>();
    for (const { entry, name, port } of backendsOf(root)) {
      if (seen.has(name)) continue;
      seen.add(name);
      const workloads = servicesNamed(name, { path, text, root }, context).flatMap((service) =>
        workloadsBehind(service, context),
      );
      const server = workloads.flatMap((workload) => consoleIn(workload) ?? [])[0];
      const what = openConsole(name, port) ?? server?.label;
      if (what === undefined || workloads.some((workload) => SIGN_IN.test(workload.text))) continue;
      if (SIGN_IN.test(text) || workspace.configsBeside(path).some((file) => SIGN_IN.test(file.text))) return;
      const finding = report(entry.valueRange, 'open', { service: name.slice(0, 40), what });
      if (server !== undefined) finding.related(server.place, 'This server lets everybody in');
      if (hasLocalHosts(root)) finding.severity('info');
      else if (isInternal(root)) finding.severity('warning');
    }
  },
  examples: [
    {
      path: 'k8s/mlflow.yaml',
      bad: HEAD + rule('«mlflow»'),
      message: 'open',
      good: `${HEAD}  annotations:\n    nginx.ingress.kubernetes.io/auth-url: https://login.acme.com/oauth2/auth\n${rule('mlflow')}`,
      byHand: true,
    },
    {
      path: 'k8s/ray.yaml',
      bad: HEAD + rule('«scoring-head-svc»', '{number: 8265}'),
      message: 'open',
      good: HEAD + rule('scoring-head-svc', '{number: 8000}'),
      byHand: true,
    },
    {
      path: 'k8s/grafana.yaml',
      good: HEAD + rule('grafana', '{number: 3000}'),
      because: 'it asks for a password itself',
    },
    { path: 'k8s/mlflow.yaml', good: HEAD + rule('mlflow-oauth2-proxy'), because: 'a proxy asks first' },
    {
      path: 'k8s/mlflow.yaml',
      good: `${HEAD}${rule('mlflow')}---\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: mlflow\n      args: [mlflow, server, --app-name, basic-auth]\n`,
      because: 'the server asks for a password',
    },
    {
      path: 'k8s/ingress.yaml',
      bad: HEAD + rule('«tracking»'),
      message: 'open',
      files: { 'apps/tracking.yaml': SERVER },
    },
    {
      path: 'k8s/ingress.yaml',
      good: HEAD + rule('tracking'),
      files: { 'apps/tracking.yaml': SERVER.replace('server,', 'server, --app-name, basic-auth,') },
      because: 'the server behind the Service asks for a password',
    },
    { path: 'k8s/api.yaml', good: HEAD + rule('scoring-api'), because: 'a service of the project' },
  ],
});

/** The console among the containers of a workload. */
function consoleIn({ root, path, text }: Manifest) {
  for (const container of items(at(podsOf(root)?.spec, 'containers'))) {
    const words = [...items(at(container, 'command')), ...items(at(container, 'args'))];
    const label = openConsoleOf(words.map((word) => textOf(word) ?? '').join(' '));
    if (label !== undefined) return { label, place: placeIn(path, text, (words[0] ?? container).valueRange) };
  }
  return undefined;
}
