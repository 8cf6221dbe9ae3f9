import { defineRule, type TextFact, texts } from '../../engine/index.js';
import { offerEnvironment, storedSecrets } from './_literal.js';

/** Built from parts, so that this file holds nothing that looks like a key. */
const KEY_ID = `AKIA${'F55LP5YQ2QXCBB57'}`;
const SECRET = `${'46G6o4XElwIvGP'}+W0/${'BrLp0FmItEKiLdGWSaPy7S'}`;

export default defineRule({
  summary: 'An AWS access key is written in a file.',
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
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
  ],
  docs: {
    why: 'Keys in a repository are found by scanners within minutes of a push. They open the buckets with training data and models, and the account that pays for the machines.',
    instead: 'Deactivate the key, then use a role, a profile or the environment; libraries find these by themselves.',
    fixSafety: 'The program needs the variable afterwards, so the fix is offered for review.',
    limits:
      'A secret access key has no prefix: it is recognised behind a name such as `aws_secret_access_key` only. Keys of the AWS documentation are passed over.',
  },
  messages: {
    stored: '{title} ({shown}) is stored in this file; deactivate it and use a role or the environment',
  },
  words: ['akia', 'asia', 'secret'],
  query: texts.any(),
  check(fact: TextFact, context) {
    const { report, language, text } = context;
    for (const secret of storedSecrets(fact, ['aws'], context)) {
      const { format } = secret.found;
      const finding = report(secret.range, 'stored', { title: format.title, shown: secret.shown });
      if (language !== 'python' && language !== 'notebook') continue;
      offerEnvironment(finding, text, secret, format.prefix === '' ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID');
    }
  },
  examples: [
    {
      bad: `import boto3\ns3 = boto3.client("s3", aws_access_key_id="«${KEY_ID}»")\n`,
      message: 'stored',
      good: 'import os\nimport boto3\ns3 = boto3.client("s3", aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"])\n',
    },
    {
      bad: `import os\n\nAWS_SECRET_ACCESS_KEY = '«${SECRET}»'\n`,
      message: 'stored',
      good: "import os\n\nAWS_SECRET_ACCESS_KEY = os.environ['AWS_SECRET_ACCESS_KEY']\n",
    },
    {
      bad: `['remote "storage"']\n    url = s3://data\n    access_key_id = «${KEY_ID}»\n`,
      path: '.dvc/config',
      message: 'stored',
      good: `['remote "storage"']\n    url = s3://data\n`,
      byHand: true,
    },
    {
      good: `import boto3\ns3 = boto3.client("s3", aws_access_key_id="AKIA${'IOSFODNN7EXAMPLE'}")\n`,
      because: 'the key of the AWS documentation',
    },
    { good: 'import os\nkey = os.environ["AWS_ACCESS_KEY_ID"]\n', because: 'read from the environment' },
    { good: `COMMIT = "${'0a1b2c3d'.repeat(5)}"\n`, because: 'forty characters, but a commit id under another name' },
    { good: 'REGION_PREFIX = "ASIA"\nCITY = "ASIAPACIFICREGIONAL1"\n', because: 'a word, not a key id' },
  ],
});
