import { type ConfigEntry, child, config, defineRule, items, text as textOf } from '../../engine/index.js';
import { asksForSecret, isHalfOfPair, isHandedOn, isTextParameter } from './_kfp-parameters.js';

const compiledWith = (inputs: string): string =>
  `deploymentSpec:\n  executors: {}\nroot:\n  dag: {}\n  inputDefinitions:\n    parameters:\n${inputs}`;

export default defineRule({
  summary: 'A pipeline takes a secret as a parameter.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-522',
    'OWASP-A02:2021',
    'AML.T0055',
    'https://www.kubeflow.org/docs/components/pipelines/user-guides/core-functions/platform-specific-features/#kubernetes-secrets',
  ],
  docs: {
    why: 'Parameters are no place for secrets: the page of each run shows them, the database of the pipeline and the archive of workflows keep them, and they stand in the command line of the pod. Everybody who may look at an old experiment reads the key of the bucket with the training data.',
    instead:
      'Keep the value in a Secret of the cluster and let the task read it: `kubernetes.use_secret_as_env(task, …)` in Kubeflow Pipelines, `valueFrom.secretKeyRef` in a workflow of Argo. Hand over the name of the Secret at most.',
    fixSafety: 'No fix: the code of the component has to read the value from its environment.',
    limits:
      'The name has to mean a secret and the parameter has to be text. Names such as `db_secret` are taken for the name of a Secret. Parameters that a task only hands on are reported where the pipeline declares them. In workflows of Argo, parameters of templates are passed over.',
    ignoreWhen: 'The value is a token that ends with the run.',
  },
  messages: {
    parameter: '`{name}` is a parameter, which runs show and keep; take it from a Secret as an environment variable',
  },
  words: ['parameter', 'inputs'],
  query: [
    config.entries(['kfp'], '**.inputDefinitions.parameters.*'),
    config.entries(['kfp'], 'inputs.*'),
    config.entries(['argo-workflow'], 'spec.arguments.parameters.*'),
    config.entries(['argo-workflow'], 'spec.workflowSpec.arguments.parameters.*'),
  ],
  check(entry: ConfigEntry, { report, facts }) {
    const nameEntry = entry.key === undefined ? child(entry, 'name') : undefined;
    const name = entry.key ?? textOf(nameEntry);
    if (name === undefined || entry.kind !== 'map' || !asksForSecret(name)) return;
    const siblings = items(entry.parent).map((one) => one.key ?? textOf(child(one, 'name')) ?? '');
    if (isHalfOfPair(name, siblings) || child(entry, 'valueFrom') !== undefined) return;
    const root = facts?.roots[entry.document];
    const argo = entry.path[0] === 'spec';
    if (root === undefined || (!argo && !isTextParameter(entry))) return;
    if (!argo && isHandedOn(entry, root)) return;
    report(nameEntry?.valueRange ?? entry.keyRange ?? entry.range, 'parameter', { name: name.slice(0, 30) });
  },
  examples: [
    {
      path: 'pipeline.yaml',
      bad: compiledWith('      «db_password»:\n        parameterType: STRING\n'),
      message: 'parameter',
      good: compiledWith('      db_secret_name:\n        parameterType: STRING\n'),
      byHand: true,
    },
    {
      path: 'component.yaml',
      bad: 'name: load\ninputs:\n- {name: «API token», type: String}\nimplementation:\n  container: {image: "a:1", command: [load, {inputValue: API token}]}\n',
      message: 'parameter',
      good: 'name: load\nimplementation:\n  container: {image: "a:1", command: [load]}\n',
      byHand: true,
    },
    {
      path: 'workflow.yaml',
      bad: 'apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nspec:\n  arguments:\n    parameters:\n      - name: «aws-secret-access-key» # of the bucket\n',
      message: 'parameter',
      good: 'apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nspec:\n  arguments:\n    parameters:\n      - name: bucket # of the team\n',
      byHand: true,
    },
    {
      path: 'pipeline.yaml',
      good: compiledWith(
        '      max_tokens:\n        parameterType: NUMBER_INTEGER\n      eos_token: {parameterType: STRING}\n',
      ),
      because: 'tokens of a text',
    },
    {
      path: 'pipeline.yaml',
      good: compiledWith(
        '      token_path: {parameterType: STRING}\n      s3_secret: {parameterType: STRING}\n      secret_id: {parameterType: STRING}\n',
      ),
      because: 'a path and names of Secrets',
    },
    {
      path: 'workflow.yaml',
      good: 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  templates:\n    - name: load\n      container:\n        image: a:1\n        env:\n          - name: DB_PASSWORD\n            valueFrom:\n              secretKeyRef: {name: db, key: password}\n',
      because: 'from a Secret',
    },
  ],
});
