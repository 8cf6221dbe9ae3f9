import { decodeText } from '../../base/base64.js';
import {
  type ConfigEntry,
  type ConfigFile,
  child,
  config,
  defineRule,
  descendants,
  placeIn,
  text as textOf,
} from '../../engine/index.js';
import {
  findConnections,
  findSecrets,
  isGuessable,
  isHardCodedSecret,
  isSecretName,
} from '../../knowledge/secrets/index.js';
import { nearest } from '../_nearest.js';
import { literalOf } from './_literals.js';

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: tracking\n';
const POD =
  'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: mlflow\n      env:\n        - name: DB_PASSWORD\n          valueFrom: {secretKeyRef: {name: tracking, key: password}}\n';
/** More places would hide the finding. */
const SHOWN = 5;

export default defineRule({
  summary: 'A manifest holds the value of a Secret.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-312',
    'CWE-538',
    'OWASP-A02:2021',
    'OWASP-ML05:2023',
    'AML.T0055',
    'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
    'https://external-secrets.io/latest/',
  ],
  docs: {
    why: 'The containers read the password of the feature store from a Secret, as they should, and the manifest of that Secret lies beside them in Git. Base64 is no encryption: everybody with a clone, a fork or an old backup reads the training data.',
    instead:
      'Revoke the value. Commit a SealedSecret, a file that SOPS has encrypted, or an ExternalSecret that names the entry of a vault.',
    fixSafety: 'Where the new value is to be kept is not known here, so there is no fix.',
    limits:
      'The name of the key has to mean a secret and the value has to look random; words, what is filled in, sealed or encrypted is passed over. It is an error where a container of the workspace uses the Secret, which is shown, else a warning. In plain text, keys of known shape and addresses with a password have rules of their own. Files with several values and Secrets in charts are not read.',
    ignoreWhen: 'The value only opens a throw-away test cluster.',
  },
  messages: {
    plain: '`{name}` of Secret `{secret}` stands in the manifest for every reader; revoke it and seal a new one',
    encoded: '`{name}` of Secret `{secret}` is only base64, which everybody reads; revoke it and seal a new one',
  },
  words: ['secret'],
  skipsTests: true,
  query: ['data.*', 'stringData.*', 'items.*.data.*', 'items.*.stringData.*'].map((path) =>
    config.entries(['kubernetes'], path),
  ),
  check(entry: ConfigEntry, { report, path, workspace, facts }) {
    const manifest = entry.parent?.parent;
    const name = entry.key ?? '';
    const written = literalOf(entry);
    if (written === undefined || textOf(child(manifest, 'kind')) !== 'Secret' || facts?.template === true) return;
    // SOPS leaves its own key behind.
    if (child(manifest, 'sops') !== undefined || textOf(child(manifest, 'type')) === 'bootstrap.kubernetes.io/token')
      return;
    const encoded = entry.parent?.key === 'data';
    const value = (encoded ? decodeText(written) : written)?.trim();
    if (value === undefined || !isValue(name, value, encoded)) return;
    const secret = textOf(child(child(manifest, 'metadata'), 'name')) ?? '';
    const shown = { name: name.slice(0, 30), secret: secret.slice(0, 30) };
    const finding = report(entry.valueRange, encoded ? 'encoded' : 'plain', shown);
    const uses = secret === '' ? [] : usesOf(secret, nearest(path, workspace.manifests().filter(mentions(secret))));
    if (uses.length === 0) finding.severity('warning');
    for (const { file, range } of uses.slice(0, SHOWN))
      finding.related(placeIn(file.path, file.text, range), 'The Secret is used here');
  },
  examples: [
    {
      path: 'k8s/secret.yaml',
      bad: `${SECRET}stringData:\n  password: «v7bNzgCoq5lEvXrC»\n`,
      message: 'plain',
      good: `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: tracking\nspec:\n  dataFrom: [{extract: {key: mlflow/database}}]\n`,
      byHand: true,
      files: { 'apps/mlflow.yaml': POD },
    },
    {
      path: 'k8s/secret.yaml',
      bad: `${SECRET}data:\n  username: cGlwZWxpbmU=\n  password: «djdiTnpnQ29xNWxFdlhyQw==»\n`,
      message: 'encoded',
      good: `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: tracking\nspec:\n  encryptedData:\n    password: AgBy8hHfV2xHHtT7\n`,
      byHand: true,
    },
    {
      path: 'k8s/secret.yaml',
      good: `${SECRET}stringData:\n  password: \${DB_PASSWORD}\n  api-token: <token>\n  username: pipeline7\n`,
      because: 'values that are filled in, and no secret',
    },
    {
      path: 'k8s/secret.yaml',
      good: `${SECRET}data:\n  password: ENC[AES256_GCM,data:p673w==]\nsops:\n  version: 3.9.0\n`,
      because: 'encrypted by SOPS',
    },
    { path: 'k8s/secret.yaml', good: `${SECRET}data:\n  password: Y2hhbmdlbWU=\n`, because: '`changeme`' },
    {
      path: 'k8s/config.yaml',
      good: 'apiVersion: v1\nkind: ConfigMap\ndata:\n  password: djdiTnpnQ29xNWxFdlhyQw==\n',
      because: 'another kind has a rule of its own',
    },
  ],
});

/** Whether the key means a secret and the value is one that no rule about shapes has seen: behind base64 none has. */
function isValue(name: string, value: string, encoded: boolean): boolean {
  if (value.includes('\n') || /\$[({]|\{\{|^ENC\[/.test(value)) return false;
  const shaped = findSecrets(`${name}=${value}`).length > 0 || findConnections(value).length > 0;
  if (shaped) return encoded;
  if (isGuessable(value)) return false;
  // A bare `token` is a common name elsewhere; among the keys of a Secret it is one.
  return isSecretName(name) && (isHardCodedSecret(name, value) || isHardCodedSecret(`${name}_token`, value));
}

function mentions(secret: string): (file: ConfigFile) => boolean {
  return ({ facts, text }) => text.includes(secret) && facts.roots.some((root) => usesIn(root, secret).length > 0);
}

function usesOf(secret: string, files: readonly ConfigFile[]): { file: ConfigFile; range: ConfigEntry['range'] }[] {
  return files.flatMap((file) =>
    file.facts.roots.flatMap((root) => usesIn(root, secret).map(({ valueRange }) => ({ file, range: valueRange }))),
  );
}

/** Where containers, volumes and service accounts of a document name a Secret. */
function usesIn(root: ConfigEntry, secret: string): ConfigEntry[] {
  if (textOf(child(root, 'kind')) === 'Secret') return [];
  return [...descendants(root)].filter(({ key, parent, ...entry }) => {
    if (entry.value !== secret) return false;
    if (key === 'secretName') return parent?.key === 'secret';
    return key === 'name' && (parent?.key === 'secretKeyRef' || parent?.key === 'secretRef');
  });
}
