import { argumentOf, type CallFact, type CommandFact, commands, defineRule, python } from '../../engine/index.js';
import { hostOf, isEveryInterface } from '../../knowledge/bind-addresses.js';
import { commandOption, isContained, isOption, namedHost, offerLoopback, toLoopback } from './_network.js';

/** Where the address is passed; `pair`: as `(host, port)`. Hosts that are not passed are loopback. */
const DEBUGGERS: Readonly<Record<string, { readonly argument: string | undefined; readonly pair: boolean }>> = {
  'debugpy.listen': { argument: undefined, pair: true },
  'ptvsd.enable_attach': { argument: 'address', pair: true },
  'rpdb.set_trace': { argument: 'addr', pair: false },
  'rpdb.Rpdb': { argument: 'addr', pair: false },
  'remote_pdb.set_trace': { argument: 'host', pair: false },
  'remote_pdb.RemotePdb': { argument: 'host', pair: false },
};
const REASON = 'debuggers on other machines need a tunnel';

export default defineRule({
  summary: 'A remote debugger listens on every network interface.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-489',
    'CWE-1327',
    'OWASP-ML05:2023',
    'https://github.com/microsoft/debugpy/wiki/Command-Line-Reference',
    'https://pypi.org/project/remote-pdb/',
  ],
  docs: {
    why: 'A debug adapter asks nobody for a password: who connects evaluates any expression in the process. On a training node or beside a model server that means the weights, the data in memory and the credentials of the job, for everybody on the same network.',
    instead: 'Listen on `127.0.0.1` and forward the port over SSH or `kubectl port-forward`.',
    fixSafety: 'Other machines can no longer attach directly, so the fix is offered for review.',
    limits:
      'Addresses that are not known are passed over, as are `.devcontainer` files. Under an `if`, and in a container, the level is lower. A `breakpoint()` that was left in opens no port and is not reported.',
    ignoreWhen: 'The port is published to the loopback of the host alone.',
  },
  messages: {
    listens: '`{callee}` on every interface lets anybody on the network run code in this process; use `127.0.0.1`',
    commandLine: '`--listen` on every interface lets anybody on the network run code in the process; use `127.0.0.1`',
  },
  query: [python.calls(...Object.keys(DEBUGGERS)), commands.named('debugpy', 'ptvsd')],
  check(fact: CallFact | CommandFact, context) {
    const { report, python: py, text, path } = context;
    if (path.includes('.devcontainer/')) return;
    if (fact.kind === 'command') {
      const { words } = fact.command;
      // Options behind the first of these names may be those of the program under the debugger.
      const end = words.findIndex(({ text: word }) => /^--(?:listen|host)(?:=|$)/.test(word)) + 2;
      const listen = commandOption(words.slice(0, end), '--listen', '--host');
      const host = listen === undefined ? undefined : /^(.+?)(?::\d*)?$/.exec(listen.value)?.[1];
      // A bare number is a port of the loopback.
      if (listen === undefined || host === undefined || /^\d+$/.test(host) || !isEveryInterface(hostOf(host))) return;
      const finding = report(listen.range, 'commandLine');
      if (isContained(fact)) finding.severity('warning');
      else finding.fix('Use `127.0.0.1`', 'review', toLoopback(text, listen.word, host), REASON);
      return;
    }
    const { argument, pair } = DEBUGGERS[fact.name]!;
    const named = namedHost(argumentOf(fact, argument, 0), pair, py);
    if (named === undefined || !isEveryInterface(named.host)) return;
    const finding = report(named.expression.range, 'listens', { callee: fact.name });
    if (isOption(text, fact.statement.start)) finding.severity('warning');
    offerLoopback(finding, named, REASON, context);
  },
  examples: [
    {
      bad: 'import debugpy\ndebugpy.listen((«"0.0.0.0"», 5678))\n',
      message: 'listens',
      good: 'import debugpy\ndebugpy.listen(("127.0.0.1", 5678))\n',
    },
    {
      bad: 'from remote_pdb import RemotePdb as Pdb\nPdb(«"0.0.0.0"», 4444).set_trace()\n',
      message: 'listens',
      good: 'from remote_pdb import RemotePdb as Pdb\nPdb("127.0.0.1", 4444).set_trace()\n',
    },
    {
      bad: 'import os\nos.system("python -m debugpy «--listen 0.0.0.0:5678» train.py")\n',
      message: 'commandLine',
      good: 'import os\nos.system("python -m debugpy --listen 127.0.0.1:5678 train.py")\n',
    },
    { good: 'import debugpy\ndebugpy.listen(5678)\n', because: 'a port alone is on the loopback' },
    { good: 'import debugpy\ndebugpy.listen(("localhost", 5678))\n', because: 'loopback' },
    { good: 'import debugpy\ndebugpy.listen((host, 5678))\n', because: 'the host is not known' },
    {
      good: 'import debugpy\ndebugpy.connect(("0.0.0.0", 5678))\n',
      because: 'connects to a debugger, listens nowhere',
    },
    { good: 'import rpdb\nrpdb.set_trace()\n', because: 'loopback is the default' },
    { good: 'def predict(row):\n    breakpoint()\n', because: 'opens no port' },
  ],
});
