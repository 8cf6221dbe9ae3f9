import type { Range } from '../../base/range.js';
import {
  type CommandFact,
  type ConfigEntry,
  commands,
  config,
  defineRule,
  edit,
  installCommand,
  placeholder,
  type RuleContext,
  type TextFact,
  text as textOf,
  texts,
} from '../../engine/index.js';

/** Addresses of one file of a repository, with the revision they name. */
const HOSTED: readonly RegExp[] = [
  /^https?:\/\/raw\.githubusercontent\.com\/([\w.-]+\/[\w.-]+)\/(refs\/heads\/[^/]+|[^/]+)\//i,
  /^https?:\/\/(?:www\.)?github\.com\/([\w.-]+\/[\w.-]+)\/raw\/(refs\/heads\/[^/]+|[^/]+)\//i,
  /^https?:\/\/[\w.-]*gitlab[\w.-]*\/([\w./-]+?)\/(?:-\/)?raw\/([^/]+)\//i,
  /^https?:\/\/bitbucket\.org\/([\w.-]+\/[\w.-]+)\/raw\/([^/]+)\//i,
  /^https?:\/\/huggingface\.co\/((?:spaces\/|datasets\/)?[\w.-]+\/[\w.-]+)\/(?:raw|resolve)\/([^/]+)\//i,
];
const BRANCH =
  /^(?:refs\/heads\/.+|main|master|develop|development|dev|trunk|HEAD|stable|latest|nightly|(?:\w+-)?(?:main|master))$/;
const LINE = /^(-r|-c|--requirement|--constraint)(?:\s*=\s*|\s+)["']?([^\s"']+)/;

/** Lists of shell lines that the nodes of a Ray or Anyscale cluster run when they start. */
const RAY_COMMANDS = [
  'setup_commands',
  'head_setup_commands',
  'worker_setup_commands',
  'initialization_commands',
  'post_build_cmds',
];

const messages = {
  list: 'The packages to install are read from the branch `{branch}` of `{repository}`; name a commit or copy the file',
  constraints: 'The versions are read from the branch `{branch}` of `{repository}`; name a commit or copy the file',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'What is installed is read from a branch of a remote repository.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-829',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-r',
  ],
  docs: {
    why: 'The next commit to that branch decides what runs at the next start of the cluster: a line `helper @ https://…` is enough, and pip runs the code of what it names. The nodes that install it hold the training data and the keys of the bucket.',
    instead:
      'Copy the file into the project, where a change is reviewed, or put the full commit into the address instead of the branch.',
    fixSafety: 'The commit has to be looked up in the repository, so the fix leaves a place for it.',
    limits:
      'Branches are told by their usual names; tags and commits stay silent, and so do addresses outside of repositories and those with variables. Constraints, which install nothing by themselves, notebooks and Python code are warnings.',
    ignoreWhen: 'The repository is your own and its branch is protected.',
  },
  messages,
  words: ['://'],
  query: [
    commands.named('pip', 'pip3', 'uv'),
    texts.any(),
    ...RAY_COMMANDS.map((key) => config.entries('any', `${key}.*`)),
  ],
  check(fact: CommandFact | TextFact | ConfigEntry, context) {
    if (fact.kind === 'command') {
      for (const { name, value, range } of installCommand(fact.command)?.options ?? [])
        judge(name, value, range, context);
      return;
    }
    if (fact.kind !== 'text') {
      const line = /\bpip3?\s+install\b.{0,400}?\s(-r|-c|--requirement|--constraint)(?:\s+|=)["']?([^\s"']+)/.exec(
        textOf(fact) ?? '',
      );
      if (line !== null) judge(line[1]!, line[2]!, fact.valueRange, context);
      return;
    }
    const { language } = context;
    if (language !== 'requirements' && !(language === 'yaml' && fact.name === undefined)) return;
    const line = LINE.exec(fact.text);
    if (line !== null) judge(line[1]!, line[2]!, fact.range, context);
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: 'FROM rayproject/ray:2.52.0\nRUN pip install «-r https://raw.githubusercontent.com/nimbus/jobs/main/requirements.txt»\n',
      message: 'list',
      good: 'FROM rayproject/ray:2.52.0\nRUN pip install -r https://raw.githubusercontent.com/nimbus/jobs/2f1cc0b7ab7d9b8d04a0a2a9e9a6f0e6c2a3f6b1/requirements.txt\n',
      fill: ['2f1cc0b7ab7d9b8d04a0a2a9e9a6f0e6c2a3f6b1'],
    },
    {
      path: 'requirements.txt',
      bad: '«-c https://github.com/apache/airflow/raw/constraints-main/constraints-3.11.txt»\napache-airflow==2.10.5\n',
      message: 'constraints',
      good: '-c https://github.com/apache/airflow/raw/constraints-2.10.5/constraints-3.11.txt\napache-airflow==2.10.5\n',
      fill: ['constraints-2.10.5'],
    },
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pip install «--requirement=https://gitlab.com/nimbus/ml/jobs/-/raw/master/requirements.txt»\n',
      message: 'list',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.11-slim\nRUN pip install -r https://raw.githubusercontent.com/nimbus/jobs/v1.4.2/requirements.txt\n',
      because: 'a release',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.11-slim\nRUN pip install -r https://raw.githubusercontent.com/nimbus/jobs/${REV}/requirements.txt\n',
      because: 'the revision is set from outside',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.11-slim\nRUN curl -fsSLO https://raw.githubusercontent.com/nimbus/jobs/main/README.md && pip install -r requirements.txt\n',
      because: 'the list of packages is a local file',
    },
    {
      path: 'requirements.txt',
      good: '# see https://raw.githubusercontent.com/nimbus/jobs/main/requirements.txt\n-r base.txt\n',
      because: 'a comment and a local file',
    },
  ],
});

function judge(option: string, address: string, range: Range, context: Context): void {
  const constraints = option === '-c' || option === '--constraint';
  if ((!constraints && option !== '-r' && option !== '--requirement') || /[${}<>]/.test(address)) return;
  const match = HOSTED.map((pattern) => pattern.exec(address)).find((found) => found !== null);
  if (match === undefined || match === null || !BRANCH.test(match[2]!)) return;
  const values = { branch: match[2]!.replace(/^refs\/heads\//, '').slice(0, 30), repository: match[1]!.slice(0, 40) };
  const finding = context.report(range, constraints ? 'constraints' : 'list', values);
  if (constraints || context.language === 'python' || context.language === 'notebook') finding.severity('warning');
  const start = context.text.indexOf(address, range.start) + match[0].length - 1 - match[2]!.length;
  if (start > range.end || context.text.slice(start, start + match[2]!.length) !== match[2]) return;
  finding.fix(
    'Name a release or commit',
    'placeholder',
    edit.replace({ start, end: start + match[2].length }, placeholder('commit')),
  );
}
