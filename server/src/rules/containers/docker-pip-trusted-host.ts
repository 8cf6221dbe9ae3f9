import type { Range, TextEdit } from '../../base/range.js';
import {
  type CommandFact,
  type ConfigEntry,
  commands,
  config,
  type DockerInstruction,
  defineRule,
  dockerfile,
  edit,
  installCommand,
  type RuleContext,
} from '../../engine/index.js';
import { hostOf as hostOfAddress, isLoopback } from '../../knowledge/bind-addresses.js';
import { isPrivateHost } from '../../knowledge/http-clients.js';
import { type EnvironmentFact, variablesOf } from '../_environment.js';

/** The host of the index before 2018, which pip no longer asks: trusting it is an old habit without effect. */
const RETIRED = /^pypi\.python\.org$/i;

const messages = {
  trusted: '`{setting}` takes packages from {host} without checking its certificate; remove it',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'Packages are installed from a host whose certificate pip does not check.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-295',
    'OWASP-A02:2021',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://pip.pypa.io/en/stable/cli/pip/#cmdoption-trusted-host',
    'https://pip.pypa.io/en/stable/topics/configuration/',
  ],
  docs: {
    why: 'Installing a package runs its code. Whoever sits between the build machine and the index, on a shared network or as a proxy, can hand out a torch of their own, which then trains the model and holds the keys of the registry.',
    instead: 'Serve the internal index with a certificate and give pip its authority with `PIP_CERT` or `--cert`.',
    fixSafety:
      'Behind a proxy that opens TLS, or with an index that has no certificate, the install fails until its authority is installed, so the fix is offered for review.',
    limits:
      '`RUN` lines and `ENV` of Dockerfiles and the `trusted-host` of `pip.conf` are read. Addresses over plain HTTP are left to `req-http-index`, which comes first where the same command names one of this host, and commands of uv to `uv-insecure-host`. Loopback addresses and hosts in variables are passed over. Hosts of private networks are a warning, the retired `pypi.python.org` is information.',
    ignoreWhen: 'The index is only reached inside the build machine.',
  },
  messages,
  words: ['trusted'],
  query: [commands.named('pip', 'pip3'), dockerfile.instructions('ENV'), config.entries('any', '*.trusted-host')],
  check(fact: CommandFact | DockerInstruction | ConfigEntry, context) {
    if ('keyword' in fact) checkVariables(fact, context);
    else if (fact.kind === 'command') {
      if (fact.origin === 'dockerfile') checkCommand(fact, context);
    } else if (/(?:^|\/)pip\.(?:conf|ini)$/.test(context.path) && typeof fact.value === 'string') {
      reportTrusted(fact.valueRange, 'trusted-host', fact.value, edit.deleteLines(context.text, fact.range), context);
    }
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13-slim\nRUN pip install «--trusted-host pypi.org» -r requirements.txt\n',
      message: 'trusted',
      good: 'FROM python:3.13-slim\nRUN pip install -r requirements.txt\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13-slim\nRUN pip install \\\n    «--trusted-host=pypi.bank.example» \\\n    -r requirements.txt\n',
      message: 'trusted',
      good: 'FROM python:3.13-slim\nRUN pip install \\\n    -r requirements.txt\n',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nRUN pip install -i http://pypi.bank.example/simple --trusted-host pypi.bank.example scorer==1.4\n',
      because: 'there is no certificate to check: `req-http-index` reports the address',
    },
    {
      path: 'docker/pip.conf',
      bad: '[global]\nindex-url = https://pypi.bank.example/simple\ntrusted-host = «pypi.bank.example»\n',
      message: 'trusted',
      good: '[global]\nindex-url = https://pypi.bank.example/simple\n',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nRUN pip install --cert /etc/ssl/bank.pem -i https://pypi.bank.example/simple scorer==1.4\n',
      because: 'the certificate is checked against the authority of the bank',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nRUN pip install -i http://localhost:3141/root/pypi --trusted-host localhost scorer==1.4\n',
      because: 'nothing leaves the machine',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13-slim\nARG INDEX_HOST\nRUN pip install -i http://$INDEX_HOST/simple --trusted-host $INDEX_HOST scorer==1.4\n',
      because: 'the host is not known',
    },
    { path: 'setup.cfg', good: '[install]\ntrusted-host = pypi.org\n', because: 'pip does not read this file' },
  ],
});

function checkCommand({ command }: CommandFact, context: Context): void {
  const install = installCommand(command);
  const options = install?.tool === 'pip' ? install.options : [];
  const overHttp = new Set(options.flatMap(({ value }) => (/^http:\/\//i.test(value) ? hostOf(value) : [])));
  for (const { name, value, range } of options) {
    if (name !== '--trusted-host' || overHttp.has(hostOf(value))) continue;
    reportTrusted(range, name, value, withoutOption(context.text, range), context);
  }
}

function checkVariables(fact: DockerInstruction, context: Context): void {
  for (const { name, value, place } of variablesOf(fact as EnvironmentFact, context.python, context.text)) {
    if (name !== 'PIP_TRUSTED_HOST') continue;
    const alone = fact.words.length === 1;
    reportTrusted(place, name, value, alone ? edit.deleteLines(context.text, fact.range) : [], context);
  }
}

/** Trusting several hosts is one finding, judged by the one that is reached over the longest way. */
function reportTrusted(range: Range, setting: string, value: string, edits: TextEdit[], { report }: Context): void {
  const hosts = value.split(/\s+/).filter((host) => host !== '' && !/[${}]/.test(host) && !isLoopback(hostOf(host)));
  const host = hosts.find((one) => !isInternal(hostOf(one))) ?? hosts[0];
  if (host === undefined) return;
  report(range, 'trusted', { setting, host: `\`${host.slice(0, 40)}\`` })
    .severity(RETIRED.test(hostOf(host)) ? 'info' : isInternal(hostOf(host)) ? 'warning' : 'error')
    .fix(`Remove \`${setting}\``, 'review', edits, 'a host without a valid certificate is refused');
}

/** The host of an address, without the user and password in front of it. */
function hostOf(address: string): string {
  return hostOfAddress(address.replace(/^(\w+:\/\/)?[^/@]*@/, '$1'));
}

function isInternal(host: string): boolean {
  return isPrivateHost(host) || /^[^.:]+$|\.(?:local|internal|lan|svc|intranet|corp)$/i.test(host);
}

/** Takes an option out of a command line, with the line when it had one for itself. */
function withoutOption(text: string, { start, end }: Range): TextEdit[] {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*\\\r?\n/.exec(text.slice(end, end + 200));
  if (rest !== null && /^[ \t]*$/.test(text.slice(line, start))) {
    return edit.replace({ start: line, end: end + rest[0].length }, '');
  }
  return edit.replace({ start: /[ \t]/.test(text[start - 1] ?? '') ? start - 1 : start, end }, '');
}
