import { type ConfigEntry, child, config, configEdit, defineRule, text as textOf } from '../../engine/index.js';
import { hasKnownShape, isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { compiled } from './_kfp.js';

export default defineRule({
  summary: 'A step of a Kubeflow pipeline holds a secret as a literal environment variable.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-A07:2021',
    'AML.T0055',
    'https://www.kubeflow.org/docs/components/pipelines/user-guides/core-functions/platform-specific-features/#kubernetes-secrets',
  ],
  docs: {
    why: 'A compiled pipeline is committed, uploaded and copied into the record of each run. Whoever may open one run, or finds the file in an old branch, takes the token and pushes a model of their own to the registry.',
    instead:
      'Revoke the value, store the new one in a Secret and write `kubernetes.use_secret_as_env(task, secret_name=…, secret_key_to_env=…)` in Python instead of `set_env_variable`.',
    fixSafety: 'The step lacks the variable until the Secret supplies it, so deleting the value is offered for review.',
    limits:
      'The name has to mean a secret and the value has to look like one. In the map of a component, tokens of known shape and addresses with a password have rules of their own.',
    ignoreWhen: 'The value only opens a throw-away test server.',
  },
  messages: {
    literal: '`{name}` is a literal secret in the pipeline; revoke it and use `use_secret_as_env`',
  },
  query: config.entries(['kfp'], '**.container.env.*'),
  check(entry: ConfigEntry, { report, text }) {
    const name = entry.key ?? textOf(child(entry, 'name'));
    const value = entry.key === undefined ? child(entry, 'value') : entry;
    if (name === undefined || value === undefined || value.alias !== undefined || value.tag !== undefined) return;
    const written = textOf(value);
    if (written === undefined || !isSecretName(name) || !looksLikeSecretValue(written)) return;
    if (/\{\{|\$[({]/.test(written)) return;
    // In a map, where nothing says that it is a variable of a container, the rules about providers report it.
    if (entry.key !== undefined && hasKnownShape(name, written)) return;
    report(value.valueRange, 'literal', { name: name.slice(0, 40) }).fix(
      'Delete the value',
      'review',
      configEdit.removeItem(text, entry),
      '`use_secret_as_env` has to supply it',
    );
  },
  examples: [
    {
      path: 'pipeline.yaml',
      bad: compiled(
        '        env:\n        - name: BATCH_SIZE\n          value: "32"\n        - name: DB_PASSWORD\n          value: «dYKObZGCyPu3xxfBmU»\n        image: python:3.11\n',
      ),
      message: 'literal',
      good: compiled('        env:\n        - name: BATCH_SIZE\n          value: "32"\n        image: python:3.11\n'),
    },
    {
      path: 'component.yaml',
      bad: 'name: a\nimplementation: {container: {image: "a:1", env: {DB_PASSWORD: «"dYKObZGCyPu3xxfBmU"»}}}\n',
      message: 'literal',
      good: 'name: a\nimplementation: {container: {image: "a:1"}}\n',
    },
    {
      path: 'pipeline.yaml',
      bad: compiled(
        '        image: python:3.11\n        # of the ledger\n        env:\n        - name: DB_PASSWORD # rotated monthly\n          value: «dYKObZGCyPu3xxfBmU»\n',
      ),
      message: 'literal',
      good: compiled('        image: python:3.11\n        # of the ledger\n'),
    },
    {
      path: 'pipeline.yaml',
      good: compiled(
        "        env:\n        - name: API_KEY\n          value: '{{$.inputs.parameters[''key'']}}'\n        - {name: HF_TOKEN, value: <your-token>}\n",
      ),
      because: 'filled in elsewhere',
    },
    {
      path: 'pipeline.yaml',
      good: compiled(
        '        env:\n        - {name: PASSWORD_FILE, value: /run/secrets/db}\n        - {name: MAX_TOKENS, value: "4096"}\n',
      ),
      because: 'a path and a number',
    },
    {
      path: 'k8s/pod.yaml',
      good: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      container:\n        env:\n          - {name: DB_PASSWORD, value: dYKObZGCyPu3xxfBmU}\n',
      because: 'reported by `k8s-literal-secret-env`',
    },
  ],
});
