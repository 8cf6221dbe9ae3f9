import { type CallFact, defineRule, python, type TextFact, texts } from '../../engine/index.js';
import { keyArguments, secretWords } from '../../knowledge/secrets/index.js';
import { type LiteralSecret, offerFix, secretInCall, storedSecrets } from './_literal.js';

/** Built from parts, so that this file holds nothing that looks like a key. */
const WANDB = `${'7c1e90ab34f25d68'}${'e07b19c4d53fa82690cb71de'}`;
const DATABRICKS = `dapi${'7c1e90ab34f25d68e07b19c4d53fa826'}`;

export default defineRule({
  summary: 'A key of an experiment tracker or data platform is written in a file.',
  stages: ['data-collection', 'training', 'evaluation', 'monitoring'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-ML05:2023',
    'OWASP-ML06:2023',
    'OWASP-LLM02:2025',
    'AML.T0055',
    'https://docs.wandb.ai/ref/python/login/',
    'https://docs.databricks.com/aws/en/dev-tools/auth/pat',
    'https://www.kaggle.com/docs/api',
  ],
  docs: {
    why: 'The training script with `wandb.login(key=…)` is what gets published with the paper. The key reads every run of the team, downloads model artifacts, and uploads a new version of the artifact that the deployment job takes by its alias.',
    instead:
      'Revoke the key, log in once with the tool (`wandb login`, `databricks auth login`) or set its variable where the job is started.',
    fixSafety: 'The program needs the variable afterwards, so the fix is offered for review.',
    limits:
      'Weights & Biases, Kaggle, Neptune, Databricks and Prefect keys are known by their shape; the older ones of Weights & Biases and Kaggle, and those of Comet and ClearML, only behind a name or call of the tool, since forty hexadecimal digits are a commit id as well.',
  },
  messages: {
    stored: '{title} ({shown}) is stored in this file; revoke it and read it from the environment',
  },
  words: secretWords(['tracking'], ['wandb', 'comet_ml', 'clearml', 'username']),
  query: [texts.any(), python.calls(...Object.keys(keyArguments.tracking))],
  check(fact: TextFact | CallFact, context) {
    const report = (secret: LiteralSecret | undefined, name: string | undefined): void => {
      if (secret === undefined) return;
      const finding = context.report(secret.range, 'stored', {
        title: secret.found.format.title,
        shown: secret.shown,
      });
      offerFix(finding, context, secret, name);
    };
    if (fact.kind === 'call') {
      report(secretInCall(fact, keyArguments.tracking[fact.name]!, context), undefined);
      return;
    }
    // In `kaggle.json` the key stands under a name that says nothing elsewhere.
    const named =
      fact.name === 'key' && /(^|\/)kaggle\.json$/.test(context.path) ? { ...fact, name: 'kaggle_key' } : fact;
    for (const secret of storedSecrets(named, ['tracking'], context)) report(secret, fact.name);
  },
  examples: [
    {
      bad: `import wandb\nwandb.login(key="«${WANDB}»")\n`,
      message: 'stored',
      good: 'import os\nimport wandb\nwandb.login(key=os.environ["WANDB_API_KEY"])\n',
    },
    {
      bad: `import wandb as wb\n\nKEY = '«${WANDB}»'\nwb.login(key=KEY)\n`,
      message: 'stored',
      good: "import os\nimport wandb as wb\n\nKEY = os.environ['WANDB_API_KEY']\nwb.login(key=KEY)\n",
    },
    {
      bad: `databricks:\n  token: «${DATABRICKS}»\n`,
      path: 'config.yaml',
      message: 'stored',
      good: 'databricks:\n  profile: training\n',
      byHand: true,
    },
    { good: 'import os\nimport wandb\nwandb.login(key=os.environ["WANDB_API_KEY"])\n', because: 'read at run time' },
    { good: 'import wandb\nwandb.login()\n', because: 'asks, or reads what an earlier login stored' },
    {
      good: `import wandb\nwandb.init(project="churn", config={"commit": "${WANDB}"})\n`,
      because: 'a commit id is as long as a key',
    },
    { good: 'import wandb\nwandb.login(key="your-api-key")\n', because: 'a placeholder' },
  ],
});
