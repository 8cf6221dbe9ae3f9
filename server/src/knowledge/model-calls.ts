/**
 * Calls that ask a model, by resolved name: what a service that offers them gives away, and what whoever reaches it can
 * copy or wear out.
 */

/** Methods that only models have. */
const PREDICTION = /\.(?:predict(?:_proba|_log_proba|_on_batch|_one|_proba_one|_many)?|decision_function)$/;

/** Functions of the same module that say that they predict. */
const OWN = /^\.(?:predict|infer|run_inference|make_prediction|classify)\w*$/;

/** Objects whose `predict` asks another service or no model at all. */
const OTHER = /^(?:requests|httpx|unittest|pytest)\./;

/** Model objects that are called themselves, with their methods that answer. */
const MODEL = [
  'transformers\\.pipeline\\(\\)',
  'transformers\\.(?:\\w+\\.)*\\w+\\.from_pretrained\\(\\)(?:\\.to\\(\\)|\\.cuda\\(\\)|\\.eval\\(\\))*(?:\\.generate)?',
  'diffusers\\.(?:\\w+\\.)*\\w+\\.from_pretrained\\(\\)(?:\\.to\\(\\))?',
  'torch\\.(?:jit\\.)?load\\(\\)(?:\\.to\\(\\)|\\.eval\\(\\)|\\.generate)*',
  'sentence_transformers\\.\\w+\\(\\)\\.(?:encode|predict|rank)',
  'whisper\\.load_model\\(\\)\\.transcribe',
  'faster_whisper\\.WhisperModel\\(\\)\\.transcribe',
  'ultralytics\\.\\w+\\(\\)(?:\\.predict|\\.track)?',
  'onnxruntime\\.InferenceSession\\(\\)\\.run',
  'tensorflow\\.(?:lite\\.Interpreter\\(\\)\\.invoke|saved_model\\.load\\(\\)(?:\\.signatures\\[\\])?)',
  'vllm\\.LLM\\(\\)\\.(?:generate|chat|encode)',
  'llama_cpp\\.Llama\\(\\)(?:\\.create_(?:chat_)?completion)?',
  'ctransformers\\.(?:\\w+\\.)*from_pretrained\\(\\)',
  'gpt4all\\.GPT4All\\(\\)\\.generate',
];

/** Hosted models: every call is paid for. */
const HOSTED = [
  'openai\\.(?:(?:Async)?(?:Azure)?OpenAI\\(\\)\\.)?(?:chat\\.completions|completions|responses|images|embeddings)\\.(?:create|generate)',
  'openai\\.(?:ChatCompletion|Completion|Embedding)\\.a?create',
  'anthropic\\.(?:Async)?Anthropic\\(\\)\\.messages\\.(?:create|stream)',
  'litellm\\.a?(?:completion|text_completion|embedding)',
  'google\\.generativeai\\.GenerativeModel\\(\\)\\.generate_content(?:_async)?',
  'google\\.genai\\.Client\\(\\)(?:\\.aio)?\\.models\\.generate_content(?:_stream)?',
  'ollama\\.(?:chat|generate|(?:Async)?Client\\(\\)\\.(?:chat|generate))',
  'groq\\.(?:Async)?Groq\\(\\)\\.chat\\.completions\\.create',
  'mistralai\\.(?:\\w+\\.)*Mistral\\w*\\(\\)\\.chat(?:\\.complete)?',
  'cohere\\.Client(?:V2)?\\(\\)\\.(?:chat|generate)',
  'huggingface_hub\\.InferenceClient\\(\\)\\.(?:chat_completion|text_generation)',
  'boto3\\.client\\(\\)\\.(?:invoke_model|converse|invoke_endpoint)',
  'lang(?:chain|graph)(?:_\\w+)?\\.(?:\\w+(?:\\(\\))?\\.)*a?(?:invoke|stream|batch|run)',
];

const ASKS = new RegExp(`^(?:${[...MODEL, ...HOSTED].join('|')})$`);

/** True for a call that has a model answer. */
export function asksModel(name: string): boolean {
  return ASKS.test(name) || OWN.test(name) || (PREDICTION.test(name) && !OTHER.test(name));
}

/** Calls that give the scores behind an answer. */
export const SCORES =
  /(?:\.(?:predict_proba|predict_log_proba|decision_function|predict_proba_one)|^torch\.(?:nn\.functional\.)?(?:log_)?softmax|^(?:tensorflow\.nn|scipy\.special|jax\.nn)\.(?:log_)?softmax)$/;

/** Calls that change a model with the examples they are given, by resolved name. */
export const ONLINE_UPDATES: readonly string[] = [
  // https://scikit-learn.org/stable/computing/scaling_strategies.html#incremental-learning
  '**.partial_fit',
  // https://riverml.xyz/latest/introduction/getting-started/getting-started/
  '**.learn_one',
  '**.learn_many',
  // https://keras.io/api/models/model_training_apis/#trainonbatch-method
  '**.train_on_batch',
];

/** Calls that save, publish or deploy a model, by resolved name. */
export const PUBLISHES =
  /^(?:(?:joblib|pickle|cloudpickle|dill|skops\.io)\.dumps?|torch\.(?:jit\.|onnx\.)?(?:save|export)|safetensors\.\w+\.save_\w+|onnx\.save\w*|shutil\.(?:copy\w*|move)|os\.(?:replace|rename)|boto3\.client\(\)\.(?:upload_file|put_object|create_endpoint|update_endpoint|create_model\w*|update_model_package)|google\.cloud\.aiplatform\..*\.(?:upload|deploy))$/;

/** Methods that only models and registries have and that save, publish or deploy. */
export const PUBLISHING_METHOD =
  /\.(?:save_pretrained|push_to_hub|save_model|save_weights|log_model|register_model|create_model_version|transition_model_version_stage|set_registered_model_alias|upload_folder|deploy_model)$/;
