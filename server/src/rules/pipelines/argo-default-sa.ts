import { type ConfigEntry, defineRule } from '../../engine/index.js';
import { mentions, startsPods, workflow, workflowSpecs } from './_argo-spec.js';

export default defineRule({
  summary: 'A workflow of Argo runs with the default service account.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'high',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-250',
    'OWASP-A01:2021',
    'AML.T0055',
    'https://argo-workflows.readthedocs.io/en/latest/service-accounts/',
  ],
  docs: {
    why: 'Steps report their results with the service account, so somebody sooner or later gives the account `default` the rights that a workflow needs. Every other pod of the namespace has them as well then: a notebook or a model server that loads a poisoned file starts workflows and reads their Secrets.',
    instead:
      'Create an account for this workflow with the rights of the executor alone, and name it in `serviceAccountName`.',
    fixSafety: 'No fix: which account has the rights this workflow needs is not known here.',
    limits:
      'Defaults that the controller sets for all workflows, and accounts given to `argo submit`, are not seen, so the rule belongs to the strict profile. Libraries of templates, which run with the account of their caller, are passed over.',
  },
  messages: {
    none: 'No `serviceAccountName`: steps share the rights of `default` with all pods of the namespace; name an own one',
  },
  query: workflowSpecs,
  check(spec: ConfigEntry, { report }) {
    if (!startsPods(spec) || mentions(spec, 'serviceAccountName')) return;
    report(spec.keyRange!, 'none');
  },
  examples: [
    {
      path: 'workflow.yaml',
      bad: workflow('').replace('spec', '«spec»'),
      message: 'none',
      good: workflow('  serviceAccountName: nightly-training\n'),
      byHand: true,
    },
    {
      path: 'workflow.yaml',
      good: workflow('  templateDefaults: {serviceAccountName: nightly-training}\n'),
      because: 'a default for all steps',
    },
    {
      path: 'workflow.yaml',
      good: 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  entrypoint: main\n  workflowTemplateRef: {name: training}\n',
      because: 'the template names its account',
    },
    {
      path: 'workflow.yaml',
      good: 'apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nspec:\n  templates:\n    - name: main\n      container: {image: "a:1"}\n',
      because: 'a library runs with the account of its caller',
    },
  ],
});
