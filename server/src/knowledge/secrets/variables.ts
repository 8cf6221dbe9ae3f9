import type { SecretFormat } from './format.js';

/** Environment variables the libraries of a provider read by themselves. */
const variables: Readonly<Record<string, string>> = {
  'openai-project-key': 'OPENAI_API_KEY',
  'openai-service-key': 'OPENAI_API_KEY',
  'openai-admin-key': 'OPENAI_ADMIN_KEY',
  'openai-key': 'OPENAI_API_KEY',
  'anthropic-key': 'ANTHROPIC_API_KEY',
  'openrouter-key': 'OPENROUTER_API_KEY',
  'groq-key': 'GROQ_API_KEY',
  'replicate-token': 'REPLICATE_API_TOKEN',
  'perplexity-key': 'PERPLEXITY_API_KEY',
  'xai-key': 'XAI_API_KEY',
  'nvidia-key': 'NVIDIA_API_KEY',
  'langsmith-key': 'LANGSMITH_API_KEY',
  'langfuse-secret-key': 'LANGFUSE_SECRET_KEY',
  'cohere-key': 'CO_API_KEY',
  'mistral-key': 'MISTRAL_API_KEY',
  'together-key': 'TOGETHER_API_KEY',
  'pinecone-key': 'PINECONE_API_KEY',
  'tavily-key': 'TAVILY_API_KEY',
  'google-api-key': 'GOOGLE_API_KEY',
  'google-oauth-secret': 'GOOGLE_CLIENT_SECRET',
  'azure-storage-key': 'AZURE_STORAGE_KEY',
  'azure-openai-key': 'AZURE_OPENAI_API_KEY',
  'azure-ad-client-secret': 'AZURE_CLIENT_SECRET',
  'wandb-key': 'WANDB_API_KEY',
  'wandb-key-v1': 'WANDB_API_KEY',
  'kaggle-key': 'KAGGLE_KEY',
  'kaggle-token': 'KAGGLE_API_TOKEN',
  'comet-key': 'COMET_API_KEY',
  'clearml-secret': 'CLEARML_API_SECRET_KEY',
  'neptune-token': 'NEPTUNE_API_TOKEN',
  'databricks-token': 'DATABRICKS_TOKEN',
  'prefect-key': 'PREFECT_API_KEY',
  'gitlab-token': 'GITLAB_TOKEN',
  'npm-token': 'NPM_TOKEN',
  'slack-bot-token': 'SLACK_BOT_TOKEN',
  'sendgrid-key': 'SENDGRID_API_KEY',
  'stripe-secret-key': 'STRIPE_API_KEY',
  'vault-token': 'VAULT_TOKEN',
  'digitalocean-token': 'DIGITALOCEAN_TOKEN',
};

/**
 * The variable a secret is read from once it is out of the file: the one its provider documents, else the name it is given
 * to when that has two words, so that it is not one variable for everything; undefined when neither says anything.
 */
export function variableOf(format: SecretFormat | undefined, name: string | undefined): string | undefined {
  const known = format === undefined ? undefined : variables[format.id];
  if (known !== undefined) return known;
  if (format?.provider === 'GitHub') return 'GITHUB_TOKEN';
  const words = name?.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase() ?? '';
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(words) && words.length <= 60 ? words : undefined;
}
