import { NamePatterns } from '../../base/name-pattern.js';
import {
  argumentOf,
  type CallFact,
  commands,
  defineRule,
  type Expression,
  edit,
  python,
  type StoreFact,
  type Value,
} from '../../engine/index.js';
import { TLS_SWITCHES, TLS_VARIABLES } from '../../knowledge/tls-switches.js';
import { insecureExport, insecureWord, TLS_PROGRAMS } from './_tls-commands.js';

const CLIENTS = new NamePatterns<string>();
for (const entry of TLS_SWITCHES) for (const name of entry.names) CLIENTS.add(name, entry.keyword);
const SESSIONS = ['requests.Session().verify', 'requests.session().verify'];
const CONTEXTS = ['ssl.create_default_context()', 'ssl.SSLContext()'];
const CONTEXT_MODES = CONTEXTS.map((context) => `${context}.verify_mode`);
const CONTEXT_NAMES = CONTEXTS.map((context) => `${context}.check_hostname`);
const UNVERIFIED = ['ssl._create_unverified_context'];
const SETTERS = ['os.environ.setdefault', 'os.putenv'];

export default defineRule({
  summary: 'Certificate checks are switched off.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-295', 'OWASP-ML06:2023', 'OWASP-ML02:2023', 'AML.T0020'],
  overlaps: ['bandit:B501', 'bandit:B323', 'ruff:S501', 'ruff:S323'],
  docs: {
    why: "Without a certificate check any machine on the way can answer as the server: the data set, the checkpoint or the tracking server's reply can be swapped, and credentials read.",
    instead: 'Leave verification on; for a private authority pass its bundle, e.g. `verify="ca.pem"`.',
    fixSafety: 'Servers with a self-signed or expired certificate stop answering, so the fix is offered for review.',
    limits:
      'A flag that is computed at run time is not judged. What stands under an `if` is an option of the program, and a command whose host is a variable may ask a local one: the level is lower.',
  },
  messages: {
    verifyOff: '`{keyword}={value}` switches certificate checks off; what is fetched can be replaced on the way',
    unverifiedContext: '`{callee}` makes a TLS context that accepts any certificate',
    environment: 'Setting `{name}` to this value switches certificate checks off for the whole process',
    commandLine: '`{flag}` makes `{program}` accept any certificate; what is fetched can be replaced on the way',
  },
  query: [
    python.callsWithKeyword(...TLS_SWITCHES.map((entry) => entry.keyword)),
    python.calls(...UNVERIFIED, ...SETTERS),
    python.references(...UNVERIFIED),
    python.stores('os.environ[]', ...SESSIONS, ...CONTEXT_MODES, ...CONTEXT_NAMES),
    commands.named(...TLS_PROGRAMS, 'export'),
  ],
  check(fact, { report, python: py, text }) {
    switch (fact.kind) {
      case 'reference':
        report(fact.range, 'unverifiedContext', { callee: fact.name });
        return;
      case 'store': {
        const member = memberSwitchedOff(fact, py, text);
        if (member !== undefined) {
          const finding = report(fact.range, 'verifyOff', member);
          if (underCondition(text, fact.statement.start)) finding.severity('warning');
          return;
        }
        if (setsVariable(fact.key, py.value(fact.value))) report(fact.target, 'environment', { name: fact.key! });
        return;
      }
      case 'command': {
        const word = insecureWord(fact);
        const variable = insecureExport(fact);
        if (word !== undefined) {
          const finding = report(word.range, 'commandLine', { flag: word.flag, program: word.program });
          if (!word.remote) finding.severity('warning');
        } else if (variable !== undefined) report(variable.range, 'environment', { name: variable.name });
        return;
      }
    }
    if (UNVERIFIED.includes(fact.name)) {
      report(fact.calleeRange, 'unverifiedContext', { callee: fact.name });
      return;
    }
    if (SETTERS.includes(fact.name)) {
      const name = variableSet(fact, py);
      if (name !== undefined) report(fact.range, 'environment', { name });
      return;
    }
    for (const keyword of new Set(CLIENTS.match(fact.name))) {
      const argument = argumentOf(fact, keyword);
      if (argument === undefined || !isOff(keyword, py.value(argument.value), py.names(argument.value))) continue;
      const plain = argumentOf(fact, 'use_ssl');
      if (plain !== undefined && isOff('use_ssl', py.value(plain.value), [])) continue;
      const value = text.slice(argument.value.range.start, argument.value.range.end).slice(0, 20);
      const finding = report(argument.range, 'verifyOff', { keyword, value });
      if (underCondition(text, fact.statement.start)) finding.severity('warning');
      finding.fix(
        `Remove \`${keyword}\``,
        'review',
        edit.removeArgument(text, fact.expression, argument),
        'servers with a self-signed certificate stop answering',
      );
    }
  },
  examples: [
    {
      bad: 'import requests\nrows = requests.get(url, timeout=30, «verify=False»)\n',
      message: 'verifyOff',
      good: 'import requests\nrows = requests.get(url, timeout=30)\n',
    },
    {
      bad: 'import boto3 as aws\ns3 = aws.client("s3", «verify=False»)\n',
      message: 'verifyOff',
      good: 'import boto3 as aws\ns3 = aws.client("s3")\n',
    },
    {
      bad: 'import ssl\nssl._create_default_https_context = «ssl._create_unverified_context»\n',
      message: 'unverifiedContext',
      good: 'import ssl\n',
      byHand: true,
    },
    {
      bad: 'import os\n«os.environ["CURL_CA_BUNDLE"]» = ""\n',
      message: 'environment',
      good: 'import os\n',
      byHand: true,
    },
    {
      bad: 'FROM python:3.12-slim\nRUN curl «-k» -o model.bin https://models.example.org/model.bin\n',
      path: 'Dockerfile',
      message: 'commandLine',
      good: 'FROM python:3.12-slim\nRUN curl -o model.bin https://models.example.org/model.bin\n',
      byHand: true,
    },
    {
      bad: 'import requests\nsession = requests.Session()\n«session.verify = False»\n',
      message: 'verifyOff',
      good: 'import requests\nsession = requests.Session()\n',
      byHand: true,
    },
    {
      bad: 'import ssl\nctx = ssl.create_default_context()\nctx.check_hostname = False\n«ctx.verify_mode = ssl.CERT_NONE»\n',
      message: 'verifyOff',
      good: 'import ssl\nctx = ssl.create_default_context()\n',
      byHand: true,
    },
    { good: 'import requests\nrows = requests.get(url, verify="ca.pem")\n', because: 'a bundle of its own' },
    { good: 'import requests\nrows = requests.get(url, verify=settings.verify)\n', because: 'the flag is not known' },
    { good: 'report = build(verify=False)\n', because: 'not a TLS client' },
    {
      good: 'from opensearchpy import OpenSearch\nindex = OpenSearch(hosts, use_ssl=False, verify_certs=False)\n',
      because: 'without TLS there is no certificate to check',
    },
    { good: 'import os\nos.environ["CURL_CA_BUNDLE"] = "/etc/ssl/ca.pem"\n', because: 'a bundle is named' },
  ],
});

interface Python {
  value(expression: Expression): Value;
  names(expression: Expression): readonly string[];
}

/** `session.verify = False`, `context.verify_mode = ssl.CERT_NONE`; `check_hostname` only where the mode does not say it too. */
function memberSwitchedOff(fact: StoreFact, py: Python, text: string): { keyword: string; value: string } | undefined {
  const value = py.value(fact.value);
  const off = value.kind === 'boolean' && !value.value;
  if (SESSIONS.includes(fact.name)) return off ? { keyword: 'verify', value: 'False' } : undefined;
  if (CONTEXT_MODES.includes(fact.name)) {
    return py.names(fact.value).includes('ssl.CERT_NONE') ? { keyword: 'verify_mode', value: 'CERT_NONE' } : undefined;
  }
  const alone = CONTEXT_NAMES.includes(fact.name) && off && !text.includes('CERT_NONE');
  return alone ? { keyword: 'check_hostname', value: 'False' } : undefined;
}

/** True when the line of an offset is in a branch of an `if`. */
function underCondition(text: string, offset: number): boolean {
  const lines = text.slice(0, offset).split('\n');
  const indent = lines.pop()!.length;
  const head = lines.findLast((line) => line.trim() !== '' && line.length - line.trimStart().length < indent);
  return head !== undefined && /^\s*(if|elif|else)\b/.test(head);
}

function setsVariable(name: string | undefined, value: Value): boolean {
  return name !== undefined && value.kind === 'string' && TLS_VARIABLES[name]?.(value.value) === true;
}

/** `os.environ.setdefault("CURL_CA_BUNDLE", "")`: the variable. */
function variableSet(call: CallFact, py: Python): string | undefined {
  const key = argumentOf(call, 'key', 0);
  const value = argumentOf(call, 'value', 1);
  const name = key === undefined ? undefined : py.value(key.value);
  if (name?.kind !== 'string' || value === undefined) return undefined;
  return setsVariable(name.value, py.value(value.value)) ? name.value : undefined;
}

function isOff(keyword: string, value: Value, names: readonly string[]): boolean {
  if (keyword === 'cert_reqs')
    return names.includes('ssl.CERT_NONE') || (value.kind === 'string' && value.value === 'CERT_NONE');
  return value.kind === 'boolean' && !value.value;
}
