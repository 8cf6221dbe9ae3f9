import {
  type CommandFact,
  type ContainerFact,
  containers,
  type DockerfileFacts,
  defineRule,
  dockerfile,
  programIndex,
} from '../../engine/index.js';
import { doorTo, relateDoor } from '../_services.js';

type Words = CommandFact['command']['words'];

const VARIABLE = 'MLFLOW_HOST';
const EVERY_INTERFACE = /^(?:0\.0\.0\.0|::|\[::\]|0)$/;

export default defineRule({
  summary: 'A variable opens an MLflow server without sign-in to the network.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-A01:2021',
    'OWASP-ML10:2023',
    'AML.T0049',
    'https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/',
    'https://mlflow.org/docs/latest/self-hosting/security/network/',
  ],
  docs: {
    why: 'MLflow listens on loopback until `MLFLOW_HOST` says otherwise, and asks nobody for a password. Whoever reaches the port downloads every model, and registers a version that the serving job loads, which for most flavours means running its pickle.',
    instead:
      'Start the server with `--app-name basic-auth` behind TLS, or publish it on loopback behind a proxy that signs users in.',
    fixSafety: 'Sign-in needs another package, a secret and clients that send credentials, so there is no fix.',
    limits:
      'Only servers whose address comes from the variable; one on the command line has a rule of its own. The command has to stand beside the variable: in the same container or Dockerfile. An error needs a port that a compose file publishes, or a Service or Ingress of the workspace that leads to the pods; without, it is a warning, and information where only the services of the file reach it.',
    ignoreWhen: 'A proxy that signs users in is the only way to the port.',
  },
  messages: {
    open: '`MLFLOW_HOST={host}` opens MLflow without sign-in; start it with `--app-name basic-auth`',
  },
  words: [VARIABLE.toLowerCase()],
  query: [containers.all(), dockerfile.file()],
  check(fact: ContainerFact | DockerfileFacts, context) {
    const { report } = context;
    if ('stages' in fact) {
      const last = fact.stages.length - 1;
      const own = fact.instructions.filter(({ stage }) => stage === last);
      const start = own.findLast(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
      const server = /\bmlflow\s+(?:server|ui)\b(?!.*--(?:app-name|host)\b)/.test(
        start?.words.map(({ text }) => text).join(' ') ?? '',
      );
      for (const { keyword, words } of server ? own : []) {
        if (keyword !== 'ENV') continue;
        for (const { text, range } of words) {
          const host = text.startsWith(`${VARIABLE}=`) ? text.slice(VARIABLE.length + 1) : '';
          if (EVERY_INTERFACE.test(host)) report(range, 'open', { host }).severity('warning');
        }
      }
      return;
    }
    const variable = fact.variables.find(({ name }) => name === VARIABLE);
    if (variable === undefined || !EVERY_INTERFACE.test(variable.value ?? '')) return;
    if (!fact.commands.some((command) => isOpenServer(command.words, programIndex(command)))) return;
    const finding = report(variable.range, 'open', { host: variable.value ?? '' });
    const door = fact.origin === 'kubernetes' ? doorTo(fact.root, context) : undefined;
    if (door !== undefined) relateDoor(finding, door);
    else if (fact.origin !== 'compose') finding.severity('warning');
    else if (!fact.ports.some(({ published }) => published)) finding.severity('info');
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  tracking:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    command: mlflow server --port 5000\n    environment:\n      MLFLOW_HOST: «0.0.0.0»\n    ports: ["5000:5000"]\n',
      message: 'open',
      good: 'services:\n  tracking:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    command: mlflow server --app-name basic-auth --port 5000\n    environment:\n      MLFLOW_HOST: 0.0.0.0\n    ports: ["5000:5000"]\n',
      byHand: true,
    },
    {
      path: 'Dockerfile',
      bad: 'FROM ghcr.io/mlflow/mlflow:v3.6.0\nENV «MLFLOW_HOST=0.0.0.0» MLFLOW_PORT=5000\nCMD ["mlflow", "server"]\n',
      message: 'open',
      good: 'FROM ghcr.io/mlflow/mlflow:v3.6.0\nENV MLFLOW_HOST=0.0.0.0 MLFLOW_PORT=5000\nCMD ["mlflow", "server", "--app-name", "basic-auth"]\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  tracking:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    command: mlflow server --host 127.0.0.1\n    environment: {MLFLOW_HOST: 0.0.0.0}\n',
      because: 'the command line has the last word',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  api:\n    build: .\n    environment: {MLFLOW_HOST: 0.0.0.0}\n    ports: ["8000:8000"]\n',
      because: 'nothing starts a server here',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  tracking:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    command: mlflow server\n    environment: ["MLFLOW_HOST=${HOST:-0.0.0.0}"]\n',
      because: 'set from outside',
    },
  ],
});

function isOpenServer(words: Words, program: number): boolean {
  const [first, mode] = [words[program]?.text ?? '', words[program + 1]?.text];
  return (
    /(?:^|\/)mlflow$/.test(first) &&
    (mode === 'server' || mode === 'ui') &&
    !words.some(({ text }) => /^(?:--app-name|--host)(?:=|$)|^-h$|^\$/.test(text))
  );
}
