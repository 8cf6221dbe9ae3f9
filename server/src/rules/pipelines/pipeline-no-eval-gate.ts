import { type ConfigEntry, child, config, defineRule } from '../../engine/index.js';
import { dependOn } from './_dvc-edits.js';
import { ancestors, evaluates, releases, trains } from './_roles.js';
import { pipelinesOf, type Step } from './_steps.js';

export default defineRule({
  summary: 'A pipeline registers or deploys a model that no step has evaluated.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-693',
    'OWASP-ML10:2023',
    'AML.T0018',
    'https://doc.dvc.org/user-guide/project-structure/dvcyaml-files',
    'https://www.kubeflow.org/docs/components/pipelines/user-guides/core-functions/control-flow/',
    'https://argo-workflows.readthedocs.io/en/latest/walk-through/conditionals/',
  ],
  docs: {
    why: 'A retraining on poisoned or broken data ends with a model that is worse for some group of applicants or opens with a trigger. Without a step in between that measures it against a threshold, the schedule puts it into production at night, and the first to notice are those it decides about.',
    instead:
      'Evaluate the candidate on held-out data in a step of its own, compare it with the model in production, and let the release depend on the result or on a condition.',
    fixSafety:
      'The order of the steps changes: the release waits for the evaluation and runs again when it changes, so the fix is offered for review.',
    limits:
      'Steps are told by the words of their names, commands and components. A release counts only behind a training of the same pipeline; stages that write DVC metrics count as evaluations, and a condition or approval on the way as a gate. Checks inside the code are not visible here. An MLproject has no order and is not judged.',
    ignoreWhen: 'What is registered is a candidate that somebody approves in the registry.',
  },
  messages: {
    missing: '`{step}` releases a model that no step has evaluated; let it depend on an evaluation with a threshold',
    unordered: '`{step}` does not wait for `{check}`, so a model that fails there is released all the same',
  },
  query: config.entries('any', ''),
  words: ['regist', 'deploy', 'promot', 'publish', 'release', 'push', 'serve', 'upload'],
  check(root: ConfigEntry, { report, facts, text, path }) {
    if (path.endsWith('.lock')) return;
    const format = facts?.formats[root.document]?.id;
    for (const { steps, ordered } of pipelinesOf(root, format)) {
      if (!ordered) continue;
      for (const step of steps) {
        // What gates the part of a Kubeflow pipeline that is a component itself is written elsewhere.
        if (!releases(step) || evaluates(step) || step.entry.path.includes('components')) continue;
        const before = ancestors(step, steps);
        if (!before.some(trains) || [step, ...before].some(isGate) || before.some((one) => judges(one, steps)))
          continue;
        const apart = steps.find((one) => judges(one, steps) && !ancestors(one, steps).includes(step));
        const target = step.entry.keyRange ?? step.entry.valueRange;
        const name = step.name.slice(0, 40);
        if (apart === undefined) {
          report(target, 'missing', { step: name });
          continue;
        }
        const finding = report(target, 'unordered', { step: name, check: apart.name.slice(0, 40) });
        finding.related(apart.entry.keyRange ?? apart.entry.valueRange, 'The evaluation is here');
        if (format !== 'dvc-pipeline') continue;
        const edits = dependOn(step, apart, text);
        finding.fix(
          `Depend on the result of \`${apart.name}\``,
          'review',
          edits,
          'the release waits for the evaluation',
        );
      }
    }
  },
  examples: [
    {
      path: 'dvc.yaml',
      bad: 'stages:\n  train:\n    cmd: python src/train.py\n    deps:\n      - data/clean.csv\n    outs:\n      - model.skops\n  «register»:\n    cmd: python src/register_model.py\n    deps:\n      - model.skops\n',
      message: 'missing',
      good: 'stages:\n  train:\n    cmd: python src/train.py\n    deps:\n      - data/clean.csv\n    outs:\n      - model.skops\n  evaluate:\n    cmd: python src/evaluate.py\n    deps:\n      - model.skops\n    metrics:\n      - reports/evaluation.json\n  register:\n    cmd: python src/register_model.py\n    deps:\n      - model.skops\n      - reports/evaluation.json\n',
      byHand: true,
    },
    {
      path: 'dvc.yaml',
      bad: 'stages:\n  train:\n    cmd: python src/train.py\n    outs:\n      - model.skops\n  evaluate:\n    cmd: python src/evaluate.py\n    deps:\n      - model.skops\n    metrics:\n      - reports/evaluation.json:\n          cache: false\n  «deploy»:\n    cmd: python src/deploy.py\n    deps:\n      - model.skops\n',
      message: 'unordered',
      good: 'stages:\n  train:\n    cmd: python src/train.py\n    outs:\n      - model.skops\n  evaluate:\n    cmd: python src/evaluate.py\n    deps:\n      - model.skops\n    metrics:\n      - reports/evaluation.json:\n          cache: false\n  deploy:\n    cmd: python src/deploy.py\n    deps:\n      - model.skops\n      - reports/evaluation.json\n',
    },
    {
      path: 'dvc.yaml',
      good: 'stages:\n  train:\n    cmd: python src/train.py\n    outs:\n      - model.skops\n    metrics:\n      - reports/train.json\n  deploy:\n    cmd: python src/deploy.py\n    deps:\n      - model.skops\n',
      because: 'the training writes metrics',
    },
    {
      path: 'dvc.yaml',
      good: 'stages:\n  train:\n    cmd: python src/train.py\n    outs:\n      - model.skops\n  upload:\n    cmd: dvc push\n    deps:\n      - model.skops\n',
      because: 'storing is no release',
    },
    {
      path: 'dvc.yaml',
      good: 'stages:\n  register_features:\n    cmd: feast apply\n    outs:\n      - registry.db\n  train:\n    cmd: python src/train.py\n    deps:\n      - registry.db\n',
      because: 'features are registered, before the training',
    },
  ],
});

/** A judgement of what was trained: behind a training, or a stage that writes metrics. */
function judges(step: Step, steps: readonly Step[]): boolean {
  if (child(step.entry, 'metrics') !== undefined) return true;
  return evaluates(step) && (trains(step) || ancestors(step, steps).some(trains));
}

/** A condition or a pause: `triggerPolicy` of Kubeflow, `when` of Argo, a condition task of Databricks. */
function isGate({ entry }: Step): boolean {
  const body = entry.kind === 'map' ? entry : entry.parent;
  return ['triggerPolicy', 'when', 'condition_task', 'suspend'].some((key) => child(body, key) !== undefined);
}
