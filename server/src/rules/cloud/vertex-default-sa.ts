import {
  type CommandFact,
  type ConfigEntry,
  defineRule,
  type RuleContext,
  text as textOf,
} from '../../engine/index.js';
import { jobCommand, jobSpecOf, poolsOf, specKey, vertexJobs } from './_vertex-jobs.js';

const messages = {
  none: 'This job names no service account, so it runs as the agent that all jobs of the project share; name one',
} as const;

export default defineRule({
  summary: 'A Vertex AI job runs as the service agent that all jobs of the project share.',
  stages: ['training'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-250',
    'OWASP-A01:2021',
    'AML.T0055',
    'https://cloud.google.com/vertex-ai/docs/general/custom-service-account',
    'https://cloud.google.com/vertex-ai/docs/reference/rest/v1/CustomJobSpec',
    'https://cloud.google.com/sdk/gcloud/reference/ai/custom-jobs/create',
  ],
  docs: {
    why: 'The shared agent reads and writes the buckets and BigQuery tables of the whole project. A package in the image of one experiment that sends data away reaches the loan records of every team, and can replace the models of all of them.',
    instead:
      'Make a service account for the job with rights to its own buckets and tables, and name it with `serviceAccount` or `--service-account`.',
    fixSafety: 'There is no fix, as the account and its rights have to be made first.',
    limits:
      'A hint, as the account may be given when the job is started; a warning where the job also opens a shell or dashboard, which hands the rights of the agent to others. Jobs on a persistent resource and commands with options in variables stay silent.',
    ignoreWhen: 'The project holds nothing but what this job may read.',
  },
  messages,
  words: ['worker', 'custom-jobs', 'hp-tuning-jobs'],
  query: vertexJobs,
  check(fact: ConfigEntry | CommandFact, context) {
    if (fact.kind === 'command') return inCommand(fact, context);
    const spec = jobSpecOf(fact);
    const pools = spec === undefined ? undefined : poolsOf(spec);
    if (spec === undefined || pools?.keyRange === undefined) return;
    if (['serviceAccount', 'persistentResourceId'].some((key) => specKey(spec, key) !== undefined)) return;
    if (spec.children.some(({ key }) => key === '<<')) return;
    const shown = ['enableWebAccess', 'enableDashboardAccess'].some((key) => textOf(specKey(spec, key)) === 'true');
    context.report(pools.keyRange, 'none').severity(shown ? 'warning' : 'hint');
  },
  examples: [
    {
      path: 'jobs/train.yaml',
      bad: '«workerPoolSpecs»:\n  - replicaCount: 1 # one machine\nenableWebAccess: true\n',
      message: 'none',
      good: 'workerPoolSpecs:\n  - replicaCount: 1 # one machine\nserviceAccount: train@bank.iam.gserviceaccount.com\n',
      byHand: true,
    },
    {
      path: 'jobs/train.json',
      bad: '{"jobSpec": {«"workerPoolSpecs"»: [{"replicaCount": 1}]}}\n',
      message: 'none',
      good: '{"jobSpec": {"workerPoolSpecs": [{"replicaCount": 1}], "serviceAccount": "train@bank.iam.gserviceaccount.com"}}\n',
      byHand: true,
    },
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-latest\n    steps:\n      - run: gcloud ai «custom-jobs» create --display-name=train --worker-pool-spec=machine-type=n1-standard-8\n',
      message: 'none',
    },
    {
      path: 'jobs/train.yaml',
      good: 'workerPoolSpecs:\n  - replicaCount: 1\nserviceAccount: ${TRAINING_ACCOUNT}\n',
      because: 'named from outside',
    },
    {
      path: 'jobs/train.yaml',
      good: 'workerPoolSpecs:\n  - replicaCount: 1\npersistentResourceId: loans\n',
      because: 'the persistent resource has an account',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-latest\n    steps:\n      - run: gcloud ai custom-jobs create --display-name=train --config=jobs/train.yaml\n',
      because: 'the file may name the account',
    },
  ],
});

function inCommand(fact: CommandFact, { report }: RuleContext<typeof messages>): void {
  const words = jobCommand(fact);
  const group = words?.find(({ text }) => text.endsWith('-jobs'));
  if (words === undefined || group === undefined) return;
  const given = words.some(({ text }) =>
    /^(?:--(?:service-account|config|persistent-resource-id|flags-file)(?:=|$)|["']?(?:\$|\{\{))/.test(text),
  );
  if (given) return;
  const shown = words.some(({ text }) => /^--enable-(?:web|dashboard)-access$/.test(text));
  report(group.range, 'none').severity(shown ? 'warning' : 'hint');
}
