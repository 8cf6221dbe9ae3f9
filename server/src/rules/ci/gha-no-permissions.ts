import { type ConfigEntry, child, config, defineRule, descendants, edit, items, rootOf } from '../../engine/index.js';
import { contributions, insertionsIn } from './_expression.js';
import { eventsOf } from './_workflow.js';

/** Actions and commands that hand something to others: packages, images, releases, data. */
const PUBLISHES =
  /^(?:pypa\/gh-action-pypi-publish|docker\/build-push-action|softprops\/action-gh-release|ncipollo\/release-action|peaceiris\/actions-gh-pages)@|\b(?:twine upload|uv publish|poetry publish|docker push|dvc push|huggingface-cli upload|hf upload)\b/m;

export default defineRule({
  summary: 'A workflow that holds secrets leaves the rights of its token to the default.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-250',
    'CICD-SEC-5',
    'OWASP-ML06:2023',
    'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions',
    'https://docs.github.com/en/actions/concepts/security/github_token',
  ],
  overlaps: ['zizmor:excessive-permissions'],
  docs: {
    why: 'In repositories created before February 2023 the default may write everything: a package that a training job installs can push to the branch that models are deployed from.',
    instead: 'Write `permissions: {contents: read}` at the top, and more only at the job that needs it.',
    fixSafety:
      'Steps that push, comment or publish with the token fail until their scope is named, so the fix is offered for review.',
    limits:
      'Only workflows that use a secret of their own or publish something are reported, and only when no job names permissions either. The default of the repository cannot be seen here. Gitea and Forgejo are left out.',
    ignoreWhen: 'The organisation sets the default to read only.',
  },
  messages: {
    missing: 'No `permissions` are named beside {evidence}, so the token may write everything; add `contents: read`',
  },
  query: config.entries(['github-workflow'], 'jobs'),
  check(jobs: ConfigEntry, { report, text, path }) {
    const root = rootOf(jobs);
    const jobList = items(jobs);
    if (jobs.keyRange === undefined || !/(^|\/)\.github\/workflows\//.test(path)) return;
    if ([root, ...jobList].some((entry) => child(entry, 'permissions') !== undefined)) return;
    const events = eventsOf(root);
    if (events.has('workflow_call') && events.size === 1) return;
    const evidence = evidenceIn(root, text);
    if (evidence === undefined) return;
    const finding = report(jobs.keyRange, 'missing', { evidence });
    if (root.flow) return;
    finding.fix(
      'Allow reading only',
      'review',
      edit.insertLinesAbove(text, jobs.keyRange.start, 'permissions:\n  contents: read\n'),
      'steps that write need their scope named',
    );
  },
  examples: [
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\n\n«jobs»:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - env:\n          HF_TOKEN: ${{ secrets.HF_TOKEN }}\n        run: python train.py\n',
      message: 'missing',
      good: 'on: push\n\npermissions:\n  contents: read\n\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - env:\n          HF_TOKEN: ${{ secrets.HF_TOKEN }}\n        run: python train.py\n',
    },
    {
      path: '.github/workflows/release.yml',
      bad: 'on: {release: {types: [published]}}\n«jobs»: # one job\n  publish: {runs-on: ubuntu-24.04, steps: [{run: dvc push}]}\n',
      message: 'missing',
      good: 'on: {release: {types: [published]}}\npermissions:\n  contents: read\n\njobs: # one job\n  publish: {runs-on: ubuntu-24.04, steps: [{run: dvc push}]}\n',
    },
    {
      path: '.github/workflows/test.yml',
      good: 'on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: pytest\n        env:\n          GH_TOKEN: ${{ secrets.GITHUB_TOKEN }}\n',
      because: 'no secret but the token itself',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    permissions: {}\n    steps:\n      - run: python train.py\n        env:\n          HF_TOKEN: ${{ secrets.HF_TOKEN }}\n',
      because: 'the job names its permissions',
    },
    {
      path: '.github/workflows/shared.yml',
      good: 'on: workflow_call\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: python train.py\n        env:\n          HF_TOKEN: ${{ secrets.HF_TOKEN }}\n',
      because: 'the workflow that calls it sets the permissions',
    },
    {
      path: '.gitea/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: dvc push\n',
      because: 'another service with rights of its own',
    },
  ],
});

function evidenceIn(root: ConfigEntry, text: string): string | undefined {
  let publishes: string | undefined;
  for (const entry of descendants(root)) {
    if (typeof entry.value !== 'string') continue;
    const secret = insertionsIn(text, entry.valueRange)
      .flatMap(({ body }) => contributions(body) ?? [])
      .find((reference) => /^secrets\.(?!github_token$)\w/.test(reference));
    if (secret !== undefined) return `\`secrets.${secret.slice(8, 38).toUpperCase()}\``;
    if (entry.key === 'uses' || entry.key === 'run')
      publishes ??= PUBLISHES.exec(entry.value)?.[0].replace(/@$/, '').slice(0, 34);
  }
  return publishes === undefined ? undefined : `\`${publishes}\``;
}
