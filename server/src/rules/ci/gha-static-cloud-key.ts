import { type ConfigEntry, child, config, defineRule, text as textOf } from '../../engine/index.js';
import { cloudLogin, cloudOfVariable } from '../../knowledge/ci-cloud-keys.js';
import { contributions, insertionsIn } from './_expression.js';

/** Stores that speak S3 and know no roles of AWS. */
const OTHER_STORE =
  /endpoint[-_]?url|\bS3_ENDPOINT|minio|r2\.cloudflare|\br2_|dagshub|wasabi|digitalocean|backblaze|localstack|scaleway|ceph/i;

export default defineRule({
  summary: 'A workflow signs in to a cloud with a key that does not expire.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-522',
    'CICD-SEC-2',
    'AML.T0055',
    'https://docs.github.com/en/actions/concepts/security/openid-connect',
    'https://github.com/aws-actions/configure-aws-credentials',
    'https://github.com/google-github-actions/auth',
    'https://github.com/Azure/login',
  ],
  docs: {
    why: 'A key that leaks from one run, as the secrets of thousands of repositories did through tj-actions/changed-files, opens the buckets of data and models until someone rotates it. A token that GitHub signs for the run is worthless an hour later.',
    instead:
      'Let the cloud trust GitHub’s OIDC tokens: `permissions: {id-token: write}` with `role-to-assume`, `workload_identity_provider`, or `client-id`, `tenant-id` and `subscription-id`.',
    fixSafety: 'The trust has to be set up in the cloud first, so there is no fix.',
    limits:
      'The login actions of AWS, Google Cloud and Azure, and the variables their tools read, when they get a secret of the repository. Files that name another S3 store, and keys with a session token, are left out.',
    ignoreWhen: 'The runner or the cloud account cannot use OIDC.',
  },
  messages: {
    key: '`{key}` signs in to {cloud} with a key that never expires; use the OIDC token of the run',
  },
  query: [
    config.entries(['github-workflow'], 'jobs.*.steps.*.with.*'),
    config.entries(['github-workflow'], 'jobs.*.steps.*.env.*'),
    config.entries(['github-workflow'], 'jobs.*.env.*'),
    config.entries(['github-workflow'], 'env.*'),
  ],
  check(entry: ConfigEntry, { report, text }) {
    const key = entry.key ?? '';
    const cloud = entry.path.includes('with') ? cloudOfInput(entry, key) : cloudOfVariable(key);
    if (cloud === undefined || entry.keyRange === undefined) return;
    const references = insertionsIn(text, entry.valueRange).flatMap(({ body }) => contributions(body) ?? []);
    if (!references.some((one) => one.startsWith('secrets.'))) return;
    if (cloud === 'AWS' && OTHER_STORE.test(text)) return;
    const siblings = entry.parent;
    if (child(siblings, 'aws-session-token') !== undefined || child(siblings, 'AWS_SESSION_TOKEN') !== undefined)
      return;
    report(entry.keyRange, 'key', { key, cloud });
  },
  examples: [
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: aws-actions/configure-aws-credentials@v4\n        with:\n          aws-access-key-id: ${{ secrets.AWS_ACCESS_KEY_ID }}\n          «aws-secret-access-key»: ${{ secrets.AWS_SECRET_ACCESS_KEY }}\n          aws-region: eu-central-1\n',
      message: 'key',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    permissions:\n      contents: read\n      id-token: write\n    steps:\n      - uses: aws-actions/configure-aws-credentials@v4\n        with:\n          role-to-assume: ${{ vars.TRAINING_ROLE }}\n          aws-region: eu-central-1\n',
      byHand: true,
    },
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - {uses: azure/login@v2, with: {«creds»: "${{ secrets.AZURE_CREDENTIALS }}"}}\n',
      message: 'key',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: azure/login@v2\n        with:\n          client-id: ${{ secrets.AZURE_CLIENT_ID }}\n          tenant-id: ${{ secrets.AZURE_TENANT_ID }}\n          subscription-id: ${{ secrets.AZURE_SUBSCRIPTION_ID }}\n',
      because: 'a login without a key',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\nenv:\n  AWS_SECRET_ACCESS_KEY: ${{ secrets.KEY }}\n  MLFLOW_S3_ENDPOINT_URL: https://minio.example.com\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps: []\n',
      because: 'a store that is not AWS',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    env:\n      AWS_SECRET_ACCESS_KEY: ${{ steps.role.outputs.key }}\n    steps: []\n',
      because: 'a key that another step got',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: example/notify@v1\n        with:\n          creds: ${{ secrets.CHAT }}\n',
      because: 'no login to a cloud',
    },
  ],
});

function cloudOfInput(entry: ConfigEntry, key: string): string | undefined {
  const login = cloudLogin(textOf(child(entry.parent?.parent, 'uses')) ?? '');
  return login?.keys.includes(key) === true ? login.cloud : undefined;
}
