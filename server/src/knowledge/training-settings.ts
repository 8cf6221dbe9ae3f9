/** Formats whose root holds the arguments of one training. */
export const ARGUMENT_FORMATS = ['axolotl', 'llama-factory', 'trl', 'hf-training'] as const;

/** Everything that training programs read, but for Hydra, whose files may be about anything. */
export const TRAINING_FORMATS = [
  ...ARGUMENT_FORMATS,
  ...(['torchtune', 'wandb-sweep', 'deepspeed', 'accelerate', 'lightning-cli'] as const),
] as const;

/**
 * Keys for the model that is loaded and for the commit it is taken at. Axolotl: https://docs.axolotl.ai/docs/config-reference.html;
 * LLaMA-Factory `src/llamafactory/hparams/model_args.py`; TRL: https://huggingface.co/docs/trl/main/en/script_utils; the last of
 * each are the arguments of `from_pretrained`, as Hydra passes them.
 */
export const MODEL_KEYS: readonly string[] = ['base_model', 'model_name_or_path', 'pretrained_model_name_or_path'];
export const REVISION_KEYS: readonly string[] = [
  'revision_of_model',
  'model_revision',
  'model_code_revision',
  'code_revision',
  'revision',
];

/**
 * Options of vLLM (https://docs.vllm.ai/en/stable/configuration/engine_args.html), SGLang, TGI
 * (https://huggingface.co/docs/text-generation-inference/reference/launcher) and the Hugging Face server of KServe.
 */
export const TRUST_OPTIONS: readonly string[] = ['--trust-remote-code', '--trust_remote_code'];
export const MODEL_OPTIONS: readonly string[] = ['--model', '--model-id', '--model_id', '--model-path', '--model_path'];
export const REVISION_OPTIONS: readonly string[] = [
  '--revision',
  '--model-revision',
  '--model_revision',
  '--code-revision',
  '--code_revision',
];
