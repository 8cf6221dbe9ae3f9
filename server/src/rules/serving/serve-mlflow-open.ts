import { commands, defineRule, programIndex } from '../../engine/index.js';
import {
  isContained,
  isEveryInterface,
  isUnpublished,
  option,
  type Words,
  withValue,
  withWords,
} from './_command-line.js';

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
      'Addresses in variables are taken as given, and any `--app-name` counts as sign-in. A compose service without published ports is information only. An address in `MLFLOW_HOST` is the matter of `mlflow-server-no-auth`.',
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
    for (const word of words) if (word.text === '--disable-security-middleware') report(word, 'noMiddleware');
    const allowed = option(words, '--allowed-hosts');
    if (allowed?.value === '*') report(allowed, 'anyHost').severity('warning');
    const host = option(words, '--host', '-h');
    if (host === undefined || !isEveryInterface(host.value) || option(words, '--app-name') !== undefined) return;
    const finding = mode === 'models' ? report(host, 'model') : report(host, 'open', { mode });
    if (fact.origin === 'config' && isUnpublished(host.range.start, context)) finding.severity('info');
    else if (mode === 'models') finding.severity('warning');
    if (!isContained(fact))
      finding.fix(
        'Bind `127.0.0.1`',
        'review',
        withValue(host, '127.0.0.1', context.text),
        'other machines can no longer connect',
      );
    if (mode !== 'models')
      finding.fix(
        'Add `--app-name basic-auth`',
        'review',
        withWords(words[program + 1]!, words[program], ['--app-name', 'basic-auth'], context.text),
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
