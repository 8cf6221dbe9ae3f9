import {
  type CommandFact,
  type ConfigEntry,
  commands,
  config,
  defineRule,
  edit,
  python,
  type RuleContext,
  type StoreFact,
  text as textOf,
} from '../../engine/index.js';
import { runsInContainer } from '../_containers.js';
import { isContained, isEveryInterface, isUnpublished, option, withoutOption } from './_command-line.js';
import {
  CLASSES,
  PASSWORD,
  PROGRAMS,
  type Settings,
  settingsOf,
  shortName,
  spellings,
  unquoted,
  WRITTEN,
  wrong,
} from './_jupyter-settings.js';

const SERVERS = /^(?:notebook|lab|server|nbclassic)$/;
/** What every command of interest names; most `echo` and `printf` do not. */
const NAMES = /jupyter|notebook|App\.|IdentityProvider/i;
/** JupyterHub and Kubeflow put their own sign-in in front of a server. */
const HOSTED = /jupyterhub|\bNB_PREFIX\b/i;

type Message = keyof typeof messages;

const messages = {
  token: '`{setting}` lets anybody who reaches Jupyter run code in it; keep the token or set a password',
  origin: '`{setting}` lets scripts of any web page talk to Jupyter; list the origins of your own pages',
  xsrf: '`{setting}` lets a foreign web page act in the open session of Jupyter; leave the check on',
  address: '`{setting}` offers Jupyter to the whole network over plain HTTP; bind `localhost` and use a tunnel',
} as const;

export default defineRule({
  summary: 'A Jupyter server is open to others.',
  stages: ['data-collection', 'preprocessing', 'training', 'evaluation'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'CWE-942',
    'OWASP-ML05:2023',
    'OWASP-ML10:2023',
    'AML.T0049',
    'https://jupyter-server.readthedocs.io/en/latest/operators/security.html',
    'https://jupyter-server.readthedocs.io/en/latest/operators/public-server.html',
  ],
  docs: {
    why: 'A notebook server runs whatever it is sent, as the user who started it. Without a token the first scan of the port is enough to copy the data, take the cloud credentials of the machine and change the model; botnets look for port 8888 for exactly that.',
    instead:
      'Leave the token on, or set a hashed password with `jupyter server password`; keep the server on `localhost` and reach it through an SSH tunnel.',
    fixSafety: 'Links and pages without the token stop working, so the fixes are offered for review.',
    limits:
      'An empty password is not reported by itself, as a token is made then. Settings in the home folder of a user are not seen, and neither are servers under JupyterHub or Kubeflow, which sign users in themselves. In images and manifests an address is not judged while the token stays on.',
    ignoreWhen: 'A gateway that signs users in is the only way to the server.',
  },
  messages,
  words: ['jupyter', 'start-notebook', 'notebookapp', 'serverapp', 'identityprovider'],
  query: [
    commands.named(...PROGRAMS, 'echo', 'printf'),
    python.stores(
      ...CLASSES.flatMap((name) =>
        ['token', 'allow_origin', 'disable_check_xsrf', 'ip'].map((key) => `get_config().${name}.${key}`),
      ),
    ),
    ...CLASSES.map((name) => config.entries('any', `${name}.*`)),
  ],
  check(fact: CommandFact | StoreFact | ConfigEntry, context) {
    if (fact.kind === 'command' && !fact.command.words.some(({ text }) => NAMES.test(text))) return;
    if (HOSTED.test(context.text)) return;
    if (fact.kind === 'command') inCommand(fact, context);
    else if (fact.kind === 'store') inConfig(fact, context);
    else inFile(fact, context);
  },
  examples: [
    {
      bad: 'import subprocess\nsubprocess.Popen(["jupyter", "lab", "--no-browser", «"--ServerApp.token="»])\n',
      message: 'token',
      good: 'import subprocess\nsubprocess.Popen(["jupyter", "lab", "--no-browser"])\n',
    },
    {
      path: 'Dockerfile',
      bad: "FROM quay.io/jupyter/scipy-notebook:2024-10-07\nCMD start-notebook.sh «--NotebookApp.token=''»\n",
      message: 'token',
      good: 'FROM quay.io/jupyter/scipy-notebook:2024-10-07\nCMD start-notebook.sh\n',
    },
    {
      path: 'jupyter_server_config.py',
      bad: 'c = get_config()\nc.ServerApp.port = 8888\n«c.ServerApp.token = ""»\n',
      message: 'token',
      good: 'c = get_config()\nc.ServerApp.port = 8888\n',
    },
    {
      bad: 'import os\nos.system("jupyter notebook --no-browser «--NotebookApp.allow_origin=*»")\n',
      message: 'origin',
      good: 'import os\nos.system("jupyter notebook --no-browser")\n',
    },
    {
      path: 'jupyter_server_config.py',
      bad: 'c = get_config()\nc.ServerApp.port = 8888\n«c.ServerApp.disable_check_xsrf = True»\n',
      message: 'xsrf',
      good: 'c = get_config()\nc.ServerApp.port = 8888\n',
    },
    {
      bad: 'import os\nos.system("jupyter lab «--ip 0.0.0.0» --no-browser")\n',
      message: 'address',
      good: 'import os\nos.system("jupyter lab --no-browser")\n',
    },
    {
      good: 'import os\nos.system("jupyter lab --no-browser --port 8889")\n',
      because: 'the defaults are a token and localhost',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.12-slim\nCMD ["jupyter", "lab", "--ip=0.0.0.0", "--allow-root"]\n',
      because: 'a container needs the address, and the token is on',
    },
    {
      path: 'jupyter_server_config.py',
      good: 'c = get_config()\nc.ServerApp.token = ""\nc.ServerApp.password = "argon2:$argon2id$v=19$m=10240"\n',
      because: 'a password stands in for the token',
    },
    { good: 'import os\nos.system(f"jupyter lab --ServerApp.token={token}")\n', because: 'the token is not known' },
    { good: 'client.token = ""\n', because: 'no server' },
  ],
});

type Context = RuleContext<typeof messages>;

/** The token decides everything; what weakens a server that asks for it is a warning. */
function report(
  context: Context,
  range: { start: number; end: number },
  message: Message,
  setting: string,
  local: boolean,
) {
  const finding = context.report(range, message, { setting });
  if (message !== 'token' || local) finding.severity('warning');
  return finding;
}

function reasonOf(message: Message): string {
  if (message === 'token') return 'clients have to send the token that the server prints';
  return message === 'address' ? 'other machines can no longer connect' : 'pages on other origins stop working';
}

/** `echo "c.ServerApp.token = ''" >> jupyter_server_config.py`. */
function inText({ command }: CommandFact, context: Context): void {
  if (PASSWORD.test(context.text)) return;
  for (const word of command.words) {
    const setting = WRITTEN.exec(word.text)?.[1];
    if (setting !== undefined) report(context, word.range, 'token', shortName(setting), false);
  }
}

function inCommand(fact: CommandFact, context: Context): void {
  const { words } = fact.command;
  if (/^(?:echo|printf)$/.test(words[0]?.text ?? '')) {
    inText(fact, context);
    return;
  }
  const settings = settingsOf(words);
  const serves = words.some(({ text }) => SERVERS.test(text)) || /jupyter-|start-notebook/.test(words[0]?.text ?? '');
  if (!serves && !words.some(({ text }) => /^jupyter(?:-|$)/.test(text))) return;
  const contained = isContained(fact);
  const local = !contained && !isEveryInterface(settings.get('ip') ?? '');
  const unpublished = fact.origin === 'config' && isUnpublished(fact.command.range.start, context);
  for (const name of ['token', 'allow_origin', 'disable_check_xsrf', 'ip']) {
    const found = option(words, ...spellings(name));
    const message = found && wrong(name, unquoted(found.value), settings, contained || !serves);
    if (found === undefined || message === undefined) continue;
    const setting = `${shortName(found.words[0]!.text.split('=')[0]!.replace(/^--/, ''))}=${unquoted(found.value) || "''"}`;
    const finding = report(context, found.range, message, setting, local);
    if (unpublished) finding.severity('info');
    finding.fix(`Remove \`${setting}\``, 'review', withoutOption(words, found, context.text), reasonOf(message));
  }
}

/** `c.ServerApp.token = ""` in a configuration file of Jupyter. */
function inConfig(fact: StoreFact, context: Context): void {
  const { python: py, text } = context;
  const value = asText(py.value(fact.value));
  if (value === undefined) return;
  const name = shortName(fact.name);
  const password = PASSWORD.test(text) ? 'set' : '';
  const settings: Settings = new Map([['password', password]]);
  const message = wrong(name, value, settings, runsInContainer(context));
  if (message === undefined) return;
  const finding = report(context, fact.range, message, `${name} = ${value === '' ? '""' : value}`, false);
  // An indented line may be all that its block holds.
  if (text[fact.range.start - 1] === '\n' || fact.range.start === 0)
    finding.fix('Remove the setting', 'review', edit.deleteLines(text, fact.statement), reasonOf(message));
}

function asText(value: ReturnType<Context['python']['value']>): string | undefined {
  if (value.kind === 'string') return value.value;
  return value.kind === 'boolean' ? String(value.value) : undefined;
}

/** `jupyter_server_config.json`. */
function inFile(entry: ConfigEntry, context: Context): void {
  const name = entry.key ?? '';
  const value = textOf(entry);
  if (value === undefined) return;
  const siblings = (entry.parent?.children ?? []).map((one) => [one.key ?? '', textOf(one) ?? ''] as const);
  const message = wrong(name, value, new Map(siblings), true);
  if (message !== undefined) report(context, entry.range, message, `${name}: ${value === '' ? '""' : value}`, false);
}
