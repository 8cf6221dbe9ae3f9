import type { Range } from '../../base/range.js';
import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, config, defineRule, edit } from '../../engine/index.js';
import { isLocalHost } from '../../knowledge/http-clients.js';
import { looksLikeSecretValue, secretNameTriggerWords } from '../../knowledge/secrets/index.js';
import { hostOf } from '../_redis.js';
import { isForOwnMachine, literalOf, referTo, secretOf, variableName } from './_data-secrets.js';

const HEAD = 'project: loans\nprovider: local\nregistry: s3://loans/registry.db\n';
const SECRET = 'dYKObZGCyPu3xxfBmU';
const REDIS = `${HEAD}online_store:\n  type: redis\n  connection_string: redis1:6379,sentinel_password=${SECRET},password=`;

export default defineRule({
  summary: 'The configuration of a Feast feature store holds a secret.',
  stages: ['feature-engineering', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'CWE-312',
    'OWASP-A07:2021',
    'OWASP-ML02:2023',
    'AML.T0055',
    'https://docs.feast.dev/reference/feature-repository/feature-store-yaml',
    'https://docs.feast.dev/how-to-guides/running-feast-in-production',
  ],
  docs: {
    why: '`feature_store.yaml` goes into every clone and every image that asks for features. Its password opens the online store: a stranger reads the features of all customers, or changes those of one and decides how the model scores them.',
    instead: 'Change the secret and refer to it: Feast replaces `${NAME}` by a variable when it reads the file.',
    fixSafety: 'Feast keeps the text `${NAME}` when the variable is not set, so the fix is offered for review.',
    limits:
      'Settings whose name means a secret, and the password in the connection string of Redis. For a store on the own machine it is an info. Tokens of known shape and addresses with a password have rules of their own; files inside a ConfigMap are texts and not read.',
    ignoreWhen: 'The value only opens a store that is started for development.',
  },
  messages: {
    literal: '`{name}` of `{section}` is a literal secret; change it and refer to a variable, which Feast fills in',
  },
  words: secretNameTriggerWords,
  query: config.entries(['feast'], '**'),
  check(entry: ConfigEntry, { report, path, text }) {
    if (isTestFile(path)) return;
    const found = inConnection(entry, text) ?? asSetting(entry);
    if (found === undefined) return;
    const { name, range, local } = found;
    const section = entry.parent?.key ?? 'feast';
    const finding = report(range, 'literal', { name, section: section.slice(0, 24) });
    if (local) finding.severity('info');
    const variable = variableName('feast', section, name);
    const reference = `\${${variable}}`;
    const edits = found.whole ? referTo(reference, entry) : edit.replace(range, reference);
    if (edits.length > 0) finding.fix(`Refer to \`${variable}\``, 'review', edits, 'the variable has to be set');
  },
  examples: [
    {
      path: 'feature_store.yaml',
      bad: `${REDIS}«${SECRET}»\n`,
      message: 'literal',
      good: `${REDIS}\${FEAST_ONLINE_STORE_PASSWORD}\n`,
    },
    {
      path: 'feature_store.yaml',
      bad: `${HEAD}online_store:\n  type: postgres\n  host: features.lending.eu\n  user: feast\n  password: «${SECRET}» # shared\n`,
      message: 'literal',
      good: `${HEAD}online_store:\n  type: postgres\n  host: features.lending.eu\n  user: feast\n  password: \${FEAST_ONLINE_STORE_PASSWORD} # shared\n`,
    },
    {
      path: 'feature_store.yaml',
      bad: `${HEAD}online_store: {type: redis, connection_string: "features.lending.eu:6379,ssl=true,password=«${SECRET}»"}\n`,
      message: 'literal',
      good: `${HEAD}online_store: {type: redis, connection_string: "features.lending.eu:6379,ssl=true,password=\${FEAST_ONLINE_STORE_PASSWORD}"}\n`,
    },
    {
      path: 'feature_store.yaml',
      bad: `${HEAD}auth: {type: oidc, client_id: loans, client_secret: «${SECRET}»}\n`,
      message: 'literal',
      good: `${HEAD}auth: {type: oidc, client_id: loans, client_secret: "\${FEAST_AUTH_CLIENT_SECRET}"}\n`,
    },
    {
      path: 'feature_store.yaml',
      good: `${HEAD}online_store:\n  type: redis\n  connection_string: features.lending.eu:6379,ssl=true,password=\${REDIS_PASSWORD}\n`,
      because: 'filled in from the environment',
    },
    {
      path: 'feature_store.yaml',
      good: `${HEAD}online_store:\n  type: postgres\n  password: changeme\nentity_key_serialization_version: 3\n`,
      because: 'a placeholder and a number',
    },
    {
      path: 'feature_store.yaml',
      good: `${HEAD}offline_store:\n  type: snowflake.offline\n  private_key: /run/secrets/snowflake.p8\nauth:\n  type: oidc\n  token_env_var: FEAST_TOKEN\n`,
      because: 'a path, and the name of a variable',
    },
  ],
});

interface Found {
  readonly name: string;
  readonly range: Range;
  readonly local: boolean;
  /** The value is the secret and nothing else. */
  readonly whole: boolean;
}

function asSetting(entry: ConfigEntry): Found | undefined {
  if (entry.key === 'connection_string' || secretOf(entry) === undefined) return undefined;
  return {
    name: (entry.key ?? '').slice(0, 40),
    range: entry.valueRange,
    local: isForOwnMachine(entry.parent),
    whole: true,
  };
}

/** `host:6379,password=…`, the way Feast writes the options of Redis. */
function inConnection(entry: ConfigEntry, text: string): Found | undefined {
  const written = entry.key === 'connection_string' ? literalOf(entry) : undefined;
  const found = /(^|,)password=([^,]+)/.exec(written ?? '');
  const password = found?.[2];
  if (written === undefined || password === undefined || !looksLikeSecretValue(password)) return undefined;
  const at = text.slice(entry.valueRange.start, entry.valueRange.end).indexOf(written);
  if (at < 0) return undefined;
  const start = entry.valueRange.start + at + found!.index + found![1]!.length + 'password='.length;
  const local = isLocalHost(hostOf(written) || 'unknown.host');
  return { name: 'password', range: { start, end: start + password.length }, local, whole: false };
}
