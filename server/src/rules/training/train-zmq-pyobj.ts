import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  python,
  type Report,
} from '../../engine/index.js';
import { addressesOf, reachOf, SOCKETS } from './_zmq-sockets.js';

export default defineRule({
  summary: 'A ZeroMQ socket exchanges pickled objects.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML10:2023',
    'AML.T0011.000',
    'CVE-2025-32444',
    'CVE-2025-30165',
    'https://pyzmq.readthedocs.io/en/latest/api/zmq.html',
    'https://pyzmq.readthedocs.io/en/latest/howto/serialization.html',
  ],
  docs: {
    why: 'ZeroMQ asks nobody for a password, and `recv_pyobj` is `pickle.loads` on what arrives. Inference servers that joined their workers this way could be taken over with a single message to the port.',
    instead:
      'Send JSON (`send_json`, `recv_json`) or msgpack, and tensors as raw bytes with their shape; keep sockets on `ipc://` or add CURVE keys.',
    fixSafety: 'Both ends have to change together, and JSON turns tuples into lists, so the fix is offered for review.',
    limits:
      'The address is looked for beside the `bind` or `connect` of the same variable. On `ipc://`, `inproc://` and the loopback, where only the own machine is left, the level is lower. Sockets that are parameters without an annotation are not seen; `pickle.loads` of a message is what `load-pickle` reports.',
    ignoreWhen: 'CURVE keys let only known peers connect.',
  },
  messages: {
    network: '`recv_pyobj` unpickles whatever arrives at `{address}`, which can run code; use JSON or msgpack',
    unknown: '`recv_pyobj` unpickles each message, so whoever reaches the socket can run code; use JSON or msgpack',
    sends: '`send_pyobj` makes the machine that receives unpickle; send JSON or msgpack instead',
  },
  query: python.calls(...SOCKETS.flatMap((socket) => [`${socket}.recv_pyobj`, `${socket}.send_pyobj`])),
  check(call: CallFact, { report, text, path, python: py }) {
    if (call.callee.kind !== 'attribute' || isTestFile(path)) return;
    const addresses = addressesOf(call.callee.object, text);
    const reach = reachOf(addresses);
    const guarded = text.includes('curve_secretkey');
    if (call.name.endsWith('send_pyobj')) {
      // The danger is with who receives: only where that is another machine is it worth a word.
      if (reach === 'network' && !guarded) offerJson(report(call.calleeRange, 'sends').severity('warning'), call, py);
      return;
    }
    const finding =
      reach === 'network'
        ? report(call.calleeRange, 'network', { address: addresses.find((one) => reachOf([one]) === 'network')! })
        : report(call.calleeRange, 'unknown');
    if (reach === 'machine' || guarded) finding.severity('info');
    else if (reach === 'unknown') finding.severity('warning');
  },
  examples: [
    {
      bad: 'import zmq\nsock = zmq.Context().socket(zmq.PULL)\nsock.bind("tcp://*:5555")\nbatch = «sock.recv_pyobj»()\n',
      message: 'network',
      good: 'import zmq\nsock = zmq.Context().socket(zmq.PULL)\nsock.bind("tcp://*:5555")\nbatch = sock.recv_json()\n',
      byHand: true,
    },
    {
      bad: 'import zmq as z\nsock = z.Context.instance().socket(z.SUB)\nsock.connect(address)\nbatch = «sock.recv_pyobj»()\n',
      message: 'unknown',
      good: 'import zmq as z\nsock = z.Context.instance().socket(z.SUB)\nsock.connect(address)\nbatch = sock.recv_json()\n',
      byHand: true,
    },
    {
      bad: 'import zmq\nsock = zmq.Context().socket(zmq.PUSH)\nsock.connect("tcp://10.0.0.4:5555")\n«sock.send_pyobj»({"step": 3, "loss": 0.5})\n',
      message: 'sends',
      good: 'import zmq\nsock = zmq.Context().socket(zmq.PUSH)\nsock.connect("tcp://10.0.0.4:5555")\nsock.send_json({"step": 3, "loss": 0.5})\n',
    },
    {
      good: 'import zmq\nsock = zmq.Context().socket(zmq.PULL)\nsock.bind("tcp://*:5555")\nbatch = sock.recv_json()\n',
      because: 'JSON runs nothing',
    },
    {
      good: 'import zmq\nsock = zmq.Context().socket(zmq.PUSH)\nsock.connect("ipc:///run/trainer.sock")\nsock.send_pyobj(batch)\n',
      because: 'the receiver is on the same machine',
    },
    { good: 'batch = channel.recv_pyobj()\n', because: 'nothing says which library this is' },
    {
      good: 'import zmq\nsock = zmq.Context().socket(zmq.PULL)\nframes = sock.recv_multipart()\n',
      because: 'plain bytes',
    },
  ],
});

/** A literal that JSON holds as it is can be sent as JSON. */
function offerJson(finding: Report, call: CallFact, py: PythonQuestions): void {
  const dict = argumentOf(call, 'obj', 0)?.value;
  const isPlain = (one: Expression): boolean => ['string', 'number', 'boolean', 'none'].includes(py.value(one).kind);
  const isText = (one: Expression | undefined): boolean => one !== undefined && py.value(one).kind === 'string';
  // The other options of the two methods have different meanings.
  if (dict?.kind !== 'dict' || call.callee.kind !== 'attribute' || call.arguments.length > 1) return;
  if (!dict.entries.every(({ key, value }) => isText(key) && isPlain(value))) return;
  finding.fix(
    'Send JSON',
    'review',
    edit.replace(call.callee.nameRange, 'send_json'),
    'the receiver has to read it with `recv_json`',
  );
}
