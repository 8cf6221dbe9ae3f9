import { type ConfigEntry, child, items, text } from '../config/entry.js';
import {
  type FormatRow,
  hasAll,
  hasAny,
  isList,
  isMap,
  says,
  some,
  somewhere,
  when,
  YAML,
  YAML_OR_JSON,
} from './row.js';

const MODEL = 'model_name_or_path';
const TRL_SETTINGS = [
  ...['use_peft', 'max_length', 'max_seq_length', 'num_generations', 'beta', 'packing', 'reward_funcs', 'loss_type'],
];

function isLlamaFactory(root: ConfigEntry): boolean {
  const stage = says(root, 'stage', /^(?:pt|sft|rm|ppo|dpo|kto)$/);
  return hasAny(root, MODEL) && (stage || hasAny(root, 'finetuning_type', 'template'));
}

function isTrl(root: ConfigEntry): boolean {
  if (!hasAny(root, MODEL)) return false;
  if (hasAny(root, 'dataset_mixer', 'dataset_mixture')) return true;
  return hasAny(root, 'dataset_name') && hasAny(root, ...TRL_SETTINGS);
}

/** What training programs read. */
export const TRAINING_FORMATS: readonly FormatRow[] = [
  {
    id: 'wandb-sweep',
    label: 'Weights & Biases sweep',
    languages: YAML_OR_JSON,
    keys: ({ root }) =>
      when(
        says(root, 'method', /^(?:grid|random|bayes)$/) && isMap(child(root, 'parameters')),
        '`method` grid, random or bayes with `parameters`',
      ),
  },
  {
    id: 'deepspeed',
    label: 'DeepSpeed configuration',
    languages: YAML_OR_JSON,
    keys: ({ root }) =>
      when(
        isMap(child(root, 'zero_optimization')) || hasAny(root, 'train_micro_batch_size_per_gpu'),
        '`zero_optimization` or `train_micro_batch_size_per_gpu`',
      ),
  },
  {
    id: 'accelerate',
    label: 'Accelerate configuration',
    languages: YAML_OR_JSON,
    keys: ({ root }) =>
      when(hasAll(root, 'distributed_type', 'num_processes'), '`distributed_type` with `num_processes`'),
  },
  {
    id: 'torchtune',
    label: 'torchtune recipe',
    languages: YAML,
    keys: ({ root }) =>
      when(
        somewhere(root, ({ key, kind }) => kind === 'scalar' && key === '_component_'),
        '`_component_`',
      ),
  },
  {
    id: 'axolotl',
    label: 'Axolotl configuration',
    languages: YAML,
    keys: ({ root }) =>
      when(
        hasAny(root, 'base_model') &&
          !hasAny(root, 'merge_method', 'apiVersion') &&
          (some(child(root, 'datasets'), (one) => hasAny(one, 'path')) ||
            (hasAny(root, 'adapter') && hasAny(root, 'micro_batch_size', 'sequence_len', 'num_epochs'))),
        '`base_model` with `datasets` or `adapter`',
      ),
  },
  {
    id: 'lightning-cli',
    label: 'Lightning configuration',
    languages: YAML,
    keys: ({ root }) => {
      const fit = child(root, 'fit') ?? root;
      return when(
        isMap(child(fit, 'trainer')) &&
          (hasAny(child(fit, 'model'), 'class_path') ||
            hasAny(child(fit, 'data'), 'class_path') ||
            hasAny(fit, 'seed_everything')),
        '`trainer` with `seed_everything` or a `class_path`',
      );
    },
  },
  {
    id: 'llama-factory',
    label: 'LLaMA-Factory configuration',
    languages: YAML_OR_JSON,
    shared: true,
    keys: ({ root }) =>
      when(isLlamaFactory(root), '`model_name_or_path` with `stage`, `finetuning_type` or `template`'),
  },
  {
    id: 'trl',
    label: 'TRL configuration',
    languages: YAML_OR_JSON,
    shared: true,
    keys: ({ root }) => when(isTrl(root), '`model_name_or_path` with `dataset_name` and settings of a TRL trainer'),
  },
  {
    id: 'hf-training',
    label: 'Arguments of a Transformers training',
    languages: YAML_OR_JSON,
    shared: true,
    keys: ({ root }) =>
      when(
        hasAll(root, MODEL, 'output_dir') && !isLlamaFactory(root) && !isTrl(root),
        '`model_name_or_path` with `output_dir`',
      ),
  },
  {
    id: 'hyperpyyaml',
    label: 'HyperPyYAML hyperparameters',
    languages: YAML,
    keys: ({ root }) =>
      when(
        somewhere(root, ({ tag }) => tag !== undefined && /^!(?:new|name|apply|module):/.test(tag)),
        'a tag `!new:`, `!name:` or `!apply:`',
      ),
  },
  {
    id: 'hydra',
    label: 'Hydra configuration',
    languages: YAML,
    keys: ({ root }) =>
      when(isDefaults(child(root, 'defaults')), 'a `defaults` list') ??
      when(
        somewhere(root, ({ key, kind }) => kind === 'scalar' && key === '_target_'),
        '`_target_`',
      ) ??
      when(
        somewhere(root, ({ value }) => typeof value === 'string' && /\$\{(?:oc\.\w+|hydra):/.test(value)),
        'an interpolation `${oc.…}`',
      ),
  },
];

/** A defaults list names `_self_` or picks options of groups: `- model: resnet`. */
function isDefaults(entry: ConfigEntry | undefined): boolean {
  if (!isList(entry) || items(entry).length === 0) return false;
  const picks = (item: ConfigEntry) => items(item).length === 1 && !isMap(items(item)[0]);
  const names = (item: ConfigEntry) => /^_self_$|^\/?[\w@.-]+(?:\/[\w@.-]+)*$/.test(text(item) ?? '');
  return items(entry).every((item) => picks(item) || names(item));
}
