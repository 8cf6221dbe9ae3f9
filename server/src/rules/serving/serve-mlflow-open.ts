import type { TextEdit } from '../../base/range.js';
import {
  at,
  type CommandFact,
  type ConfigEntry,
  commands,
  defineRule,
  items,
  programIndex,
  type RuleContext,
} from '../../engine/index.js';

type Words = CommandFact['command']['words'];

const EVERY_INTERFACE = /^(?:0\.0\.0\.0|::|\[::\]|0)$/;

const messages = {
  open: '`mlflow {mode}` listens on all interfaces without sign-in; bind `127.0.0.1` or add `--app-name basic-auth`',
  model: '`mlflow models serve` answers on all interfaces and has no sign-in; bind `127.0.0.1` behind a gateway',
  anyHost: '`--allowed-hosts *` turns off the check against DNS rebinding; list the host names of the server',
  noMiddleware: '`--disable-security-middleware` turns off host and cross-origin checks; leave it out',
} as const;

export default defineRule({
  summary: 'An MLflow server is open to the network.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-ML05:2023',
    'OWASP-ML10:2023',
    'AML.T0049',
    'https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/',
    'https://mlflow.org/docs/latest/self-hosting/security/network/',
  ],
  docs: {
    why: 'MLflow asks nobody for a password unless told to. Whoever reaches the port downloads every model and data set, and registers a poisoned version that the serving job loads, which for most flavours means running its pickle.',
    instead: 'Bind `127.0.0.1`, or start the server with `--app-name basic-auth` behind TLS.',
    fixSafety:
      'Sign-in needs the `mlflow[auth]` extra, a `MLFLOW_FLASK_SERVER_SECRET_KEY` and clients that send credentials; another address cuts off other machines. Both are offered for review.',
    limits:
      'Addresses in variables are taken as given, and any `--app-name` counts as sign-in. A compose service without published ports is information only. `MLFLOW_HOST` in the environment is not read.',
    ignoreWhen: 'A proxy that signs users in is the only way to the port.',
  },
  messages,
  query: commands.named('mlflow'),
  check(fact, context) {
    const { words } = fact.command;
    const program = programIndex(fact.command);
    const mode = modeOf(words, program);
    if (mode === undefined) return;
    const { report } = context;
    for (const word of words)
      if (word.text === '--disable-security-middleware') report(word, 'noMiddleware').severity('warning');
    const allowed = option(words, ['--allowed-hosts']);
    if (allowed?.value === '*') report(allowed, 'anyHost').severity('warning');
    const host = option(words, ['--host', '-h']);
    if (host === undefined || !EVERY_INTERFACE.test(host.value) || option(words, ['--app-name']) !== undefined) return;
    const finding = mode === 'models' ? report(host, 'model') : report(host, 'open', { mode });
    const contained = fact.origin === 'dockerfile' || fact.origin === 'config';
    if (fact.origin === 'config' && isUnpublished(host.range.start, context)) finding.severity('info');
    else if (mode === 'models') finding.severity('warning');
    if (!contained)
      finding.fix('Bind `127.0.0.1`', 'review', loopback(host, context.text), 'other machines can no longer connect');
    if (mode !== 'models')
      finding.fix(
        'Add `--app-name basic-auth`',
        'review',
        withSignIn(words, program, context.text),
        'clients have to sign in',
      );
  },
  examples: [
    {
      bad: 'import subprocess\nsubprocess.Popen(["mlflow", "server", «"--host", "0.0.0.0"», "--port", "5000"])\n',
      message: 'open',
      good: 'import subprocess\nsubprocess.Popen(["mlflow", "server", "--host", "127.0.0.1", "--port", "5000"])\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  tracking:\n    image: ghcr.io/mlflow/mlflow:v2.16.2\n    command: mlflow server «--host 0.0.0.0» --port 5000\n    ports: ["5000:5000"]\n',
      message: 'open',
      good: 'services:\n  tracking:\n    image: ghcr.io/mlflow/mlflow:v2.16.2\n    command: mlflow server --app-name basic-auth --host 0.0.0.0 --port 5000\n    ports: ["5000:5000"]\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.11-slim\nCMD ["mlflow", "ui", «"--host=0.0.0.0"»]\n',
      message: 'open',
      good: 'FROM python:3.11-slim\nCMD ["mlflow", "ui", "--app-name", "basic-auth", "--host=0.0.0.0"]\n',
    },
    {
      bad: 'import os\nos.system("mlflow models serve -m runs:/1/model «-h 0.0.0.0» -p 8080")\n',
      message: 'model',
      good: 'import os\nos.system("mlflow models serve -m runs:/1/model -h 127.0.0.1 -p 8080")\n',
    },
    {
      path: 'MLproject',
      bad: 'name: tracking\nentry_points:\n  main:\n    command: "mlflow server «--allowed-hosts *» --app-name basic-auth --host 0.0.0.0"\n',
      message: 'anyHost',
      good: 'name: tracking\nentry_points:\n  main:\n    command: "mlflow server --allowed-hosts mlflow.example.com --app-name basic-auth --host 0.0.0.0"\n',
      byHand: true,
    },
    {
      bad: 'import os\nos.system("mlflow server «--disable-security-middleware»")\n',
      message: 'noMiddleware',
      good: 'import os\nos.system("mlflow server")\n',
      byHand: true,
    },
    {
      good: 'import subprocess\nsubprocess.run(["mlflow", "server", "--port", "5000"])\n',
      because: 'the default address is 127.0.0.1',
    },
    { good: 'import os\nos.system("mlflow server --app-name basic-auth --host 0.0.0.0")\n', because: 'users sign in' },
    { good: 'import os\nos.system(f"mlflow server --host {host}")\n', because: 'the address is not known' },
    { good: 'import os\nos.system("mlflow run . --host 0.0.0.0")\n', because: 'no server' },
    { good: 'print("mlflow server --host 0.0.0.0")\n', because: 'no command' },
  ],
});

function modeOf(words: Words, program: number): 'server' | 'ui' | 'models' | undefined {
  const [first, second] = words.slice(program + 1).filter(({ text }) => !text.startsWith('-'));
  if (first?.text === 'server' || first?.text === 'ui') return first.text;
  return first?.text === 'models' && second?.text === 'serve' ? 'models' : undefined;
}

/** An option with its value, in the same or the next word; the last one counts. */
function option(
  words: Words,
  names: readonly string[],
): { value: string; range: { start: number; end: number }; last: Words[number] } | undefined {
  for (let i = words.length - 1; i >= 0; i--) {
    const word = words[i]!;
    const equals = word.text.indexOf('=');
    if (equals > 0 && names.includes(word.text.slice(0, equals)))
      return { value: word.text.slice(equals + 1), range: word.range, last: word };
    const next = words[i + 1];
    if (!names.includes(word.text) || next === undefined) continue;
    return {
      value: next.text,
      range: { start: word.range.start, end: Math.max(word.range.end, next.range.end) },
      last: next,
    };
  }
  return undefined;
}

/** True for the command of a compose service without published ports: only its own network reaches it. */
function isUnpublished(offset: number, { facts }: RuleContext<typeof messages>): boolean {
  const root = facts?.roots.find(
    ({ document, range }) => facts.formats[document]?.id === 'compose' && range.start <= offset && offset < range.end,
  );
  const inside = ({ range }: ConfigEntry): boolean => range.start <= offset && offset < range.end;
  const service = items(at(root, 'services')).find(inside);
  return service !== undefined && items(at(service, 'ports')).length === 0 && at(service, 'network_mode') === undefined;
}

function loopback({ value, last }: { value: string; last: Words[number] }, text: string): TextEdit[] {
  const at = text.slice(last.range.start, last.range.end).lastIndexOf(value);
  if (at < 0) return [];
  const start = last.range.start + at;
  return [{ range: { start, end: start + value.length }, newText: '127.0.0.1' }];
}

/** Puts two words behind the sub-command, parted from it as it is parted from `mlflow`: blank, comma or a line of a list. */
function withSignIn(words: Words, program: number, text: string): TextEdit[] {
  const [name, mode] = [words[program], words[program + 1]];
  if (name === undefined || mode === undefined || name.range.end > mode.range.start) return [];
  const written = text.slice(mode.range.start, mode.range.end);
  const quote = written.length === mode.text.length + 2 ? written[0]! : '';
  const between = text.slice(name.range.end, mode.range.start);
  if (written !== quote + mode.text + quote || between.length > 100) return [];
  const added = ['--app-name', 'basic-auth'].map((word) => between + quote + word + quote).join('');
  return [{ range: { start: mode.range.end, end: mode.range.end }, newText: added }];
}
