import type { TextEdit } from '../../base/range.js';
import {
  type ConfigEntry,
  child,
  config,
  defineRule,
  edit,
  KUBERNETES_LIKE,
  text as textOf,
} from '../../engine/index.js';
import { isAccountName, isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';

export default defineRule({
  summary: 'A Kubernetes manifest holds a secret as a literal environment variable.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'CWE-312',
    'OWASP-ML05:2023',
    'AML.T0055',
    'https://kubernetes.io/docs/concepts/configuration/secret/',
  ],
  docs: {
    why: 'The manifest is committed, copied into pull requests and shown to everyone who may list pods. One reader of the repository then opens the feature store or the bucket of models, and rotating the key means editing every copy.',
    instead:
      'Revoke the value, store the new one in a Secret or an external secret store, and refer to it with `secretKeyRef`.',
    fixSafety: 'The pod does not start before the Secret exists, so the fix is offered for review.',
    limits:
      'Any list named `env` in a resource counts, whatever its kind. The name has to mean a secret and the value has to look like one. Values in ConfigMaps and Helm values are not read.',
    ignoreWhen: 'The value only opens a throw-away test cluster.',
  },
  messages: {
    literal: '`{name}` of container `{container}` is a literal secret; revoke it and use `secretKeyRef`',
    literalOnly: '`{name}` is a literal secret in the manifest; revoke it and use `secretKeyRef`',
  },
  skipsTests: true,
  query: config.entries(KUBERNETES_LIKE, '**.env.*'),
  check(entry: ConfigEntry, { report, text }) {
    const name = textOf(child(entry, 'name'));
    const value = child(entry, 'value');
    const written = textOf(value);
    if (
      name === undefined ||
      value === undefined ||
      written === undefined ||
      value.alias !== undefined ||
      value.tag !== undefined
    )
      return;
    if (!isSecretName(name) || !looksLikeSecretValue(written) || isAccountName(name, written)) return;
    const container = textOf(child(entry.parent?.parent, 'name'));
    const finding =
      container === undefined
        ? report(value.valueRange, 'literalOnly', { name: name.slice(0, 40) })
        : report(value.valueRange, 'literal', { name: name.slice(0, 40), container: container.slice(0, 30) });
    finding.fix(
      'Refer to a Secret',
      'review',
      toReference(entry, value, name, container, text),
      'the Secret has to exist',
    );
  },
  examples: [
    {
      path: 'k8s/deployment.yaml',
      bad: 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          env:\n            - name: DB_PASSWORD\n              value: «dYKObZGCyPu3xxfBmU»\n',
      message: 'literal',
      good: 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          env:\n            - name: DB_PASSWORD\n              valueFrom:\n                secretKeyRef:\n                  name: api-secrets\n                  key: db-password\n',
    },
    {
      path: 'serving.yaml',
      bad: 'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nspec:\n  predictor:\n    model:\n      modelFormat: {name: sklearn}\n      env:\n        - name: AWS_SECRET_ACCESS_KEY\n          value: «"ux7LPA5vaw4SPZa9rUmXa3Lx3JhVgXCqF30UP9f5"»\n',
      message: 'literalOnly',
      good: 'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nspec:\n  predictor:\n    model:\n      modelFormat: {name: sklearn}\n      env:\n        - name: AWS_SECRET_ACCESS_KEY\n          valueFrom:\n            secretKeyRef:\n              name: app-secrets\n              key: aws-secret-access-key\n',
    },
    {
      path: 'k8s/deployment.yaml',
      good: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: api\n      env:\n        - name: DB_PASSWORD\n          valueFrom:\n            secretKeyRef: {name: api, key: db-password}\n',
      because: 'a reference to a Secret',
    },
    {
      path: 'k8s/deployment.yaml',
      good: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: api\n      env:\n        - name: DB_PASSWORD_FILE\n          value: /run/secrets/db-password\n        - name: MAX_TOKENS\n          value: "4096"\n',
      because: 'a path and a number',
    },
    {
      path: 'k8s/deployment.yaml',
      good: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: api\n      env:\n        - name: API_TOKEN\n          value: ${API_TOKEN}\n        - name: HF_TOKEN\n          value: <your-token>\n',
      because: 'filled in by another tool',
    },
  ],
});

/** Replaces `value: …` by a reference on lines of its own; nothing inside `{…}`. */
function toReference(
  entry: ConfigEntry,
  value: ConfigEntry,
  name: string,
  container: string | undefined,
  text: string,
): TextEdit[] {
  const keyStart = value.keyRange?.start;
  if (entry.flow || keyStart === undefined) return [];
  const secret = `${(container ?? 'app').toLowerCase().replace(/[^a-z0-9-]+/g, '-')}-secrets`;
  const key = name.toLowerCase().replaceAll('_', '-');
  const indent = ' '.repeat(keyStart - (text.lastIndexOf('\n', keyStart - 1) + 1));
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = ['valueFrom:', `${indent}  secretKeyRef:`, `${indent}    name: ${secret}`, `${indent}    key: ${key}`];
  return edit.replace(value.range, lines.join(end));
}
