import { type CallFact, defineRule, python, type TextFact, texts } from '../../engine/index.js';
import { keyArguments, secretWords } from '../../knowledge/secrets/index.js';
import { type LiteralSecret, offerFix, secretInCall, storedSecrets } from './_literal.js';

/** Built from parts, so that this file holds nothing that looks like a key. */
const OPENAI = `sk-${'u7QmWz3KpXr9LtVb5NcYd2HfGj8SaEoR4TiUqPlMx6BnCvZk'}`;
const GROQ = `gsk_${'u7QmWz3KpXr9LtVb5NcYd2HfGj8SaEoR4TiUqPlMx6BnCvZk1W0s'}`;
const COHERE = 'u7QmWz3KpXr9LtVb5NcYd2HfGj8SaEoR4TiUqPlM';

export default defineRule({
  summary: 'A key of a hosted language model or vector store is written in a file.',
  stages: ['data-collection', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-LLM02:2025',
    'OWASP-LLM10:2025',
    'AML.T0055',
    'https://platform.openai.com/docs/api-reference/authentication',
    'https://docs.github.com/code-security/secret-scanning/introduction/supported-secret-scanning-patterns',
  ],
  docs: {
    why: 'Keys of model providers are harvested from public repositories within minutes and resold as free access. The owner pays for the tokens until the budget is gone, and stored prompts, files and fine-tuned models of the account are open too.',
    instead:
      'Revoke the key at the provider, then read the variable that its library looks for, e.g. `OPENAI_API_KEY`, from the environment or a secret store.',
    fixSafety: 'The program needs the variable afterwards, so the fix is offered for review.',
    limits:
      'Known are OpenAI, Anthropic, OpenRouter, Groq, Replicate, Perplexity, xAI, NVIDIA, LangSmith, Langfuse, Pinecone and Tavily by their prefix; Cohere, Mistral and Together by the name or call that a key is given to. Stand-ins for local servers such as `EMPTY` are passed over.',
  },
  messages: {
    stored: '{title} ({shown}) is stored in this file; revoke it and read it from the environment',
  },
  words: secretWords(['llm'], ['cohere', 'mistralai', 'together']),
  query: [texts.any(), python.calls(...Object.keys(keyArguments.llm))],
  check(fact: TextFact | CallFact, context) {
    const report = (secret: LiteralSecret | undefined, name: string | undefined): void => {
      if (secret === undefined) return;
      const finding = context.report(secret.range, 'stored', {
        title: secret.found.format.title,
        shown: secret.shown,
      });
      offerFix(finding, context, secret, name);
    };
    if (fact.kind === 'call') report(secretInCall(fact, keyArguments.llm[fact.name]!, context), undefined);
    else for (const secret of storedSecrets(fact, ['llm'], context)) report(secret, fact.name);
  },
  examples: [
    {
      bad: `from openai import OpenAI\nclient = OpenAI(api_key="«${OPENAI}»")\n`,
      message: 'stored',
      good: 'import os\nfrom openai import OpenAI\nclient = OpenAI(api_key=os.environ["OPENAI_API_KEY"])\n',
    },
    {
      bad: `import cohere as co\nclient = co.Client("«${COHERE}»")\n`,
      message: 'stored',
      good: 'import os\nimport cohere as co\nclient = co.Client(os.environ["CO_API_KEY"])\n',
    },
    {
      bad: `llm:\n  provider: groq\n  api_key: «${GROQ}»\n`,
      path: 'params.yaml',
      message: 'stored',
      good: 'llm:\n  provider: groq\n',
      byHand: true,
    },
    {
      good: 'from openai import OpenAI\nclient = OpenAI(base_url="http://localhost:8000/v1", api_key="EMPTY")\n',
      because: 'a local server asks for no key',
    },
    { good: 'api_key = "sk-no-key-required"\n', because: 'says itself that it is no key' },
    { good: 'PACKAGE = "sk-learn-compatible-estimators"\n', because: 'words behind the same two letters' },
    {
      good: 'import os\nimport cohere\nclient = cohere.Client(os.environ["CO_API_KEY"])\n',
      because: 'read from the environment',
    },
    { good: `CHECKPOINT = "${COHERE}"\n`, because: 'forty characters that nothing calls a key' },
  ],
});
