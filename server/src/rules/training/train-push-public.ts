import { type ConfigEntry, child, config, configEdit, defineRule, edit, text as textOf } from '../../engine/index.js';

/** Callables of Hydra that take the arguments of a trainer. */
const ARGUMENTS = /(?:^|\.)(?:\w*TrainingArguments|(?:SFT|DPO|GRPO|KTO|ORPO|CPO|PPO|RLOO|Reward)Config)$/;
const REASON = 'others can no longer read a new repository';

export default defineRule({
  summary: 'A training configuration publishes the model to everybody.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-200',
    'OWASP-ML05:2023',
    'OWASP-LLM02:2025',
    'AML.T0024',
    'https://huggingface.co/docs/transformers/main/en/main_classes/trainer',
    'https://huggingface.co/docs/hub/repositories-settings',
  ],
  docs: {
    why: 'The trainer makes a public repository and uploads every checkpoint while it runs. A model that was tuned on complaint letters gives their sentences back to whoever asks, and it is copied before anybody has looked at the first evaluation.',
    instead:
      'Add `hub_private_repo: true` beside `push_to_hub: true` and open the repository on purpose after a review.',
    fixSafety:
      'A repository that is created private cannot be read by others, so the fix is offered for review. A repository that exists keeps its visibility.',
    limits:
      'Arguments of LLaMA-Factory, TRL and Transformers are read, and those that Hydra passes to their classes. Axolotl makes repositories private by itself. Whether the repository exists, and what an organisation sets as its default, is not known here; `hub_private_repo: false` that is written out is one level less.',
    ignoreWhen: 'The model is meant to be published and was reviewed for it.',
  },
  messages: {
    byDefault: '`push_to_hub` publishes checkpoints to everybody while they are made; add `hub_private_repo: true`',
    public: '`hub_private_repo: false` publishes checkpoints to everybody; is the model free of personal data?',
  },
  words: ['push_to_hub'],
  query: [
    config.entries(['llama-factory', 'trl', 'hf-training'], 'push_to_hub'),
    config.entries(['hydra'], '**.push_to_hub'),
  ],
  check(entry: ConfigEntry, { report, text }) {
    const settings = entry.parent;
    if (entry.value !== true || settings === undefined || child(settings, '<<') !== undefined) return;
    if (entry.path.length > 1 && !ARGUMENTS.test(textOf(child(settings, '_target_')) ?? '')) return;
    const flag = child(settings, 'hub_private_repo');
    if (flag === undefined) {
      report(entry.range, 'byDefault').fix(
        'Add `hub_private_repo: true`',
        'review',
        configEdit.addEntry(text, settings, 'hub_private_repo', 'true'),
        REASON,
      );
    } else if (flag.value === false) {
      report(flag.range, 'public')
        .severity('hint')
        .fix('Make it private', 'review', edit.setScalar(text, flag, 'true'), REASON);
    }
  },
  examples: [
    {
      path: 'recipes/dpo.yaml',
      bad: 'model_name_or_path: lab/llm-7b\ndataset_name: lab/letters\nbeta: 0.1\n«push_to_hub: true» # every epoch\noutput_dir: out\n',
      message: 'byDefault',
      good: 'model_name_or_path: lab/llm-7b\ndataset_name: lab/letters\nbeta: 0.1\npush_to_hub: true # every epoch\noutput_dir: out\nhub_private_repo: true\n',
    },
    {
      path: 'train.json',
      bad: '{"model_name_or_path": "bert-base-uncased", "output_dir": "out", «"push_to_hub": true»}\n',
      message: 'byDefault',
      good: '{"model_name_or_path": "bert-base-uncased", "output_dir": "out", "push_to_hub": true, "hub_private_repo": true}\n',
    },
    {
      path: 'train.yaml',
      bad: 'model_name_or_path: lab/llm-7b\noutput_dir: out\npush_to_hub: true\n«hub_private_repo: false»\n',
      message: 'public',
      good: 'model_name_or_path: lab/llm-7b\noutput_dir: out\npush_to_hub: true\nhub_private_repo: true\n',
    },
    {
      path: 'train.yaml',
      good: 'model_name_or_path: lab/llm-7b\noutput_dir: out\npush_to_hub: true\nhub_private_repo: true\n',
      because: 'the repository is private',
    },
    {
      path: 'train.yaml',
      good: 'model_name_or_path: lab/llm-7b\noutput_dir: out\nhub_model_id: lab/letters\npush_to_hub: false\n',
      because: 'nothing is uploaded',
    },
    {
      path: 'qlora.yml',
      good: 'base_model: lab/llm-7b\nadapter: qlora\nhub_model_id: lab/letters\ndatasets:\n  - path: data/letters.jsonl\n',
      because: 'Axolotl makes the repository private',
    },
    {
      path: 'train.yaml',
      good: 'model_name_or_path: lab/llm-7b\noutput_dir: out\npush_to_hub: ${oc.env:PUSH}\n',
      because: 'the value is filled in elsewhere',
    },
  ],
});
