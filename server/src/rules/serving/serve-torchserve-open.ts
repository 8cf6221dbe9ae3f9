import {
  type CommandFact,
  type ConfigEntry,
  child,
  commands,
  config,
  defineRule,
  edit,
  KUBERNETES_LIKE,
  type RuleContext,
  text as textOf,
} from '../../engine/index.js';
import { type EnvironmentFact, environment, isOn, variablesOf } from '../_environment.js';
import { flag, withoutOption } from './_command-line.js';

const KEYS = ['disable_token_authorization', 'enable_model_api', 'management_address', 'allowed_urls'];
const FLAGS: readonly (readonly ['token' | 'modelApi', readonly string[]])[] = [
  ['token', ['--disable-token-auth', '--dt']],
  ['modelApi', ['--enable-model-api']],
];
const VARIABLES: Readonly<Record<string, 'token' | 'modelApi'>> = {
  TS_DISABLE_TOKEN_AUTHORIZATION: 'token',
  TS_ENABLE_MODEL_API: 'modelApi',
};
const PROPERTIES: Readonly<Record<string, 'token' | 'modelApi'>> = {
  disable_token_authorization: 'token',
  enable_model_api: 'modelApi',
};
/** A pattern that any address, or any one with a scheme, matches. */
const ANY_URL = /(?:^|,)\s*(?:(?:file|https?|http\(s\)\?|https\?):\/\/)?\.\*\s*(?=\||,|$)/;

const messages = {
  token: '`{setting}` lets anybody who reaches TorchServe use it and manage its models; leave tokens on',
  modelApi: '`{setting}` lets a caller of TorchServe register models, whose handlers are code; leave it off',
  management: '`{setting}` opens the management of models to the network; keep it on `127.0.0.1`',
  anyUrl: '`allowed_urls` accepts models from any address, and a model archive is code; list your own model store',
} as const;

export default defineRule({
  summary: 'A TorchServe server can be used or managed by anybody who reaches it.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'CWE-918',
    'OWASP-ML06:2023',
    'OWASP-ML10:2023',
    'AML.T0049',
    'CVE-2023-43654',
    'https://pytorch.org/serve/token_authorization_api.html',
    'https://pytorch.org/serve/model_api_control.html',
    'https://pytorch.org/serve/configuration.html',
  ],
  docs: {
    why: 'A model archive holds a Python handler. Whoever reaches an open management port registers an archive from a server of their own and runs code where the model runs; scanners have looked for such servers since ShellTorch.',
    instead:
      'Leave token authorization on and the model API off, keep the management address on loopback, and list the addresses models come from. The project gets no security fixes any more: plan for another server.',
    fixSafety:
      'Clients without a token are turned away and models can no longer be registered while the server runs, so the fixes are offered for review.',
    limits:
      'Settings inside a ConfigMap or a shell script are not read. An address that is left out is not judged, although `allowed_urls` then accepts every address.',
    ignoreWhen: 'The ports are reachable only from a gateway that checks every caller.',
  },
  messages,
  skipsTests: true,
  words: [
    'torchserve',
    'token-auth',
    'token_authorization',
    'enable-model-api',
    'model_api',
    'management_address',
    'allowed_urls',
  ],
  query: [
    commands.named('torchserve'),
    ...KEYS.map((key) => config.entries('any', key)),
    config.entries(KUBERNETES_LIKE, '**.args.*'),
    ...environment,
  ],
  check(fact: EnvironmentFact, context) {
    const { report, python: py, text } = context;
    if ('keyword' in fact || fact.kind === 'store' || fact.kind === 'call') return inEnvironment(fact, context);
    if (fact.kind === 'command') {
      if (fact.command.words.some((word) => /(?:^|\/)torchserve$/.test(word.text))) inCommand(fact, context);
      else inEnvironment(fact, context);
      return;
    }
    if (fact.parent?.key === 'args') return inArguments(fact, context);
    if (variablesOf(fact, py, text).some(({ name }) => VARIABLES[name] !== undefined))
      return inEnvironment(fact, context);
    if (context.language !== 'ini' || fact.key === undefined || fact.path.length !== 1) return;
    const value = textOf(fact) ?? '';
    const message = PROPERTIES[fact.key];
    if (message !== undefined && isOn(value)) {
      const finding = report(fact.range, message, { setting: `${fact.key}=${value}` });
      if (message === 'modelApi') finding.severity('warning');
      finding.fix('Set `false`', 'review', edit.setScalar(text, fact, 'false'), reasonOf(message));
    } else if (fact.key === 'management_address' && /^https?:\/\/(?:0\.0\.0\.0|\[::\])(?::|$)/.test(value)) {
      const open = isOn(textOf(child(fact.parent, 'disable_token_authorization')) ?? '');
      const finding = report(fact.range, 'management', { setting: `management_address=${value}` });
      if (!open) finding.severity('warning');
      const address = value.replace(/0\.0\.0\.0|\[::\]/, '127.0.0.1');
      finding.fix(
        'Keep it on `127.0.0.1`',
        'review',
        edit.setScalar(text, fact, address),
        'models can no longer be managed from other machines',
      );
    } else if (fact.key === 'allowed_urls' && isTorchServe(fact) && ANY_URL.test(value))
      report(fact.range, 'anyUrl').severity('warning');
  },
  examples: [
    {
      bad: 'import subprocess\nsubprocess.run(["torchserve", "--start", "--model-store", "store", «"--disable-token-auth"»])\n',
      message: 'token',
      good: 'import subprocess\nsubprocess.run(["torchserve", "--start", "--model-store", "store"])\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM pytorch/torchserve:0.12.0-cpu\nCMD ["torchserve", "--start", «"--enable-model-api"»]\n',
      message: 'modelApi',
      good: 'FROM pytorch/torchserve:0.12.0-cpu\nCMD ["torchserve", "--start"]\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM pytorch/torchserve:0.12.0-cpu\nENV «TS_DISABLE_TOKEN_AUTHORIZATION=true»\n',
      message: 'token',
      good: 'FROM pytorch/torchserve:0.12.0-cpu\nENV TS_DISABLE_TOKEN_AUTHORIZATION=false\n',
    },
    {
      path: 'config.properties',
      bad: 'inference_address=http://0.0.0.0:8080\n«management_address=http://0.0.0.0:8081»\n',
      message: 'management',
      good: 'inference_address=http://0.0.0.0:8080\nmanagement_address=http://127.0.0.1:8081\n',
    },
    {
      path: 'config.properties',
      bad: 'model_store=/models\n«allowed_urls=https://models.example.org/.*,https://.*»\n',
      message: 'anyUrl',
      good: 'model_store=/models\nallowed_urls=https://models.example.org/.*\n',
      byHand: true,
    },
    {
      path: 'config.properties',
      good: 'management_address=http://127.0.0.1:8081\nallowed_urls=https://models.example.org/.*\n',
      because: 'loopback and one model store',
    },
    { good: 'import os\nos.system("torchserve --start --model-store store")\n', because: 'tokens are on by default' },
    {
      path: 'Dockerfile',
      good: 'FROM pytorch/torchserve:0.12.0-cpu\nENV TS_DISABLE_TOKEN_AUTHORIZATION=false\n',
      because: 'tokens stay on',
    },
    { path: 'crawler.json', good: '{"allowed_urls": ".*", "depth": 2}\n', because: 'another program' },
  ],
});

type Context = RuleContext<typeof messages>;

function reasonOf(message: 'token' | 'modelApi'): string {
  return message === 'token' ? 'clients have to send a token' : 'models can no longer be registered at run time';
}

/** The key is common; the file is TorchServe's when another of its keys stands beside it. */
function isTorchServe(entry: ConfigEntry): boolean {
  return /^(?:model_store|load_models|inference_address|management_address|metrics_address)$/m.test(
    (entry.parent?.children ?? []).map(({ key }) => key ?? '').join('\n'),
  );
}

function inCommand(fact: CommandFact, { report, text }: Context): void {
  const { words } = fact.command;
  for (const [message, names] of FLAGS) {
    const found = flag(words, ...names);
    if (found === undefined) continue;
    const setting = found.words[0]!.text;
    const finding = report(found.range, message, { setting });
    if (message === 'modelApi') finding.severity('warning');
    finding.fix(`Remove \`${setting}\``, 'review', withoutOption(words, found, text), reasonOf(message));
  }
}

/** Arguments of a container whose command is that of the image; with a command beside them they are read as one. */
function inArguments(entry: ConfigEntry, { report }: Context): void {
  if (child(entry.parent?.parent, 'command') !== undefined) return;
  const message = FLAGS.find(([, names]) => names.includes(textOf(entry) ?? ''))?.[0];
  if (message === undefined) return;
  const finding = report(entry.valueRange, message, { setting: textOf(entry)! });
  if (message === 'modelApi') finding.severity('warning');
}

function inEnvironment(fact: EnvironmentFact, { report, python: py, text }: Context): void {
  for (const { name, value, place, range } of variablesOf(fact, py, text)) {
    const message = VARIABLES[name];
    if (message === undefined || !isOn(value)) continue;
    const finding = report(range, message, { setting: `${name}=${value}` });
    if (message === 'modelApi') finding.severity('warning');
    if (place !== range) finding.fix('Set `false`', 'review', edit.replace(place, 'false'), reasonOf(message));
  }
}
