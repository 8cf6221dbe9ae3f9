import type { TextEdit } from '../../base/range.js';
import {
  type ConfigEntry,
  child,
  config,
  configEdit,
  defineRule,
  edit,
  items,
  KUBERNETES_LIKE,
} from '../../engine/index.js';
import { forNodes } from './_node-pods.js';

const HELPERS = new Set(['initContainers', 'ephemeralContainers']);
const pod = (lines: string): string => `apiVersion: v1\nkind: Pod\nspec:\n${lines}`;

export default defineRule({
  summary: 'A Kubernetes container is told to run as root.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-250',
    'OWASP-A05:2021',
    'AML.T0105',
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  ],
  docs: {
    why: 'A model file that runs code when it is loaded does so with the rights of the server. As root it rewrites the libraries of the container, reads every mounted key and needs one kernel bug less to reach the node and the models of other teams.',
    instead:
      'Build the image with a user of its own and set `runAsNonRoot: true`; give volumes to its group with `fsGroup`.',
    fixSafety:
      'The pod does not start when the image has no other user, and files owned by root become read-only, so the fix is offered for review.',
    limits:
      'Only what is written counts: an image that runs as root by default is judged in its Dockerfile. `runAsNonRoot: false` alone is the default written out and only information, as is root in an init container, which prepares volumes, and in a DaemonSet, which looks after nodes. Users that a container sets for itself win over those of its pod.',
    ignoreWhen: 'The container manages the node, for instance its drivers.',
  },
  messages: {
    user: '`runAsUser: 0` runs this as root, so code in a model file owns the container; set `runAsNonRoot: true`',
    allowed: '`runAsNonRoot: false` lets the image run as root; set it to `true`',
  },
  skipsTests: true,
  words: ['runasuser', 'runasnonroot'],
  query: config.entries(KUBERNETES_LIKE, '**.securityContext'),
  check(context: ConfigEntry, { report, text, facts }) {
    const user = child(context, 'runAsUser');
    const nonRoot = child(context, 'runAsNonRoot');
    const owner = context.parent;
    if (owner === undefined || context.alias !== undefined) return;
    const helper = HELPERS.has(owner.parent?.key ?? '') || forNodes(context, { facts });
    if (isRoot(user)) {
      if (isPod(owner) && everyContainerSetsUser(owner)) return;
      const finding = report(user!.range, 'user');
      if (helper) finding.severity('info');
      finding.fix(
        'Set `runAsNonRoot: true`',
        'review',
        asNonRoot(text, user!, nonRoot),
        'the image needs another user',
      );
      return;
    }
    if (nonRoot?.value !== false || user !== undefined || nonRoot.alias !== undefined) return;
    // A user of the pod holds for its containers.
    const around = child(owner.parent?.parent, 'securityContext');
    if (child(around, 'runAsUser') !== undefined || (isPod(owner) && everyContainerSetsUser(owner))) return;
    report(nonRoot.range, 'allowed')
      .severity('info')
      .fix('Set `runAsNonRoot: true`', 'review', edit.setScalar(text, nonRoot, 'true'), 'the image needs another user');
  },
  examples: [
    {
      path: 'k8s/serving.yaml',
      bad: pod(
        '  containers:\n    - name: api\n      image: scoring:1.4.2\n      securityContext:\n        «runAsUser: 0»\n        allowPrivilegeEscalation: false\n',
      ),
      message: 'user',
      good: pod(
        '  containers:\n    - name: api\n      image: scoring:1.4.2\n      securityContext:\n        runAsNonRoot: true\n        allowPrivilegeEscalation: false\n',
      ),
    },
    {
      path: 'k8s/serving.yaml',
      bad: pod('  securityContext: {«runAsNonRoot: false», fsGroup: 100}\n  containers:\n    - name: api\n'),
      message: 'allowed',
      good: pod('  securityContext: {runAsNonRoot: true, fsGroup: 100}\n  containers:\n    - name: api\n'),
    },
    {
      path: 'k8s/serving.yaml',
      good: pod('  securityContext:\n    runAsUser: 10001\n    runAsGroup: 0\n  containers:\n    - name: api\n'),
      because: 'the group of root alone, as OpenShift wants it',
    },
    {
      path: 'k8s/serving.yaml',
      good: pod(
        '  securityContext:\n    runAsUser: 0\n  containers:\n    - name: api\n      securityContext:\n        runAsUser: 10001\n',
      ),
      because: 'the only container sets a user of its own',
    },
    {
      path: 'k8s/serving.yaml',
      good: pod('  containers:\n    - name: api\n      securityContext:\n        allowPrivilegeEscalation: false\n'),
      because: 'the user of the image is not known here',
    },
  ],
});

function isRoot(user: ConfigEntry | undefined): boolean {
  return user !== undefined && user.alias === undefined && (user.value === 0 || user.value === '0');
}

function isPod(owner: ConfigEntry): boolean {
  return child(owner, 'containers') !== undefined;
}

function everyContainerSetsUser(owner: ConfigEntry): boolean {
  return items(child(owner, 'containers')).every((container) => {
    const user = child(child(container, 'securityContext'), 'runAsUser');
    return user !== undefined && !isRoot(user);
  });
}

function asNonRoot(text: string, user: ConfigEntry, nonRoot: ConfigEntry | undefined): TextEdit[] {
  if (nonRoot === undefined) return configEdit.replaceEntry(text, user, 'runAsNonRoot', 'true');
  const removed = configEdit.removeEntry(text, user);
  return nonRoot.value === true || removed.length === 0
    ? removed
    : [...removed, ...edit.setScalar(text, nonRoot, 'true')];
}
