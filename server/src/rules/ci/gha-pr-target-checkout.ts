import type { Range } from '../../base/range.js';
import {
  at,
  type ConfigEntry,
  child,
  config,
  defineRule,
  items,
  type RuleContext,
  rootOf,
  text as textOf,
} from '../../engine/index.js';
import { contributions, insertionsIn } from './_expression.js';
import { isCheckout, runsProjectCode } from './_project-code.js';
import {
  conditionsOf,
  eventsAt,
  eventsOf,
  excludesForks,
  isVetted,
  jobOf,
  onOf,
  stepOf,
  stepsOf,
} from './_workflow.js';

/** A commit of the pull request, which can be fetched from the repository itself; branch names there are its own. */
const COMMIT =
  /^github\.event\.(?:pull_request\.(?:head\.sha|merge_commit_sha)|workflow_run\.(?:head_sha|head_commit\.id|pull_requests\.\*\.head\.sha))$/;
const REPOSITORY =
  /^github\.event\.(?:pull_request\.head\.repo\.|workflow_run\.head_repository\.)(?:full_name|clone_url|ssh_url|html_url)$/;
const PULL_REF = /refs\/(?:remotes\/)?pull\//;
const FETCHES = /\bgh pr checkout\b|\bgit (?:fetch|pull|checkout)\b[^\n]{0,200}\bpull\/[^\n]{0,100}\/(?:head|merge)\b/;

/** Minor version of each line of `actions/checkout` since which it refuses forks; later lines always did. */
const FIRST_REFUSING: Readonly<Record<number, number>> = { 2: 8, 3: 7, 4: 4, 5: 1, 6: 1 };

const messages = {
  runs: 'Code of any pull request runs here with the secrets of `{event}`; use `pull_request` for it',
  fetched: 'Code of any pull request is fetched beside the secrets of `{event}`; use `pull_request` for it',
} as const;

export default defineRule({
  summary: 'A workflow with secrets checks out the code of a pull request.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-829',
    'CICD-SEC-4',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://docs.github.com/en/actions/reference/security/secure-use#mitigating-the-risks-of-untrusted-code-checkout',
    'https://docs.github.com/en/actions/reference/security/securely-using-pull_request_target',
    'https://github.blog/changelog/2026-06-18-safer-pull_request_target-defaults-for-github-actions-checkout/',
    'https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/',
  ],
  overlaps: ['zizmor:dangerous-triggers'],
  docs: {
    why: '`pull_request_target`, `issue_comment` and `workflow_run` run with the secrets and the writing token of the repository, whoever opened the pull request. A stranger’s `setup.py` or `conftest.py` then reads the keys of the model registry and pushes to the branch that is deployed.',
    instead:
      'Run the code of pull requests on `pull_request`, which has no secrets, and hand results on as artifacts that the second workflow only reads.',
    fixSafety: 'The work has to be parted into two workflows by hand, so there is no fix.',
    limits:
      'An error needs a later step that runs the project; a checkout alone and `workflow_run`, whose first workflow is not read, are warnings. Conditions about the author, labels and environments lower it to information. Versions of `actions/checkout` that refuse forks (2.8, 3.7, 4.4, 5.1, 6.1 and 7, so `@v2` to `@v7` too) are silent without `allow-unsafe-pr-checkout`.',
    ignoreWhen: 'Someone reads the code first and the commit cannot change after that.',
  },
  messages,
  query: [
    config.entries(['github-workflow'], 'jobs.*.steps.*.with.ref'),
    config.entries(['github-workflow'], 'jobs.*.steps.*.with.repository'),
    config.entries(['github-workflow'], 'jobs.*.steps.*.run'),
  ],
  check(entry: ConfigEntry, context) {
    const { report, text } = context;
    const step = stepOf(entry);
    const events = eventsAt(entry);
    const place = step === undefined ? undefined : fetchedAt(entry, step, text);
    if (step === undefined || place === undefined) return;
    const event = ['pull_request_target', 'issue_comment', 'workflow_run'].find((name) => events.has(name));
    if (event === undefined || excludesForks(entry)) return;
    if (event === 'workflow_run' && isForPushes(entry, context)) return;
    if (event !== 'issue_comment' && refusesForks(step, text)) return;
    const steps = stepsOf(jobOf(entry));
    const later = steps.slice(steps.indexOf(step) + (entry.key === 'run' ? 0 : 1));
    const runs = later.some(runsProjectCode);
    const finding = runs ? report(place, 'runs', { event }) : report(place, 'fetched', { event });
    finding.severity(isVetted(entry) ? 'info' : runs && event !== 'workflow_run' ? 'error' : 'warning');
  },
  examples: [
    {
      path: '.github/workflows/preview.yml',
      bad: 'on: pull_request_target\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n        with:\n          ref: «${{ github.event.pull_request.head.sha }}»\n      - run: pip install -e .\n',
      message: 'runs',
      good: 'on: pull_request\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n      - run: pip install -e .\n',
      byHand: true,
    },
    {
      path: '.github/workflows/chat.yml',
      bad: 'on: [issue_comment]\njobs:\n  evaluate:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n      - run: |\n          «gh pr checkout» ${{ github.event.issue.number }}\n          python evaluate.py\n',
      message: 'runs',
    },
    {
      path: '.github/workflows/preview.yml',
      bad: 'on: {pull_request_target: {types: [opened]}}\njobs:\n  size:\n    runs-on: ubuntu-24.04\n    steps:\n      - {uses: actions/checkout@v7, with: {allow-unsafe-pr-checkout: true, ref: «"refs/pull/${{ github.event.number }}/merge"»}}\n      - run: du -sh data\n',
      message: 'fetched',
    },
    {
      path: '.github/workflows/preview.yml',
      good: 'on: pull_request_target\njobs:\n  label:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4.2.2\n      - run: python label.py\n',
      because: 'the code of the target branch',
    },
    {
      path: '.github/workflows/preview.yml',
      good: 'on: pull_request_target\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v7\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n      - run: pytest\n',
      because: 'this version refuses the code of forks',
    },
    {
      path: '.github/workflows/preview.yml',
      good: 'on: pull_request\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n      - run: pytest\n',
      because: 'runs without secrets for forks',
    },
    {
      path: '.github/workflows/preview.yml',
      good: 'on: pull_request_target\njobs:\n  train:\n    if: github.event.pull_request.head.repo.full_name == github.repository\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4.2.2\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n      - run: pytest\n',
      because: 'branches of the repository itself only',
    },
    {
      path: '.github/workflows/after.yml',
      good: "on:\n  workflow_run:\n    workflows: [train]\njobs:\n  report:\n    if: github.event.workflow_run.event == 'push'\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4.2.2\n        with:\n          ref: ${{ github.event.workflow_run.head_sha }}\n      - run: python report.py\n",
      because: 'only for pushes to the repository',
    },
  ],
});

/** Where a step fetches the code of a pull request. */
function fetchedAt(entry: ConfigEntry, step: ConfigEntry, text: string): Range | undefined {
  if (entry.key === 'run') {
    const match = FETCHES.exec(text.slice(entry.valueRange.start, entry.valueRange.end));
    const start = entry.valueRange.start + (match?.index ?? 0);
    return match === null ? undefined : { start, end: start + match[0].length };
  }
  if (!isCheckout(step)) return undefined;
  const references = insertionsIn(text, entry.valueRange).flatMap(({ body }) => contributions(body) ?? []);
  if (entry.key === 'repository') {
    const ref = textOf(at(step, 'with', 'ref')) ?? '';
    const pinned = PULL_REF.test(ref) || /\.sha\b|head_sha/.test(ref);
    return !pinned && references.some((one) => REPOSITORY.test(one)) ? entry.valueRange : undefined;
  }
  const pull = PULL_REF.test(textOf(entry) ?? '') && references.some((one) => /\.number$/.test(one));
  return pull || references.some((one) => COMMIT.test(one)) ? entry.valueRange : undefined;
}

/** True when the first workflow never runs for pull requests, as its file or the condition says. */
function isForPushes(entry: ConfigEntry, { path, workspace }: RuleContext<typeof messages>): boolean {
  if (/workflow_run\.event\s{0,5}(?:==\s{0,5}'(?!pull_request)|!=\s{0,5}'pull_request)/.test(conditionsOf(entry)))
    return true;
  const names = child(child(onOf(rootOf(entry)), 'workflow_run'), 'workflows');
  const wanted = names?.kind === 'list' ? items(names).map((name) => textOf(name)) : [textOf(names)];
  const roots = workspace.configsBeside(path).flatMap(({ facts }) => facts.roots);
  const first = wanted.map((name) => roots.find((root) => name !== undefined && textOf(child(root, 'name')) === name));
  return first.every(
    (root) => root !== undefined && ![...eventsOf(root)].some((event) => event.startsWith('pull_request')),
  );
}

/**
 * `actions/checkout` refuses code of forks after these events, unless it is told otherwise, in each release line since July
 * 2026. Versions are those of tags and of the comments behind commits; a tag of a line alone is its newest version.
 */
function refusesForks(step: ConfigEntry, text: string): boolean {
  const uses = child(step, 'uses');
  if (uses === undefined || !isCheckout(step) || textOf(at(step, 'with', 'allow-unsafe-pr-checkout')) === 'true')
    return false;
  const ref = textOf(uses)!.split('@')[1] ?? '';
  const comment = /^["']?[ \t]*#[ \t]*(\S+)/.exec(text.slice(uses.valueRange.end, uses.valueRange.end + 60))?.[1];
  const [, major, minor] =
    /^v?(\d{1,3})(?:\.(\d{1,3}))?(?=\.|$)/.exec(/^[0-9a-f]{40}$/.test(ref) ? (comment ?? '') : ref) ?? [];
  if (major === undefined) return ref === 'main';
  const first = FIRST_REFUSING[Number(major)] ?? (Number(major) < 2 ? Number.MAX_SAFE_INTEGER : 0);
  return Number(minor ?? Number.MAX_SAFE_INTEGER - 1) >= first;
}
