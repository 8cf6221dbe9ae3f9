import {
  at,
  type ConfigEntry,
  child,
  config,
  configEdit,
  defineRule,
  placeholder,
  text as textOf,
} from '../../engine/index.js';
import { compiled } from './_kfp.js';
import { trains } from './_roles.js';

/** What the training may use, as somebody fills it in. */
const SIZE = placeholder('16Gi');
/** Steps that prepare a training or look at it. */
const ABOUT_TRAINING = /config|param|calculat|metric|stats|summary|^(?:get|set)-/;

export default defineRule({
  summary: 'A training step of a Kubeflow pipeline may use all memory of its node.',
  stages: ['training'],
  severity: 'info',
  confidence: 'medium',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-770',
    'OWASP-LLM10:2025',
    'AML.T0029',
    'https://kubeflow-pipelines.readthedocs.io/en/stable/source/dsl.html#kfp.dsl.PipelineTask.set_memory_limit',
  ],
  docs: {
    why: 'A training that reads a table ten times larger than last month takes the memory of its whole node. The kubelet then evicts the model servers that run there, and whoever can make the data grow can stop them on purpose.',
    instead:
      'Write `task.set_memory_limit("16Gi")` in the pipeline and compile it again, or set a LimitRange in the namespace of the runs.',
    fixSafety:
      'How much memory the training needs is not known here, so the fix leaves a place for it. The next compilation overwrites it.',
    limits:
      'Most pipelines have no limits, so the rule belongs to the strict profile. Only executors whose name says that they train are judged. Limits that the cluster sets for each pod are not seen, and components are passed over, since limits belong to the task.',
  },
  messages: {
    none: '`{executor}` has no memory limit, so a training takes its node down; use `set_memory_limit` and compile again',
  },
  words: ['train', 'fit', 'finetun', 'sft'],
  query: [
    config.entries(['kfp'], 'deploymentSpec.executors.*'),
    config.entries(['kfp'], 'pipelineSpec.deploymentSpec.executors.*'),
  ],
  check(entry: ConfigEntry, { report, text }) {
    const container = child(entry, 'container');
    const name = (entry.key ?? '').replace(/^exec-/, '');
    const resources = child(container, 'resources');
    if (container === undefined || entry.keyRange === undefined || resources?.alias !== undefined) return;
    if (ABOUT_TRAINING.test(name) || !trains({ name, words: [name], after: [], entry })) return;
    const limit = at(resources, 'memoryLimit') ?? at(resources, 'resourceMemoryLimit');
    if (limit !== undefined && textOf(limit) !== '0') return;
    const finding = report(entry.keyRange, 'none', { executor: name.slice(0, 25) });
    if (limit !== undefined) return;
    const memory = ['resourceMemoryLimit', text.trimStart().startsWith('{') ? `"${SIZE}"` : SIZE] as const;
    const edits =
      resources === undefined
        ? configEdit.addEntry(text, container, 'resources', [memory])
        : configEdit.addEntry(text, resources, ...memory);
    finding.fix('Limit the memory', 'placeholder', edits, 'a size; the next compilation overwrites it');
  },
  examples: [
    {
      path: 'pipeline.yaml',
      bad: compiled('        image: a:1\n').replace('exec-train', '«exec-train»'),
      message: 'none',
      good: compiled('        image: a:1\n        resources:\n          resourceMemoryLimit: 16Gi\n'),
      fill: ['16Gi'],
    },
    {
      path: 'pipeline.yaml',
      bad: compiled('        image: a:1\n        resources: {cpuLimit: 4.0}\n').replace('exec-train', '«exec-train»'),
      message: 'none',
      good: compiled('        image: a:1\n        resources: {cpuLimit: 4.0, resourceMemoryLimit: 16Gi}\n'),
      fill: ['16Gi'],
    },
    {
      path: 'pipeline.yaml',
      good: compiled(
        "        image: a:1\n        resources: {resourceMemoryLimit: '{{$.inputs.parameters[''memory'']}}'}\n",
      ),
      because: 'given with each run',
    },
    {
      path: 'pipeline.yaml',
      good: compiled('        image: a:1\n', 'exec-train-test-split'),
      because: 'splitting is no training',
    },
    {
      path: 'pipeline.yaml',
      good: compiled('        image: a:1\n', 'exec-calculate-training-parameters'),
      because: 'prepares a training',
    },
    {
      path: 'component.yaml',
      good: 'name: train\nimplementation:\n  container:\n    image: a:1\n',
      because: 'limits belong to the task',
    },
  ],
});
