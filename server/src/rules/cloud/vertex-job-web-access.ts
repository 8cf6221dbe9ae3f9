import { type CommandFact, type ConfigEntry, configEdit, defineRule, text as textOf } from '../../engine/index.js';
import { jobCommand, jobSpecOf, specKey, vertexJobs } from './_vertex-jobs.js';

const KEYS = { enableWebAccess: 'shell', enableDashboardAccess: 'dashboard' } as const;
const OPTIONS = { '--enable-web-access': 'shell', '--enable-dashboard-access': 'dashboard' } as const;

export default defineRule({
  summary: 'A Vertex AI job opens a shell or dashboard into its containers.',
  stages: ['training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-250',
    'CWE-489',
    'OWASP-A01:2021',
    'OWASP-ML05:2023',
    'https://cloud.google.com/vertex-ai/docs/training/monitor-debug-interactive-shell',
    'https://cloud.google.com/vertex-ai/docs/reference/rest/v1/CustomJobSpec',
    'https://cloud.google.com/sdk/gcloud/reference/ai/custom-jobs/create',
  ],
  docs: {
    why: 'The shell runs as the service account of the job. A member of the project who may not read the loan records opens it in the browser, copies them from the mounted bucket with the checkpoints beside them, or takes the token of the account.',
    instead:
      'Leave both settings out of files and scripts that run regularly. Debug a failing job once, with a service account that may read little.',
    fixSafety: 'Nobody can look into the running container any more, so the fix is offered for review.',
    limits:
      'Read are specifications in YAML and JSON and the `create` commands of gcloud; calls in Python have a rule of their own.',
    ignoreWhen: 'The job is a debugging session that is started by hand.',
  },
  messages: {
    shell: '`{setting}` opens a shell in the container to project members, with data and token; remove it',
    dashboard: '`{setting}` opens the dashboard port of the container in the browser; remove it',
  },
  words: ['enablewebaccess', 'enable_web_access', 'enable-web-access', 'dashboard'],
  query: vertexJobs,
  check(fact: ConfigEntry | CommandFact, { report, text }) {
    if (fact.kind === 'command') {
      for (const { text: word, range } of jobCommand(fact) ?? []) {
        const message = Object.hasOwn(OPTIONS, word) ? OPTIONS[word as keyof typeof OPTIONS] : undefined;
        if (message !== undefined) report(range, message, { setting: word });
      }
      return;
    }
    const spec = jobSpecOf(fact);
    if (spec === undefined) return;
    for (const [key, message] of Object.entries(KEYS)) {
      const entry = specKey(spec, key);
      if (entry === undefined || textOf(entry) !== 'true' || entry.alias !== undefined) continue;
      report(entry.range, message, { setting: `${entry.key}: true` }).fix(
        `Remove \`${entry.key}\``,
        'review',
        configEdit.removeEntry(text, entry),
        'nobody can look into the running container any more',
      );
    }
  },
  examples: [
    {
      path: 'jobs/train.yaml',
      bad: 'workerPoolSpecs:\n  - machineSpec: {machineType: n1-standard-8}\n    replicaCount: 1\n    containerSpec: {imageUri: europe-docker.pkg.dev/bank/ml/train:1.4.0}\n# to look at slow steps\n«enableWebAccess: true»\nserviceAccount: train@bank.iam.gserviceaccount.com\n',
      message: 'shell',
      good: 'workerPoolSpecs:\n  - machineSpec: {machineType: n1-standard-8}\n    replicaCount: 1\n    containerSpec: {imageUri: europe-docker.pkg.dev/bank/ml/train:1.4.0}\n# to look at slow steps\nserviceAccount: train@bank.iam.gserviceaccount.com\n',
    },
    {
      path: 'jobs/train.json',
      bad: '{"displayName": "train", "jobSpec": {"workerPoolSpecs": [{"replicaCount": 1}], «"enableDashboardAccess": true»}}\n',
      message: 'dashboard',
      good: '{"displayName": "train", "jobSpec": {"workerPoolSpecs": [{"replicaCount": 1}]}}\n',
    },
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-latest\n    steps:\n      - run: gcloud ai custom-jobs create --display-name=train --config=jobs/train.yaml «--enable-web-access»\n',
      message: 'shell',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-latest\n    steps:\n      - run: gcloud ai custom-jobs create --display-name=train --config=jobs/train.yaml\n',
      byHand: true,
    },
    {
      path: 'jobs/train.yaml',
      good: 'workerPoolSpecs:\n  - replicaCount: 1\nenableWebAccess: false\n',
      because: 'the shell is off',
    },
    {
      path: 'jobs/train.yaml',
      good: 'workerPoolSpecs:\n  - replicaCount: 1\nenableWebAccess: ${DEBUG}\n',
      because: 'set from outside',
    },
    { path: 'app.yaml', good: 'server:\n  port: 80\nenableWebAccess: true\n', because: 'another program' },
  ],
});
