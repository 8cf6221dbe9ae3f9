import type { TextEdit } from '../../base/range.js';
import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  passesUnknown,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { isLocalHost } from '../../knowledge/http-clients.js';
import { runsInContainer } from '../_containers.js';
import { isEveryInterface } from './_command-line.js';
import { isOption } from './_option.js';

const CHANNELS = ['grpc.insecure_channel', 'grpc.aio.insecure_channel'];
const PORTS = ['grpc.server().add_insecure_port', 'grpc.aio.server().add_insecure_port'];
const TRITON = ['http', 'grpc', 'http.aio', 'grpc.aio'].map((part) => `tritonclient.${part}.InferenceServerClient`);
const REASON = 'the server has to offer TLS with a certificate that clients trust';

const messages = {
  channel: '`{callee}` talks to `{host}` in the clear: inputs and answers can be read and changed; use TLS',
  triton: 'The client talks to Triton on `{host}` in the clear: inputs and answers can be read; pass `ssl=True`',
  port: '`add_insecure_port` on `{host}` serves the whole network in the clear; use `add_secure_port`',
} as const;

export default defineRule({
  summary: 'Predictions travel over gRPC without encryption.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'OWASP-ML05:2023',
    'AML.T0040',
    'https://grpc.github.io/grpc/python/grpc.html',
    'https://grpc.io/docs/guides/auth/',
  ],
  docs: {
    why: 'A scoring job asks a model server in another network over a plain channel. Whoever sits on the way reads the features of every customer, learns the model from the pairs of inputs and answers, or changes a score; and as the server checks no certificate, anybody who reaches the port may ask.',
    instead:
      'Use `grpc.secure_channel` with `grpc.ssl_channel_credentials()`, `add_secure_port` with `grpc.ssl_server_credentials`, and `ssl=True` for Triton.',
    fixSafety:
      'The other side has to speak TLS, and a server on loopback is not reachable from other machines, so the fixes are offered for review.',
    limits:
      'Loopback, sockets, service names and cluster DNS are not judged, nor are addresses that are not known and files of tests. With a Dockerfile beside the file or above it, where a service has to listen on all interfaces, and in a branch of an `if`, where a server with TLS is the other choice, the level of the server is lower.',
    ignoreWhen: 'A service mesh encrypts and authenticates the connection.',
  },
  messages,
  words: ['insecure_channel', 'add_insecure_port', 'inferenceserverclient'],
  query: python.calls(...CHANNELS, ...PORTS, ...TRITON),
  check(call: CallFact, context) {
    const { report, python: py, path, text } = context;
    const port = PORTS.includes(call.name);
    const target = argumentOf(call, port ? 'address' : TRITON.includes(call.name) ? 'url' : 'target', 0);
    if (target === undefined || isTestFile(path)) return;
    const value = py.value(target.value);
    if (value.kind !== 'string' && value.kind !== 'partial') return;
    const host = hostOf(value.kind === 'string' ? value.value : value.prefix, value.kind === 'string');
    if (host === undefined) return;
    const literal = py.definition(target.value);
    if (port) {
      if (!isEveryInterface(host)) return;
      const finding = report(target.value.range, 'port', { host });
      if (runsInContainer(context) || isOption(text, call.statement.start)) finding.severity('info');
      if (literal !== target.value) finding.related(literal.range, 'the address is written here');
      const edits = loopback(literal, host, text);
      finding.fix('Listen on `127.0.0.1`', 'review', edits, 'other machines no longer reach the service');
      return;
    }
    if (isLocalHost(host)) return;
    if (CHANNELS.includes(call.name)) {
      const finding = report(call.calleeRange, 'channel', { callee: call.name, host });
      if (literal !== target.value) finding.related(literal.range, 'the address is written here');
      finding.fix('Use a channel with TLS', 'review', secureChannel(call, context), REASON);
      return;
    }
    const ssl = argumentOf(call, 'ssl');
    const off = ssl === undefined ? undefined : py.value(ssl.value);
    if (passesUnknown(call) || call.arguments.some(({ position }) => (position ?? 0) > 1)) return;
    if (off !== undefined && !(off.kind === 'boolean' && !off.value)) return;
    const finding = report(ssl?.range ?? call.calleeRange, 'triton', { host });
    if (literal !== target.value) finding.related(literal.range, 'the address is written here');
    finding.fix('Pass `ssl=True`', 'review', edit.setKeyword(text, call.expression, 'ssl', 'True'), REASON);
  },
  examples: [
    {
      bad: 'import grpc\nchannel = «grpc.insecure_channel»("scores.example.org:8500")\n',
      message: 'channel',
      good: 'import grpc\nchannel = grpc.secure_channel("scores.example.org:8500", grpc.ssl_channel_credentials())\n',
    },
    {
      bad: 'import grpc as g\nchannel = «g.aio.insecure_channel»(target="dns:///scores.example.org:8500", options=OPTIONS)\n',
      message: 'channel',
      good: 'import grpc as g\nchannel = g.aio.secure_channel(target="dns:///scores.example.org:8500", credentials=g.ssl_channel_credentials(), options=OPTIONS)\n',
    },
    {
      bad: 'import grpc\nserver = grpc.server(pool)\nserver.add_insecure_port(«"[::]:50051"»)\n',
      message: 'port',
      good: 'import grpc\nserver = grpc.server(pool)\nserver.add_insecure_port("127.0.0.1:50051")\n',
    },
    {
      bad: 'import tritonclient.http as triton\nclient = «triton.InferenceServerClient»(url="10.4.0.7:8000")\n',
      message: 'triton',
      good: 'import tritonclient.http as triton\nclient = triton.InferenceServerClient(url="10.4.0.7:8000", ssl=True)\n',
    },
    {
      bad: 'from tritonclient.grpc import InferenceServerClient as Triton\nclient = Triton("triton.example.org:8001", «ssl=False»)\n',
      message: 'triton',
      good: 'from tritonclient.grpc import InferenceServerClient as Triton\nclient = Triton("triton.example.org:8001", ssl=True)\n',
    },
    { good: 'import grpc\nchannel = grpc.insecure_channel("localhost:8500")\n', because: 'loopback' },
    {
      good: 'import grpc\nchannel = grpc.insecure_channel("unix:///run/scores.sock")\n',
      because: 'a socket of this machine',
    },
    {
      good: 'import grpc\nchannel = grpc.insecure_channel("scores.ml.svc.cluster.local:8500")\n',
      because: 'cluster DNS',
    },
    { good: 'import grpc\nchannel = grpc.insecure_channel(settings.target)\n', because: 'the address is not known' },
    {
      good: 'import grpc\nserver = grpc.server(pool)\nserver.add_insecure_port(f"127.0.0.1:{port}")\n',
      because: 'bound to loopback',
    },
  ],
});

/** Host of a gRPC target (https://github.com/grpc/grpc/blob/master/doc/naming.md); undefined for sockets and unknown hosts. */
function hostOf(target: string, complete: boolean): string | undefined {
  if (/^(?:unix|unix-abstract|vsock|xds|google-c2p):/.test(target)) return undefined;
  const match = /^(?:dns:(?:\/\/[^/]*\/)?|ipv[46]:)?(\[[^\]]*\]|[\w.*-]+)(.?)/.exec(target);
  return match === null || (match[2] === '' && !complete) ? undefined : match[1];
}

/** The host inside a literal, once. */
function loopback(literal: Expression, host: string, text: string): TextEdit[] {
  if (literal.kind !== 'string' && literal.kind !== 'formatted') return [];
  const start = literal.range.start + text.slice(literal.range.start, literal.range.end).indexOf(host);
  return start < literal.range.start ? [] : edit.replace({ start, end: start + host.length }, '127.0.0.1');
}

/** Another callee and credentials behind the target, where `grpc` itself has a name here. */
function secureChannel(
  { callee, arguments: args }: CallFact,
  { python: py, text }: RuleContext<typeof messages>,
): TextEdit[] {
  const [first] = args;
  if (callee.kind !== 'attribute' || first === undefined || first.unpacked) return [];
  let root = callee.object;
  while (root.kind === 'attribute') root = root.object;
  if (!py.names(root).includes('grpc')) return [];
  const credentials = `${text.slice(root.range.start, root.range.end)}.ssl_channel_credentials()`;
  return [
    ...edit.replace(callee.nameRange, 'secure_channel'),
    ...edit.insert(first.range.end, `, ${first.name === undefined ? '' : 'credentials='}${credentials}`),
  ];
}
