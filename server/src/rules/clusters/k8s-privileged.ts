import {
  type ConfigEntry,
  child,
  config,
  defineRule,
  edit,
  items,
  KUBERNETES_LIKE,
  type RuleContext,
  text as textOf,
} from '../../engine/index.js';
import { forNodes } from './_node-pods.js';

const SOCKET = /\/(?:docker|dockershim|containerd|crio|cri-dockerd|podman)\.sock$/;
const pod = (lines: string): string => `apiVersion: v1\nkind: Pod\nspec:\n${lines}`;

const messages = {
  privileged: '`privileged: true` gives the container the whole node; ask for the single capability or device instead',
  root: 'The volume `{volume}` is the file system of the node, so the pod owns the node; mount one folder',
  socket: '`{path}` starts any container on the node, as root; build and start through the Kubernetes API instead',
  network: '`hostNetwork: true` lets the pod reach and pose as services of the node; use a Service or `hostPort`',
} as const;

export default defineRule({
  summary: 'A Kubernetes pod has the rights of its node.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-250',
    'CWE-653',
    'OWASP-A05:2021',
    'AML.T0105',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  ],
  docs: {
    why: 'Training jobs load models and data of strangers. One checkpoint that runs code in a privileged pod reads the credentials of the kubelet, and with them the volumes, keys and models of every other team on the node.',
    instead:
      'Leave the container unprivileged. GPUs come from the device plugin (`nvidia.com/gpu`), images are built with BuildKit or Kaniko, and single rights are named under `capabilities.add`.',
    fixSafety: 'What needed the right stops working, so the fixes are offered for review.',
    limits:
      'Only what the manifest says outright. `hostNetwork`, a privileged init container and a read-only mount of the node are warnings. A DaemonSet looks after nodes, so there it is information. Policies of the cluster that would refuse the pod are not known.',
    ignoreWhen: 'The pod is part of the cluster itself: a driver, a network plugin, a node exporter.',
  },
  messages,
  skipsTests: true,
  words: ['privileged', 'hostpath', 'hostnetwork'],
  query: [
    config.entries(KUBERNETES_LIKE, '**.securityContext.privileged'),
    config.entries(KUBERNETES_LIKE, '**.hostNetwork'),
    config.entries(KUBERNETES_LIKE, '**.hostPath.path'),
  ],
  check(entry: ConfigEntry, context) {
    if (entry.key === 'path') return checkPath(entry, context);
    const { report, text } = context;
    if (entry.value !== true || entry.alias !== undefined || isAskedFor(entry, context)) return;
    const owner = entry.parent;
    const network = entry.key === 'hostNetwork';
    // Security policies have keys of the same name.
    if (network && child(owner, 'containers') === undefined && owner?.key !== 'predictor') return;
    const list = owner?.parent?.parent?.key;
    const finding = network ? report(entry.range, 'network') : report(entry.range, 'privileged');
    if (forNodes(entry, context)) finding.severity('info');
    else if (network || list === 'initContainers') finding.severity('warning');
    finding.fix(
      `Set \`${entry.key}: false\``,
      'review',
      edit.setScalar(text, entry, 'false'),
      'what needs the right stops working',
    );
  },
  examples: [
    {
      path: 'k8s/train.yaml',
      bad: pod('  containers:\n    - name: train\n      securityContext:\n        «privileged: true»\n'),
      message: 'privileged',
      good: pod('  containers:\n    - name: train\n      securityContext:\n        privileged: false\n'),
    },
    {
      path: 'k8s/train.yaml',
      bad: pod('  containers:\n    - name: train\n  volumes:\n    - name: node\n      hostPath: {path: «/»}\n'),
      message: 'root',
      good: pod(
        '  containers:\n    - name: train\n  volumes:\n    - name: node\n      hostPath: {path: /data/images}\n',
      ),
      byHand: true,
    },
    {
      path: 'k8s/build.yaml',
      bad: pod(
        '  containers:\n    - name: build\n  volumes:\n    - name: docker\n      hostPath:\n        path: «/var/run/docker.sock»\n',
      ),
      message: 'socket',
      good: pod('  containers:\n    - name: build\n  volumes:\n    - name: docker\n      emptyDir: {}\n'),
      byHand: true,
    },
    {
      path: 'k8s/train.yaml',
      bad: pod('  «hostNetwork: true»\n  containers:\n    - name: train\n'),
      message: 'network',
      good: pod('  hostNetwork: false\n  containers:\n    - name: train\n'),
    },
    {
      path: 'k8s/train.yaml',
      good: pod('  containers:\n    - name: train\n      securityContext:\n        capabilities: {add: [IPC_LOCK]}\n'),
      because: 'one capability',
    },
    {
      path: 'k8s/train.yaml',
      good: pod('  containers:\n    - name: train\n  volumes:\n    - name: data\n      hostPath: {path: /mnt/data}\n'),
      because: 'one folder of the node',
    },
    {
      path: 'k8s/policy.yaml',
      good: 'apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nspec:\n  privileged: true\n  hostNetwork: true\n',
      because: 'a policy, no pod',
    },
  ],
});

/** In a template, behind the condition that stands for it: whoever installs the chart asks for it. */
function isAskedFor({ range }: ConfigEntry, { text, facts }: RuleContext<typeof messages>): boolean {
  return (
    facts?.template === true &&
    /\{\{-?\s*if\b[^\n]*\}\}\s*$/.test(text.slice(Math.max(0, range.start - 300), range.start))
  );
}

function checkPath(path: ConfigEntry, context: RuleContext<typeof messages>): void {
  const written = textOf(path) ?? '';
  const volume = path.parent?.parent;
  if (written !== '/' && !SOCKET.test(written)) return;
  const finding =
    written === '/'
      ? context.report(path.valueRange, 'root', { volume: (textOf(child(volume, 'name')) ?? 'hostPath').slice(0, 40) })
      : context.report(path.valueRange, 'socket', { path: written.slice(0, 50) });
  if (forNodes(path, context)) finding.severity('info');
  else if (isReadOnly(volume)) finding.severity('warning');
}

/** Whether every mount of a volume is read-only. A read-only socket still takes commands. */
function isReadOnly(volume: ConfigEntry | undefined): boolean {
  const pod = volume?.parent?.parent;
  if (SOCKET.test(textOf(child(child(volume, 'hostPath'), 'path')) ?? '')) return false;
  const name = textOf(child(volume, 'name'));
  const mounts = ['containers', 'initContainers']
    .flatMap((key) => items(child(pod, key)))
    .flatMap((container) => items(child(container, 'volumeMounts')))
    .filter((mount) => textOf(child(mount, 'name')) === name);
  return mounts.length > 0 && mounts.every((mount) => child(mount, 'readOnly')?.value === true);
}
