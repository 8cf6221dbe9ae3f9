import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  type PythonQuestions,
  passesUnknown,
  python,
} from '../../engine/index.js';
import { addressPattern, HTTP_CALLS, isLocalHost } from '../../knowledge/http-clients.js';

/** Without `timeout` these wait for ever; httpx gives up after five seconds, aiohttp after five minutes. */
const WAITING = HTTP_CALLS.map((entry) => entry.name).filter((name) => /^requests\./.test(name));
const URLOPEN = 'urllib.request.urlopen';
/** Only an explicit `None` makes these wait for ever. */
const BOUNDED = HTTP_CALLS.map((entry) => entry.name)
  .filter((name) => /^httpx\./.test(name))
  .concat('httpx.Client', 'httpx.AsyncClient');
const TOTAL = ['aiohttp.ClientTimeout', 'aiohttp.client.ClientTimeout'];

export default defineRule({
  summary: 'A request waits for an answer without a limit.',
  stages: ['data-collection', 'deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-400',
    'https://requests.readthedocs.io/en/latest/user/advanced/#timeouts',
    'https://docs.python.org/3/library/urllib.request.html#urllib.request.urlopen',
    'https://www.python-httpx.org/advanced/timeouts/',
    'https://docs.aiohttp.org/en/stable/client_quickstart.html#timeouts',
  ],
  overlaps: ['bandit:B113', 'ruff:S113'],
  docs: {
    why: 'A server that accepts the connection and then says nothing holds the caller for ever: the nightly job that collects features never ends, or one slow model endpoint takes every worker of the prediction service.',
    instead: 'Pass `timeout`, in seconds; it limits the wait for the next bytes, not the length of a download.',
    fixSafety: 'Servers that pause for longer than 30 seconds fail, so the fix is offered for review.',
    limits:
      'Requests to the machine itself, test files, sessions with a mounted adapter and calls that pass on `**kwargs` are not judged; `socket.setdefaulttimeout` counts for `urlopen`.',
  },
  messages: {
    noLimit: '`{callee}` has no `timeout`: a server that stays silent holds this program for ever; pass one',
    switchedOff: '`{option}=None` switches the limit off: a server that stays silent holds this program for ever',
  },
  query: python.calls(...WAITING, URLOPEN, ...BOUNDED, ...TOTAL),
  check(call: CallFact, { report, python: py, text, path }) {
    if (isTestFile(path) || asksItself(call, py)) return;
    const isTotal = TOTAL.includes(call.name);
    const option = isTotal ? 'total' : 'timeout';
    const limit = argumentOf(call, option, isTotal ? 0 : call.name === URLOPEN ? 2 : undefined);
    if (limit !== undefined) {
      if (py.value(limit.value).kind !== 'none' || (isTotal && argumentOf(call, 'sock_read') !== undefined)) return;
      const seconds = isTotal ? '300' : '30';
      report(limit.range, 'switchedOff', { option }).fix(
        `Set \`${option}=${seconds}\``,
        'review',
        edit.replace(limit.value.range, seconds),
        isTotal ? 'longer downloads fail' : 'slower servers fail',
      );
      return;
    }
    const callee = call.name.replaceAll('()', '');
    if (isTotal || BOUNDED.includes(call.name) || passesUnknown(call)) return;
    const elsewhere = call.name === URLOPEN ? /setdefaulttimeout\(/ : /\.mount\(|partial\(/;
    if (elsewhere.test(text)) return;
    report(call.calleeRange, 'noLimit', { callee }).fix(
      'Add `timeout=30`',
      'review',
      edit.setKeyword(text, call.expression, 'timeout', '30'),
      'slower servers fail',
    );
  },
  examples: [
    {
      bad: 'import requests\nrows = «requests.get»("https://data.example.org/rows.json").json()\n',
      message: 'noLimit',
      good: 'import requests\nrows = requests.get("https://data.example.org/rows.json", timeout=30).json()\n',
    },
    {
      bad: 'from urllib.request import urlopen as read\nbody = «read»(url).read()\n',
      message: 'noLimit',
      good: 'from urllib.request import urlopen as read\nbody = read(url, timeout=30).read()\n',
    },
    {
      bad: 'import httpx\nscore = httpx.post(url, json=row, «timeout=None»).json()\n',
      message: 'switchedOff',
      good: 'import httpx\nscore = httpx.post(url, json=row, timeout=30).json()\n',
    },
    {
      bad: 'import aiohttp\nlimit = aiohttp.ClientTimeout(«total=None»)\n',
      message: 'switchedOff',
      good: 'import aiohttp\nlimit = aiohttp.ClientTimeout(total=300)\n',
    },
    { good: 'import requests\nrows = requests.get(url, timeout=30)\n', because: 'a limit is set' },
    { good: 'import httpx\nrows = httpx.get(url)\n', because: 'httpx gives up after five seconds by itself' },
    { good: 'import requests\nalive = requests.get("http://localhost:8000/health")\n', because: 'the machine itself' },
    {
      good: 'import requests\ndef fetch(url, **options):\n    return requests.get(url, **options)\n',
      because: 'the caller may pass the limit',
    },
    {
      good: 'import aiohttp\nlimit = aiohttp.ClientTimeout(total=None, sock_read=60)\n',
      because: 'the wait for the next bytes is limited',
    },
    { good: 'rows = client.get(url)\n', because: 'nothing says which library this is' },
  ],
});

/** The address is known to be on this machine or in the same cluster. */
function asksItself(call: CallFact, py: PythonQuestions): boolean {
  const entry = HTTP_CALLS.find((candidate) => candidate.name === call.name);
  const argument = entry === undefined ? undefined : argumentOf(call, entry.argument, entry.position);
  const address = (argument === undefined ? undefined : addressPattern(py.value(argument.value))) ?? '';
  const host = /^https?:\/\/(?:[^@/\s]*@)?(\[[^\]]*\]|[^/:?#\s]+)/i.exec(address)?.[1] ?? '*';
  return /^file:/i.test(address) || (!host.includes('*') && isLocalHost(host));
}
