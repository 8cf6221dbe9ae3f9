import { type CommandFact, commands, defineRule, programIndex } from '../../engine/index.js';
import { isDevelopmentContainer } from './_stages.js';

/** Options of `git clone` with their value in the next word (https://git-scm.com/docs/git-clone). */
const WITH_VALUE =
  /^(?:-[bcjou]|--(?:branch|config|depth|jobs|origin|upload-pack|reference|reference-if-able|template|separate-git-dir|server-option|shallow-since|shallow-exclude|filter|revision|bundle-uri|ref-format))$/;
const RELEASE = /^(?:refs\/tags\/|tags\/)?(?:[a-z]\w{0,60}[-_/])?(?:v|release[-/]?)?\d+[.\-_]\d[\w.+-]*$/i;
const BRANCHES = 'main|master|develop|development|dev|trunk|HEAD';
/** A later command that leaves the tip of the branch. */
const CHECKOUT = new RegExp(
  String.raw`\bgit\s+(?:-C\s+\S+\s+)?(?:checkout|reset|switch)\s+(?:-\S+\s+)*(?!(?:origin\/)?(?:${BRANCHES})\b|-|&&|;|\\?\r?\n)[\w$"'{/.]`,
);

export default defineRule({
  summary: 'A Dockerfile clones a repository without a commit.',
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
    'https://git-scm.com/docs/git-clone',
  ],
  docs: {
    why: 'Training images clone research code: a model repository, custom CUDA kernels, a fork. Each build takes the last push, so the same Dockerfile trains with other code next month, and a stolen account of one author is enough to run code in the image that holds the data and the keys.',
    instead:
      'Check out a full commit after the clone, `git checkout <40 characters>`, or add the repository with `ADD https://…/project.git#<commit>`.',
    fixSafety: 'There is no fix: the commit has to be looked up in the repository.',
    limits:
      'A checkout between the clone and the next one, or behind the name of its folder, counts for it unless it names a usual branch. Tags that look like releases are information only: they can be moved, but rarely are. Clones in development containers are information too. Repositories and revisions in variables and local paths are taken as given.',
    ignoreWhen: 'The repository is your own, its branch is protected, and the image records the commit.',
  },
  messages: {
    noRevision: '`{repository}` is cloned at the tip of its default branch; check out a commit',
    branch: '`{repository}` is cloned at `{revision}`, which moves with every push; check out a commit',
    tag: '`{repository}` is cloned at the tag `{revision}`, which can be moved; check out its commit',
  },
  query: commands.named('git'),
  check({ command, origin }: CommandFact, { report, text, path }) {
    if (origin !== 'dockerfile') return;
    const clone = cloneOf(command);
    if (clone === undefined || isCheckedOut(text, command.range.end, clone.folder)) return;
    const { repository, revision, range } = clone;
    const milder = isDevelopmentContainer(path);
    const shown = revision?.slice(0, 30) ?? '';
    if (revision === undefined) report(range, 'noRevision', { repository }).severity(milder ? 'info' : 'warning');
    else if (/^[0-9a-f]{40}$|[${}]/.test(revision)) return;
    else if (RELEASE.test(revision)) report(range, 'tag', { repository, revision: shown }).severity('info');
    else report(range, 'branch', { repository, revision: shown }).severity(milder ? 'info' : 'warning');
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13\nRUN git clone «https://github.com/NVIDIA/apex» && cd apex && pip install -v .\n',
      message: 'noRevision',
      good: 'FROM python:3.13\nRUN git clone https://github.com/NVIDIA/apex && cd apex && git checkout 2f1cc0b7ab7d9b8d04a0a2a9e9a6f0e6c2a3f6b1 && pip install -v .\n',
      byHand: true,
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13\nRUN git clone --depth 1 -b api «https://github.com/bank/webui.git» /opt/webui\n',
      message: 'branch',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.13\nRUN git clone --branch v0.9.2 «https://github.com/facebookresearch/fastText.git»\n',
      message: 'tag',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13\nARG REVISION\nRUN git clone https://github.com/bank/features && git -C features checkout $REVISION\n',
      because: 'the revision is an argument of the build',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13\nRUN git clone -b ${IBIS_VERSION} --single-branch https://github.com/ibis-project/ibis\n',
      because: 'what is cloned is chosen outside',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13\nRUN git clone ./vendor/kernels /src/kernels && git config --global advice.detachedHead false\n',
      because: 'a local path, and another command of git',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.13\nRUN git clone $REPOSITORY /src\n',
      because: 'the repository is not known',
    },
  ],
});

function cloneOf(
  command: CommandFact['command'],
):
  | { repository: string; revision: string | undefined; range: { start: number; end: number }; folder: string }
  | undefined {
  const words = command.words.slice(programIndex(command) + 1);
  let at = 0;
  while (/^-/.test(words[at]?.text ?? '')) at += /^-[cC]$/.test(words[at]!.text) ? 2 : 1;
  if (words[at]?.text !== 'clone') return undefined;
  let revision: string | undefined;
  const rest: typeof words = [];
  for (at++; at < words.length; at++) {
    const { text } = words[at]!;
    const [name = '', value] = /^(--[\w-]+)=(.*)$/s.exec(text)?.slice(1) ?? [text];
    const taken = value ?? (WITH_VALUE.test(name) ? words[++at]?.text : undefined);
    if (name === '-b' || name === '--branch' || name === '--revision') revision = taken;
    else if (!text.startsWith('-')) rest.push(words[at]!);
  }
  const [source, folder] = rest;
  // A user or token in front of the host is often a variable; the repository behind it is known all the same.
  const address = source?.text.replace(/^(\w+:\/\/)[^/@]*@/, '$1') ?? '';
  if (source === undefined || !/^(?:https?:\/\/|git:\/\/|ssh:\/\/|[\w.-]+@[\w.-]+:)[^$]/.test(address))
    return undefined;
  const path = address
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split(/[/:]/);
  if (/[${}]/.test(path.slice(-2).join('/'))) return undefined;
  const repository = path.slice(-2).join('/').slice(0, 50);
  const into = (folder?.text ?? path.at(-1)!).replace(/\/+$/, '');
  return { repository, revision, range: source.range, folder: into.slice(into.lastIndexOf('/') + 1) };
}

/** Whether the rest of the stage checks out a revision in the clone. */
function isCheckedOut(text: string, from: number, folder: string): boolean {
  const after = text.slice(from, from + 20_000);
  const stage = after.slice(0, /^[ \t]*FROM\s/im.exec(after)?.index);
  const next = /\bgit\s+clone\b/.exec(stage)?.index;
  if (CHECKOUT.test(stage.slice(0, next))) return true;
  let at = stage.indexOf(folder, next);
  for (let seen = 0; at >= 0 && folder !== '' && seen < 20; seen++) {
    const near = stage.slice(at, at + 200);
    if (CHECKOUT.test(near.slice(0, /\bgit\s+clone\b/.exec(near)?.index))) return true;
    at = stage.indexOf(folder, at + 1);
  }
  return false;
}
