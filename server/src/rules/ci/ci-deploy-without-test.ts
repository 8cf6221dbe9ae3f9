import type { Range } from '../../base/range.js';
import { type ConfigEntry, child, config, defineRule, text as textOf } from '../../engine/index.js';
import { releasesModel, trainsModel } from '../../knowledge/model-releases.js';
import { dvcRunOf, withoutDvc } from './_dvc-stages.js';
import { type CiJob, isStartedByHand, jobsBefore, jobsOf } from './_jobs.js';
import { eventsAt } from './_workflow.js';

/** What a job is called that puts something into use, and what that something must not be. */
const DEPLOYS = /(?:^|[^a-z])(?:deploy|deploys|deployment|promote|promotion|rollout|register)(?:[^a-z]|$)/;
const OTHER =
  /(?:^|[^a-z])(?:docs?|documentation|pages?|site|website|storybook|preview|coverage|badge|blog|demo|undeploy|destroy|dev|test|tests|testing|staging|infra|terraform|notify|dry)(?:[^a-z]|$)/;
/** What a job is called that tests code or judges a model; linting and building judge neither. */
const TESTS =
  /(?:^|[^a-z])(?:test|tests|testing|unittests?|pytest|evaluate|evaluation|eval|validate|validation)(?:[^a-z]|$)/;
const RUNS_TESTS = /\b(?:pytest|tox|nox|unittest)\b|\bpython3? \S*(?:evaluate|validate)\w*\.py\b/;
/** Words that stand for any kind of check; so may another file that a job consists of. */
const MAYBE_CHECKS =
  /(?:^|[^a-z])(?:e2e|test|tests|tested|testing|unittests?|pytest|tox|nox|hatch|evaluat\w*|eval|evals|validat\w*|verif\w*|check|checks|score|scores|metrics?|compare|comparison|benchmarks?|gate|approv\w*|quality|smoke|threshold|champion|deepchecks|evidently|make|dvc|just|task|invoke|ci|qa)(?:[^a-z]|$)|\.\/\.github\/|^\S+\.ya?ml(?:@\S+)?$/;
const MERGE_REQUESTS = /merge_request/;
const WAITING: Readonly<Record<string, string>> = { 'azure-pipelines': 'dependsOn', 'cloud-build': 'waitFor' };
const STAGES = 'stages:\n  train:\n    cmd: python src/train.py\n    outs: [model.skops]\n';
const HEAD = 'on:\n  push:\n    branches: [main]\njobs:\n';

export default defineRule({
  summary: 'A pipeline deploys or registers a model without waiting for a test or an evaluation.',
  stages: ['evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-693',
    'CICD-SEC-1',
    'OWASP-ML10:2023',
    'AML.T0018',
    'https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-jobs',
    'https://docs.gitlab.com/ci/yaml/needs/',
    'https://learn.microsoft.com/en-us/azure/devops/pipelines/process/stages',
    'https://cloud.google.com/build/docs/configuring-builds/configure-build-step-order',
  ],
  docs: {
    why: 'The nightly job trains on whatever arrived, and the next one registers the result. When somebody poisons a source or a column changes its unit, the model that nobody measured answers customers in the morning; the test job beside it has failed, and nothing waited for it.',
    instead:
      'Measure the candidate in a job of its own that fails below a threshold, and let the deployment wait for it with `needs`, `dependsOn`, `waitFor` or a later stage.',
    fixSafety: 'Which test has to hold is a decision about the project, so there is no fix.',
    limits:
      'Jobs are told by their names and commands. A missing test is reported only where the same pipeline trains a model and hands it out by commands of known tools or scripts named so. Pipelines that a person or another pipeline starts, jobs with an environment that may ask for approval, `when: manual`, and files that include others are not judged. A job that runs the whole `dvc.yaml` of the root is judged by its stages. Checks inside of scripts are not visible here.',
    ignoreWhen: 'The registry keeps the model as a candidate until somebody approves it.',
  },
  messages: {
    missing: '`{job}` hands out a model that nothing has tested; let it wait for an evaluation with a threshold',
    unordered: '`{job}` does not wait for `{check}`, so what fails there is deployed all the same; add it to `{key}`',
  },
  skipsTests: true,
  query: config.entries(['github-workflow', 'gitlab-ci', 'azure-pipelines', 'cloud-build'], ''),
  words: ['deploy', 'promot', 'rollout', 'regist', 'upload', 'push', 'publish', 'release', 'sagemaker', 'gto'],
  check(root: ConfigEntry, context) {
    const { report, facts } = context;
    const format = facts?.formats[root.document]?.id;
    const jobs = jobsOf(root, format);
    for (const job of jobs) {
      const handsOut = job.words.some(releasesModel);
      if (job.approved || !(handsOut || (DEPLOYS.test(job.name.toLowerCase()) && !OTHER.test(job.name.toLowerCase()))))
        continue;
      const before = jobsBefore(job, jobs);
      if (before === undefined) continue;
      const chain = [job, ...before];
      const dvc = dvcRunOf(chain, isCheck, context);
      const checks = (one: CiJob): boolean => mayCheck(one, dvc !== undefined && !dvc.mayCheck);
      if (chain.some((one) => one.approved || checks(one))) continue;
      const apart = jobs.find((one) => tests(one) && runsWith(one, job, format) && !isBehind(one, job, jobs));
      const target = labelOf(job);
      const named = job.name.replace(/^\//, '').slice(0, 40);
      if (apart !== undefined) {
        const check = apart.name.replace(/^\//, '').slice(0, 40);
        const key = WAITING[format ?? ''] ?? 'needs';
        report(target, 'unordered', { job: named, check, key }).related(labelOf(apart), 'The test is here');
      } else if (handsOut && !isStartedByHand(root)) {
        const trained = dvc?.trains === true || chain.some((one) => one.words.some(trainsModel));
        if (!trained || jobs.some(checks)) continue;
        const finding = report(target, 'missing', { job: named });
        if (dvc !== undefined) finding.related(dvc.place, 'No stage of this pipeline judges the model');
      }
    }
  },
  examples: [
    {
      path: '.github/workflows/retrain.yml',
      bad: `${HEAD}  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: python src/train.py\n  «register»:\n    needs: train\n    runs-on: ubuntu-24.04\n    steps:\n      - run: python src/register_model.py\n`,
      message: 'missing',
      good: `${HEAD}  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: python src/train.py\n  evaluate:\n    needs: train\n    runs-on: ubuntu-24.04\n    steps:\n      - run: python src/evaluate.py --min-auc 0.8\n  register:\n    needs: evaluate\n    runs-on: ubuntu-24.04\n    steps:\n      - run: python src/register_model.py\n`,
      byHand: true,
    },
    {
      path: '.gitlab-ci.yml',
      bad: 'stages: [test, deploy]\nevaluate:\n  stage: test\n  script: [python evaluate.py]\n«deploy»:\n  stage: deploy\n  needs: []\n  script: [kubectl apply -f k8s]\n',
      message: 'unordered',
      good: 'stages: [test, deploy]\nevaluate:\n  stage: test\n  script: [python evaluate.py]\ndeploy:\n  stage: deploy\n  needs: [evaluate]\n  script: [kubectl apply -f k8s]\n',
      byHand: true,
    },
    {
      path: 'cloudbuild.yaml',
      bad: 'steps:\n  - {id: evaluate, name: python:3.13-slim, args: [python, -m, pytest]}\n  - {id: «deploy», name: python:3.13-slim, args: [gcloud, run, deploy], waitFor: ["-"]}\n',
      message: 'unordered',
      good: 'steps:\n  - {id: evaluate, name: python:3.13-slim, args: [python, -m, pytest]}\n  - {id: deploy, name: python:3.13-slim, args: [gcloud, run, deploy], waitFor: [evaluate]}\n',
      byHand: true,
    },
    {
      path: '.github/workflows/retrain.yml',
      bad: `${HEAD}  «release»:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: dvc repro\n      - run: python src/register_model.py\n`,
      message: 'missing',
      files: { 'dvc.yaml': STAGES },
    },
    {
      path: '.github/workflows/retrain.yml',
      good: `${HEAD}  release:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: dvc repro\n      - run: python src/register_model.py\n`,
      files: { 'dvc.yaml': `${STAGES}  judge:\n    cmd: python src/judge.py\n    metrics: [scores.json]\n` },
      because: 'a stage writes metrics',
    },
    {
      path: '.github/workflows/deploy.yml',
      good: `${HEAD}  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: pytest\n      - run: python src/train.py && python src/register_model.py\n`,
      because: 'the job tests before it deploys',
    },
    {
      path: '.gitlab-ci.yml',
      good: 'test:\n  stage: test\n  script: [pytest]\ndeploy:\n  stage: deploy\n  script: [kubectl apply -f k8s]\n',
      because: 'a later stage waits for the stages before it',
    },
    {
      path: '.github/workflows/deploy.yml',
      good: `${HEAD}  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: pytest\n  deploy-docs:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: mkdocs gh-deploy\n`,
      because: 'documentation',
    },
    {
      path: '.github/workflows/deploy.yml',
      good: "on: [push, pull_request]\njobs:\n  test:\n    if: github.event_name == 'pull_request'\n    runs-on: ubuntu-24.04\n    steps:\n      - run: pytest\n  deploy:\n    if: github.event_name == 'push'\n    runs-on: ubuntu-24.04\n    steps:\n      - run: kubectl apply -f k8s\n",
      because: 'the tests have run before the merge',
    },
  ],
});

/** The key of a job, or the value of the entry that names it. */
function labelOf({ entry }: CiJob): Range {
  return entry.kind === 'scalar' ? entry.valueRange : (entry.keyRange ?? entry.valueRange);
}

/** `dvcKnown`: what the stages of DVC do is known, so that running them is no check by itself. */
function mayCheck(job: CiJob, dvcKnown: boolean): boolean {
  return job.words.some((word) => isCheck(dvcKnown ? withoutDvc(word) : word));
}

function isCheck(words: string): boolean {
  return MAYBE_CHECKS.test(words.toLowerCase());
}

function tests(job: CiJob): boolean {
  const name = job.name.toLowerCase();
  return !DEPLOYS.test(name) && (TESTS.test(name) || job.words.some((word) => RUNS_TESTS.test(word)));
}

/** Whether both jobs run on some event. */
function runsWith(check: CiJob, job: CiJob, format: string | undefined): boolean {
  if (format === 'github-workflow') {
    const events = eventsAt(job.entry);
    const condition = textOf(child(check.entry, 'if')) ?? '';
    return [...eventsAt(check.entry)].some((event) => events.has(event)) && !/pull_request/.test(condition);
  }
  const limits = ['rules', 'only'].flatMap((key) => child(check.entry, key) ?? []);
  return !limits.some((limit) => limit.kind !== 'scalar' && MERGE_REQUESTS.test(JSON.stringify(valuesOf(limit))));
}

function valuesOf(entry: ConfigEntry): unknown[] {
  return [entry.value ?? '', ...entry.children.map(valuesOf)];
}

/** Whether a test waits for the deployment, as those do that ask the new endpoint; or may. */
function isBehind(check: CiJob, job: CiJob, jobs: readonly CiJob[]): boolean {
  return jobsBefore(check, jobs)?.includes(job) ?? true;
}
