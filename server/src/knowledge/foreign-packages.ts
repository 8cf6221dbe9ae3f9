/** Packages a module imports when somebody other than its operator has a say in its values. */
export const FOREIGN_PACKAGES: ReadonlySet<string> = new Set(
  (
    'requests httpx urllib urllib3 aiohttp wget gdown pooch keras tensorflow huggingface_hub transformers modelscope kagglehub ' +
    'boto3 s3fs gcsfs google mlflow wandb flask fastapi starlette quart sanic bottle tornado werkzeug django rest_framework ' +
    'streamlit gradio chainlit bentoml ray litserve kserve mlserver ts modal redis kafka confluent_kafka aiokafka pika ' +
    'socket zmq paho openai anthropic litellm cohere mistralai groq together replicate ollama vllm llama_cpp vertexai ' +
    'langchain langchain_openai langchain_anthropic langchain_community langchain_core langchain_ollama langchain_groq ' +
    'langchain_google_genai langchain_mistralai llama_index http'
  ).split(' '),
);
