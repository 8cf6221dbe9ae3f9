import type { SourceKind } from './untrusted-sources.js';

const PACKAGES: Readonly<Record<Exclude<SourceKind, 'operator'>, string>> = {
  request:
    'flask fastapi starlette quart sanic bottle tornado werkzeug django rest_framework chainlit bentoml ray ' +
    'litserve kserve mlserver ts modal aiohttp',
  interface: 'gradio streamlit',
  network: 'requests httpx urllib urllib3 aiohttp wget gdown pooch',
  hub: 'huggingface_hub modelscope kagglehub',
  bucket: 'boto3 s3fs gcsfs google',
  tracking: 'mlflow wandb',
  queue: 'redis kafka confluent_kafka aiokafka pika socket zmq paho boto3',
  'model-output':
    'openai anthropic litellm cohere mistralai groq together replicate ollama vllm llama_cpp vertexai google langchain ' +
    'langchain_openai langchain_anthropic langchain_community langchain_core langchain_ollama langchain_groq ' +
    'langchain_google_genai langchain_mistralai llama_index smolagents agents mcp fastmcp crewai',
};

const byPackage = new Map<string, SourceKind[]>();
for (const [kind, packages] of Object.entries(PACKAGES)) {
  for (const name of packages.split(' ')) byPackage.set(name, [...(byPackage.get(name) ?? []), kind as SourceKind]);
}

/**
 * Packages a module imports when somebody other than its operator has a say in its values, and which kinds of sources they
 * bring. Libraries that download in passing, such as Keras, are left out: nearly every project imports them.
 */
export const FOREIGN_PACKAGES: ReadonlyMap<string, readonly SourceKind[]> = byPackage;
