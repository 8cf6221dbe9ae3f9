/** A program that serves a language model over HTTP. */
export interface InferenceServer {
  /** Last part of the word that starts it; a module for `python -m`. */
  readonly program: string;
  /** The sub-command that serves; undefined when the program does nothing else. */
  readonly mode?: string;
  readonly label: string;
  /** Options that name the address. */
  readonly host: readonly string[];
  /** Whether it listens on all interfaces when no address is given. */
  readonly opensByDefault: boolean;
  /** What sets the key callers need: an environment variable where there is one, else the option. */
  readonly key: string;
}

const vllm = { label: 'vLLM', host: ['--host'], opensByDefault: true, key: 'VLLM_API_KEY' };
const sglang = { label: 'SGLang', host: ['--host'], opensByDefault: false, key: '--api-key' };

/**
 * Defaults as their documentation states them: https://docs.vllm.ai/en/stable/cli/serve/,
 * https://docs.sglang.io/advanced_features/server_arguments.html,
 * https://huggingface.co/docs/text-generation-inference/reference/launcher.
 */
export const INFERENCE_SERVERS: readonly InferenceServer[] = [
  { program: 'vllm', mode: 'serve', ...vllm },
  { program: 'vllm.entrypoints.openai.api_server', ...vllm },
  { program: 'vllm.entrypoints.api_server', ...vllm },
  { program: 'sglang', mode: 'serve', ...sglang },
  { program: 'sglang.launch_server', ...sglang },
  {
    program: 'text-generation-launcher',
    label: 'TGI',
    host: ['--hostname'],
    opensByDefault: true,
    key: 'API_KEY',
  },
];
