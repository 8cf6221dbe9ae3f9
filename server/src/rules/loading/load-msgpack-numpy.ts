import { argumentOf, type CallFact, defineRule, type PythonQuestions, python } from '../../engine/index.js';

const DECODERS = ['unpackb', 'loads', 'unpack', 'load'];
/** Readers of `msgpack` itself, which the hook or `patch()` turns into those of `msgpack_numpy`. */
const PLAIN = [...DECODERS.map((name) => `msgpack.${name}`), 'msgpack.Unpacker', 'msgpack.Unpacker().feed'];
const NUMPY = [...DECODERS, 'Unpacker'].map((name) => `msgpack_numpy.${name}`);
const FEED = 'msgpack_numpy.Unpacker().feed';
const PATCH = 'msgpack_numpy.patch';

export default defineRule({
  summary: 'MessagePack data is read with a decoder that unpickles object arrays.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: ['CWE-502', 'OWASP-ML02:2023', 'AML.T0011.000', 'https://github.com/lebedov/msgpack-numpy'],
  docs: {
    why: 'The decoder of `msgpack_numpy` unpickles any array that says it holds objects. A worker that takes feature batches from a queue in this format runs the code of whoever can put a message there, although MessagePack itself carries data only.',
    instead:
      'Send the bytes of the array with its `dtype` and shape through plain MessagePack and rebuild it with `numpy.frombuffer` and a `dtype` from a short list; or use Arrow.',
    fixSafety: 'There is no automatic fix: the sender has to change as well.',
    limits:
      'Only data that is seen to come from outside is reported at the call. `patch()` is reported once, as information, since it changes every reader of the process.',
    ignoreWhen: 'The channel is signed, or both ends run in the same container.',
  },
  messages: {
    untrusted: '`{callee}` unpickles object arrays in data from outside ({source}): whoever sends it runs code here',
    patched: '`msgpack_numpy.patch()` lets every reader of MessagePack in this process unpickle object arrays',
  },
  query: python.calls(PATCH, FEED, ...NUMPY, ...PLAIN),
  check(call: CallFact, { report, python: py, text }) {
    if (call.name === PATCH) {
      report(call.calleeRange, 'patched').severity('info');
      return;
    }
    if (PLAIN.includes(call.name) && !hasNumpyHook(call, py) && !isPatched(text)) return;
    const [data] = call.arguments;
    if (data === undefined || data.position !== 0) return;
    const origin = py.origin(data.value);
    if (origin.tier !== 'T1' || origin.operator) return;
    const callee = call.name.replaceAll('()', '');
    const finding = report(call.calleeRange, 'untrusted', { callee, source: origin.description });
    for (const step of origin.trail) finding.related(step.range, step.message);
  },
  examples: [
    {
      bad: 'import msgpack_numpy as m\nimport requests\nbatch = «m.unpackb»(requests.get(url, timeout=30).content)\n',
      message: 'untrusted',
      good: 'import msgpack\nimport numpy as np\nimport requests\nraw = msgpack.unpackb(requests.get(url, timeout=30).content)\nbatch = np.frombuffer(raw["data"], dtype="float32").reshape(raw["shape"])\n',
      byHand: true,
    },
    {
      bad: 'import msgpack\nimport msgpack_numpy as m\nfrom flask import request\nbatch = «msgpack.unpackb»(request.data, object_hook=m.decode)\n',
      message: 'untrusted',
      good: 'import msgpack\nfrom flask import request\nbatch = msgpack.unpackb(request.data)\n',
      byHand: true,
    },
    {
      bad: 'import msgpack_numpy as m\n«m.patch»()\n',
      message: 'patched',
      good: 'import msgpack\n',
      byHand: true,
    },
    {
      good: 'import msgpack\nfrom flask import request\nrows = msgpack.unpackb(request.data)\n',
      because: 'plain MessagePack holds data only',
    },
    {
      good: 'import msgpack\nimport msgpack_numpy as m\nrows = msgpack.unpackb(cached, object_hook=m.decode)\n',
      because: 'nothing says that the data comes from outside',
    },
    {
      good: 'import msgpack\nimport msgpack_numpy as m\nblob = msgpack.packb(batch, default=m.encode)\n',
      because: 'writing runs nothing',
    },
    {
      good: 'from flask import request\nrows = codec.unpackb(request.data)\n',
      because: 'nothing says which library this is',
    },
  ],
});

/** `object_hook=msgpack_numpy.decode`, also wrapped in `functools.partial`. */
function hasNumpyHook(call: CallFact, py: PythonQuestions): boolean {
  const hook = argumentOf(call, 'object_hook');
  if (hook === undefined) return false;
  const named = py.definition(hook.value);
  const inner = named.kind === 'call' ? named.arguments[0]?.value : undefined;
  return [hook.value, inner].some(
    (expression) => expression !== undefined && py.names(expression).includes('msgpack_numpy.decode'),
  );
}

function isPatched(text: string): boolean {
  return /\bmsgpack_numpy\b/.test(text) && /(?<!def )\bpatch\(\)/.test(text);
}
