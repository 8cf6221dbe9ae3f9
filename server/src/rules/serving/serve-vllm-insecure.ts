import { type CommandFact, commands, defineRule, programIndex } from '../../engine/index.js';
import { INFERENCE_SERVERS } from '../../knowledge/inference-servers.js';
import { isContained, isUnpublished, option, passesVariables, withoutOption } from './_command-line.js';
import { hasKey, lastOf, loopback, openAddress, serverOf } from './_inference-server.js';

const PROGRAMS = INFERENCE_SERVERS.map(({ program }) => program);
/** Folders that hold more than media. */
const BROAD = /^(?:\/|~|\$HOME|\$\{HOME\}|\/(?:home|root|etc|var|mnt|data)?\/?)$/;
const REASON = 'other machines can no longer connect';

const messages = {
  open: '`{server}` answers anybody on the network without a key; set `{key}` and bind `127.0.0.1`',
  contained: '`{server}` answers every caller of its network without a key; set `{key}` and guard the port',
  files: '`{setting}` lets any request read the files of the server; name a folder that holds media alone',
} as const;

export default defineRule({
  summary: 'A server of a language model is open to the network.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-LLM10:2025',
    'OWASP-ML05:2023',
    'AML.T0049',
    'https://docs.vllm.ai/en/stable/usage/security/',
    'https://docs.sglang.io/advanced_features/server_arguments.html',
    'https://huggingface.co/docs/text-generation-inference/reference/launcher',
  ],
  docs: {
    why: 'Whoever finds the port uses the GPU at your expense and copies a fine-tuned model answer by answer. In vLLM the key covers only some paths: others, with which the server is paused or its cache is read, stay open.',
    instead:
      'Bind `127.0.0.1`, set the key in the environment, and let a proxy through that knows the paths clients need.',
    fixSafety:
      'Other machines can no longer connect, and files outside the folder can no longer be asked for, so the fixes are offered for review.',
    limits:
      'A command that passes options in variables is not judged, nor is an image started with arguments alone. In images and manifests, where a server has to listen on all interfaces, the level is lower.',
    ignoreWhen: 'A gateway that checks every caller is the only way to the port.',
  },
  messages,
  words: PROGRAMS,
  query: commands.named(...PROGRAMS),
  check(fact: CommandFact, context) {
    const { report, text } = context;
    const { words } = fact.command;
    const program = programIndex(fact.command);
    const server = serverOf(words, program);
    if (server === undefined) return;
    const media = option(words, '--allowed-local-media-path');
    if (media !== undefined && BROAD.test(media.value))
      report(media.range, 'files', { setting: `--allowed-local-media-path ${media.value}` }).fix(
        'Remove `--allowed-local-media-path`',
        'review',
        withoutOption(words, media, text),
        'requests can no longer name local files',
      );
    const range = openAddress(words, program, server);
    if (range === undefined || passesVariables(words, lastOf(program, server) + 1) || hasKey(words, server, text))
      return;
    const contained = isContained(fact);
    const finding = report(range, contained ? 'contained' : 'open', { server: server.label, key: server.key });
    if (fact.origin === 'config' && isUnpublished(range.start, context)) finding.severity('info');
    else if (contained) finding.severity('warning');
    if (!contained) finding.fix('Bind `127.0.0.1`', 'review', loopback(words, program, server, text), REASON);
  },
  examples: [
    {
      bad: 'import subprocess\nsubprocess.Popen([«"vllm", "serve"», "org/model", "--port", "8000"])\n',
      message: 'open',
      good: 'import subprocess\nsubprocess.Popen(["vllm", "serve", "--host", "127.0.0.1", "org/model", "--port", "8000"])\n',
    },
    {
      bad: 'import os\nos.system("python -m vllm.entrypoints.openai.api_server --model org/model «--host 0.0.0.0»")\n',
      message: 'open',
      good: 'import os\nos.system("python -m vllm.entrypoints.openai.api_server --model org/model --host 127.0.0.1")\n',
    },
    {
      bad: 'import os\nos.system("python3 -m sglang.launch_server --model-path org/model «--host 0.0.0.0»")\n',
      message: 'open',
      good: 'import os\nos.system("python3 -m sglang.launch_server --model-path org/model --host 127.0.0.1")\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  model:\n    image: registry.example.com/tgi:3.0.0\n    command: «text-generation-launcher» --model-id org/model\n    ports: ["8080:80"]\n',
      message: 'contained',
      good: 'services:\n  model:\n    image: registry.example.com/tgi:3.0.0\n    command: text-generation-launcher --model-id org/model\n    environment: ["API_KEY"]\n    ports: ["8080:80"]\n',
      byHand: true,
    },
    {
      bad: 'import os\nos.system("vllm serve org/model --host 127.0.0.1 «--allowed-local-media-path /»")\n',
      message: 'files',
      good: 'import os\nos.system("vllm serve org/model --host 127.0.0.1")\n',
    },
    { good: 'import os\nos.system("vllm serve org/model --host 127.0.0.1")\n', because: 'bound to loopback' },
    {
      good: 'import os\nos.system("python -m sglang.launch_server --model-path org/model")\n',
      because: 'SGLang binds loopback by default',
    },
    {
      good: 'import os\nos.system("VLLM_API_KEY=$(cat key) vllm serve org/model")\n',
      because: 'callers need a key',
    },
    { good: 'import os\nos.system("vllm serve org/model $OPTIONS")\n', because: 'the options are not known' },
    { good: 'import os\nos.system("vllm bench serve --model org/model")\n', because: 'a client' },
  ],
});
