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
  text as textOf,
} from '../../engine/index.js';
import { asksWhoIsThere, backendsOf, isIngress, isInternal, isRoute } from '../_ingress.js';

const VISIBILITY = /^(?:networking\.kserve\.io|networking\.knative\.dev|serving\.knative\.dev)\/visibility$/;
const ENABLE_AUTH = /^security\.(?:opendatahub|kubeflow)\.io\/enable-auth$/;
const SIGN_IN = /AuthorizationPolicy|RequestAuthentication|oauth2?-proxy|kube-rbac-proxy|AuthPolicy|SecurityPolicy/;

const isvc = (metadata: string): string =>
  `apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: loans\n${metadata}spec:\n  predictor:\n    sklearn: {storageUri: "s3://models/loans"}\n`;
const ROUTE =
  '---\napiVersion: route.openshift.io/v1\nkind: Route\nspec:\n  to: {kind: Service, name: loans-predictor}\n  tls: {termination: edge}\n';

const messages = {
  visible: 'This label publishes the model `{name}`, and nobody is asked for a token; switch on `enable-auth`',
  published: '{how} publishes the model `{name}`, and nobody is asked who they are; ask for a token in front of it',
  unknown: 'Nothing here asks the callers of `{name}` who they are; keep it in the cluster or ask for a token',
} as const;

export default defineRule({
  summary: 'A KServe model answers whoever reaches it.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-A01:2021',
    'OWASP-ML05:2023',
    'AML.T0040',
    'https://knative.dev/docs/serving/services/private-services/',
    'https://docs.redhat.com/en/documentation/red_hat_openshift_ai_self-managed/3.4/html/deploying_models/making_inference_requests_to_deployed_models',
  ],
  docs: {
    why: 'With as many questions as they like, strangers copy the model by its answers, find out who was in its training data, and keep its GPUs busy at your cost.',
    instead:
      'Keep the model in the cluster with the label `networking.knative.dev/visibility: cluster-local`, or ask for a token: `security.opendatahub.io/enable-auth: "true"` on OpenShift AI, an `AuthorizationPolicy` with Istio, a sign-in at the Ingress elsewhere.',
    fixSafety: 'Callers without a token, or from outside, are turned away, so the fixes are offered for review.',
    limits:
      'An error needs proof in the same file or folder: the label that publishes the model, or a Route, Ingress or virtual service that leads to it. Without proof it is a hint, since gateways are mostly set up elsewhere. Any policy about authentication in the same folder silences the rule.',
    ignoreWhen: 'The gateway of the cluster asks every caller for a token.',
  },
  messages,
  words: ['inferenceservice'],
  query: config.entries(['kserve'], 'metadata.name'),
  check(entry: ConfigEntry, context) {
    const { report, text, path, workspace, facts } = context;
    const metadata = entry.parent;
    const root = metadata?.parent;
    const name = textOf(entry) ?? '';
    if (metadata === undefined || root === undefined || textOf(child(root, 'kind')) !== 'InferenceService') return;
    const annotations = items(child(metadata, 'annotations'));
    const guarded = annotations.find(({ key }) => key === '<<' || ENABLE_AUTH.test(key ?? ''));
    if (guarded !== undefined && String(guarded.value) !== 'false') return;
    const beside = workspace.configsBeside(path);
    if (SIGN_IN.test(text) || beside.some((file) => SIGN_IN.test(file.text))) return;
    const visibility = items(child(metadata, 'labels')).find(({ key }) => VISIBILITY.test(key ?? ''));
    const shown = { name: name.slice(0, 30) };
    if (visibility?.value === 'exposed') {
      report(visibility.range, 'visible', shown).fix(
        'Switch on `enable-auth`',
        'review',
        withAuth(text, metadata, guarded),
        'callers need a token, on OpenShift AI',
      );
      return;
    }
    const roots = [...(facts?.roots ?? []), ...beside.flatMap((file) => file.facts.roots)];
    const door = roots.find((other) => leadsTo(other, name));
    if (door !== undefined) {
      if (asksWhoIsThere(door)) return;
      const finding = report(entry.valueRange, 'published', {
        ...shown,
        how: textOf(child(door, 'kind')) ?? 'An Ingress',
      });
      if (isInternal(door)) finding.severity('warning');
    } else if (visibility === undefined && !name.includes('$')) {
      report(entry.valueRange, 'unknown', shown)
        .severity('hint')
        .fix(
          'Keep the model in the cluster',
          'review',
          asLocal(text, metadata),
          'callers from outside are turned away',
        );
    }
  },
  examples: [
    {
      path: 'k8s/loans.yaml',
      bad: isvc('  labels:\n    «networking.kserve.io/visibility: exposed»\n'),
      message: 'visible',
      good: isvc(
        '  labels:\n    networking.kserve.io/visibility: exposed\n  annotations:\n    security.opendatahub.io/enable-auth: "true"\n',
      ),
    },
    {
      path: 'k8s/loans.yaml',
      bad: `${isvc('').replace('name: loans', 'name: «loans»')}${ROUTE}`,
      message: 'published',
      good: `${isvc('')}${ROUTE}---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nspec:\n  selector: {matchLabels: {app: loans}}\n`,
      byHand: true,
    },
    {
      path: 'k8s/loans.yaml',
      bad: isvc('').replace('name: loans', 'name: «loans»'),
      message: 'unknown',
      good: isvc('  labels:\n    networking.knative.dev/visibility: cluster-local\n'),
    },
    {
      path: 'k8s/loans.yaml',
      good: isvc(
        '  annotations: {security.opendatahub.io/enable-auth: "true"}\n  labels: {networking.kserve.io/visibility: exposed}\n',
      ),
      because: 'callers need a token',
    },
    {
      path: 'k8s/loans.yaml',
      good: isvc('  labels: {networking.knative.dev/visibility: cluster-local}\n'),
      because: 'only the cluster reaches it',
    },
    {
      path: 'k8s/loans.yaml',
      good: isvc(''),
      files: { 'k8s/policy.yaml': 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nspec: {}\n' },
      because: 'a policy stands beside it',
    },
    {
      path: 'k8s/runtime.yaml',
      good: 'apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata:\n  name: loans\n',
      because: 'a runtime answers nobody',
    },
  ],
});

/** Whether a document leads callers to one of the Services that KServe makes for a model. */
function leadsTo(root: ConfigEntry, name: string): boolean {
  const names = new Set(['', '-predictor', '-transformer', '-predictor-default'].map((end) => name + end));
  if (isIngress(root) || isRoute(root)) return backendsOf(root).some((backend) => names.has(backend.name));
  const kind = textOf(child(root, 'kind'));
  const routes = [...items(at(root, 'spec', 'http')), ...items(at(root, 'spec', 'rules'))];
  if (kind === 'HTTPRoute')
    return routes.some((rule) =>
      items(child(rule, 'backendRefs')).some((one) => names.has(textOf(child(one, 'name')) ?? '')),
    );
  if (kind !== 'VirtualService') return false;
  return routes.some((rule) =>
    items(child(rule, 'route')).some((one) => names.has((textOf(at(one, 'destination', 'host')) ?? '').split('.')[0]!)),
  );
}

function withAuth(text: string, metadata: ConfigEntry, off: ConfigEntry | undefined): TextEdit[] {
  if (off !== undefined)
    return edit.setScalar(text, off, /["']/.test(text[off.valueRange.start] ?? '') ? 'true' : '"true"');
  return withKey(text, metadata, 'annotations', 'security.opendatahub.io/enable-auth', '"true"');
}

function asLocal(text: string, metadata: ConfigEntry): TextEdit[] {
  return withKey(text, metadata, 'labels', 'networking.knative.dev/visibility', 'cluster-local');
}

function withKey(text: string, metadata: ConfigEntry, map: string, key: string, value: string): TextEdit[] {
  const existing = child(metadata, map);
  const written =
    text[metadata.children[0]?.keyRange?.start ?? 0] === '"' && !value.startsWith('"') ? `"${value}"` : value;
  return existing === undefined
    ? configEdit.addEntry(text, metadata, map, [[key, written]])
    : configEdit.addEntry(text, existing, key, written);
}
