import type { Range } from '../../base/range.js';
import {
  type CommandFact,
  type ConfigEntry,
  type ContainerFact,
  child,
  commands,
  config,
  containers,
  defineRule,
  items,
  type RuleContext,
  text as textOf,
} from '../../engine/index.js';
import { torchServeFiles, torchServeSettings } from './_properties.js';

const LAUNCHERS = ['text-generation-launcher', 'text-embeddings-router'];
const LAUNCHED =
  /^(?:ghcr\.io\/huggingface\/)text-(?:generation-inference|embeddings-inference)(?::|@|$)|^(?:text-generation-launcher|text-embeddings-router)$/;
const BENTO = 'access_control_allow_origins';

const messages = {
  any: '`{setting}` lets scripts of any web page use the model server from a browser; list your own origins',
} as const;

export default defineRule({
  summary: 'A model server answers scripts of any web page.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-942',
    'OWASP-A05:2021',
    'OWASP-ML05:2023',
    'https://docs.pytorch.org/serve/configuration.html',
    'https://mlserver.readthedocs.io/en/latest/reference/settings.html',
    'https://docs.bentoml.com/en/latest/reference/bentoml/configurations.html',
    'https://huggingface.co/docs/text-generation-inference/reference/launcher',
  ],
  docs: {
    why: 'An analyst inside the network opens a web page. Its script sends requests to the scoring service that only the network protects, reads the answers, and copies the model query by query from inside of the bank, or asks the assistant what it knows.',
    instead:
      'List the origins of your own pages: `cors_allowed_origin=https://loans.example.org`. A server that only other servers call needs no such header.',
    fixSafety: 'There is no fix, as only you know which pages use the server.',
    limits:
      'Read are settings of TorchServe, MLServer and BentoML and the option and variable of the launchers of Hugging Face, which allow every origin by default as well: that is not reported. BentoML counts with `enabled: true`. Applications written in Python have a rule of their own.',
    ignoreWhen: 'The model is public and answers everybody without limits anyway.',
  },
  messages,
  words: ['cors_allowed_origin', 'allow_origins', 'allow_origin_regex', 'cors-allow-origin', 'cors_allow_origin'],
  query: [
    ...torchServeFiles,
    config.entries(['mlserver-settings'], 'cors_settings'),
    config.entries(['bentoml-config'], `**.http.cors.${BENTO}`),
    containers.all(),
    commands.named(...LAUNCHERS),
  ],
  check(fact: ConfigEntry | ContainerFact | CommandFact, context) {
    if (fact.kind === 'command') {
      if (fact.origin !== 'config') inWords(fact.command.words, context);
    } else if (fact.kind === 'container') inContainer(fact, context);
    else inFile(fact, context);
  },
  examples: [
    {
      path: 'config.properties',
      bad: 'inference_address=http://0.0.0.0:8080\n«cors_allowed_origin=*»\ncors_allowed_methods=GET, POST\n',
      message: 'any',
      good: 'inference_address=http://0.0.0.0:8080\ncors_allowed_origin=https://loans.example.org\ncors_allowed_methods=GET, POST\n',
      byHand: true,
    },
    {
      path: 'settings.json',
      bad: '{\n  "http_port": 8080,\n  "grpc_port": 8081,\n  "cors_settings": {"allow_origins": [«"*"»]}\n}\n',
      message: 'any',
      good: '{\n  "http_port": 8080,\n  "grpc_port": 8081,\n  "cors_settings": {"allow_origins": ["https://loans.example.org"]}\n}\n',
      byHand: true,
    },
    {
      path: 'bentoml_configuration.yaml',
      bad: "version: 2\nservices:\n  scoring:\n    http:\n      cors:\n        enabled: true # the portal\n        access_control_allow_origins: «'*'»\n    traffic:\n      timeout: 30\n",
      message: 'any',
      good: 'version: 2\nservices:\n  scoring:\n    http:\n      cors:\n        enabled: true # the portal\n        access_control_allow_origins: ["https://loans.example.org"]\n    traffic:\n      timeout: 30\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  llm:\n    image: ghcr.io/huggingface/text-generation-inference:3.3.4\n    command: --model-id lending/assistant «--cors-allow-origin *»\n',
      message: 'any',
      good: 'services:\n  llm:\n    image: ghcr.io/huggingface/text-generation-inference:3.3.4\n    command: --model-id lending/assistant --cors-allow-origin https://loans.example.org\n',
      byHand: true,
    },
    {
      path: 'config.properties',
      good: 'inference_address=http://0.0.0.0:8080\ncors_allowed_methods=*\n',
      because: 'methods, not origins',
    },
    {
      path: 'settings.json',
      good: '{"http_port": 8080, "grpc_port": 8081, "cors_settings": {"allow_headers": ["*"], "allow_origin_regex": "https://.*\\\\.example\\\\.org"}}\n',
      because: 'origins of one domain',
    },
    {
      path: 'bentoml_configuration.yaml',
      good: 'version: 2\nservices:\n  scoring:\n    http: {cors: {enabled: false, access_control_allow_origins: "*"}}\n    traffic: {timeout: 30}\n',
      because: 'switched off',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  llm:\n    image: ghcr.io/huggingface/text-generation-inference:3.3.4\n    command: ["--cors-allow-origin", "${ORIGIN}"]\n',
      because: 'set from outside',
    },
  ],
});

type Context = RuleContext<typeof messages>;

function inFile(entry: ConfigEntry, { report, text }: Context): void {
  if (entry.key === BENTO) {
    const on = textOf(child(entry.parent, 'enabled')) === 'true';
    for (const one of on ? valuesOf(entry) : []) {
      if (textOf(one) === '*') report(one.valueRange, 'any', { setting: BENTO });
    }
  } else if (entry.key === 'cors_settings') {
    for (const one of items(child(entry, 'allow_origins'))) {
      if (textOf(one) === '*') report(one.valueRange, 'any', { setting: 'allow_origins' });
    }
    const pattern = child(entry, 'allow_origin_regex');
    if (pattern !== undefined && /^\^?(?:https?\??:\/\/)?\.[*+]\$?$/.test(textOf(pattern) ?? ''))
      report(pattern.valueRange, 'any', { setting: 'allow_origin_regex' });
  } else {
    for (const { key, value, range } of torchServeSettings(entry, text)) {
      if (key === 'cors_allowed_origin' && value === '*') report(range, 'any', { setting: key });
    }
  }
}

function valuesOf(entry: ConfigEntry): readonly ConfigEntry[] {
  return entry.kind === 'list' ? items(entry) : [entry];
}

function inContainer(container: ContainerFact, context: Context): void {
  const program = /[^/]*$/.exec(container.words[0]?.text ?? '')![0];
  if (!LAUNCHED.test(textOf(container.image) ?? '') && !LAUNCHED.test(program)) return;
  for (const { words } of container.commands) inWords(words, context);
  for (const { name, value, range } of container.variables) {
    if (name === 'CORS_ALLOW_ORIGIN' && value === '*') context.report(range, 'any', { setting: name });
  }
}

function inWords(words: readonly { readonly text: string; readonly range: Range }[], { report }: Context): void {
  const option = '--cors-allow-origin';
  words.forEach(({ text, range }, index) => {
    const next = words[index + 1];
    if (text === `${option}=*`) report(range, 'any', { setting: option });
    else if (text === option && next?.text === '*')
      report({ start: range.start, end: Math.max(range.end, next.range.end) }, 'any', { setting: option });
  });
}
