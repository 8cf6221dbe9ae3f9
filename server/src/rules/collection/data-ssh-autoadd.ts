import {
  argumentOf,
  type CallFact,
  type CommandFact,
  commands,
  defineRule,
  type Expression,
  edit,
  programIndex,
  python,
} from '../../engine/index.js';

const POLICY = /^paramiko\.(?:client\.)?((?:AutoAdd|Warning)Policy)(?:\(\))?$/;
const ASYNCSSH = ['connect', 'create_connection', 'scp', 'SSHClientConnectionOptions'].map(
  (name) => `asyncssh.${name}`,
);
const PROGRAMS = ['ssh', 'scp', 'sftp', 'rsync', 'sshpass'];
/** A name without a dot is an alias of `ssh_config` as often as a service, so only the machine itself counts. */
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/i;
/** `accept-new` is no match: it still refuses a key that has changed. */
const UNCHECKED = /^(?:-o\s*)?["']?(StrictHostKeyChecking\s*[=\s]\s*(?:no|off))["']?$/i;
/** The shell of `rsync -e "ssh -o …"` is one word. */
const UNCHECKED_SHELL = /^(?:-e\s*|--rsh=)?ssh\s.*\b(StrictHostKeyChecking\s*[=\s]\s*(?:no|off))(?=[\s"']|$)/i;

export default defineRule({
  summary: 'An SSH client accepts the key of any host.',
  stages: ['data-collection', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-295',
    'OWASP-ML02:2023',
    'https://docs.paramiko.org/en/stable/api/client.html',
    'https://asyncssh.readthedocs.io/en/latest/api.html',
    'https://man.openbsd.org/ssh_config#StrictHostKeyChecking',
  ],
  overlaps: ['bandit:B507', 'ruff:S507'],
  docs: {
    why: 'The host key is the only proof of which machine answers. Without it somebody on the way poses as the data server, hands out poisoned training files and takes the password that the client sends.',
    instead:
      'Put the key of the server into a `known_hosts` file that comes with the deployment, load it and keep `RejectPolicy`.',
    fixSafety: 'Hosts whose key is not in a loaded `known_hosts` file are refused, so the fix is offered for review.',
    limits:
      "A policy class of the program's own and a policy chosen at run time are not judged; nor are commands put together from values that are not known, `GIT_SSH_COMMAND` and the user's `ssh_config`.",
    ignoreWhen: 'The other machine was made a moment ago on a private network and its key cannot be known yet.',
  },
  messages: {
    policy: '`{policy}` accepts unknown host keys; another machine can pose as the server, use `RejectPolicy`',
    knownHosts:
      '`known_hosts=None` accepts any host key; another machine can pose as the server, name a `known_hosts` file',
    commandLine:
      '`{option}` lets another machine pose as the server of `{program}`; ship a `known_hosts` file and leave it out',
  },
  query: [python.calls('**.set_missing_host_key_policy', ...ASYNCSSH), commands.named(...PROGRAMS)],
  check(fact: CallFact | CommandFact, { report, python: py, text }) {
    if (fact.kind === 'command') {
      const found = uncheckedWord(fact);
      if (found !== undefined) report(found.range, 'commandLine', { option: found.option, program: found.program });
      return;
    }
    if (ASYNCSSH.includes(fact.name)) {
      const hosts = argumentOf(fact, 'known_hosts');
      if (hosts === undefined || py.value(hosts.value).kind !== 'none') return;
      const host = /\.(connect|create_connection)$/.exec(fact.name)?.[1];
      const server = argumentOf(fact, 'host', host === 'connect' ? 0 : 1);
      const address = host === undefined || server === undefined ? undefined : py.value(server.value);
      if (address?.kind === 'string' && LOOPBACK.test(address.value)) return;
      report(hosts.range, 'knownHosts').fix(
        'Remove `known_hosts=None`',
        'review',
        edit.removeArgument(text, fact.expression, hosts),
        'hosts that are not in `~/.ssh/known_hosts` are refused',
      );
      return;
    }
    const argument = argumentOf(fact, 'policy', 0);
    if (argument === undefined) return;
    const names = py.names(argument.value).map((name) => POLICY.exec(name)?.[1]);
    const [policy] = names;
    if (policy === undefined || names.includes(undefined)) return;
    const written = py.definition(argument.value);
    const finding = report(argument.value.range, 'policy', { policy });
    const made = written.kind === 'call' ? written.callee : written;
    const edits = rejecting(text, made, policy);
    finding.fix('Use `RejectPolicy`', 'review', edits, 'hosts whose key is not known are refused');
  },
  examples: [
    {
      bad: 'import paramiko\nssh = paramiko.SSHClient()\nssh.set_missing_host_key_policy(«paramiko.AutoAddPolicy()»)\n',
      message: 'policy',
      good: 'import paramiko\nssh = paramiko.SSHClient()\nssh.set_missing_host_key_policy(paramiko.RejectPolicy())\n',
    },
    {
      bad: 'from paramiko import AutoAddPolicy, SSHClient\nssh = SSHClient()\nssh.set_missing_host_key_policy(«AutoAddPolicy»)\n',
      message: 'policy',
      good: 'from paramiko import RejectPolicy\nfrom paramiko import AutoAddPolicy, SSHClient\nssh = SSHClient()\nssh.set_missing_host_key_policy(RejectPolicy)\n',
    },
    {
      bad: 'import asyncssh\n\nasync def pull():\n    async with asyncssh.connect(HOST, «known_hosts=None») as link:\n        await link.run("make data")\n',
      message: 'knownHosts',
      good: 'import asyncssh\n\nasync def pull():\n    async with asyncssh.connect(HOST) as link:\n        await link.run("make data")\n',
    },
    {
      bad: 'import subprocess\nsubprocess.run(["scp", "-o", «"StrictHostKeyChecking=no"», "data@store:train.csv", "data/"])\n',
      message: 'commandLine',
      good: 'import subprocess\nsubprocess.run(["scp", "data@store:train.csv", "data/"])\n',
      byHand: true,
    },
    {
      good: 'import paramiko\nssh = paramiko.SSHClient()\nssh.load_system_host_keys()\nssh.connect(host)\n',
      because: 'unknown hosts are refused by default',
    },
    {
      good: 'import paramiko\nssh = paramiko.SSHClient()\nssh.set_missing_host_key_policy(PinnedKey(fingerprint))\n',
      because: 'a policy of its own',
    },
    {
      good: 'import asyncssh\nlink = asyncssh.connect("localhost", known_hosts=None)\n',
      because: 'nobody is in between on the same machine',
    },
    {
      good: 'import subprocess\nsubprocess.run(["ssh", "-o", "StrictHostKeyChecking=accept-new", host, "nvidia-smi"])\n',
      because: 'a key that changed is still refused',
    },
  ],
});

/** The class by another name at the same path; a bare name needs its import, and an alias is left alone. */
function rejecting(text: string, made: Expression, policy: string): ReturnType<typeof edit.replace> {
  if (made.kind === 'attribute' && made.name === policy) return edit.replace(made.nameRange, 'RejectPolicy');
  if (made.kind !== 'name' || made.name !== policy) return [];
  const module = /^from (paramiko(?:\.client)?) import\b/m.exec(text)?.[1];
  if (module === undefined) return [];
  const known = new RegExp(`^from ${module} import\\b[^\\n]*\\bRejectPolicy\\b(?! +as\\b)`, 'm').test(text);
  const added = known ? [] : edit.addImport(text, `from ${module} import RejectPolicy`);
  return [...added, ...edit.replace(made.range, 'RejectPolicy')];
}

/** The option of a command that switches host keys off; undefined when there is none, or the host is this machine. */
function uncheckedWord(fact: CommandFact) {
  const words = fact.command.words.slice(programIndex(fact.command));
  const base = (word: string): string => word.slice(word.lastIndexOf('/') + 1);
  const program = words.find(({ text }) => PROGRAMS.includes(base(text)) && base(text) !== 'sshpass');
  const hosts = words.map(({ text }) => text.replace(/^[\w.-]+@/, '').replace(/:.*$/s, ''));
  if (program === undefined || hosts.some((host) => LOOPBACK.test(host))) return undefined;
  const form = base(program.text) === 'rsync' ? UNCHECKED_SHELL : UNCHECKED;
  for (const { text, range } of words) {
    const option = form.exec(text)?.[1];
    if (option !== undefined) return { option, program: base(program.text), range };
  }
  return undefined;
}
