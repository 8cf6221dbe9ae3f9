import type { TextEdit } from '../../base/range.js';
import {
  type ConfigEntry,
  type ContainerFact,
  config,
  configEdit,
  containers,
  defineRule,
  edit,
  placeholder,
  type Report,
  type RuleContext,
  text as textOf,
} from '../../engine/index.js';
import { imageReference } from '../../knowledge/container-images.js';
import { isHubId, WHERE_COMMITS_ARE } from '../../knowledge/hub-references.js';
import { MODEL_SERVERS } from '../../knowledge/model-servers.js';
import { ARGUMENT_FORMATS } from '../../knowledge/training-settings.js';
import {
  argumentsOf,
  configuredModel,
  configuredRevision,
  containerModel,
  type HubModel,
  isFolder,
  isPinned,
  servedModel,
  wordsOf,
} from './_hub-model.js';

const COMMIT = '0a1b2c3d'.repeat(5);
/** Servers that load from the Hub. */
const SERVERS = MODEL_SERVERS.filter(({ label }) => ['vLLM', 'TGI', 'TEI', 'SGLang'].includes(label));
const KEYS: Readonly<Record<string, string>> = { axolotl: 'revision_of_model' };

const messages = {
  moving: '`{id}` follows whatever its repository holds; pin the commit with `{key}`',
  branch: '`{revision}` of `{id}` can move to other weights; set `{key}` to the full commit id',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'A configuration takes a model from the Hub without a commit.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'info',
  confidence: 'high',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.003',
    'https://huggingface.co/docs/huggingface_hub/guides/download',
    'https://docs.axolotl.ai/docs/config-reference.html',
    'https://docs.vllm.ai/en/stable/configuration/engine_args.html',
  ],
  docs: {
    why: 'The base model of a fine-tune is part of its recipe. A publisher, or somebody with their token, replaces the weights on `main`; the next run starts from a model with a backdoor, and the configuration in the repository is the same as before.',
    instead:
      'Copy the commit id from the history of the repository into `revision_of_model` (Axolotl), `model_revision` (LLaMA-Factory, TRL, Transformers scripts) or `--revision` (vLLM, TGI, TEI, SGLang).',
    fixSafety:
      'The commit id is known to the Hub only, so the fix leaves a place for it in settings; a command line is left to you.',
    limits:
      'Ids that look like a local folder or that are filled in elsewhere are not judged, nor are models of organisations that your settings trust. Of containers, the official images and commands of vLLM, TGI, TEI and SGLang are read.',
    ignoreWhen: 'A proxy in front of the Hub only serves copies that were reviewed.',
  },
  messages,
  words: ['model'],
  query: [
    config.entries(ARGUMENT_FORMATS, 'base_model'),
    config.entries(ARGUMENT_FORMATS, 'model_name_or_path'),
    config.entries(['kserve'], 'spec.*.model.args'),
    containers.all(),
  ],
  check(fact: ConfigEntry | ContainerFact, context) {
    if (fact.kind === 'container') {
      const words = wordsOf(fact);
      const { repository } = imageReference(textOf(fact.image) ?? '');
      const line = words.map(({ text }) => text).join(' ');
      if (SERVERS.some(({ image, command }) => image.test(repository) || command.test(line)))
        tell(containerModel(fact), '--revision', context);
    } else if (fact.key === 'args') {
      tell(servedModel(argumentsOf(fact)), '--model_revision', context);
    } else {
      const format = context.facts?.formats[fact.document]?.id ?? '';
      const key = KEYS[format] ?? 'model_revision';
      tell(configuredModel(fact.parent), key, context)?.fix(
        'Pin a commit',
        'placeholder',
        pinEdits(fact, key, context.text),
        WHERE_COMMITS_ARE,
      );
    }
  },
  examples: [
    {
      path: 'configs/lora.yml',
      bad: 'base_model: «lab/llm-7b»\nadapter: lora\ndatasets:\n  - path: data/letters.jsonl\n',
      message: 'moving',
      good: `base_model: lab/llm-7b\nrevision_of_model: ${COMMIT}\nadapter: lora\ndatasets:\n  - path: data/letters.jsonl\n`,
      fill: [COMMIT],
    },
    {
      path: 'sft.yaml',
      bad: 'model_name_or_path: «lab/llm-7b»\nmodel_revision: main\nstage: sft\nfinetuning_type: lora\n',
      message: 'branch',
      good: `model_name_or_path: lab/llm-7b\nmodel_revision: ${COMMIT}\nstage: sft\nfinetuning_type: lora\n`,
      fill: [COMMIT],
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.6.3\n    command: ["--model", "«lab/llm-7b»"]\n',
      message: 'moving',
      good: `services:\n  llm:\n    image: vllm/vllm-openai:v0.6.3\n    command: ["--model", "lab/llm-7b", "--revision", "${COMMIT}"]\n`,
      byHand: true,
    },
    {
      path: 'sft.yaml',
      good: 'model_name_or_path: saves/llm/full/sft\nstage: dpo\nfinetuning_type: lora\n',
      because: 'the output of an earlier run',
    },
    {
      path: 'sft.yaml',
      good: 'model_name_or_path: lab/llm-7b\nmodel_revision: ${REVISION}\nstage: sft\n',
      because: 'the revision is filled in elsewhere',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.6.3\n    command: ["--model", "/models/llm-7b"]\n',
      because: 'a folder that is mounted',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  app:\n    image: registry.example.org/app:1.4\n    command: ["--model", "lab/llm-7b"]\n',
      because: 'nothing says that this program loads from the Hub',
    },
  ],
});

/** Sets the revision, or adds it below the model. */
function pinEdits(model: ConfigEntry, key: string, text: string): TextEdit[] {
  const commit = placeholder('commit');
  const known = configuredRevision(model.parent);
  if (known !== undefined) return edit.setScalar(text, known, commit);
  const indent = edit.indentAt(text, model.range.start);
  const isOwnLine = text.slice(0, model.range.start).endsWith(`\n${indent}`) || model.range.start === indent.length;
  if (model.parent?.flow === true || !isOwnLine) {
    const quoted = text[model.keyRange!.start] === '"' ? `"${commit}"` : commit;
    return model.parent === undefined ? [] : configEdit.addEntry(text, model.parent, key, quoted);
  }
  return edit.insertLinesBelow(text, model.range.end, `${key}: ${commit}`, indent);
}

function tell(model: HubModel, key: string, context: Context): Report | undefined {
  const { id, place, revisions } = model;
  if (id === undefined || place === undefined || isPinned(model)) return undefined;
  const owner = id.split('/')[0]!;
  if (!isHubId(id) || isFolder(id, context) || context.config.trusted.organizations.includes(owner)) return undefined;
  const [revision] = revisions;
  const shown = { id: id.slice(0, 40), key };
  return revision === undefined
    ? context.report(place, 'moving', shown)
    : context.report(place, 'branch', { ...shown, revision: revision.slice(0, 20) });
}
