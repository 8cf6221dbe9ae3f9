import { defineRule, type TextFact, texts } from '../../engine/index.js';
import { offerEnvironment, storedSecrets } from './_literal.js';

/** Built from parts, so that this file holds nothing that looks like a token. */
const SAMPLE = `hf_${'qWeRtYuIoPaSdFgHjKlZxCvBnM1234567890'.slice(0, 34)}`;

export default defineRule({
  summary: 'A Hugging Face token is written in a file.',
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
    'https://huggingface.co/docs/hub/security-tokens',
  ],
  docs: {
    why: 'A token in a repository is a token in every clone of it. With write access it replaces the weights that your services download; with read access it copies private models and data sets.',
    instead: 'Revoke the token, then read `HF_TOKEN` from the environment or log in once with `hf auth login`.',
    fixSafety: 'The program needs the variable afterwards, so the fix is offered for review.',
    limits: 'Only the shapes of user and organisation tokens are known; tokens that look made up are passed over.',
  },
  messages: {
    stored: '{title} ({shown}) is stored in this file; revoke it and read `HF_TOKEN` instead',
  },
  words: ['hf_', 'api_org_'],
  query: texts.any(),
  check(fact: TextFact, context) {
    const { report, language, text } = context;
    for (const secret of storedSecrets(fact, ['hugging-face'], context)) {
      const finding = report(secret.range, 'stored', { title: secret.found.format.title, shown: secret.shown });
      if (language === 'python' || language === 'notebook') offerEnvironment(finding, text, secret, 'HF_TOKEN');
    }
  },
  examples: [
    {
      bad: `from huggingface_hub import login\nlogin(token="«${SAMPLE}»")\n`,
      message: 'stored',
      good: 'import os\nfrom huggingface_hub import login\nlogin(token=os.environ["HF_TOKEN"])\n',
    },
    {
      bad: `services:\n  api:\n    image: api:1.0\n    environment:\n      HF_TOKEN: «${SAMPLE}»\n`,
      path: 'compose.yaml',
      message: 'stored',
      good: 'services:\n  api:\n    image: api:1.0\n    environment:\n      HF_TOKEN: ${HF_TOKEN:?}\n',
      byHand: true,
    },
    { good: 'import os\ntoken = os.environ["HF_TOKEN"]\n', because: 'read from the environment' },
    { good: 'token = "hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"\n', because: 'a placeholder' },
    {
      good: 'from hf_transfer import download\nhf_dataset_info_for_language_models = 1\n',
      because: 'names that start alike',
    },
    { good: '# hf_ tokens are read from the environment\nprefix = "hf_"\n', because: 'only the prefix' },
  ],
});
