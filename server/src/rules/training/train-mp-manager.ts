import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, passesUnknown, python } from '../../engine/index.js';
import { isEveryInterface, isLoopback } from '../../knowledge/bind-addresses.js';
import { namedHost, offerLoopback } from './_network.js';

const LISTENERS = ['multiprocessing.connection.Listener'];
const CLIENTS = ['multiprocessing.connection.Client'];
const MANAGERS = ['multiprocessing.managers.BaseManager', 'multiprocessing.managers.SyncManager'];
/** A name of the program's own may be a subclass, as the manual writes them: only its arguments say so. */
const SUBCLASS = /\bclass\s+\w+\s*\(\s*(?:\w+\.)*(?:BaseManager|SyncManager)\s*[,)]/;
const REASON = 'workers on other machines can no longer connect';

export default defineRule({
  summary: 'A process manager or listener takes pickles from the network with a known key or none.',
  stages: ['preprocessing', 'training'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'CWE-798',
    'CWE-306',
    'OWASP-ML10:2023',
    'https://docs.python.org/3/library/multiprocessing.html#using-a-remote-manager',
    'https://docs.python.org/3/library/multiprocessing.html#authentication-keys',
  ],
  docs: {
    why: 'Data-loading queues that are shared between machines this way speak pickle. The key is the only guard: with the one of the tutorial, or none, a neighbour on the network sends an object whose unpickling runs code in the trainer, and rewrites batches or weights.',
    instead:
      'Listen on `127.0.0.1` or a Unix socket, and read `authkey` from a secret store or the environment on both sides.',
    fixSafety:
      'Workers on other machines can no longer connect, so the other address is offered for review; a key has to be chosen by the owner of the job.',
    limits:
      'Addresses and keys that are not known are passed over, as are tests. On the loopback, where only other users of the machine are left, a known key is passed over and a missing one weighs less. Without an `authkey` a manager makes up a random one, which is safe.',
  },
  messages: {
    knownKey:
      '`{callee}` unpickles what anybody sends who knows the key in this file; read the key from the environment',
    openKey:
      '`{callee}` on every interface runs code for all who know the key in this file; use loopback or a secret key',
    noKey: '`Listener` without `authkey` unpickles what anybody sends who connects; pass a secret key',
  },
  words: ['multiprocessing'],
  query: [python.calls(...LISTENERS, ...MANAGERS, ...CLIENTS), python.callsWithKeyword('authkey')],
  check(call: CallFact, context) {
    const { report, text, path, python: py } = context;
    if (CLIENTS.includes(call.name) || isTestFile(path)) return;
    const listener = LISTENERS.includes(call.name);
    if (!listener && !MANAGERS.includes(call.name) && !SUBCLASS.test(text)) return;
    const named = namedHost(argumentOf(call, 'address', 0), true, py);
    if (named === undefined) return;
    const key = argumentOf(call, 'authkey', listener ? 3 : 1);
    const { callee } = call;
    const open = isEveryInterface(named.host);
    const local = isLoopback(named.host);
    if (key === undefined || py.value(key.value).kind === 'none') {
      if (!listener || passesUnknown(call)) return;
      const finding = report(key?.range ?? call.calleeRange, 'noKey');
      if (local) finding.severity('warning');
      return;
    }
    const literal = py.definition(key.value);
    const encode = literal.kind === 'call' && literal.callee.kind === 'attribute' ? literal.callee : undefined;
    const encoded = encode?.name === 'encode' && py.value(encode.object).kind === 'string';
    if (local || (!encoded && py.value(key.value).kind !== 'bytes')) return;
    const finding = report(key.range, open ? 'openKey' : 'knownKey', {
      callee: 'name' in callee ? callee.name : 'Listener',
    });
    if (!open) finding.severity('warning');
    if (literal !== key.value) finding.related(literal.range, 'the key is written here');
    if (open) offerLoopback(finding, named, REASON, context);
  },
  examples: [
    {
      bad: 'from multiprocessing.managers import BaseManager\nm = BaseManager(address=("", 50000), «authkey=b"batches"»)\n',
      message: 'openKey',
      good: 'from multiprocessing.managers import BaseManager\nm = BaseManager(address=("127.0.0.1", 50000), authkey=b"batches")\n',
    },
    {
      bad: 'from multiprocessing.managers import SyncManager as Sync\nm = Sync(address=("10.0.0.4", 50000), «authkey=b"batches"»)\n',
      message: 'knownKey',
      good: 'from multiprocessing.managers import SyncManager as Sync\nm = Sync(address=("10.0.0.4", 50000), authkey=key)\n',
      byHand: true,
    },
    {
      bad: 'from multiprocessing.connection import Listener\nserver = «Listener»(("0.0.0.0", 6000))\n',
      message: 'noKey',
      good: 'from multiprocessing.connection import Listener\nserver = Listener(("0.0.0.0", 6000), authkey=key)\n',
      byHand: true,
    },
    {
      good: 'from multiprocessing.managers import BaseManager\nm = BaseManager(address=("", 50000), authkey=key)\n',
      because: 'the key is not written here',
    },
    {
      good: 'from multiprocessing.managers import BaseManager\nm = BaseManager(address=("", 50000))\n',
      because: 'a manager makes up a random key',
    },
    {
      good: 'from multiprocessing.connection import Listener\nserver = Listener("/run/trainer/batches.sock")\n',
      because: 'a Unix socket, which the file system guards',
    },
    { good: 'import multiprocessing\nm = multiprocessing.Manager()\n', because: 'no address, a random key' },
    { good: 'client = Listener(("0.0.0.0", 6000))\n', because: 'nothing says which library this is' },
  ],
});
