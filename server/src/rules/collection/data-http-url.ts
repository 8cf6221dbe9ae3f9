import type { Range } from '../../base/range.js';
import {
  argumentOf,
  type CallFact,
  type CommandFact,
  commands,
  defineRule,
  edit,
  programIndex,
  python,
} from '../../engine/index.js';
import { HTTP_CALLS, HTTPS_HOSTS, isLocalHost, plainHttpHost } from '../../knowledge/http-clients.js';

const PROGRAMS = ['wget', 'curl', 'aria2c'];
/** Last names of the calls that send a body. */
const SENDERS: ReadonlySet<string> = new Set(['post', 'put', 'patch']);
/** Options whose value is an address that is not fetched. */
const OTHER_ADDRESS = /^(-x|--proxy|-e|--referer|-H|--header|--all-proxy|--http-proxy)$/;

export default defineRule({
  summary: 'Data or a model is fetched over plain HTTP.',
  stages: ['data-collection', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-319', 'CWE-494', 'OWASP-ML02:2023', 'OWASP-ML06:2023', 'AML.T0020'],
  overlaps: ['bandit:B310', 'ruff:S310'],
  docs: {
    why: 'Anybody on the way can replace what arrives over plain HTTP: a proxy in a lab network is enough to add rows to the training data or to swap a checkpoint.',
    instead: 'Use the `https://` address; where the server has none, compare a digest before the file is used.',
    fixSafety: 'The server may not answer over HTTPS, so the fix is offered for review.',
    limits: 'Loopback, service names and cluster DNS are not judged; an address that is computed is not known.',
  },
  messages: {
    plainHttp: '`{callee}` fetches from `{host}` over plain HTTP: what arrives can be replaced on the way; use `https`',
    plainSend: '`{callee}` sends to `{host}` over plain HTTP: anybody on the way can read and change it; use `https`',
    commandLine: '`{program}` talks to `{host}` over plain HTTP: what travels can be read and replaced; use `https`',
  },
  words: ['http:'],
  query: [python.calls(...HTTP_CALLS.map((entry) => entry.name)), commands.named(...PROGRAMS)],
  check(call: CallFact | CommandFact, { report, python: py, text }) {
    if (call.kind === 'command') {
      for (const { range, program, host } of plainAddresses(call)) report(range, 'commandLine', { program, host });
      return;
    }
    for (const entry of HTTP_CALLS.filter((candidate) => candidate.name === call.name)) {
      const argument = argumentOf(call, entry.argument, entry.position);
      if (argument === undefined) continue;
      const value = py.value(argument.value);
      if (value.kind !== 'string' && value.kind !== 'partial') continue;
      const address = value.kind === 'string' ? value.value : value.prefix;
      const host = plainHttpHost(address, value.kind === 'string');
      if (host === undefined || isLocalHost(host)) continue;
      const literal = py.definition(argument.value);
      const at = text.slice(literal.range.start, literal.range.end).search(/http:\/\//i);
      const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
      const finding = report(argument.value.range, SENDERS.has(callee) ? 'plainSend' : 'plainHttp', { callee, host });
      if (literal !== argument.value) finding.related(literal.range, 'the address is written here');
      if (at < 0) return;
      const scheme = literal.range.start + at;
      const reason = HTTPS_HOSTS.has(host) ? 'the address changes' : `check that ${host} answers over HTTPS`;
      finding.fix('Use `https://`', 'review', edit.replace({ start: scheme, end: scheme + 7 }, 'https://'), reason);
      return;
    }
  },
  examples: [
    {
      bad: 'import pandas as pd\nrows = pd.read_csv(«"http://data.example.org/rows.csv"»)\n',
      message: 'plainHttp',
      good: 'import pandas as pd\nrows = pd.read_csv("https://data.example.org/rows.csv")\n',
    },
    {
      bad: 'from urllib.request import urlretrieve as get\nURL = "http://data.example.org/rows.tgz"\nget(«URL», "rows.tgz")\n',
      message: 'plainHttp',
      good: 'from urllib.request import urlretrieve as get\nURL = "https://data.example.org/rows.tgz"\nget(URL, "rows.tgz")\n',
    },
    {
      bad: 'import requests\nsession = requests.Session()\nsession.get(«f"http://data.example.org/{day}.csv"»)\n',
      message: 'plainHttp',
      good: 'import requests\nsession = requests.Session()\nsession.get(f"https://data.example.org/{day}.csv")\n',
    },
    {
      bad: 'import requests\nanswer = requests.post(«"http://models.example.org/predict"», json=row, timeout=30)\n',
      message: 'plainSend',
      good: 'import requests\nanswer = requests.post("https://models.example.org/predict", json=row, timeout=30)\n',
    },
    {
      bad: 'FROM python:3.12-slim\nRUN wget -q «http://data.example.org/rows.tgz»\n',
      path: 'Dockerfile',
      message: 'commandLine',
      good: 'FROM python:3.12-slim\nRUN wget -q https://data.example.org/rows.tgz\n',
      byHand: true,
    },
    { good: 'import requests\nrequests.get("http://localhost:8000/health")\n', because: 'loopback' },
    {
      good: 'import requests\nrequests.post("http://feature-store.ml.svc.cluster.local/online")\n',
      because: 'cluster DNS',
    },
    { good: 'NAMESPACE = "http://www.w3.org/2001/XMLSchema"\n', because: 'a namespace, not a request' },
    { good: 'import requests\nrequests.get(f"http://{host}/rows.csv")\n', because: 'the host is not known' },
    { good: 'import requests\nrequests.get("https://data.example.org/rows.csv")\n', because: 'already over HTTPS' },
  ],
});

/** Addresses a download command is given, as far as their host is written out. */
function plainAddresses(fact: CommandFact): { program: string; host: string; range: Range }[] {
  const { words } = fact.command;
  const first = words[programIndex(fact.command)]!.text;
  const program = first.slice(first.lastIndexOf('/') + 1);
  return words.flatMap(({ text, range }, index) => {
    const host = plainHttpHost(text, true);
    const fetched = index > 0 && !OTHER_ADDRESS.test(words[index - 1]!.text);
    const known = host !== undefined && fetched && /^[\w.-]+$/.test(host) && !isLocalHost(host);
    return known ? [{ program, host, range }] : [];
  });
}
