import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { openConsole } from '../../knowledge/open-consoles.js';
import { asksWhoIsThere, backendsOf, hasLocalHosts, isIngress, isInternal, isRoute } from './_ingress.js';

/** A sign-in that the server itself or a proxy beside it asks for. */
const SIGN_IN = /--app-name[=\s"',-]*basic-auth|oauth2?-proxy|oidc|AuthorizationPolicy|openshift\/oauth-proxy/;
const HEAD = 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: mlflow\n';

const rule = (service: string, port = '{number: 5000}'): string =>
  `spec:\n  rules:\n    - host: ml.acme.com\n      http:\n        paths:\n          - path: /\n            backend:\n              service:\n                name: ${service}\n                port: ${port}\n`;

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
      'Consoles are told by the name of the Service, and by its port for Ray. Grafana, Airflow, JupyterHub and MinIO ask for a password themselves and are passed over. Internal load balancers are warnings, hosts of the own network information. A sign-in in the same file or folder silences the rule; one in a service mesh elsewhere is not seen.',
    ignoreWhen: 'Only a private network reaches the controller.',
  },
  messages: {
    open: '`{service}` puts {what} on the network without a sign-in; ask for one in front of it',
  },
  words: ['ingress', 'route'],
  query: config.entries(['kubernetes'], 'spec'),
  check(spec: ConfigEntry, { report, text, path, workspace }) {
    const root = spec.parent;
    if ((!isIngress(root) && !isRoute(root)) || asksWhoIsThere(root)) return;
    const seen = new Set<string>();
    for (const { entry, name, port } of backendsOf(root)) {
      const what = openConsole(name, port);
      if (what === undefined || seen.has(name)) continue;
      seen.add(name);
      if (SIGN_IN.test(text) || workspace.configsBeside(path).some((file) => SIGN_IN.test(file.text))) return;
      const finding = report(entry.valueRange, 'open', { service: name.slice(0, 40), what });
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
    { path: 'k8s/api.yaml', good: HEAD + rule('scoring-api'), because: 'a service of the project' },
  ],
});
