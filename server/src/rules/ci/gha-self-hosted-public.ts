import { at, type ConfigEntry, child, config, defineRule, items, rootOf, text as textOf } from '../../engine/index.js';
import { eventsAt, excludesForks, isVetted, jobOf, onOf } from './_workflow.js';

const LICENSES = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'COPYING'];

export default defineRule({
  summary: 'Pull requests run on a machine of your own.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-250',
    'CICD-SEC-7',
    'OWASP-ML06:2023',
    'AML.T0010',
    'https://docs.github.com/en/actions/reference/security/secure-use#hardening-for-self-hosted-runners',
  ],
  overlaps: ['zizmor:self-hosted-runner'],
  docs: {
    why: 'Anyone can open a pull request against a public repository. Its code stays on a GPU runner that is not thrown away after the job, and reads the data, models and tokens of the training jobs that follow. That is how researchers got into the release runners of PyTorch in 2023.',
    instead:
      'Run pull requests on runners of GitHub, or on machines that live for one job in a network without data, and keep your own for pushes to `main`.',
    fixSafety: 'Whether another runner can do the work has to be decided, so there is no fix.',
    limits:
      'Whether the repository is public cannot be seen: without a licence at its root the finding is information. Runners that are thrown away after each job look the same. Labels in expressions are not judged.',
    ignoreWhen: 'The repository is private, or each job gets a fresh machine.',
  },
  messages: {
    selfHosted:
      'Code of pull requests runs on a runner of your own, which later jobs share; use one of GitHub or a fresh one',
  },
  query: config.entries(['github-workflow'], 'jobs.*.runs-on'),
  check(entry: ConfigEntry, { report, workspace }) {
    const labels = labelsOf(entry);
    if (!labels.some((label) => textOf(label) === 'self-hosted')) return;
    const events = eventsAt(entry);
    const event = ['pull_request', 'pull_request_target'].find((name) => events.has(name));
    if (event === undefined || excludesForks(entry) || startsWhenClosed(entry, event)) return;
    const finding = report(entry.valueRange, 'selfHosted');
    if (isVetted(entry) || !LICENSES.some((name) => workspace.has(name))) finding.severity('info');
    if (child(jobOf(entry), 'container') !== undefined) finding.severity('info');
  },
  examples: [
    {
      path: '.github/workflows/gpu.yml',
      bad: 'on: [push, pull_request]\njobs:\n  train:\n    runs-on: «[self-hosted, linux, gpu]»\n    steps:\n      - run: pytest\n',
      message: 'selfHosted',
      good: 'on: [push, pull_request]\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: pytest\n',
      byHand: true,
      files: { LICENSE: 'Apache License\n' },
    },
    {
      path: '.github/workflows/gpu.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: self-hosted\n    steps:\n      - run: python train.py\n',
      because: 'only people who may push start it',
    },
    {
      path: '.github/workflows/gpu.yml',
      good: "on: [push, pull_request]\njobs:\n  train:\n    if: github.event_name == 'push'\n    runs-on: [self-hosted, gpu]\n    steps:\n      - run: python train.py\n",
      because: 'the job leaves pull requests out',
    },
    {
      path: '.github/workflows/gpu.yml',
      good: 'on: pull_request\njobs:\n  train:\n    if: github.event.pull_request.head.repo.full_name == github.repository\n    runs-on: self-hosted\n    steps:\n      - run: pytest\n',
      because: 'branches of the repository only',
    },
    {
      path: '.github/workflows/gpu.yml',
      good: 'on: pull_request\njobs:\n  train:\n    runs-on: ${{ matrix.runner }}\n    steps:\n      - run: pytest\n',
      because: 'the runner is not known',
    },
  ],
});

/** `runs-on: x`, a list of labels, and the form with `group` and `labels`. */
function labelsOf(entry: ConfigEntry): readonly ConfigEntry[] {
  const named = entry.kind === 'map' ? child(entry, 'labels') : entry;
  if (named === undefined) return [];
  return named.kind === 'list' ? items(named) : [named];
}

function startsWhenClosed(entry: ConfigEntry, event: string): boolean {
  const types = at(onOf(rootOf(entry)), event, 'types');
  const names = types?.kind === 'scalar' ? [textOf(types)] : items(types).map((type) => textOf(type));
  return names.length > 0 && names.every((name) => name === 'closed');
}
