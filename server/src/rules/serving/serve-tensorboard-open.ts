import {
  argumentOf,
  type CallFact,
  type CommandFact,
  commands,
  defineRule,
  edit,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { runsInContainer } from '../_containers.js';
import { flag, isContained, isEveryInterface, isUnpublished, option, withoutOption } from './_command-line.js';

const CONFIGURE = 'tensorboard.program.TensorBoard().configure';
const START = 'tensorboard.notebook.start';
const REASON = 'other machines can no longer connect';

const messages = {
  open: '`{setting}` shows TensorBoard to the whole network, without any sign-in; leave it on localhost',
} as const;

export default defineRule({
  summary: 'TensorBoard is open to the network.',
  stages: ['training', 'evaluation', 'monitoring'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-ML05:2023',
    'AML.T0049',
    'https://github.com/tensorflow/tensorboard/blob/master/README.md',
  ],
  docs: {
    why: 'TensorBoard knows no users. Whoever reaches its port looks at sample inputs, audio, embeddings with their labels and the graph of the model, which is often enough to rebuild it or to recognise the people in the data.',
    instead: 'Leave the address at localhost and reach it through an SSH tunnel or a proxy that signs users in.',
    fixSafety: 'Other machines can no longer connect, so the fix is offered for review.',
    limits:
      'The notebook magic `%tensorboard` is not read, nor are addresses in variables. In an image or a manifest, where a service has to listen on all interfaces, the finding is information only.',
    ignoreWhen: 'A proxy that signs users in is the only way to the port.',
  },
  messages,
  words: ['tensorboard'],
  query: [commands.named('tensorboard', 'tensorboard.main'), python.calls(CONFIGURE, START)],
  check(fact: CommandFact | CallFact, context) {
    if (fact.kind === 'command') inCommand(fact, context);
    else if (fact.name === CONFIGURE) inConfigure(fact, context);
    else inMagicCall(fact, context);
  },
  examples: [
    {
      bad: 'import os\nos.system("tensorboard --logdir runs «--bind_all» --port 6006")\n',
      message: 'open',
      good: 'import os\nos.system("tensorboard --logdir runs --port 6006")\n',
    },
    {
      bad: 'import subprocess as sp\nsp.Popen(["tensorboard", "--logdir", "runs", «"--host", "0.0.0.0"»])\n',
      message: 'open',
      good: 'import subprocess as sp\nsp.Popen(["tensorboard", "--logdir", "runs"])\n',
    },
    {
      bad: 'from tensorboard import program\nboard = program.TensorBoard()\nboard.configure(argv=[None, "--logdir", "runs", «"--bind_all"»])\n',
      message: 'open',
      good: 'from tensorboard import program\nboard = program.TensorBoard()\nboard.configure(argv=[None, "--logdir", "runs"])\n',
    },
    {
      bad: 'from tensorboard.program import TensorBoard as Board\nboard = Board()\nboard.configure(logdir="runs", «host="0.0.0.0"»)\n',
      message: 'open',
      good: 'from tensorboard.program import TensorBoard as Board\nboard = Board()\nboard.configure(logdir="runs")\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM tensorflow/tensorflow:2.17.0\nCMD ["tensorboard", "--logdir=/runs", «"--bind_all"»]\n',
      message: 'open',
      good: 'FROM tensorflow/tensorflow:2.17.0\nCMD ["tensorboard", "--logdir=/runs"]\n',
      byHand: true,
    },
    { good: 'import os\nos.system("tensorboard --logdir runs")\n', because: 'the default address is localhost' },
    { good: 'import os\nos.system("tensorboard --logdir runs --host 127.0.0.1")\n', because: 'bound to loopback' },
    { good: 'import os\nos.system(f"tensorboard --logdir runs --host {host}")\n', because: 'the address is not known' },
    { good: 'print("tensorboard --logdir runs --bind_all")\n', because: 'no command' },
  ],
});

type Context = RuleContext<typeof messages>;

function inCommand(fact: CommandFact, context: Context): void {
  const { words } = fact.command;
  const host = option(words, '--host');
  const open = host !== undefined && isEveryInterface(host.value) ? host : flag(words, '--bind_all', '--bind-all');
  if (open === undefined) return;
  const setting = open === host ? `${open.words[0]!.text.split('=')[0]} ${open.value}` : '--bind_all';
  const finding = context.report(open.range, 'open', { setting });
  if (isContained(fact)) {
    finding.severity('info');
    return;
  }
  if (isUnpublished(open.range.start, context)) finding.severity('info');
  finding.fix(`Remove \`${setting}\``, 'review', withoutOption(words, open, context.text), REASON);
}

/** `configure(argv=[None, "--bind_all"])` and `configure(bind_all=True, host="0.0.0.0")`. */
function inConfigure(call: CallFact, context: Context): void {
  const { report, python: py, text } = context;
  for (const name of ['bind_all', 'host']) {
    const argument = argumentOf(call, name);
    const value = argument && py.value(argument.value);
    const all = value?.kind === 'boolean' ? value.value : value?.kind === 'string' && isEveryInterface(value.value);
    if (argument === undefined || !all) continue;
    const setting = value?.kind === 'string' ? `${name}="${value.value}"` : `${name}=True`;
    const finding = report(argument.range, 'open', { setting });
    if (runsInContainer(context)) finding.severity('info');
    finding.fix(`Remove \`${setting}\``, 'review', edit.removeArgument(text, call.expression, argument), REASON);
  }
  const passed = argumentOf(call, 'argv', 0);
  const list = passed === undefined ? undefined : py.definition(passed.value);
  if (list?.kind !== 'list') return;
  const words = list.items.map((item) => {
    const value = py.value(item);
    return { text: value.kind === 'string' ? value.value : '', range: item.range };
  });
  const host = option(words, '--host');
  const open = host !== undefined && isEveryInterface(host.value) ? host : flag(words, '--bind_all');
  if (open === undefined) return;
  const setting = open === host ? `--host ${open.value}` : '--bind_all';
  const finding = report(open.range, 'open', { setting });
  if (runsInContainer(context)) finding.severity('info');
  finding.fix(`Remove \`${setting}\``, 'review', withoutOption(words, open, text), REASON);
}

/** `notebook.start("--logdir runs --bind_all")`. */
function inMagicCall(call: CallFact, { report, python: py }: Context): void {
  const argument = argumentOf(call, 'args_string', 0);
  const value = argument && py.value(argument.value);
  if (argument === undefined || value?.kind !== 'string') return;
  const setting = /--bind_all\b|--host[ =](?:0\.0\.0\.0|::)/.exec(value.value)?.[0];
  if (setting !== undefined) report(argument.range, 'open', { setting });
}
