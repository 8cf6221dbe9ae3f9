/*
 * Clients of language models: the calls that ask one, and where the address of the service is passed. Each block names the
 * reference it follows.
 */

/** A call that asks a model, by the name of what is called. */
export interface LlmCall {
  readonly name: string;
  /** Keyword of the list of messages. */
  readonly messages?: string;
  /** Keyword of the text that stands above all messages, where it has a place of its own. */
  readonly system?: string;
  /** Keywords one of which limits the length of an answer that is unlimited without; the first is the one to add. */
  readonly caps?: readonly string[];
}

const calls = (options: Omit<LlmCall, 'name'>, ...names: string[]): LlmCall[] =>
  names.map((name) => ({ name, ...options }));

const OPENAI = ['OpenAI', 'AsyncOpenAI', 'AzureOpenAI', 'AsyncAzureOpenAI'].map((client) => `openai.${client}()`);

/** Calls whose messages and limits are known. */
export const LLM_CALLS: readonly LlmCall[] = [
  // https://platform.openai.com/docs/api-reference/chat/create
  ...calls(
    { messages: 'messages', caps: ['max_completion_tokens', 'max_tokens'] },
    ...OPENAI.flatMap((client) => [
      `${client}.chat.completions.create`,
      `${client}.chat.completions.parse`,
      `${client}.beta.chat.completions.parse`,
    ]),
    'openai.chat.completions.create',
    'groq.Groq().chat.completions.create',
    'groq.AsyncGroq().chat.completions.create',
    'litellm.completion',
    'litellm.acompletion',
  ),
  ...calls(
    { messages: 'messages', caps: ['max_tokens'] },
    'openai.ChatCompletion.create',
    'openai.ChatCompletion.acreate',
  ),
  // https://platform.openai.com/docs/api-reference/responses/create
  ...calls(
    { messages: 'input', system: 'instructions', caps: ['max_output_tokens'] },
    ...OPENAI.flatMap((client) => [`${client}.responses.create`, `${client}.responses.parse`]),
    'openai.responses.create',
  ),
  // https://docs.anthropic.com/en/api/messages: `max_tokens` is required
  ...calls(
    { messages: 'messages', system: 'system' },
    ...['Anthropic', 'AsyncAnthropic', 'AnthropicBedrock', 'AnthropicVertex'].map(
      (client) => `anthropic.${client}().messages.create`,
    ),
  ),
  // https://docs.mistral.ai/api, https://docs.together.ai/reference/chat-completions
  ...calls(
    { messages: 'messages', caps: ['max_tokens'] },
    'mistralai.Mistral().chat.complete',
    'mistralai.client.MistralClient().chat',
    'together.Together().chat.completions.create',
    'huggingface_hub.InferenceClient().chat.completions.create',
    'huggingface_hub.InferenceClient().chat_completion',
  ),
  // https://github.com/ollama/ollama-python, https://llama-cpp-python.readthedocs.io/en/latest/api-reference/
  ...calls(
    { messages: 'messages' },
    'ollama.chat',
    'ollama.Client().chat',
    'ollama.AsyncClient().chat',
    'llama_cpp.Llama().create_chat_completion',
  ),
];

const LANGCHAIN = ['langchain_openai', 'langchain.chat_models', 'langchain_community.chat_models', 'langchain.llms'];
const LANGCHAIN_PROVIDERS = ['anthropic', 'ollama', 'google_genai', 'groq', 'mistralai', 'community.llms'];

/** Expressions that are text of a model, by resolved name; `()` is the result of a call. */
export const MODEL_OUTPUTS: readonly string[] = [
  ...LLM_CALLS.map(({ name }) => `${name}()`),
  ...OPENAI.map((client) => `${client}.completions.create()`),
  'openai.Completion.create()',
  'openai.completions.create()',
  'anthropic.Anthropic().completions.create()',
  'litellm.text_completion()',
  // https://ai.google.dev/api, https://cloud.google.com/vertex-ai/generative-ai/docs
  'google.generativeai.GenerativeModel().generate_content()',
  'google.generativeai.GenerativeModel().start_chat().send_message()',
  'google.genai.Client().models.generate_content()',
  'vertexai.generative_models.GenerativeModel().generate_content()',
  'cohere.Client().chat()',
  'cohere.Client().generate()',
  'cohere.ClientV2().chat()',
  'replicate.run()',
  'ollama.generate()',
  'ollama.Client().generate()',
  'huggingface_hub.InferenceClient().text_generation()',
  'vllm.LLM().generate()',
  'vllm.LLM().chat()',
  'vllm.LLM().generate()[]',
  'llama_cpp.Llama()()',
  'llama_cpp.Llama().create_completion()',
  // Tokens that `generate` made become text in the tokenizer.
  'transformers.AutoTokenizer.from_pretrained().decode()',
  'transformers.AutoTokenizer.from_pretrained().batch_decode()',
  // LangChain and LlamaIndex
  ...LANGCHAIN.flatMap((module) =>
    ['invoke', 'predict', 'ainvoke', 'generate'].map((method) => `${module}.*().${method}()`),
  ),
  ...LANGCHAIN_PROVIDERS.map((module) => `langchain_${module}.*().invoke()`),
  'langchain_openai.*()()',
  // `prompt | model | parser`
  ...['invoke', 'ainvoke', 'stream', 'batch'].map(
    (method) => `langchain_core.runnables.RunnableSequence().${method}()`,
  ),
  'langchain.chains.LLMChain().run()',
  'langchain.chains.LLMChain().invoke()',
  'langchain.chains.LLMChain().predict()',
  'langchain.LLMChain().run()',
  'llama_index.llms.openai.OpenAI().complete()',
  'llama_index.llms.openai.OpenAI().chat()',
  'llama_index.core.Settings.llm.complete()',
];

/** A call that is told where the service of a model is. */
export interface LlmAddress {
  readonly name: string;
  readonly keywords: readonly string[];
  /** Place of the first keyword, where it has one. */
  readonly position?: number;
}

const at = (keywords: readonly string[], ...names: string[]): LlmAddress[] => names.map((name) => ({ name, keywords }));

export const LLM_ADDRESSES: readonly LlmAddress[] = [
  ...at(['base_url', 'azure_endpoint'], ...OPENAI.map((client) => client.slice(0, -2))),
  ...at(
    ['base_url'],
    'anthropic.Anthropic',
    'anthropic.AsyncAnthropic',
    'groq.Groq',
    'groq.AsyncGroq',
    'together.Together',
    'cohere.Client',
    'cohere.ClientV2',
    // https://python.langchain.com/api_reference/ollama/
    'langchain_ollama.ChatOllama',
    'langchain_ollama.OllamaLLM',
    'langchain_ollama.OllamaEmbeddings',
    'langchain_community.chat_models.ChatOllama',
    'langchain_community.llms.Ollama',
    'langchain_community.embeddings.OllamaEmbeddings',
    'llama_index.llms.ollama.Ollama',
    'llama_index.embeddings.ollama.OllamaEmbedding',
    'pydantic_ai.providers.openai.OpenAIProvider',
    'autogen_ext.models.openai.OpenAIChatCompletionClient',
  ),
  ...at(['server_url'], 'mistralai.Mistral'),
  ...['Client', 'AsyncClient'].map((client) => ({ name: `ollama.${client}`, keywords: ['host'], position: 0 })),
  ...['InferenceClient', 'AsyncInferenceClient'].map((client) => ({
    name: `huggingface_hub.${client}`,
    keywords: ['model', 'base_url'],
    position: 0,
  })),
  // https://python.langchain.com/api_reference/openai/
  ...at(
    ['base_url', 'openai_api_base', 'azure_endpoint'],
    ...['ChatOpenAI', 'AzureChatOpenAI', 'OpenAI', 'AzureOpenAI', 'OpenAIEmbeddings'].map(
      (client) => `langchain_openai.${client}`,
    ),
    'langchain_community.chat_models.ChatOpenAI',
    'langchain.chat_models.ChatOpenAI',
  ),
  ...at(['base_url', 'anthropic_api_url'], 'langchain_anthropic.ChatAnthropic'),
  ...at(
    ['api_base', 'base_url'],
    // https://docs.litellm.ai/docs/completion/input
    'litellm.completion',
    'litellm.acompletion',
    'litellm.text_completion',
    'litellm.embedding',
    'litellm.aembedding',
    'dspy.LM',
    'crewai.LLM',
    'smolagents.OpenAIServerModel',
    'smolagents.OpenAIModel',
    'smolagents.LiteLLMModel',
    'llama_index.llms.openai.OpenAI',
    'llama_index.llms.openai_like.OpenAILike',
    'llama_index.embeddings.openai.OpenAIEmbedding',
  ),
];

/** Module members that hold the address for every call. */
export const LLM_ADDRESS_MEMBERS: readonly string[] = ['openai.api_base', 'openai.base_url', 'litellm.api_base'];

/** Environment variables the clients read their address from. */
export const LLM_ADDRESS_VARIABLES: ReadonlySet<string> = new Set([
  'OPENAI_BASE_URL',
  'OPENAI_API_BASE',
  'AZURE_OPENAI_ENDPOINT',
  'ANTHROPIC_BASE_URL',
  'OLLAMA_HOST',
  'OLLAMA_API_BASE',
]);
