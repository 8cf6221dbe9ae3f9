import type { TextEdit } from '../../base/range.js';
import { defineRule, edit, placeholder, type Requirement, requirements } from '../../engine/index.js';

/** Abbreviated commit ids count from seven characters on, as git prints them. */
const COMMIT = /^[0-9a-f]{7,40}$/;
const RELEASE = /^(?:v|release[-/]?)?\d+(?:[.\-_]\d+)*[\w.+-]*$/i;
const BRANCH_ARCHIVE =
  /^https:\/\/(?:github\.com|gitlab\.com|codeload\.github\.com)\/.*(?:archive|zip|tar\.gz|zipball|tarball)\/(?:refs\/heads\/[\w./-]+|(?:main|master|develop|dev|HEAD))(?:\.zip|\.tar\.gz)?$/;

export default defineRule({
  summary: 'A package is installed from a repository without a commit.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-829',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://pip.pypa.io/en/stable/topics/vcs-support/',
  ],
  docs: {
    why: 'Installing runs the code at the tip of the branch. Whoever can push there, or takes over the name of a repository that was renamed, gets into the next training run, and a retrained model cannot be explained by any recorded code.',
    instead:
      'Name the full commit: `git+https://github.com/org/project.git@<40 characters>`, or install a release from the index.',
    fixSafety: 'The commit has to be looked up in the repository, so the fix leaves a place for it.',
    limits:
      'Tags that look like releases are information only: they can be moved, but rarely are. Lock files and local paths are not reported. A revision in a variable is taken as given.',
    ignoreWhen: 'The repository is your own and its branch is protected.',
  },
  messages: {
    noRevision: '`{repository}` is installed from the tip of its default branch; name a commit behind `@`',
    branch: '`{repository}` is installed from `{revision}`, which moves with every push; name a commit instead',
    tag: '`{repository}` is installed from the tag `{revision}`, which can be moved; name its commit instead',
  },
  query: requirements.all(),
  check(requirement: Requirement, { report, text }) {
    const { kind, source, url = '', revision, range } = requirement;
    if (source === 'lock') return;
    const repository = shortName(url);
    if (kind === 'url' && BRANCH_ARCHIVE.test(url)) {
      report(range, 'branch', { repository, revision: /([^/]+?)(?:\.zip|\.tar\.gz)?$/.exec(url)?.[1] ?? 'a branch' });
    }
    if (kind !== 'vcs' || repository === '' || /^(?:file:|git\+file:)/.test(url)) return;
    const fix = [
      'Name a commit',
      'placeholder',
      commitEdits(requirement, text),
      'all characters of the commit',
    ] as const;
    const shown = { repository, revision: revision?.slice(0, 40) ?? '' };
    if (revision === undefined) report(range, 'noRevision', { repository }).fix(...fix);
    else if (COMMIT.test(revision) || /[${}]/.test(revision)) return;
    else if (RELEASE.test(revision))
      report(range, 'tag', shown)
        .severity('info')
        .fix(...fix);
    else report(range, 'branch', shown).fix(...fix);
  },
  examples: [
    {
      path: 'requirements.txt',
      bad: 'numpy==2.3.5\n«git+https://github.com/huggingface/transformers.git»\n',
      message: 'noRevision',
      good: 'numpy==2.3.5\ngit+https://github.com/huggingface/transformers.git@2f1cc0b7ab7d9b8d04a0a2a9e9a6f0e6c2a3f6b1\n',
      fill: ['2f1cc0b7ab7d9b8d04a0a2a9e9a6f0e6c2a3f6b1'],
    },
    {
      path: 'requirements.txt',
      bad: '«skrub @ git+https://github.com/skrub-data/skrub.git@main»\n',
      message: 'branch',
      good: 'skrub @ git+https://github.com/skrub-data/skrub.git@2f1cc0b7ab7d9b8d04a0a2a9e9a6f0e6c2a3f6b1\n',
      fill: ['2f1cc0b7ab7d9b8d04a0a2a9e9a6f0e6c2a3f6b1'],
    },
    {
      path: 'environment.yml',
      bad: 'channels: [conda-forge]\ndependencies:\n  - pip:\n      - «git+https://github.com/openai/CLIP.git@v1.0»\n',
      message: 'tag',
      good: 'channels: [conda-forge]\ndependencies:\n  - pip:\n      - git+https://github.com/openai/CLIP.git@a1d071733d7111c9c014f024669f959182114e33\n',
      fill: ['a1d071733d7111c9c014f024669f959182114e33'],
    },
    {
      path: 'requirements.txt',
      good: 'git+https://github.com/openai/CLIP.git@a1d0717\n',
      because: 'a commit is named, if in short',
    },
    { path: 'requirements.txt', good: '-e .\n../libraries/features\n', because: 'local paths' },
    {
      path: 'requirements.txt',
      good: 'https://download.pytorch.org/whl/cu126/torch-2.7.1-cp311-cp311-linux_x86_64.whl\n',
      because: 'an archive of a release',
    },
    {
      path: 'poetry.lock',
      good: '[[package]]\nname = "clip"\nversion = "1.0"\n[package.source]\ntype = "git"\nurl = "https://github.com/openai/CLIP.git"\nreference = "main"\n',
      because: 'a lock file',
    },
  ],
});

/** Writes a commit behind the address of a repository; none where it does not stand in one piece. */
function commitEdits({ range, revision }: Requirement, text: string): TextEdit[] {
  const [found] = text.slice(range.start, range.end).matchAll(/git\+\w+:\/\/[^\s;#"',]+/g);
  const address = found?.[0] ?? '';
  const end = range.start + (found?.index ?? 0) + address.length;
  if (address === '' || (revision !== undefined && !address.endsWith(`@${revision}`))) return [];
  const start = revision === undefined ? end : end - revision.length - 1;
  return edit.replace({ start, end }, `@${placeholder('commit')}`);
}

/** `owner/name` of a repository URL, for messages. */
function shortName(url: string): string {
  const path = url
    .replace(/[#?].*$/s, '')
    .replace(/^\w+\+/, '')
    .replace(/^\w+:\/\/(?:[^/@]*@)?[^/]+\//, '')
    .replace(/^[^/@:]+@[^:/]+[:/]/, '');
  return path
    .replace(/@[^/@]*$/, '')
    .replace(/\.git$/, '')
    .split('/')
    .slice(0, 2)
    .join('/')
    .slice(0, 50);
}
