import { type CallFact, defineRule, python, type TextFact, texts } from '../../engine/index.js';
import { keyArguments, secretWords } from '../../knowledge/secrets/index.js';
import { type LiteralSecret, offerFix, secretInCall, storedSecrets } from './_literal.js';

/** Built from parts, so that this file holds nothing that looks like a key. */
const STORAGE = `${'kP3xV9sLq0TzRw7B'.concat('nYf2HcJ8mUe5GdAo', '1iKtXy6ZbQ4vNrWl', 'E+Sj/hDgCpMuFaOI3x9Vz0', 'Lk7TqBw5RnYs2HfJ')}==`;
const SIGNATURE = `${'kP3xV9sLq0TzRw7BnYf2HcJ8mUe5GdAo1iKtXy6ZbQ4'}%3D`;
const OPENAI = '7c1e90ab34f25d68e07b19c4d53fa826';

export default defineRule({
  summary: 'A key of an Azure account or service is written in a file.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-LLM02:2025',
    'OWASP-ML05:2023',
    'AML.T0055',
    'https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage',
    'https://learn.microsoft.com/azure/storage/common/storage-sas-overview',
  ],
  docs: {
    why: 'An account key has every right on a storage account and never runs out: whoever reads the notebook can copy the training data, delete it, or replace the model file that the endpoint loads on its next start.',
    instead:
      'Rotate the key, then sign in with `DefaultAzureCredential` and give the job a role on the container; where a key is needed, take it from Key Vault.',
    fixSafety: 'The program needs the variable afterwards, so the fix is offered for review.',
    limits:
      'Whether a shared access signature has run out, or was made for public data, is not known, so its level is lower. The key of the storage emulator is passed over.',
  },
  messages: {
    stored: '{title} ({shown}) is stored in this file; rotate it and use an identity or the environment',
    signed: '{title} ({shown}) opens this address for whoever reads the file; make a short-lived one at run time',
  },
  words: secretWords(['azure'], ['azure']),
  query: [texts.any(), python.calls(...Object.keys(keyArguments.azure))],
  check(fact: TextFact | CallFact, context) {
    const report = (secret: LiteralSecret | undefined, name: string | undefined): void => {
      if (secret === undefined) return;
      const { title, id } = secret.found.format;
      const values = { title, shown: secret.shown };
      if (id === 'azure-sas-signature') context.report(secret.range, 'signed', values).severity('warning');
      else offerFix(context.report(secret.range, 'stored', values), context, secret, name);
    };
    if (fact.kind === 'call') report(secretInCall(fact, keyArguments.azure[fact.name]!, context), undefined);
    else for (const secret of storedSecrets(fact, ['azure'], context)) report(secret, fact.name);
  },
  examples: [
    {
      bad: `from openai import AzureOpenAI\nclient = AzureOpenAI(api_key="«${OPENAI}»", azure_endpoint=endpoint)\n`,
      message: 'stored',
      good: 'import os\nfrom openai import AzureOpenAI\nclient = AzureOpenAI(api_key=os.environ["AZURE_OPENAI_API_KEY"], azure_endpoint=endpoint)\n',
    },
    {
      bad: `CONNECTION = "DefaultEndpointsProtocol=https;AccountName=lake;AccountKey=«${STORAGE}»;EndpointSuffix=core.windows.net"\n`,
      message: 'stored',
      good: 'import os\n\nCONNECTION = os.environ["AZURE_STORAGE_CONNECTION_STRING"]\n',
      byHand: true,
    },
    {
      bad: `import pandas as pd\nframe = pd.read_csv("https://lake.blob.core.windows.net/raw/a.csv?sv=2022-11-02&sig=«${SIGNATURE}»")\n`,
      message: 'signed',
      good: 'import pandas as pd\nframe = pd.read_csv("abfs://raw@lake.dfs.core.windows.net/a.csv")\n',
      byHand: true,
    },
    {
      good: `CONNECTION = "AccountName=devstoreaccount1;AccountKey=${'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1'}${'OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='}"\n`,
      because: 'the published key of the storage emulator',
    },
    {
      good: 'CONNECTION = f"AccountName={account};AccountKey={key};EndpointSuffix=core.windows.net"\n',
      because: 'the key is put in at run time',
    },
    {
      good: 'from azure.identity import DefaultAzureCredential\ncredential = DefaultAzureCredential()\n',
      because: 'an identity instead of a key',
    },
    { good: `# azure\nETAG = "${OPENAI}"\n`, because: 'hexadecimal digits under another name' },
  ],
});
