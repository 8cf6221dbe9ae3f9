import { NamePatterns } from '../../base/name-pattern.js';
import {
  argumentOf,
  type CommandFact,
  commands,
  defineRule,
  edit,
  python,
  type StoreFact,
} from '../../engine/index.js';

/** Keyword arguments that switch certificate checks, and the value that switches them off. */
const SWITCHES: readonly { readonly keyword: string; readonly names: readonly string[] }[] = [
  {
    keyword: 'verify',
    names: [
      'requests.*',
      'requests.Session().*',
      'requests.session().*',
      'httpx.*',
      'httpx.Client().*',
      'httpx.AsyncClient().*',
      'boto3.client',
      'boto3.resource',
      'boto3.Session().client',
      'boto3.session.Session().client',
      'boto3.Session().resource',
      'hvac.Client',
    ],
  },
  { keyword: 'ssl', names: ['aiohttp.TCPConnector', 'aiohttp.ClientSession().*'] },
  {
    keyword: 'verify_ssl',
    names: [
      'aiohttp.TCPConnector',
      'aiohttp.ClientSession().*',
      'influxdb.InfluxDBClient',
      'influxdb_client.InfluxDBClient',
      'clearml.backend_api.Session',
    ],
  },
  {
    keyword: 'verify_certs',
    names: ['elasticsearch.Elasticsearch', 'elasticsearch.AsyncElasticsearch', 'opensearchpy.OpenSearch'],
  },
  { keyword: 'cert_reqs', names: ['urllib3.PoolManager', 'urllib3.HTTPSConnectionPool'] },
];
const CLIENTS = new NamePatterns<string>();
for (const entry of SWITCHES) for (const name of entry.names) CLIENTS.add(name, entry.keyword);
const SESSIONS = ['requests.Session().verify', 'requests.session().verify'];
const UNVERIFIED = ['ssl._create_unverified_context'];
/** Environment variables and the values that switch checks off. */
const ENVIRONMENT: Readonly<Record<string, (value: string) => boolean>> = {
  CURL_CA_BUNDLE: (value) => value === '',
  REQUESTS_CA_BUNDLE: (value) => value === '',
  PYTHONHTTPSVERIFY: (value) => value === '0',
  MLFLOW_TRACKING_INSECURE_TLS: (value) => /^(true|1)$/i.test(value),
  WANDB_INSECURE_DISABLE_SSL: (value) => /^(true|1)$/i.test(value),
  GIT_SSL_NO_VERIFY: (value) => /^(true|1)$/i.test(value),
  NODE_TLS_REJECT_UNAUTHORIZED: (value) => value === '0',
};

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
    limits: 'A flag that is computed at run time is not judged.',
  },
  messages: {
    verifyOff: '`{keyword}={value}` switches certificate checks off; what is fetched can be replaced on the way',
    unverifiedContext: '`{callee}` makes a TLS context that accepts any certificate',
    environment: 'Setting `{name}` to this value switches certificate checks off for the whole process',
    commandLine: '`{flag}` makes `{program}` accept any certificate; what is fetched can be replaced on the way',
  },
  query: [
    python.callsWithKeyword(...SWITCHES.map((entry) => entry.keyword)),
    python.calls(...UNVERIFIED),
    python.references(...UNVERIFIED),
    python.stores('os.environ[]', ...SESSIONS),
    commands.named('wget', 'curl', 'pip', 'pip3', 'conda', 'git'),
  ],
  check(fact, { report, python: py, text }) {
    switch (fact.kind) {
      case 'reference':
        report(fact.range, 'unverifiedContext', { callee: fact.name });
        return;
      case 'store':
        if (SESSIONS.includes(fact.name)) {
          const value = py.value(fact.value);
          const off = value.kind === 'boolean' && !value.value;
          if (off) report(fact.range, 'verifyOff', { keyword: 'verify', value: 'False' });
          return;
        }
        return environment(fact, (range, name) => report(range, 'environment', { name }), py.value);
      case 'command': {
        const found = switchedOffOnCommandLine(fact);
        if (found !== undefined) report(found.range, 'commandLine', { flag: found.flag, program: found.program });
        return;
      }
    }
    if (UNVERIFIED.includes(fact.name)) {
      report(fact.calleeRange, 'unverifiedContext', { callee: fact.name });
      return;
    }
    for (const keyword of new Set(CLIENTS.match(fact.name))) {
      const argument = argumentOf(fact, keyword);
      if (argument === undefined || !isOff(keyword, py.value(argument.value), py.names(argument.value))) continue;
      const value = text.slice(argument.value.range.start, argument.value.range.end).slice(0, 20);
      report(argument.range, 'verifyOff', { keyword, value }).fix(
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
    { good: 'import requests\nrows = requests.get(url, verify="ca.pem")\n', because: 'a bundle of its own' },
    { good: 'import requests\nrows = requests.get(url, verify=settings.verify)\n', because: 'the flag is not known' },
    { good: 'report = build(verify=False)\n', because: 'not a TLS client' },
    { good: 'import os\nos.environ["CURL_CA_BUNDLE"] = "/etc/ssl/ca.pem"\n', because: 'a bundle is named' },
  ],
});

function environment(
  fact: StoreFact,
  found: (range: { start: number; end: number }, name: string) => void,
  evaluate: (e: StoreFact['value']) => { kind: string; value?: unknown },
): void {
  const test = fact.key === undefined ? undefined : ENVIRONMENT[fact.key];
  if (test === undefined) return;
  const value = evaluate(fact.value);
  if (value.kind === 'string' && test(String(value.value))) found(fact.target, fact.key!);
}

function isOff(keyword: string, value: { kind: string; value?: unknown }, names: readonly string[]): boolean {
  if (keyword === 'cert_reqs')
    return names.includes('ssl.CERT_NONE') || (value.kind === 'string' && value.value === 'CERT_NONE');
  return value.kind === 'boolean' && value.value === false;
}

function switchedOffOnCommandLine(
  fact: CommandFact,
): { flag: string; program: string; range: { start: number; end: number } } | undefined {
  const words = fact.command.words;
  const program = words
    .map((word) => word.text)
    .find((word) => /^(wget|curl|pip3?|conda|git)$/.test(word.slice(word.lastIndexOf('/') + 1)));
  for (const [i, word] of words.entries()) {
    const off =
      (program === 'wget' && word.text === '--no-check-certificate') ||
      (program === 'curl' && (word.text === '--insecure' || /^-[a-zA-Z]*k[a-zA-Z]*$/.test(word.text))) ||
      (program === 'git' && /^http\.sslVerify=false$/i.test(word.text)) ||
      (program === 'git' && word.text === 'http.sslVerify' && words[i + 1]?.text.toLowerCase() === 'false');
    if (off) return { flag: word.text, program: program!, range: word.range };
  }
  return undefined;
}
