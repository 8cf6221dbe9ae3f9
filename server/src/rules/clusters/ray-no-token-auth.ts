import { type ConfigEntry, child, config, configEdit, defineRule, edit } from '../../engine/index.js';
import { asksForToken, knowsTokens, publishedBy, rayClusterOf } from './_ray.js';

const HEAD =
  '  headGroupSpec:\n    rayStartParams: {}\n    template:\n      spec:\n        containers:\n          - name: ray-head\n            image: rayproject/ray:2.52.0\n';
const CLUSTER = 'apiVersion: ray.io/v1\nkind: RayCluster\nmetadata:\n  name: training\n';

export default defineRule({
  summary: 'A Ray cluster runs the jobs of whoever reaches it.',
  stages: ['training', 'deployment'],
  severity: 'hint',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-A01:2021',
    'AML.T0050',
    'https://docs.ray.io/en/latest/cluster/kubernetes/user-guides/kuberay-auth.html',
    'https://docs.ray.io/en/latest/ray-security/index.html',
  ],
  docs: {
    why: 'Every pod of the Kubernetes cluster may submit a job to the head, and a job is a shell on each worker. One compromised notebook thus reads the data and the keys of all trainings that share the Ray cluster.',
    instead:
      'With Ray 2.52 and KubeRay 1.5.1 or newer set `authOptions.mode: token`, and let a NetworkPolicy admit only the namespaces that submit jobs.',
    fixSafety: 'Clients without the token are turned away, so the fix is offered for review.',
    limits:
      'Hardly any cluster asks for a token, so this is a hint; one that is also published is `ray-dashboard-exposed`. The version is read from `rayVersion` or the image of the head; below 2.52 there is no fix, and from 2.61 on Ray asks by itself. Policies of the network are not read.',
  },
  messages: {
    none: 'Every pod that reaches this Ray cluster may run jobs on it; set `authOptions.mode: token`',
    disabled: '`authOptions.mode: disabled` lets every pod run jobs on this Ray cluster; set it to `token`',
  },
  words: ['ray.io'],
  query: config.entries(['ray-kubernetes'], 'spec'),
  check(spec: ConfigEntry, { report, text }) {
    const cluster = rayClusterOf(spec.parent);
    if (cluster?.keyRange === undefined || asksForToken(cluster) || publishedBy(cluster) !== undefined) return;
    const mode = child(child(cluster, 'authOptions'), 'mode');
    const finding = mode === undefined ? report(cluster.keyRange, 'none') : report(mode.range, 'disabled');
    if (!knowsTokens(cluster)) return;
    const edits =
      mode === undefined
        ? configEdit.addEntry(text, cluster, 'authOptions', [['mode', 'token']])
        : edit.setScalar(text, mode, 'token');
    finding.fix('Ask for a token', 'review', edits, 'clients need the token, and KubeRay 1.5.1 or newer');
  },
  examples: [
    {
      path: 'k8s/ray.yaml',
      bad: `${CLUSTER}«spec»:\n  rayVersion: 2.52.0\n${HEAD}`,
      message: 'none',
      good: `${CLUSTER}spec:\n  rayVersion: 2.52.0\n${HEAD}  authOptions:\n    mode: token\n`,
    },
    {
      path: 'k8s/ray.yaml',
      bad: `${CLUSTER}spec:\n  authOptions:\n    «mode: disabled»\n${HEAD}`,
      message: 'disabled',
      good: `${CLUSTER}spec:\n  authOptions:\n    mode: token\n${HEAD}`,
    },
    {
      path: 'k8s/ray.yaml',
      good: `${CLUSTER}spec:\n${HEAD}            env:\n              - {name: RAY_AUTH_MODE, value: token}\n`,
      because: 'the variable asks for a token',
    },
    {
      path: 'k8s/ray.yaml',
      good: `${CLUSTER}spec:\n  rayVersion: 2.61.0\n${HEAD}`,
      because: 'this version asks by itself',
    },
    {
      path: 'k8s/ray.yaml',
      good: `${CLUSTER}spec:\n${HEAD}    serviceType: LoadBalancer\n`,
      because: 'reported by `ray-dashboard-exposed`',
    },
    {
      path: 'k8s/job.yaml',
      good: 'apiVersion: ray.io/v1\nkind: RayJob\nspec:\n  clusterSelector: {ray.io/cluster: training}\n  entrypoint: python train.py\n',
      because: 'a job on a cluster that is described elsewhere',
    },
  ],
});
