import { type ConfigEntry, child, config, defineRule, edit, placeholder, text as textOf } from '../../engine/index.js';

/** pre-commit's own test for a revision that does not move: a dot, or hexadecimal digits alone. */
const FIXED = /\.|^[0-9a-f]+$/i;

export default defineRule({
  summary: 'A pre-commit hook is taken from a branch.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-494', 'CWE-829', 'CICD-SEC-3', 'https://pre-commit.com/#using-the-latest-version-for-a-repository'],
  docs: {
    why: 'Each new laptop and each run of the pipeline without a cache installs the tip of the branch and runs it on every commit, with the rights of the data scientist: the notebook, the `.env` file and the cloud credentials beside it are in reach of whoever pushed there last.',
    instead:
      'Name a release or its commit; `pre-commit autoupdate --freeze` writes the commits of the newest releases.',
    fixSafety: 'The release has to be looked up in the repository, so the fix leaves a place for it.',
    limits:
      'Names with a digit count as releases, although a tag such as `v1` may be moved. Local repositories on disk are not reported.',
    ignoreWhen: 'The hooks are your own and their branch is protected.',
  },
  messages: {
    branch: '`{rev}` of `{repository}` moves with every push, and hooks run with your rights; name a release or commit',
  },
  query: config.entries(['pre-commit'], 'repos.*.rev'),
  check(entry: ConfigEntry, { report, path, text }) {
    if (!/(?:^|\/)\.pre-commit-config\.ya?ml$/.test(path)) return;
    const rev = textOf(entry);
    const repository = textOf(child(entry.parent, 'repo'));
    if (rev === undefined || repository === undefined || FIXED.test(rev) || /\d|[${}<>]/.test(rev)) return;
    if (!/^(?:https?|ssh|git):\/\/|^git@/.test(repository)) return;
    const shown = repository
      .replace(/\.git$/, '')
      .split(/[/:]/)
      .filter(Boolean)
      .slice(-2)
      .join('/');
    report(entry.valueRange, 'branch', { rev: rev.slice(0, 30) || 'rev', repository: shown.slice(0, 40) }).fix(
      'Name a release or commit',
      'placeholder',
      edit.setScalar(text, entry, placeholder('release')),
    );
  },
  examples: [
    {
      path: '.pre-commit-config.yaml',
      bad: 'repos:\n  - repo: https://github.com/kynan/nbstripout\n    rev: «main»\n    hooks:\n      - id: nbstripout\n',
      message: 'branch',
      good: 'repos:\n  - repo: https://github.com/kynan/nbstripout\n    rev: 0.8.1\n    hooks:\n      - id: nbstripout\n',
      fill: ['0.8.1'],
    },
    {
      path: '.pre-commit-config.yaml',
      good: 'repos:\n  - repo: https://github.com/astral-sh/ruff-pre-commit\n    rev: v0.14.5\n    hooks: [{id: ruff}]\n',
      because: 'a release',
    },
    {
      path: '.pre-commit-config.yaml',
      good: 'repos:\n  - repo: https://github.com/kynan/nbstripout\n    rev: e4c5b09ef3dff3a2a0b6e5d8f7ac3d4b1a2b3c4d  # frozen: 0.8.1\n    hooks: [{id: nbstripout}]\n',
      because: 'a commit',
    },
    {
      path: '.pre-commit-config.yaml',
      good: 'repos:\n  - repo: local\n    hooks: [{id: tidegate, name: tidegate, entry: tidegate check, language: system}]\n',
      because: 'a hook of the project itself',
    },
    {
      path: 'hooks.yaml',
      good: 'repos:\n  - repo: https://github.com/kynan/nbstripout\n    rev: main\n    hooks: [{id: nbstripout}]\n',
      because: 'not the file that pre-commit reads',
    },
  ],
});
