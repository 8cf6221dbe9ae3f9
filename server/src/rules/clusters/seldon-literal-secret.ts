import { type ConfigEntry, child, config, configEdit, defineRule, text as textOf } from '../../engine/index.js';
import { isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { isFilledIn, literalOf } from './_literals.js';

const HEAD =
  'apiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeployment\nspec:\n  predictors:\n    - graph:\n        name: loans\n';

export default defineRule({
  summary: 'A parameter of a Seldon model holds a secret.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'CWE-312',
    'OWASP-A07:2021',
    'AML.T0055',
    'https://docs.seldon.ai/seldon-core-1/configuration/routing/inference-graph',
    'https://kubernetes.io/docs/concepts/configuration/secret/',
  ],
  docs: {
    why: 'Seldon writes the parameters of a node into an environment variable of the pod, as one text. Everybody who may read the resource, the pods or the repository holds the key to the feature store the model asks.',
    instead:
      'Revoke the value. Give the new one to the container of the node under `componentSpecs`, as a variable with `secretKeyRef`.',
    fixSafety:
      'The model misses the value until its container gets it from a Secret, so the fix is offered for review.',
    limits:
      'Parameters cannot refer to a Secret. Variables under `componentSpecs` are the matter of `k8s-literal-secret-env`.',
    ignoreWhen: 'The value only opens a throw-away test cluster.',
  },
  messages: {
    parameter: 'Parameter `{name}` is a secret in the manifest; revoke it and give a new one as `secretKeyRef`',
  },
  words: ['seldon.io'],
  query: config.entries(['seldon'], '**.parameters.*'),
  check(item: ConfigEntry, { report, text }) {
    const [name, value] = [textOf(child(item, 'name')), child(item, 'value')];
    const written = value === undefined ? undefined : literalOf(value);
    if (name === undefined || value === undefined || written === undefined) return;
    if (!isSecretName(name) || !looksLikeSecretValue(written) || isFilledIn(written)) return;
    report(value.valueRange, 'parameter', { name: name.slice(0, 40) }).fix(
      `Delete the parameter \`${name.slice(0, 40)}\``,
      'review',
      configEdit.removeItem(text, item),
      'the container needs it from a Secret',
    );
  },
  examples: [
    {
      path: 'k8s/seldon.yaml',
      bad: `${HEAD}        parameters:\n          - name: threshold\n            value: "0.5"\n          - name: store_password\n            value: «dYKObZGCyPu3xxfBmU»\n            type: STRING\n`,
      message: 'parameter',
      good: `${HEAD}        parameters:\n          - name: threshold\n            value: "0.5"\n`,
    },
    {
      path: 'k8s/seldon.yaml',
      good: `${HEAD}        parameters:\n          - {name: max_tokens, value: "4096", type: INT}\n          - {name: pad_token, value: endoftext7, type: STRING}\n`,
      because: 'a number and a piece of text',
    },
    {
      path: 'k8s/seldon.yaml',
      good: `${HEAD}        parameters:\n          - {name: store_password, value: "\${STORE_PASSWORD}", type: STRING}\n`,
      because: 'filled in by another tool',
    },
    {
      path: 'k8s/job.yaml',
      good: 'apiVersion: example.com/v1\nkind: Job\nspec:\n  parameters:\n    - {name: store_password, value: dYKObZGCyPu3xxfBmU}\n',
      because: 'not a resource of Seldon',
    },
  ],
});
