import { type ConfigEntry, child, config, configEdit, defineRule, text as textOf } from '../../engine/index.js';
import { defaultPassword } from '../../knowledge/default-credentials.js';
import { isHardCodedSecret } from '../../knowledge/secrets/index.js';
import { hasShape, isSecretSetting, literalOf } from './_literals.js';

/** `name: value`, `NAME=value`, `"name": "value",` inside a file. */
const SETTING =
  /^[ \t]*(?:-[ \t]+)?(?:export[ \t]+)?["']?([A-Za-z_][\w.-]{2,60})["']?[ \t]*[:=][ \t]*(\S.{0,300}?)[ \t]*,?\r?$/gm;
const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: scoring\ndata:\n';

export default defineRule({
  summary: 'A ConfigMap holds a secret.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-312',
    'CWE-798',
    'OWASP-A02:2021',
    'AML.T0055',
    'https://kubernetes.io/docs/concepts/configuration/configmap/',
    'https://kubernetes.io/docs/concepts/configuration/secret/',
  ],
  docs: {
    why: 'Roles that only look around, dashboards and support bundles may read every ConfigMap. The password of the feature store then opens the training data to each of them, and the manifest carries it into the repository.',
    instead:
      'Revoke the value. Put the new one into a Secret or an external secret store, and read it with `secretRef`, `secretKeyRef` or a mounted file; leave the rest of the file in the ConfigMap.',
    fixSafety: 'Pods miss the value until a Secret holds it, so the fix is offered for review.',
    limits:
      'Inside of embedded files single settings are read, and the value has to hold letters and digits: passwords of eight characters, keys of sixteen. Values of Kustomize generators are not read. Tokens of known shape and addresses with a password have rules of their own.',
    ignoreWhen: 'The value only opens a throw-away test cluster.',
  },
  messages: {
    key: '`{name}` in this ConfigMap is a secret that every reader sees; revoke it and use a Secret',
    embedded: '`{name}` inside `{file}` is a secret in a ConfigMap; revoke it and mount it from a Secret',
  },
  words: ['configmap'],
  query: [config.entries(['kubernetes'], 'data.*'), config.entries(['kubernetes'], 'items.*.data.*')],
  check(entry: ConfigEntry, { report, text }) {
    const name = entry.key ?? '';
    const written = literalOf(entry);
    if (written === undefined || textOf(child(entry.parent?.parent, 'kind')) !== 'ConfigMap') return;
    if (entry.style !== 'literal' && entry.style !== 'folded' && !written.includes('\n')) {
      if (!isSecretSetting(name, written) || isDefault(entry, name, written)) return;
      report(entry.valueRange, 'key', { name: name.slice(0, 40) }).fix(
        `Delete \`${name.slice(0, 40)}\``,
        'review',
        configEdit.removeEntry(text, entry),
        'a Secret has to hold a new value',
      );
      return;
    }
    const block = text.slice(entry.valueRange.start, entry.valueRange.end);
    for (const setting of block.matchAll(SETTING)) {
      const [whole, key, rest] = [setting[0], setting[1]!, setting[2]!];
      const value = unquoted(rest);
      if (!isHardCodedSecret(key, value) || hasShape(key, value)) continue;
      const start = entry.valueRange.start + setting.index + whole.lastIndexOf(rest) + rest.indexOf(value);
      report({ start, end: start + value.length }, 'embedded', { name: key.slice(0, 30), file: name.slice(0, 30) });
    }
  },
  examples: [
    {
      path: 'k8s/config.yaml',
      bad: `${MAP}  MODEL_NAME: default\n  DB_PASSWORD: «dYKObZGCyPu3xxfBmU»\n`,
      message: 'key',
      good: `${MAP}  MODEL_NAME: default\n`,
    },
    {
      path: 'k8s/config.yaml',
      bad: `${MAP}  store.yaml: |\n    online_store:\n      host: redis\n      password: «dYKObZGCyPu3xxfBmU»\n`,
      message: 'embedded',
      good: `${MAP}  store.yaml: |\n    online_store:\n      host: redis\n      password: \${REDIS_PASSWORD}\n`,
      byHand: true,
    },
    {
      path: 'k8s/config.yaml',
      good: `${MAP}  DB_PASSWORD_FILE: /run/secrets/db\n  MAX_TOKENS: "4096"\n  PAD_TOKEN: endoftext7\n`,
      because: 'a path, a number and a piece of text',
    },
    {
      path: 'k8s/config.yaml',
      good: `${MAP}  DB_PASSWORD: \${DB_PASSWORD}\n  API_KEY: <your-key>\n`,
      because: 'filled in by another tool',
    },
    {
      path: 'k8s/secret.yaml',
      good: 'apiVersion: v1\nkind: Secret\nstringData:\n  password: ${DB_PASSWORD}\ndata:\n  token: c2VhbGVk\n',
      because: 'no ConfigMap',
    },
    {
      path: 'k8s/config.yaml',
      good: `${MAP}  run.py: |\n    password = os.environ["DB_PASSWORD2"]\n    api_key = settings.read_key1\n`,
      because: 'the program reads them from elsewhere',
    },
  ],
});

/** The first password of a server, which `default-credential` reports outside of lists of resources. */
function isDefault({ path, parent }: ConfigEntry, name: string, value: string): boolean {
  return path.length === 2 && defaultPassword(name, value, (beside) => textOf(child(parent, beside))) !== undefined;
}

/** The value of a setting without quotes and without a comment behind it. */
function unquoted(value: string): string {
  const quoted = /^(["'])(.*?)\1(?:\s*[,;]?\s*(?:#.*)?)?$/.exec(value);
  return quoted?.[2] ?? value.replace(/\s+#.*$/, '');
}
