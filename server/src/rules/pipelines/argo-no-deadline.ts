import { type ConfigEntry, defineRule } from '../../engine/index.js';
import { mentions, startsPods, workflow, workflowSpecs } from './_argo-spec.js';

export default defineRule({
  summary: 'A workflow of Argo may run for ever.',
  stages: ['training'],
  severity: 'info',
  confidence: 'high',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-770',
    'AML.T0034',
    'https://argo-workflows.readthedocs.io/en/latest/fields/#workflowspec',
    'https://argo-workflows.readthedocs.io/en/latest/walk-through/timeouts/',
  ],
  docs: {
    why: 'A training that never converges, or a step that waits for a server which went away, keeps its GPUs until somebody looks. Code that came in through a package mines coins in it for the whole weekend.',
    instead: 'Set `activeDeadlineSeconds` of the workflow to a little more than its longest good run.',
    fixSafety: 'No fix: how long a good run takes is not known here.',
    limits:
      'Hardly any workflow sets it, so the rule belongs to the strict profile. A deadline or `timeout` of any template counts. Defaults of the controller are not seen.',
  },
  messages: {
    none: 'No `activeDeadlineSeconds`: a step that hangs keeps its GPUs for ever; set the longest time a run may take',
  },
  query: workflowSpecs,
  check(spec: ConfigEntry, { report }) {
    if (!startsPods(spec) || mentions(spec, 'activeDeadlineSeconds', 'timeout')) return;
    report(spec.keyRange!, 'none');
  },
  examples: [
    {
      path: 'workflow.yaml',
      bad: workflow('', 'WorkflowTemplate').replace('spec', '«spec»'),
      message: 'none',
      good: workflow('  activeDeadlineSeconds: 14400\n', 'WorkflowTemplate'),
      byHand: true,
    },
    {
      path: 'workflow.yaml',
      good: `${workflow('')}      timeout: 4h\n`,
      because: 'a time limit of the step',
    },
    {
      path: 'workflow.yaml',
      good: 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  workflowTemplateRef: {name: training}\n',
      because: 'the template sets it',
    },
    {
      path: 'workflow.yaml',
      good: 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  entrypoint: a\n  templates:\n    - {name: a, suspend: {}}\n',
      because: 'nothing runs while it waits',
    },
  ],
});
