import { type ConfigEntry, config, configEdit, defineRule } from '../../engine/index.js';
import { hardCodedNameWords, hasKnownShape, isHardCodedSecret } from '../../knowledge/secrets/index.js';
import { TRAINING_FORMATS } from '../../knowledge/training-settings.js';

/** Keys that Transformers and LLaMA-Factory leave empty by themselves; `huggingface_hub` then reads `HF_TOKEN`. */
const FROM_LOGIN = /^(?:hub_token|hf_hub_token)$/;

export default defineRule({
  summary: 'A training configuration holds a literal token or key.',
  stages: ['training', 'data-collection'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-A07:2021',
    'OWASP-LLM02:2025',
    'AML.T0055',
    'https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables#hftoken',
    'https://huggingface.co/docs/transformers/main/en/main_classes/trainer',
  ],
  docs: {
    why: 'Training configurations are what people share: they are committed, logged to the tracker with every run and copied into the model card. A token in one of them can write to the repository that the service loads its weights from.',
    instead:
      'Revoke the value. Log in once or set `HF_TOKEN`, `WANDB_API_KEY` or what the service reads on the machine that trains, and leave the key out of the file.',
    fixSafety: 'The training has no token before the variable is set, so the fix is offered for review.',
    limits:
      'The key has to mean a secret and the value has to look like one: letters and digits, eight characters for a password, sixteen random ones for a key or token. Tokens of known providers and addresses with a password have rules of their own, and tokens of a tokenizer are no secrets.',
    ignoreWhen: 'The value opens a mirror that holds public models only.',
  },
  messages: {
    literal: '`{name}` is a literal secret in a training configuration; revoke it and set it in the environment',
  },
  skipsTests: true,
  words: hardCodedNameWords,
  query: config.entries(TRAINING_FORMATS, '**'),
  check(entry: ConfigEntry, { report, text }) {
    const { value, tag } = entry;
    const name = nameOf(entry);
    if (typeof value !== 'string' || name === undefined || tag !== undefined) return;
    if (!isHardCodedSecret(name, value)) return;
    if (hasKnownShape(name, value)) return;
    const finding = report(entry.valueRange, 'literal', { name: name.slice(0, 40) });
    if (!FROM_LOGIN.test(entry.key ?? '')) return;
    const title = `Remove \`${entry.key}\``;
    finding.fix(title, 'review', configEdit.removeEntry(text, entry), '`HF_TOKEN` or a login has to take its place');
  },
  examples: [
    {
      path: 'sft.yaml',
      bad: 'model_name_or_path: lab/llm-7b\nstage: sft\nhf_hub_token: «7f3kQ9vLx2TzRw8BnYc5HdJ0mUe4GsAo» # bot\noutput_dir: saves/llm\n',
      message: 'literal',
      good: 'model_name_or_path: lab/llm-7b\nstage: sft\noutput_dir: saves/llm\n',
    },
    {
      path: 'train.json',
      bad: '{"model_name_or_path": "lab/llm-7b", "output_dir": "out", "hub_token": «"7f3kQ9vLx2TzRw8BnYc5HdJ0mUe4GsAo"»}\n',
      message: 'literal',
      good: '{"model_name_or_path": "lab/llm-7b", "output_dir": "out"}\n',
    },
    {
      path: 'sweep.yaml',
      bad: 'method: random\nparameters:\n  lr: {min: 0.001, max: 0.1}\n  features_api_key:\n    value: «q8ZtR4vLx2TzRw8BnYc5HdJ0mUe4»\n',
      message: 'literal',
      good: 'method: random\nparameters:\n  lr: {min: 0.001, max: 0.1}\n',
      byHand: true,
    },
    {
      path: 'sft.yaml',
      good: 'model_name_or_path: lab/llm-7b\nstage: sft\nhf_hub_token: ${oc.env:HF_TOKEN}\nms_hub_token: <your token>\n',
      because: 'a reference and a placeholder',
    },
    {
      path: 'qlora.yml',
      good: 'base_model: lab/llm-7b\nadapter: qlora\ndatasets: [{path: data/a.jsonl}]\nspecial_tokens:\n  pad_token: "<|end_of_text_128001|>"\nhf_use_auth_token: true\n',
      because: 'pieces of text, and a switch',
    },
    {
      path: 'sweep.yaml',
      good: 'method: grid\nparameters:\n  max_tokens: {values: [1024, 4096]}\n  tokenizer_key: {value: bert-base-uncased-v2-finetuned}\n',
      because: 'numbers and a name',
    },
  ],
});

/** The key a value is given to; in a sweep the parameter whose `value` it is. */
function nameOf({ key, parent }: ConfigEntry): string | undefined {
  return key === 'value' ? (parent?.key ?? key) : key;
}
