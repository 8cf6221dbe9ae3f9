/** An environment variable that switches a protection of a library off for the whole process. */
export interface EscapeHatch {
  /** Values that switch it off. */
  readonly opened: RegExp;
  /** What happens then, for a message: "… so that <effect>". */
  readonly effect: string;
  /** The distribution that reads it. */
  readonly library: string;
  /** Later releases pay no attention to it. */
  readonly ignoredFrom?: string;
}

/**
 * Read from the sources of the libraries: `torch/serialization.py`, `vllm/envs.py`, `mlflow/environment_variables.py`,
 * `datasets/config.py`, `code_eval.py` of evaluate, `hydra/_internal/target_policy.py`.
 */
export const ESCAPE_HATCHES: ReadonlyMap<string, EscapeHatch> = new Map([
  [
    'TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD',
    { opened: /^(1|y|yes|true)$/i, effect: 'every checkpoint can run code when it is loaded', library: 'torch' },
  ],
  [
    'VLLM_ALLOW_INSECURE_SERIALIZATION',
    { opened: /^[1-9]\d*$/, effect: 'messages between its processes are unpickled', library: 'vllm' },
  ],
  [
    'MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE',
    { opened: /^true$/i, effect: 'any website can reach the tracking server', library: 'mlflow' },
  ],
  [
    'HF_DATASETS_TRUST_REMOTE_CODE',
    {
      opened: /^(1|on|yes|true)$/i,
      effect: 'data sets run scripts of their repositories',
      library: 'datasets',
      ignoredFrom: '4.0.0',
    },
  ],
  [
    'HF_ALLOW_CODE_EVAL',
    { opened: /^1$/, effect: 'code that a model wrote runs on this machine', library: 'evaluate' },
  ],
  [
    'HYDRA_INSTANTIATE_ALLOWLIST_OVERRIDE',
    { opened: /\S/, effect: 'configs may call functions that Hydra blocks', library: 'hydra-core' },
  ],
]);
