import { type ConfigEntry, config, defineRule, edit, placeholder } from '../../engine/index.js';
import { secretNameTriggerWords } from '../../knowledge/secrets/index.js';
import { reportLiteral } from './_literal-secret.js';

export default defineRule({
  summary: 'A deployment of Prefect holds a password, key or token.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  skipsTests: true,
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-A07:2021',
    'AML.T0055',
    'https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml',
    'https://docs.prefect.io/v3/how-to-guides/configuration/store-secrets',
  ],
  docs: {
    why: 'The value is committed, and `prefect deploy` stores it in the deployment, which everybody with a look at the workspace may read. One of them then pushes to the repository that the next training run clones, or opens the warehouse that it reads.',
    instead:
      'Change the value, store the new one in a Secret block and write `"{{ prefect.blocks.secret.NAME }}"`, which is resolved when a flow runs.',
    fixSafety: 'Which block holds the value is not known here, so the fix leaves a place for its name.',
    limits:
      'The name has to mean a secret and the value has to look like one, of six characters at least. Passwords made of words are warnings. Addresses with a password and keys of known providers have rules of their own.',
    ignoreWhen: 'The value opens a throw-away service on the same machine.',
  },
  messages: {
    literal: '`{name}` is a literal secret in the deployment; change it and refer to a Secret block of Prefect',
    guessable: '`{name}` is a secret that anybody guesses; set another one and keep it in a Secret block of Prefect',
  },
  words: secretNameTriggerWords,
  query: config.entries(['prefect'], '**'),
  check(entry: ConfigEntry, { report }) {
    const finding = reportLiteral(entry, report);
    // In a list the name stands in the same text.
    if (finding === undefined || entry.key === undefined) return;
    finding.fix(
      'Refer to a Secret block',
      'placeholder',
      edit.replace(entry.valueRange, `"{{ prefect.blocks.secret.${placeholder('block')} }}"`),
      'the block that holds the new value',
    );
  },
  examples: [
    {
      path: 'prefect.yaml',
      bad: 'prefect-version: 3.1.0\ndeployments:\n  - name: train\n    entrypoint: flows/train.py:train\n    work_pool:\n      name: gpu\n      job_variables:\n        env:\n          FEATURE_STORE_PASSWORD: «G831qkKWTZ7navgwdAjQD1» # features\n',
      message: 'literal',
      good: 'prefect-version: 3.1.0\ndeployments:\n  - name: train\n    entrypoint: flows/train.py:train\n    work_pool:\n      name: gpu\n      job_variables:\n        env:\n          FEATURE_STORE_PASSWORD: "{{ prefect.blocks.secret.feature-store }}" # features\n',
      fill: ['feature-store'],
    },
    {
      path: 'prefect.yaml',
      bad: 'prefect-version: 3.1.0\npull:\n  - prefect.deployments.steps.git_clone: {repository: "https://git.example.com/ml.git", access_token: «"dYKObZGCyPu3xxfBmU"»}\n',
      message: 'literal',
      good: 'prefect-version: 3.1.0\npull:\n  - prefect.deployments.steps.git_clone: {repository: "https://git.example.com/ml.git", access_token: "{{ prefect.blocks.secret.git }}"}\n',
      fill: ['git'],
    },
    {
      path: 'prefect.yaml',
      bad: 'prefect-version: 3.1.0\ndeployments:\n  - name: train\n    work_pool: {job_variables: {env: {DB_PASSWORD: «postgres»}}}\n',
      message: 'guessable',
      good: 'prefect-version: 3.1.0\ndeployments:\n  - name: train\n    work_pool: {job_variables: {env: {DB_PASSWORD: "{{ prefect.blocks.secret.features-db }}"}}}\n',
      fill: ['features-db'],
    },
    {
      path: 'prefect.yaml',
      good: 'prefect-version: 3.1.0\npull:\n  - prefect.deployments.steps.git_clone:\n      repository: https://git.example.com/ml.git\n      access_token: "{{ prefect.blocks.secret.git }}"\n',
      because: 'a Secret block',
    },
    {
      path: 'prefect.yaml',
      good: 'prefect-version: 3.1.0\ndeployments:\n  - name: train\n    parameters: {max_tokens: 4096, pad_token: "<pad>", token: bert-base}\n',
      because: 'settings of a model',
    },
    {
      path: 'prefect.yaml',
      good: 'prefect-version: 3.1.0\ndeployments:\n  - name: train\n    work_pool:\n      job_variables:\n        env: {DB_PASSWORD: "{{ $DB_PASSWORD }}", API_KEY: <your-api-key>, KEY_FILE: /run/secrets/key}\n',
      because: 'a variable, a placeholder and a path',
    },
  ],
});
