import type { TextEdit } from '../../base/range.js';
import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { isLocalHost } from '../../knowledge/http-clients.js';
import { findConnections, findSecrets, looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { withExample } from '../_env-example.js';

const ADDRESS = /\b([a-z][a-z0-9+.-]{1,40}):\/\/([^\s:/@"'`<>]{0,100}):([^\s/@"'`]{1,200})@([^\s/?#"'`,;)]{1,255})/gi;
/** What documentation writes for a host or a password. */
const STAND_IN = /^(?:host(?:name)?|server|domain|proxy_?host|your\W?.*|.*\bexample\.(?:com|org|net))$/i;
const WORD = /^(?:pass(?:word|wd|code)?|pwd|secret|token|key|\w*_?(?:password|passwd|pwd|secret))$/i;

/** Built from parts, so that this file holds no password. */
const PASSWORD = `hV3t${'-Kw82pz'}`;

export default defineRule({
  summary: 'An address in a configuration file holds a password.',
  stages: ['data-collection', 'training', 'deployment', 'monitoring'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-798',
    'CWE-312',
    'OWASP-A07:2021',
    'OWASP-ML02:2023',
    'AML.T0055',
    'https://docs.docker.com/reference/compose-file/interpolation/',
    'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
  ],
  docs: {
    why: 'The address of the vector store or the inner proxy stands in the compose file with its password, and the file goes wherever the project goes: forks, images, screenshots of a pull request. Programs print such addresses in their logs, too, so the password also reaches those who only watch the training.',
    instead:
      'Change the password and read it from outside: `${NAME}` in compose and env files, `secretKeyRef` in Kubernetes.',
    fixSafety:
      'Compose does not start before the variable is set, so the fix is offered for review; other formats have no fix, as they name secrets in ways of their own.',
    limits:
      'Addresses of databases, queues and mail servers, and of web services outside of the own network, belong to the rule about connection strings; this one reads what is left in configuration files: other schemes, and web services and proxies of the own network, which are a warning. The password has to look like one.',
    ignoreWhen: 'The account belongs to a throw-away set-up of the development machine.',
  },
  messages: {
    literal: 'The `{scheme}://` address in `{name}` holds a password; change it and read it from the environment',
  },
  words: ['://'],
  query: config.entries('any', '**'),
  check(entry: ConfigEntry, { report, path, text, facts, workspace }) {
    const value = entry.kind === 'scalar' && entry.alias === undefined ? entry.value : undefined;
    if (typeof value !== 'string' || !value.includes('://') || value.length > 4000 || isTestFile(path)) return;
    const format = facts?.formats[entry.document]?.id;
    if (format === 'dvc-config') return;
    const others = [...findConnections(value), ...findSecrets(value)];
    for (const found of value.matchAll(ADDRESS)) {
      const [, scheme = '', user = '', password = '', authority = ''] = found;
      const host = authority.replace(/:\d{0,5}$/, '');
      if (!isPassword(password) || password === user || /[${}<>%*]/.test(host) || STAND_IN.test(host)) continue;
      const start = found.index + scheme.length + 3 + user.length + 1;
      const end = start + password.length;
      if (others.some((one) => one.start < end && one.end > start)) continue;
      const name = nameOf(entry, value);
      const place = text.slice(entry.valueRange.start, entry.valueRange.end).indexOf(value);
      const from = entry.valueRange.start + place;
      const range = place < 0 ? entry.valueRange : { start: from + start, end: from + end };
      const finding = report(range, 'literal', { scheme: scheme.toLowerCase(), name: name.slice(0, 30) });
      if (isLocalHost(host)) finding.severity('warning');
      if (place < 0 || format !== 'compose' || !/^[A-Z][A-Z0-9_]+$/.test(name)) continue;
      const edits = fromEnvironment(entry, name, range, text);
      const reason = 'the variable has to be set with the new password';
      const files = withExample(edits, `${name}_PASSWORD`, { path, workspace });
      finding.fixFiles(`Put \`${name}_PASSWORD\` in`, files, reason);
    }
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: `services:\n  api:\n    build: .\n    environment:\n      VECTORS: milvus://scoring:«${PASSWORD}»@vectors.lending.eu:19530  # shared\n`,
      message: 'literal',
      good: 'services:\n  api:\n    build: .\n    environment:\n      VECTORS: milvus://scoring:${VECTORS_PASSWORD:?set in .env}@vectors.lending.eu:19530  # shared\n',
    },
    {
      path: 'compose.yaml',
      bad: `services: {trainer: {build: ., environment: ["HTTPS_PROXY=http://etl:«${PASSWORD}»@proxy:3128"]}}\n`,
      message: 'literal',
      good: 'services: {trainer: {build: ., environment: ["HTTPS_PROXY=http://etl:${HTTPS_PROXY_PASSWORD:?set in .env}@proxy:3128"]}}\n',
    },
    {
      path: 'conf/logging.yaml',
      bad: `handlers:\n  audit:\n    url: mqtts://scoring:«${PASSWORD}»@broker.lending.eu:8883\n`,
      message: 'literal',
      good: 'handlers:\n  audit:\n    url: mqtts://broker.lending.eu:8883\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  api:\n    build: .\n    environment:\n      VECTORS: milvus://scoring:${VECTORS_PASSWORD}@vectors.lending.eu:19530\n',
      because: 'a variable that is put in',
    },
    {
      path: 'conf/logging.yaml',
      good: 'url: mqtts://user:password@broker.lending.eu\nother: mqtts://scoring@broker.lending.eu\n',
      because: 'words that stand for values, and an account alone',
    },
    {
      path: 'conf/store.yaml',
      good: `url: postgresql://scoring:${PASSWORD}@dwh.lending.eu/loans\n`,
      because: 'the rule about connection strings reports databases',
    },
    {
      path: 'tests/conf/store.yaml',
      good: `url: milvus://scoring:${PASSWORD}@vectors.lending.eu\n`,
      because: 'a file of tests',
    },
  ],
});

function isPassword(value: string): boolean {
  return looksLikeSecretValue(value) && !WORD.test(value) && !/[${}<>]/.test(value) && /[\d\W]/.test(value);
}

/** The variable or key that the address is given to. */
function nameOf(entry: ConfigEntry, value: string): string {
  if (entry.key === undefined) return /^(\w+)=/.exec(value)?.[1] ?? entry.parent?.key ?? 'this list';
  const sibling = entry.key === 'value' ? entry.parent?.children.find(({ key }) => key === 'name') : undefined;
  return textOf(sibling) ?? entry.key;
}

/** A variable of compose in place of the password; braces need quotes in a flow map. */
function fromEnvironment(
  entry: ConfigEntry,
  name: string,
  range: { readonly start: number; readonly end: number },
  text: string,
): readonly TextEdit[] {
  const quoted = /["']/.test(text[entry.valueRange.start] ?? '');
  if (entry.parent?.flow === true && !quoted) return [];
  return edit.replace(range, `\${${name}_PASSWORD:?set in .env}`);
}
