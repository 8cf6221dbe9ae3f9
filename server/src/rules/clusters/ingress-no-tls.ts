import {
  at,
  type ConfigEntry,
  child,
  config,
  configEdit,
  defineRule,
  items,
  text as textOf,
} from '../../engine/index.js';
import { endsTlsInFront, hasLocalHosts, isIngress, isInternal, isRoute } from '../_ingress.js';

const INGRESS = 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: scoring\n';
const RULES = '    - host: scoring.acme.com\n      http:\n        paths: []\n';
const ROUTE = 'apiVersion: route.openshift.io/v1\nkind: Route\nmetadata:\n  name: scoring\n';

export default defineRule({
  summary: 'An Ingress or Route answers without TLS.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-319',
    'OWASP-A02:2021',
    'https://kubernetes.io/docs/concepts/services-networking/ingress/#tls',
    'https://docs.redhat.com/en/documentation/openshift_container_platform/4.17/html/networking/configuring-routes',
  ],
  docs: {
    why: 'Requests to a model carry the records of customers and the token of the caller. In clear text each network on the way reads them, keeps the token, and can give the caller another prediction.',
    instead:
      'Name a certificate under `spec.tls`, for example one that cert-manager renews; a Route gets `tls` with `termination: edge` or `reencrypt`.',
    fixSafety: 'Clients of a Route are sent to https, which some do not follow, so the fix is offered for review.',
    limits:
      'TLS that a load balancer ends is seen in its annotations only. Internal classes are information. Host names of the own machine or network and Ingresses without rules are passed over.',
    ignoreWhen: 'A proxy in front of the cluster ends TLS for every host.',
  },
  messages: {
    ingress: 'Ingress `{name}` has no `tls`, so requests and answers cross networks in clear text; name a certificate',
    route: 'Route `{name}` has no `tls`, so requests and answers cross networks in clear text; set a termination',
  },
  words: ['ingress', 'route'],
  query: config.entries(['kubernetes'], 'spec'),
  check(spec: ConfigEntry, { report, text }) {
    const root = spec.parent;
    if (!isIngress(root) && !isRoute(root)) return;
    if (child(spec, 'tls') !== undefined || child(spec, '<<') !== undefined || hasLocalHosts(root)) return;
    const name = (textOf(at(root, 'metadata', 'name')) ?? '').slice(0, 40);
    if (isRoute(root)) {
      if (child(spec, 'to') === undefined) return;
      report(spec.keyRange ?? spec.range, 'route', { name }).fix(
        'Add `tls` with edge termination',
        'review',
        configEdit.addEntry(text, spec, 'tls', [
          ['termination', 'edge'],
          ['insecureEdgeTerminationPolicy', 'Redirect'],
        ]),
        'clients have to use https',
      );
      return;
    }
    const rules = child(spec, 'rules');
    if (rules?.keyRange === undefined || items(rules).length === 0 || endsTlsInFront(root)) return;
    const finding = report(rules.keyRange, 'ingress', { name });
    if (isInternal(root)) finding.severity('info');
  },
  examples: [
    {
      path: 'k8s/ingress.yaml',
      bad: `${INGRESS}spec:\n  «rules»:\n${RULES}`,
      message: 'ingress',
      good: `${INGRESS}spec:\n  tls:\n    - hosts: [scoring.acme.com]\n      secretName: scoring-tls\n  rules:\n${RULES}`,
      byHand: true,
    },
    {
      path: 'k8s/route.yaml',
      bad: `${ROUTE}«spec»:\n  to:\n    kind: Service\n    name: scoring\n`,
      message: 'route',
      good: `${ROUTE}spec:\n  to:\n    kind: Service\n    name: scoring\n  tls:\n    termination: edge\n    insecureEdgeTerminationPolicy: Redirect\n`,
    },
    {
      path: 'k8s/ingress.yaml',
      good: `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  annotations:\n    alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:eu-central-1:111122223333:certificate/x\nspec:\n  rules:\n${RULES}`,
      because: 'the load balancer holds the certificate',
    },
    {
      path: 'k8s/ingress.yaml',
      good: `${INGRESS}spec:\n  rules:\n    - host: scoring.localhost\n      http: {paths: []}\n`,
      because: 'a name of the own machine',
    },
    {
      path: 'k8s/route.yaml',
      good: 'apiVersion: serving.knative.dev/v1\nkind: Route\nspec:\n  traffic: []\n',
      because: 'a Route of Knative, whose gateway decides',
    },
  ],
});
