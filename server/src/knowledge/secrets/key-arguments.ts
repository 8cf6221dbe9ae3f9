/** A parameter that takes a key whose shape alone says nothing, and the name under which `findSecrets` knows that key. */
export interface KeyArgument {
  readonly keyword: string;
  /** More than one where releases differ. */
  readonly positions?: readonly number[];
  readonly name: string;
}

const cohere: KeyArgument = { keyword: 'api_key', positions: [0], name: 'co_api_key' };
const mistral: KeyArgument = { keyword: 'api_key', name: 'mistral_api_key' };
const together: KeyArgument = { keyword: 'api_key', name: 'together_api_key' };
const azure: KeyArgument = { keyword: 'api_key', name: 'azure_openai_api_key' };
const comet: KeyArgument = { keyword: 'api_key', positions: [0], name: 'comet_api_key' };

/**
 * Calls that are given such a key: https://github.com/cohere-ai/cohere-python, https://github.com/mistralai/client-python,
 * https://github.com/togethercomputer/together-python, https://github.com/openai/openai-python (azure),
 * https://docs.wandb.ai/ref/python/login/, https://www.comet.com/docs/v2/api-and-sdk/python-sdk/,
 * https://clear.ml/docs/latest/docs/references/sdk/task.
 */
export const keyArguments: Readonly<Record<'llm' | 'azure' | 'tracking', Readonly<Record<string, KeyArgument>>>> = {
  llm: {
    'cohere.Client': cohere,
    'cohere.ClientV2': cohere,
    'cohere.AsyncClient': cohere,
    'cohere.AsyncClientV2': cohere,
    'mistralai.Mistral': mistral,
    'mistralai.client.MistralClient': mistral,
    'together.Together': together,
    'together.AsyncTogether': together,
  },
  azure: {
    'openai.AzureOpenAI': azure,
    'openai.AsyncAzureOpenAI': azure,
    'openai.lib.azure.AzureOpenAI': azure,
    'langchain_openai.AzureChatOpenAI': azure,
    'langchain_openai.AzureOpenAIEmbeddings': azure,
  },
  tracking: {
    'wandb.login': { keyword: 'key', positions: [0, 1], name: 'wandb_api_key' },
    'wandb.Api': { keyword: 'api_key', name: 'wandb_api_key' },
    'comet_ml.Experiment': comet,
    'comet_ml.OfflineExperiment': comet,
    'comet_ml.ExistingExperiment': { keyword: 'api_key', name: 'comet_api_key' },
    'comet_ml.API': comet,
    'comet_ml.login': { keyword: 'api_key', name: 'comet_api_key' },
    'comet_ml.init': { keyword: 'api_key', name: 'comet_api_key' },
    'comet_ml.start': { keyword: 'api_key', name: 'comet_api_key' },
    'clearml.Task.set_credentials': { keyword: 'secret', name: 'clearml_api_secret_key' },
  },
};
