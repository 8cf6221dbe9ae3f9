import { type ConfigEntry, configEdit, defineRule, edit, placeholder } from '../../engine/index.js';
import { mentions, startsPods, workflow, workflowSpecs } from './_argo-spec.js';

/** A time limit that somebody fills in. */
const DEADLINE = ['activeDeadlineSeconds', placeholder('14400')] as const;

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
    fixSafety: 'How long a good run takes is not known here, so the fix leaves a place for it.',
    limits:
      'Hardly any workflow sets it, so the rule belongs to the strict profile. A deadline or `timeout` of any template counts. Defaults of the controller are not seen.',
  },
  messages: {
    none: 'No `activeDeadlineSeconds`: a step that hangs keeps its GPUs for ever; set the longest time a run may take',
  },
  query: workflowSpecs,
  check(spec: ConfigEntry, { report, text }) {
    if (!startsPods(spec) || mentions(spec, 'activeDeadlineSeconds', 'timeout')) return;
    const [first] = spec.children;
    const isBlock = !spec.flow && spec.alias === undefined && first?.keyRange !== undefined;
    report(spec.keyRange!, 'none').fix(
      'Set a deadline',
      'placeholder',
      isBlock
        ? edit.insertLinesAbove(text, first.keyRange.start, DEADLINE.join(': '))
        : configEdit.addEntry(text, spec, ...DEADLINE),
      'the seconds a long run may take',
    );
  },
  examples: [
    {
      path: 'workflow.yaml',
      bad: workflow('', 'WorkflowTemplate').replace('spec', '«spec»'),
      message: 'none',
      good: workflow('', 'WorkflowTemplate').replace('  entry', '  activeDeadlineSeconds: 14400\n  entry'),
      fill: ['14400'],
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
