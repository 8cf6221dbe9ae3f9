import type { TextEdit } from '../../base/range.js';
import {
  type ConfigEntry,
  type ContainerFact,
  config,
  configEdit,
  containers,
  defineRule,
  edit,
  type RuleContext,
} from '../../engine/index.js';
import { ARGUMENT_FORMATS, MODEL_KEYS, TRUST_OPTIONS } from '../../knowledge/training-settings.js';
import {
  argumentsOf,
  configuredModel,
  containerModel,
  firstOf,
  type HubModel,
  isFolder,
  isPinned,
  isUnknown,
  launcherVariable,
  servedModel,
  type Word,
  wordsOf,
} from './_hub-model.js';

const COMMIT = '0a1b2c3d'.repeat(5);
const REASON = 'models whose class lives in their repository stop loading';

const messages = {
  training: '`trust_remote_code` runs Python from the model repository, and no commit is pinned; turn it off',
  server: '`{option}` runs Python from the model repository, and no commit is pinned; remove it',
  folder: '`{option}` runs Python from the model folder `{folder}`; review that code',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'A configuration lets a model repository run its own code.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-94',
    'CWE-829',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.003',
    'https://huggingface.co/docs/transformers/main/en/models#custom-models',
    'https://docs.axolotl.ai/docs/config-reference.html',
    'https://docs.vllm.ai/en/stable/configuration/engine_args.html',
    'https://huggingface.co/docs/text-generation-inference/reference/launcher',
  ],
  docs: {
    why: 'With this switch the trainer or the server imports the Python files that lie beside the weights. Whoever takes over the account of the publisher, or the name after it was given up, runs code on the GPU node at its next start, with the credentials of the bucket and the registry.',
    instead:
      'Use a model whose class is part of the library. Where that is not possible, read the files of one commit and pin it: `revision_of_model` (Axolotl), `model_revision` (LLaMA-Factory, TRL), `--revision` (vLLM, TGI, SGLang).',
    fixSafety:
      'Models whose class lives in their repository no longer load without the switch, so the fix is offered for review.',
    limits:
      'The root of Axolotl, LLaMA-Factory, TRL and Transformers arguments, maps of Hydra beside a model id, containers and the arguments of KServe models are read; tags and branches do not count as pinned. A local folder and a model that is filled in elsewhere are information. A switch that is filled in elsewhere, commands that take more options from a variable and the switch of data sets are not judged, and neither are servers started in a `Dockerfile`.',
    ignoreWhen: 'The repository is a copy that only your organisation can write to.',
  },
  messages,
  words: ['trust_remote_code', 'trust-remote-code'],
  query: [
    config.entries(ARGUMENT_FORMATS, 'trust_remote_code'),
    config.entries(['hydra'], '**.trust_remote_code'),
    config.entries(['kserve'], 'spec.*.model.args'),
    containers.all(),
  ],
  check(fact: ConfigEntry | ContainerFact, context) {
    if (fact.kind === 'container') {
      const model = containerModel(fact);
      checkWords(wordsOf(fact), model, context);
      const { value, range } = launcherVariable(fact, 'TRUST_REMOTE_CODE') ?? {};
      if (range !== undefined && /^(?:true|1)$/i.test(value ?? ''))
        tell(range, 'TRUST_REMOTE_CODE', model, 'server', context);
    } else if (fact.key === 'args') {
      const words = argumentsOf(fact);
      checkWords(words, servedModel(words), context);
    } else {
      checkSetting(fact, context);
    }
  },
  examples: [
    {
      path: 'configs/qlora.yml',
      bad: 'base_model: lab/llm-7b\n«trust_remote_code: true» # custom attention\nadapter: qlora\ndatasets:\n  - path: data/letters.jsonl\n',
      message: 'training',
      good: 'base_model: lab/llm-7b\ntrust_remote_code: false # custom attention\nadapter: qlora\ndatasets:\n  - path: data/letters.jsonl\n',
    },
    {
      path: 'sft.yaml',
      bad: '{model_name_or_path: lab/llm-7b, stage: sft, model_revision: main, «trust_remote_code: true»}\n',
      message: 'training',
      good: '{model_name_or_path: lab/llm-7b, stage: sft, model_revision: main, trust_remote_code: false}\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.6.3\n    command: --model lab/llm-7b «--trust-remote-code» --port 8000\n',
      message: 'server',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.6.3\n    command: --model lab/llm-7b --port 8000\n',
    },
    {
      path: 'k8s/llm.yaml',
      bad: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: llm\n      image: ghcr.io/huggingface/text-generation-inference:2.4.0\n      args:\n        - --model-id=lab/llm-7b\n        - «--trust-remote-code»\n',
      message: 'server',
      good: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: llm\n      image: ghcr.io/huggingface/text-generation-inference:2.4.0\n      args:\n        - --model-id=lab/llm-7b\n',
    },
    {
      path: 'k8s/llm.yaml',
      bad: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: llm\n      image: vllm/vllm-openai:v0.6.3\n      args: ["--model", "/models/llm", "«--trust-remote-code»"]\n',
      message: 'folder',
      good: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: llm\n      image: vllm/vllm-openai:v0.6.3\n      args: ["--model", "/models/llm"]\n',
    },
    {
      path: 'configs/qlora.yml',
      good: `base_model: lab/llm-7b\nrevision_of_model: ${COMMIT}\ntrust_remote_code: true\nadapter: qlora\ndatasets:\n  - path: data/letters.jsonl\n`,
      because: 'the commit is pinned',
    },
    {
      path: 'configs/qlora.yml',
      good: 'base_model: lab/llm-7b\ntrust_remote_code: ${TRUST}\nadapter: qlora\ndatasets:\n  - path: data/letters.jsonl\n',
      because: 'the value is filled in elsewhere',
    },
    {
      path: 'docker-compose.yml',
      good: `services:\n  llm:\n    image: vllm/vllm-openai:v0.6.3\n    command: --model lab/llm-7b --trust-remote-code --revision ${COMMIT}\n`,
      because: 'the commit is pinned',
    },
    {
      path: 'settings.yaml',
      good: 'model: lab/llm-7b\ntrust_remote_code: true\n',
      because: 'nothing says which program reads this',
    },
  ],
});

function checkSetting(entry: ConfigEntry, context: Context): void {
  if (entry.value !== true || entry.tag !== undefined) return;
  if (entry.path.length > 1 && firstOf(entry.parent, MODEL_KEYS) === undefined) return;
  const option = 'trust_remote_code';
  tell(entry.range, option, configuredModel(entry.parent), 'training', context)?.fix(
    'Set `trust_remote_code` to false',
    'review',
    edit.setScalar(context.text, entry, 'false'),
    REASON,
  );
}

function checkWords(words: readonly Word[], model: HubModel, context: Context): void {
  for (const [i, word] of words.entries()) {
    const [name, value] = word.text.split('=');
    if (!TRUST_OPTIONS.includes(name!) || !/^(?:true|1)?$/i.test(value ?? '')) continue;
    const next = words[i + 1]?.text ?? '';
    if (/^(?:false|0)$|^\$/i.test(next)) continue;
    const finding = tell(word.range, name!, model, 'server', context);
    if (/^(?:true|1)$/i.test(next)) continue;
    finding?.fix(`Remove \`${name}\``, 'review', removal(word, context.text), REASON);
  }
}

function tell(
  range: ConfigEntry['range'],
  option: string,
  model: HubModel,
  message: 'training' | 'server',
  context: Context,
) {
  if (isPinned(model)) return undefined;
  if (model.id !== undefined && isFolder(model.id, context))
    return context.report(range, 'folder', { option, folder: model.id.slice(0, 30) }).severity('info');
  const finding =
    message === 'training' ? context.report(range, 'training') : context.report(range, 'server', { option });
  return model.id !== undefined && isUnknown(model.id) ? finding.severity('info') : finding;
}

/** Its list item, or the word and the blanks before it where the line holds it as it is. */
function removal({ text: word, range, item }: Word, text: string): TextEdit[] {
  if (item !== undefined) return configEdit.removeEntry(text, item);
  if (text.slice(range.start, range.end) !== word) return [];
  const blanks = /[ \t]+$/.exec(text.slice(0, range.start));
  return blanks === null ? [] : edit.replace({ start: blanks.index, end: range.end }, '');
}
