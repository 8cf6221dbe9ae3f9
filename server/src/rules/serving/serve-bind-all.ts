import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  python,
  type Value,
} from '../../engine/index.js';
import { isEveryInterface } from '../../knowledge/bind-addresses.js';

/** Calls that listen: where the host is passed. `tuple`: inside an address pair. */
const LISTENERS: Readonly<
  Record<string, { readonly argument: string | undefined; readonly position?: number; readonly tuple?: boolean }>
> = {
  'uvicorn.run': { argument: 'host' },
  'uvicorn.Config': { argument: 'host', position: 1 },
  'waitress.serve': { argument: 'host' },
  'werkzeug.serving.run_simple': { argument: 'hostname', position: 0 },
  'flask.Flask().run': { argument: 'host', position: 0 },
  'quart.Quart().run': { argument: 'host', position: 0 },
  'bottle.run': { argument: 'host', position: 2 },
  'dash.Dash().run': { argument: 'host', position: 0 },
  'dash.Dash().run_server': { argument: 'host', position: 0 },
  'aiohttp.web.run_app': { argument: 'host' },
  'sanic.Sanic().run': { argument: 'host', position: 0 },
  'tornado.web.Application().listen': { argument: 'address', position: 1 },
  'wsgiref.simple_server.make_server': { argument: 'host', position: 0 },
  'websockets.serve': { argument: 'host', position: 1 },
  'asyncio.start_server': { argument: 'host', position: 1 },
  'gradio.**.launch': { argument: 'server_name' },
  'gevent.pywsgi.WSGIServer': { argument: 'listener', position: 0, tuple: true },
  'http.server.HTTPServer': { argument: 'server_address', position: 0, tuple: true },
  'http.server.ThreadingHTTPServer': { argument: 'server_address', position: 0, tuple: true },
  'socketserver.TCPServer': { argument: 'server_address', position: 0, tuple: true },
  'socket.socket().bind': { argument: undefined, position: 0, tuple: true },
};
const CONTAINER_FILES = ['Dockerfile', 'docker-compose.yml', 'docker-compose.yaml', 'compose.yaml', 'compose.yml'];

export default defineRule({
  summary: 'A service listens on every network interface.',
  stages: ['deployment', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-1327', 'CWE-605', 'OWASP-ML05:2023', 'AML.T0049'],
  overlaps: ['bandit:B104', 'ruff:S104'],
  docs: {
    why: 'A demo or prediction service on `0.0.0.0` is reachable from the whole lab or cloud network: anybody can query the model until it is copied, or reach an endpoint that was meant for debugging.',
    instead:
      'Listen on `127.0.0.1` and let a gateway with authentication face the network, or take the host from the environment.',
    fixSafety: 'Other machines can no longer reach the service, so the fix is offered for review.',
    limits:
      'Inside a container every service has to listen on all interfaces: with a Dockerfile beside the file or above it the level is lower. A socket that only looks for a free port is passed over.',
    ignoreWhen: 'The process runs in a container and the published port is guarded.',
  },
  messages: {
    allInterfaces:
      '`{callee}` listens on every interface (`{host}`); anybody on the network reaches it, use `127.0.0.1`',
  },
  query: python.calls(...Object.keys(LISTENERS)),
  check(call: CallFact, { report, python: py, workspace, path, text }) {
    const entry = LISTENERS[call.name] ?? (call.name.startsWith('gradio.') ? LISTENERS['gradio.**.launch'] : undefined);
    const argument = entry === undefined ? undefined : argumentOf(call, entry.argument, entry.position);
    if (entry === undefined || argument === undefined) return;
    let host: Expression = argument.value;
    if (entry.tuple) {
      const pair = py.definition(argument.value);
      const [address, port] = pair.kind === 'tuple' ? pair.items : [];
      if (address === undefined || isAnyPort(port && py.value(port))) return;
      host = address;
    }
    if (call.name === 'socket.socket().bind' && !/\.(listen|recv\w*|serve_forever)\(/.test(text)) return;
    const value = py.value(host);
    if (value.kind !== 'string' || !isEveryInterface(value.value)) return;
    const callee = call.name.replaceAll('()', '').split('.').slice(-2).join('.');
    const literal = py.definition(host);
    const finding = report(host.range, 'allInterfaces', { callee, host: value.value === '' ? '""' : value.value });
    if (foldersOf(path).some((folder) => CONTAINER_FILES.some((name) => workspace.has(folder + name))))
      finding.severity('info');
    if (literal !== host) finding.related(literal.range, 'the host is written here');
    if (literal.kind === 'string')
      finding.fix(
        'Listen on `127.0.0.1`',
        'review',
        edit.replace(literal.range, '"127.0.0.1"'),
        'other machines no longer reach the service',
      );
  },
  examples: [
    {
      bad: 'import uvicorn\nuvicorn.run(app, host=«"0.0.0.0"», port=8000)\n',
      message: 'allInterfaces',
      good: 'import uvicorn\nuvicorn.run(app, host="127.0.0.1", port=8000)\n',
    },
    {
      bad: 'from flask import Flask as F\napp = F(__name__)\nHOST = "0.0.0.0"\napp.run(«HOST», 5000)\n',
      message: 'allInterfaces',
      good: 'from flask import Flask as F\napp = F(__name__)\nHOST = "127.0.0.1"\napp.run(HOST, 5000)\n',
    },
    {
      bad: 'import socket\ns = socket.socket()\ns.bind((«""», 9000))\ns.listen()\n',
      message: 'allInterfaces',
      good: 'import socket\ns = socket.socket()\ns.bind(("127.0.0.1", 9000))\ns.listen()\n',
    },
    {
      bad: 'import gradio as gr\nwith gr.Blocks() as demo:\n    pass\ndemo.queue().launch(server_name=«"0.0.0.0"»)\n',
      message: 'allInterfaces',
      good: 'import gradio as gr\nwith gr.Blocks() as demo:\n    pass\ndemo.queue().launch(server_name="127.0.0.1")\n',
    },
    {
      good: 'import socket\nwith socket.socket() as s:\n    s.bind(("", 0))\n    port = s.getsockname()[1]\n',
      because: 'looks for a free port, serves nothing',
    },
    { good: 'import uvicorn\nuvicorn.run(app, host="127.0.0.1")\n', because: 'loopback' },
    { good: 'import uvicorn\nuvicorn.run(app, host=os.environ["HOST"])\n', because: 'the host is not known' },
    { good: 'ALLOWED = ["0.0.0.0"]\nif host == "0.0.0.0":\n    warn()\n', because: 'a string that nothing listens on' },
    { good: 'import uvicorn\nuvicorn.run(app)\n', because: 'loopback is the default' },
    { good: 'runner.run("0.0.0.0")\n', because: 'nothing says which library this is' },
  ],
});

function isAnyPort(port: Value | undefined): boolean {
  return port?.kind === 'number' && port.value === 0;
}

/** The folder of a file and those above it, with a closing slash; the workspace itself is empty. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return Array.from({ length: parts.length + 1 }, (_, depth) =>
    parts
      .slice(0, depth)
      .map((part) => `${part}/`)
      .join(''),
  );
}
