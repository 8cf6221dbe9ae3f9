import { defineRule, type TextFact, texts } from '../../engine/index.js';
import { secretWords } from '../../knowledge/secrets/index.js';
import { offerFix, storedSecrets } from './_literal.js';
import { isServiceAccountKey } from './_private-key.js';

/** Built from parts, so that this file holds nothing that looks like a key. */
const KEY = `AIza${'SyB4kP3xV9sLq0TzRw7BnYf2HcJ8mUe5GdA'}`;
const PEM = `-----BEGIN PRIVATE ${'KEY-----'}\\n${'kP3xV9sLq0TzRw7BnYf2HcJ8mUe5GdAo1iKtXy6ZbQ4vNrWlESjhDgCpMuFaOI3x9Vz0Lk7T'}\\n-----END PRIVATE ${'KEY-----'}\\n`;

/** What the configuration of a Firebase web application has beside its key. */
const WEB_APP = /authDomain|firebaseapp\.com|messagingSenderId/;

export default defineRule({
  summary: 'A Google API key or the key of a service account is written in a file.',
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
    'https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys',
    'https://cloud.google.com/docs/authentication/api-keys-best-practices',
    'https://firebase.google.com/docs/projects/api-keys',
  ],
  docs: {
    why: 'The key file of a service account that is pasted into a notebook does not run out. It reads the buckets with training data and deploys models as that account, from anywhere; a Gemini key runs up the bill of its owner.',
    instead:
      'Delete the key in the console. Use application default credentials and an attached service account, or workload identity; restrict an API key to its API and read it from the environment.',
    fixSafety: 'The program needs the variable afterwards, so the fix is offered for review.',
    limits:
      'What an API key may call is not known. The key of a Firebase web application is public by design, so its level is lower: what counts there are the rules of the database and the restrictions of the key.',
  },
  messages: {
    stored: '{title} ({shown}) is stored in this file; delete it and read it from the environment',
    account: 'A service account key is stored in this file; delete it and use an attached account or workload identity',
    web: 'A Firebase key ({shown}) is stored in this file; restrict it to its API and keep data behind rules',
  },
  words: secretWords(['google'], ['service_account']),
  query: texts.any(),
  check(fact: TextFact, context) {
    for (const secret of storedSecrets(fact, ['google'], context)) {
      const { shown, range } = secret;
      const around = context.text.slice(Math.max(0, range.start - 400), range.end + 600);
      if (secret.found.format.id === 'google-api-key' && WEB_APP.test(around)) {
        context.report(range, 'web', { shown }).severity('warning');
        continue;
      }
      const finding = context.report(range, 'stored', { title: secret.found.format.title, shown });
      offerFix(finding, context, secret, fact.name);
    }
    const [key] = storedSecrets(fact, ['private-key'], context);
    if (key !== undefined && isServiceAccountKey(fact, context.text)) context.report(key.range, 'account');
  },
  examples: [
    {
      bad: `import google.generativeai as genai\ngenai.configure(api_key="«${KEY}»")\n`,
      message: 'stored',
      good: 'import os\nimport google.generativeai as genai\ngenai.configure(api_key=os.environ["GOOGLE_API_KEY"])\n',
    },
    {
      bad: `INFO = {"type": "service_account", "project_id": "lending", "private_key": «"${PEM}"»}\n`,
      message: 'account',
      good: 'import google.auth\n\nCREDENTIALS, PROJECT = google.auth.default()\n',
      byHand: true,
    },
    {
      bad: `firebase = {"apiKey": "«${KEY}»", "authDomain": "lending.firebaseapp.com"}\n`,
      message: 'web',
      good: 'import os\n\nfirebase = {"apiKey": os.environ["FIREBASE_KEY"], "authDomain": "lending.firebaseapp.com"}\n',
      byHand: true,
    },
    {
      good: 'import google.auth\ncredentials, project = google.auth.default()\n',
      because: 'credentials of the machine',
    },
    {
      good: 'from google.oauth2 import service_account\nc = service_account.Credentials.from_service_account_file("/run/secrets/gcp.json")\n',
      because: 'a path to the key file',
    },
    { good: `KEY = "AIza${'Sy'}${'X'.repeat(33)}"\n`, because: 'a placeholder' },
    {
      good: 'INFO = {"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----"}\n',
      because: 'the key is left out',
    },
  ],
});
