import { type ConfigEntry, child, configEdit, defineRule } from '../../engine/index.js';
import { mentions, startsPods, workflow, workflowSpecs } from './_argo-spec.js';

export default defineRule({
  summary: 'A workflow of Argo leaves it to its images whether they run as root.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'high',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-250',
    'OWASP-A05:2021',
    'AML.T0105',
    'https://argo-workflows.readthedocs.io/en/latest/workflow-pod-security-context/',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  ],
  docs: {
    why: 'Most images of frameworks run as root. A pickled model that the evaluation step loads then runs code as root: it rewrites artifacts in shared volumes that later steps trust, and needs one flaw of the kernel less to reach the node.',
    instead: 'Set `securityContext.runAsNonRoot: true` for the workflow and build the images with a user of their own.',
    fixSafety: 'Steps whose image has no other user do not start any more, so the fix is offered for review.',
    limits:
      'Defaults of the controller and what the images do are not seen, so the rule belongs to the strict profile. One `runAsNonRoot` or `runAsUser` anywhere in the workflow is taken for a decision; root that is written out is reported by `k8s-run-as-root`.',
  },
  messages: {
    none: 'No `runAsNonRoot`: steps run as root if their image does, so code in a model file does too; set it to `true`',
  },
  query: workflowSpecs,
  check(spec: ConfigEntry, { report, text }) {
    if (!startsPods(spec) || mentions(spec, 'runAsNonRoot', 'runAsUser')) return;
    const context = child(spec, 'securityContext');
    const edits =
      context === undefined
        ? configEdit.addEntry(text, spec, 'securityContext', [['runAsNonRoot', 'true']])
        : configEdit.addEntry(text, context, 'runAsNonRoot', 'true');
    report(spec.keyRange!, 'none').fix('Set `runAsNonRoot: true`', 'review', edits, 'each image needs another user');
  },
  examples: [
    {
      path: 'workflow.yaml',
      bad: workflow('  # nightly\n').replace('spec', '«spec»'),
      message: 'none',
      good: `${workflow('  # nightly\n')}  securityContext:\n    runAsNonRoot: true\n`,
    },
    {
      path: 'workflow.yaml',
      bad: workflow('  securityContext: {fsGroup: 1000}\n').replace('spec', '«spec»'),
      message: 'none',
      good: workflow('  securityContext: {fsGroup: 1000, runAsNonRoot: true}\n'),
    },
    {
      path: 'workflow.yaml',
      bad: 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\n«spec»: {entrypoint: a, templates: [{name: a, container: {image: "a:1"}}]}\n',
      message: 'none',
      good: 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: {entrypoint: a, templates: [{name: a, container: {image: "a:1"}}], securityContext: {runAsNonRoot: true}}\n',
    },
    {
      path: 'workflow.yaml',
      good: workflow('  securityContext: {runAsUser: 8737}\n'),
      because: 'a user is named',
    },
    {
      path: 'workflow.yaml',
      good: workflow(`  podSpecPatch: '{"securityContext": {"runAsNonRoot": true}}'\n`),
      because: 'a patch of its pods',
    },
    {
      path: 'workflow.yaml',
      good: workflow('  securityContext: {runAsNonRoot: false}\n'),
      because: 'reported by `k8s-run-as-root`',
    },
  ],
});
