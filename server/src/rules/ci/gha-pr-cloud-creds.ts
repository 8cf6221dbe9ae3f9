import { type ConfigEntry, child, config, defineRule, items, rootOf, text as textOf } from '../../engine/index.js';
import { cloudLogin, cloudOfVariable } from '../../knowledge/ci-cloud-keys.js';
import { contributions, insertionsIn } from './_expression.js';
import { isCheckout, runsProjectCode } from './_project-code.js';
import { conditionsOf, eventsAt, jobOf, onOf, stepOf, stepsOf } from './_workflow.js';

export default defineRule({
  summary: 'A workflow runs the code of pull requests with cloud credentials.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-522',
    'CICD-SEC-4',
    'OWASP-ML06:2023',
    'AML.T0055',
    'https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments',
  ],
  docs: {
    why: 'Forks get no secrets, but everyone who may push a branch does, and so does a stolen account. A pull request that changes `train.py` reads the training data and replaces models in the bucket before anyone has looked at it.',
    instead:
      'Sign in on pushes to `main` only, or in a job with an `environment` whose reviewers approve it; give pull requests a role that reads samples.',
    fixSafety: 'Which role or environment the job may use has to be decided, so there is no fix.',
    limits:
      'The job has to check the repository out and run something from it after signing in. What the role may do cannot be seen. Jobs with an `environment` are taken as approved. Builds of images are left out. Information only, since GitHub gives secrets to branches of the repository alone unless it is told otherwise.',
    ignoreWhen: 'The role can only read data that everyone with a branch may read.',
  },
  messages: {
    login:
      'Unreviewed code of pull requests runs here with credentials of {cloud}; give them to a reviewed `environment`',
    variable: 'Unreviewed code of pull requests can read `{name}` here; give it to a job with a reviewed `environment`',
  },
  query: [
    config.entries(['github-workflow'], 'jobs.*.steps.*.uses'),
    config.entries(['github-workflow'], 'jobs.*.steps.*.env.*'),
    config.entries(['github-workflow'], 'jobs.*.env.*'),
  ],
  check(entry: ConfigEntry, { report, text }) {
    const job = jobOf(entry);
    const step = stepOf(entry);
    const steps = stepsOf(job);
    if (entry.key === 'uses') {
      const login = cloudLogin(textOf(entry) ?? '');
      if (login === undefined || step === undefined || !holdsCredentials(step, text) || !runsPullRequests(entry))
        return;
      if (!runsAfter(steps, steps.indexOf(step) + 1)) return;
      report(entry.valueRange, 'login', { cloud: login.cloud });
      return;
    }
    const name = entry.key ?? '';
    if (cloudOfVariable(name) === undefined || !refersToSecret(entry, text) || !runsPullRequests(entry)) return;
    const reads = step === undefined ? runsAfter(steps, 0) : runsProjectCode(step) && steps.some(isCheckout);
    if (reads) report(entry.keyRange ?? entry, 'variable', { name });
  },
  examples: [
    {
      path: '.github/workflows/test.yml',
      bad: 'on: [push, pull_request]\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n      - uses: «aws-actions/configure-aws-credentials@v4»\n        with:\n          role-to-assume: ${{ vars.TRAINING_ROLE }}\n      - run: pytest\n',
      message: 'login',
      good: 'on: [push, pull_request]\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    environment: training\n    steps:\n      - uses: actions/checkout@v4\n      - uses: aws-actions/configure-aws-credentials@v4\n        with:\n          role-to-assume: ${{ vars.TRAINING_ROLE }}\n      - run: pytest\n',
      byHand: true,
    },
    {
      path: '.github/workflows/test.yml',
      bad: 'on: {pull_request: {branches: [main]}}\njobs:\n  data:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n      - {run: dvc repro, env: {«AWS_SECRET_ACCESS_KEY»: "${{ secrets.DATA_KEY }}"}}\n',
      message: 'variable',
    },
    {
      path: '.github/workflows/test.yml',
      good: "on: [push, pull_request]\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n      - uses: google-github-actions/auth@v2\n        if: github.event_name == 'push'\n        with:\n          credentials_json: ${{ secrets.GCP_KEY }}\n      - run: make test\n",
      because: 'it signs in on pushes only',
    },
    {
      path: '.github/workflows/test.yml',
      good: 'on: pull_request\njobs:\n  check:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n      - run: pytest\n      - uses: azure/login@v2\n        with:\n          creds: ${{ secrets.AZURE_CREDENTIALS }}\n      - run: az ml job list\n',
      because: 'nothing of the repository runs after signing in',
    },
    {
      path: '.github/workflows/test.yml',
      good: 'on: pull_request\njobs:\n  check:\n    runs-on: ubuntu-24.04\n    env:\n      AWS_SECRET_ACCESS_KEY: testing\n    steps:\n      - uses: actions/checkout@v4\n      - run: pytest\n',
      because: 'a made-up key for a mock',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n      - run: dvc repro\n        env:\n          AWS_SECRET_ACCESS_KEY: ${{ secrets.DATA_KEY }}\n',
      because: 'no pull requests',
    },
  ],
});

/** Pull requests whose code nobody has approved reach the entry. */
function runsPullRequests(entry: ConfigEntry): boolean {
  if (!eventsAt(entry).has('pull_request') || child(jobOf(entry), 'environment') !== undefined) return false;
  const types = child(child(onOf(rootOf(entry)), 'pull_request'), 'types');
  const names = types?.kind === 'scalar' ? [textOf(types)] : items(types).map((type) => textOf(type));
  if (names.length > 0 && names.every((name) => name === 'closed')) return false;
  return !/pull_request\.merged/.test(conditionsOf(entry));
}

/** Whether the repository is checked out and its code runs at or behind a step that pull requests reach. */
function runsAfter(steps: readonly ConfigEntry[], from: number): boolean {
  const reached = (step: ConfigEntry): boolean => eventsAt(step).has('pull_request');
  return steps.some(isCheckout) && steps.slice(from).some((step) => reached(step) && runsProjectCode(step));
}

/** Made-up keys for mocks are written out; real ones, and roles of every form, are not. */
function holdsCredentials(step: ConfigEntry, text: string): boolean {
  const inputs = items(child(step, 'with'));
  return inputs.some(
    (input) => refersToSecret(input, text) || /role|workload_identity|client-id/.test(input.key ?? ''),
  );
}

function refersToSecret(entry: ConfigEntry, text: string): boolean {
  return insertionsIn(text, entry.valueRange).some(({ body }) =>
    contributions(body)?.some((reference) => reference.startsWith('secrets.')),
  );
}
