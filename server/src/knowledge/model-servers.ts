/** A program that answers requests with a model. */
export interface ModelServer {
  readonly label: string;
  /** Repository of its official image, as `imageReference` gives it. */
  readonly image: RegExp;
  /** A command line that starts it. */
  readonly command: RegExp;
  /** How callers are asked for a key; undefined when the server cannot ask. */
  readonly key?: { readonly options: readonly string[]; readonly variable: string };
}

const launcher = { options: ['--api-key'], variable: 'API_KEY' };

/**
 * Images and options as the projects document them: https://docs.vllm.ai/en/stable/deployment/docker/,
 * https://huggingface.co/docs/text-generation-inference/reference/launcher,
 * https://huggingface.co/docs/text-embeddings-inference/cli_arguments,
 * https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md.
 */
export const MODEL_SERVERS: readonly ModelServer[] = [
  { label: 'Triton', image: /^nvcr\.io\/nvidia\/tritonserver$/, command: /\btritonserver\b/ },
  { label: 'TorchServe', image: /^pytorch\/torchserve(?:-kfs|-nightly)?$/, command: /\btorchserve\b/ },
  { label: 'TensorFlow Serving', image: /^tensorflow\/serving$/, command: /\btensorflow_model_server\b/ },
  { label: 'MLServer', image: /^seldonio\/mlserver$/, command: /\bmlserver start\b/ },
  { label: 'OpenVINO', image: /^openvino\/model_server$/, command: /\bovms\b/ },
  { label: 'MLflow models', image: /^$/, command: /\bmlflow models serve\b/ },
  { label: 'BentoML', image: /^$/, command: /\bbentoml serve\b/ },
  { label: 'SGLang', image: /^lmsysorg\/sglang$/, command: /\bsglang(?:\.launch_server| serve)\b/ },
  { label: 'Ollama', image: /^ollama\/ollama$/, command: /\bollama serve\b/ },
  {
    label: 'vLLM',
    image: /^vllm\/vllm-openai(?:-cpu|-rocm)?$/,
    command: /\bvllm(?: serve|\.entrypoints\.)\b/,
    key: { options: ['--api-key'], variable: 'VLLM_API_KEY' },
  },
  {
    label: 'TGI',
    image: /^ghcr\.io\/huggingface\/text-generation-inference$/,
    command: /\btext-generation-launcher\b/,
    key: launcher,
  },
  {
    label: 'TEI',
    image: /^ghcr\.io\/huggingface\/text-embeddings-inference$/,
    command: /\btext-embeddings-router\b/,
    key: launcher,
  },
  {
    label: 'llama.cpp',
    image: /^ghcr\.io\/(?:ggml-org|ggerganov)\/llama\.cpp$/,
    command: /\bllama-server\b/,
    key: { options: ['--api-key', '--api-key-file'], variable: 'LLAMA_API_KEY' },
  },
];
