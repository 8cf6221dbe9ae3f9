import {
  at,
  type ConfigEntry,
  child,
  configEdit,
  containers,
  defineRule,
  items,
  placeholder,
  text as textOf,
} from '../../engine/index.js';

const pod = (lines: string): string => `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n${lines}`;

export default defineRule({
  summary: 'A Kubernetes container may use all memory of its node.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'high',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-770',
    'OWASP-LLM10:2025',
    'AML.T0029',
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  ],
  docs: {
    why: 'A client sends one image of a gigapixel or one batch of a million rows. The server grows until the node has no memory left, and the kubelet evicts the other models that run there first.',
    instead:
      'Set `resources.limits.memory` a little above what the largest allowed request needs. A limit for CPU is not asked for: it only slows the model down.',
    fixSafety: 'How much memory the model needs is not known here, so the fix leaves a place for it.',
    limits:
      'Most manifests have no limit, so the rule belongs to the strict profile. Init containers, patches that name no image, pods with a limit of their own and files with a LimitRange are passed over; a LimitRange that stands elsewhere is not seen.',
  },
  messages: {
    none: '`{container}` has no memory limit, so one large request takes the node down; set `resources.limits.memory`',
  },
  words: ['image'],
  query: containers.all(),
  check({ entry, image, origin, helper, pod: around, name, root }, { report, facts, text }) {
    if (origin !== 'kubernetes' || helper || image === undefined) return;
    const resources = child(entry, 'resources');
    if (isUnknown(resources) || isUnknown(child(resources, 'limits'))) return;
    if (at(resources, 'limits', 'memory') !== undefined || at(around, 'resources', 'limits', 'memory') !== undefined)
      return;
    const limited = facts?.roots.some((other) => textOf(child(other, 'kind')) === 'LimitRange');
    // Tekton and Argo set defaults for all their steps.
    const defaults = at(root, 'spec', 'templateDefaults') ?? at(root, 'spec', 'stepTemplate');
    if (limited || defaults !== undefined) return;
    const anchor = resources?.keyRange ?? child(entry, 'name')?.valueRange ?? image.valueRange;
    const memory = [['memory', placeholder('2Gi')]] as const;
    const limits = child(resources, 'limits');
    const edits =
      resources === undefined
        ? configEdit.addEntry(text, entry, 'resources', [['limits', memory]])
        : limits === undefined
          ? configEdit.addEntry(text, resources, 'limits', memory)
          : configEdit.addEntry(text, limits, ...memory[0]);
    report(anchor, 'none', { container: (name ?? 'The container').slice(0, 30) }).fix(
      'Limit the memory',
      'placeholder',
      edits,
      'a little more than the largest allowed request needs',
    );
  },
  examples: [
    {
      path: 'k8s/serving.yaml',
      bad: pod('    - name: «api»\n      image: scoring:1.4.2\n'),
      message: 'none',
      good: pod(
        '    - name: api\n      image: scoring:1.4.2\n      resources:\n        limits:\n          memory: 2Gi\n',
      ),
      fill: ['2Gi'],
    },
    {
      path: 'k8s/serving.yaml',
      bad: pod('    - name: api\n      image: scoring:1.4.2\n      «resources»:\n        requests: {memory: 1Gi}\n'),
      message: 'none',
      good: pod(
        '    - name: api\n      image: scoring:1.4.2\n      resources:\n        requests: {memory: 1Gi}\n        limits:\n          memory: 2Gi\n',
      ),
      fill: ['2Gi'],
    },
    {
      path: 'k8s/serving.yaml',
      bad: pod(
        '    - name: api\n      image: scoring:1.4.2\n      «resources»: {limits: {cpu: 2}, requests: {memory: 1Gi}}\n',
      ),
      message: 'none',
      good: pod(
        '    - name: api\n      image: scoring:1.4.2\n      resources: {limits: {cpu: 2, memory: 2Gi}, requests: {memory: 1Gi}}\n',
      ),
      fill: ['2Gi'],
    },
    {
      path: 'k8s/serving.yaml',
      good: pod('    - name: api\n      image: scoring:1.4.2\n      resources:\n        limits: {memory: 2Gi}\n'),
      because: 'a limit for memory; one for CPU is not asked for',
    },
    {
      path: 'k8s/serving.yaml',
      good: pod('    - name: api\n      env: []\n'),
      because: 'a patch of a container that is described elsewhere',
    },
    {
      path: 'k8s/serving.yaml',
      good: `apiVersion: v1\nkind: LimitRange\nspec:\n  limits:\n    - type: Container\n      default: {memory: 2Gi}\n---\n${pod('    - name: api\n      image: scoring:1.4.2\n')}`,
      because: 'the namespace has a default',
    },
  ],
});

/** A value that a template or an alias fills in. */
function isUnknown(entry: ConfigEntry | undefined): boolean {
  if (entry === undefined) return false;
  const merged = items(entry).some(({ key }) => key === '<<');
  return merged || (entry.kind === 'scalar' && entry.value !== null && entry.alias === undefined);
}
