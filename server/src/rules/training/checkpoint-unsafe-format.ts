import { type ConfigEntry, child, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { ARGUMENT_FORMATS } from '../../knowledge/training-settings.js';

const TRAINING_ARGUMENTS = /(?:TrainingArguments|^trl\.\w+Config)$/;
/** Checkpointers of torchtune that write files for Transformers; the others always write pickles. */
const CHECKPOINTER = /(?:^|\.)FullModelHFCheckpointer$/;

/** What a map has to name beside a switch for it to mean what it says. */
const BESIDE: Readonly<Record<string, readonly [key: string, value: RegExp]>> = {
  save_safetensors: ['_target_', TRAINING_ARGUMENTS],
  safe_serialization: ['_component_', CHECKPOINTER],
  use_safetensors: ['_target_', /\.from_pretrained$/],
  weights_only: ['_target_', /^torch\.load$|\.load_from_checkpoint$/],
};

export default defineRule({
  summary: 'A training configuration writes or reads checkpoints as pickles.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'https://huggingface.co/docs/safetensors/index',
    'https://huggingface.co/docs/hub/security-pickle',
    'https://docs.pytorch.org/docs/stable/generated/torch.load.html',
    'https://docs.pytorch.org/torchtune/stable/generated/torchtune.training.FullModelHFCheckpointer.html',
  ],
  docs: {
    why: 'A checkpoint in pickle format is a program. Whoever can write to the bucket of checkpoints swaps one file, and the next resumed run, the evaluation and the service run that code when they load it.',
    instead:
      'Leave `save_safetensors` and `safe_serialization` at their defaults, which write safetensors, and load everything else with `weights_only: true`.',
    fixSafety:
      'Programs that look for `pytorch_model.bin` no longer find it, models whose layers share memory cannot be saved as they are, and checkpoints with other objects stop loading: the fixes are offered for review.',
    limits:
      'Axolotl, LLaMA-Factory, TRL and Transformers arguments, the checkpointer of torchtune, Lightning settings that resume from a checkpoint, and maps of Hydra that name what is called are read. Transformers 5 writes safetensors in any case and no longer has the key.',
    ignoreWhen: 'A consumer cannot read safetensors yet, and only the training job can write to the folder.',
  },
  messages: {
    writes: '`{key}: {value}` saves weights as a pickle, which runs code when it was swapped; set it to true',
    reads: '`{key}: {value}` loads pickles, which run code when the file was swapped; set it to true',
  },
  words: ['save_safetensors', 'safe_serialization', 'use_safetensors', 'weights_only'],
  query: [
    config.entries(ARGUMENT_FORMATS, 'save_safetensors'),
    config.entries(['torchtune'], '**.safe_serialization'),
    config.entries(['lightning-cli'], '**.weights_only'),
    ...Object.keys(BESIDE).map((key) => config.entries(['hydra'], `**.${key}`)),
  ],
  check(entry: ConfigEntry, { report, text, facts }) {
    if (entry.value !== false || entry.tag !== undefined || !isMeant(entry, facts?.formats[entry.document]?.id)) return;
    const key = entry.key ?? '';
    const value = text.slice(entry.valueRange.start, entry.valueRange.end);
    report(entry.range, /^(?:use|weights)/.test(key) ? 'reads' : 'writes', { key, value }).fix(
      `Set \`${key}\` to true`,
      'review',
      edit.setScalar(text, entry, 'true'),
      'files get another format, or others stop loading',
    );
  },
  examples: [
    {
      path: 'sft.yaml',
      bad: 'model_name_or_path: lab/llm-7b\nstage: sft\noutput_dir: saves/llm\n«save_safetensors: false» # old server\n',
      message: 'writes',
      good: 'model_name_or_path: lab/llm-7b\nstage: sft\noutput_dir: saves/llm\nsave_safetensors: true # old server\n',
    },
    {
      path: 'lora.yaml',
      bad: 'checkpointer:\n  _component_: torchtune.training.FullModelHFCheckpointer\n  checkpoint_dir: /tmp/llm\n  «safe_serialization: False»\n',
      message: 'writes',
      good: 'checkpointer:\n  _component_: torchtune.training.FullModelHFCheckpointer\n  checkpoint_dir: /tmp/llm\n  safe_serialization: true\n',
    },
    {
      path: 'conf/resume.yaml',
      bad: 'state: {_target_: torch.load, f: last.ckpt, «weights_only: false»}\n',
      message: 'reads',
      good: 'state: {_target_: torch.load, f: last.ckpt, weights_only: true}\n',
    },
    {
      path: 'sft.yaml',
      good: 'model_name_or_path: lab/llm-7b\nstage: sft\nsave_safetensors: true\n',
      because: 'the safe format',
    },
    {
      path: 'lora.yaml',
      good: 'checkpointer:\n  _component_: torchtune.training.FullModelMetaCheckpointer\nsave_adapter_weights_only: False\n',
      because: 'says how much is saved, not how',
    },
    {
      path: 'conf/callbacks.yaml',
      good: 'checkpoint:\n  _target_: lightning.pytorch.callbacks.ModelCheckpoint\n  save_weights_only: false\n',
      because: 'says how much is saved, not how',
    },
    {
      path: 'conf/export.yaml',
      good: 'export:\n  _target_: app.export.Exporter\n  weights_only: false\n',
      because: 'nothing says what the key means there',
    },
  ],
});

/** Roots of arguments say it by their format; Lightning resumes where a path stands beside it; maps of Hydra name a callable. */
function isMeant(entry: ConfigEntry, format: string | undefined): boolean {
  if (format === 'lightning-cli') return textOf(child(entry.parent, 'ckpt_path')) !== undefined;
  if (format !== 'hydra' && format !== 'torchtune') return true;
  const [key, value] = BESIDE[entry.key ?? ''] ?? [];
  return key !== undefined && value?.test(textOf(child(entry.parent, key)) ?? '') === true;
}
