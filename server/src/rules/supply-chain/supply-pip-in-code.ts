import { isTestFile } from '../../base/test-files.js';
import {
  type CallFact,
  type CommandFact,
  commands,
  defineRule,
  installCommand,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { allows } from '../../engine/versions.js';
import { isPublicIndex } from '../../knowledge/package-indexes.js';
import { isForeign } from '../_by-origin.js';
import { isForDevelopment, versionFixedElsewhere } from '../_lock-files.js';
import { firmness, isOpen, pin } from '../_open-version.js';
import { LIST_CALLS, type WordList, withoutOption, wordList } from './_pip-calls.js';

const COMMIT = /^[0-9a-f]{7,40}$/;

const messages = {
  installs: 'The program installs {names} without an exact version while it runs; pin what was tested',
  branch: 'The program installs `{repository}` without a commit while it runs; name one behind `@`',
  extraIndex: '`--extra-index-url` lets a stranger on PyPI answer for your package names; use `--index-url`',
  trustedHost: '`--trusted-host` takes packages from `{host}` without checking its certificate; remove it',
  chosen: 'The package that is installed comes from {source}, and installing runs its code; use a fixed list',
} as const;
type Context = RuleContext<typeof messages>;
type Command = CommandFact['command'];

export default defineRule({
  summary: 'Code installs packages while it runs, unpinned or from a source that is not checked.',
  stages: ['data-collection', 'preprocessing', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-1357',
    'CWE-427',
    'CWE-494',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://pip.pypa.io/en/stable/cli/pip_install/',
  ],
  docs: {
    why: 'A training script that runs `pip install -U` picks up the release of this very minute on every node, with the keys of the cluster around it. When ultralytics 8.3.41 was published with a miner inside, such scripts had it within the hour, and no lock file knew of it.',
    instead:
      'Install from a lock file before the program starts; where code has to install, name exact versions and one index of your own.',
    fixSafety:
      'The version that the workspace names may be older than the one installed today, and a host without a valid certificate is refused once it is checked, so the fixes are offered for review.',
    limits:
      'Unpinned packages in the cells of a notebook are left to `req-unpinned`, repositories there to `req-git-no-rev`. Requirements files, local paths, pip itself, indexes that projects publish their own packages on, and words that are not known are silent. Bounded versions, notebooks and tests are information.',
    ignoreWhen: 'The script only prepares a machine that is thrown away.',
  },
  messages,
  words: ['pip'],
  query: [commands.named('pip', 'pip3', 'uv'), python.calls(...Object.keys(LIST_CALLS))],
  check(fact, context) {
    if (fact.kind === 'command') {
      if (fact.origin !== 'python' && fact.origin !== 'notebook') return;
      if (fact.origin === 'python') checkPackages(fact.command, context);
      checkOptions(fact.command, context);
      return;
    }
    const list = wordList(fact as CallFact, context.python);
    if (list === undefined) return;
    if (!list.named) {
      checkPackages(list.command, context);
      checkOptions(list.command, context);
    }
    checkChosen(list, context);
  },
  examples: [
    {
      bad: 'import os\nos.system("pip install -U «ultralytics»")\n',
      message: 'installs',
      good: 'import os\nos.system("pip install -U ultralytics==8.3.40")\n',
      given: { ultralytics: '8.3.40' },
    },
    {
      bad: 'import subprocess\nimport sys\nsubprocess.check_call([sys.executable, "-m", "pip", "install", "«gfpgan»"])\n',
      message: 'installs',
    },
    {
      bad: 'from subprocess import run\nrun(["pip", "install", "«git+https://github.com/openai/CLIP.git»"])\n',
      message: 'branch',
    },
    {
      bad: 'import os\nos.system("pip install scorer==1.4 «--extra-index-url https://pypi.bank.example/simple»")\n',
      message: 'extraIndex',
      good: 'import os\nos.system("pip install scorer==1.4 --index-url https://pypi.bank.example/simple")\n',
      byHand: true,
    },
    {
      bad: 'import os\nos.system("pip install «--trusted-host pypi.bank.example» scorer==1.4")\n',
      message: 'trustedHost',
      good: 'import os\nos.system("pip install scorer==1.4")\n',
    },
    {
      bad: 'from subprocess import run\nrun(["pip", "install", "scorer==1.4", «"--trusted-host", "pypi.bank.example"»])\n',
      message: 'trustedHost',
      good: 'from subprocess import run\nrun(["pip", "install", "scorer==1.4"])\n',
    },
    {
      bad: 'import subprocess\nimport requests\nname = requests.get(url, timeout=30).json()["package"]\nsubprocess.run(["pip", "install", «name»])\n',
      message: 'chosen',
    },
    { good: 'import os\nos.system("pip install scorer==1.4")\n', because: 'an exact version' },
    { good: 'import os\nos.system("pip install -r requirements.txt")\n', because: 'the file is judged itself' },
    {
      good: 'import subprocess\nsubprocess.run(["pip", "install", "-e", "."])\n',
      because: 'the project itself',
    },
    {
      good: 'import os\nos.system("pip install torch==2.7.1 --extra-index-url https://download.pytorch.org/whl/cu126")\n',
      because: 'the index of PyTorch, with its packages only',
    },
    {
      good: 'import subprocess\n\ndef add(name):\n    subprocess.run(["pip", "install", name])\n',
      because: 'nothing is known of the name',
    },
    { good: 'print("run: pip install ultralytics")\n', because: 'a text, not a command' },
  ],
});

/** Notebooks, tests and helpers of development are experiments. */
function isExperiment({ path }: Context): boolean {
  return path.endsWith('.ipynb') || isTestFile(path) || isForDevelopment(path);
}

function checkPackages(command: Command, context: Context): void {
  const install = installCommand(command);
  if (install === undefined || (install.tool !== 'pip' && install.tool !== 'uv')) return;
  if (install.options.some(({ name }) => name === '--constraint' || name === '--require-hashes')) return;
  for (const { kind, revision, url = '', range } of install.requirements) {
    if (kind !== 'vcs' || /[${}]/.test(url + (revision ?? '')) || COMMIT.test(revision ?? '')) continue;
    const repository = url.replace(/^git\+/, '').replace(/^\w+:\/\/(?:[^/@]*@)?/, '');
    const finding = context.report(range, 'branch', { repository: repository.slice(0, 40) });
    if (isExperiment(context) || /^v?\d+(?:\.\d+)+/.test(revision ?? '')) finding.severity('info');
  }
  const open = install.requirements.filter(isOpen);
  const [first] = open;
  if (first === undefined) return;
  const names = [...new Set(open.map(({ name }) => `\`${name!.slice(0, 30)}\``))];
  const finding = context.report(first.range, 'installs', {
    names: names.length > 2 ? `${names[0]} and ${names.length - 1} more` : names.join(' and '),
  });
  const bounded = open.every(({ specifier }) => firmness(specifier) === 2);
  if (bounded || isExperiment(context)) finding.severity('info');
  const pins = open.map((requirement) => {
    const fixed = versionFixedElsewhere(requirement.name!, requirement.range, context);
    const fits = fixed !== undefined && allows(requirement.specifier, fixed.exact);
    return fits ? pin(requirement, fixed.exact, context.text) : [];
  });
  if (pins.every((edits) => edits.length > 0))
    finding.fix(
      'Pin the versions the workspace names',
      'review',
      pins.flat(),
      'they may be older than those installed today',
    );
}

function checkOptions(command: Command, context: Context): void {
  const install = installCommand(command);
  if (install === undefined) return;
  for (const { name, value, range } of install.options) {
    if (/[${}]/.test(value) || value === '') continue;
    if (name === '--trusted-host') {
      const finding = context.report(range, 'trustedHost', { host: value.slice(0, 40) });
      if (isExperiment(context)) finding.severity('info');
      finding.fix(
        'Remove `--trusted-host`',
        'review',
        withoutOption(context.text, range, name),
        'a host without a valid certificate is refused',
      );
    }
    // uv takes a package from the first index that has its name.
    if (name === '--extra-index-url' && install.tool === 'pip' && !isPublicIndex(value)) {
      const finding = context.report(range, 'extraIndex');
      if (isExperiment(context)) finding.severity('info');
    }
  }
}

/** Words of the command that somebody other than the operator chose. */
function checkChosen({ command, items }: WordList, context: Context): void {
  if (!command.words.some(({ text }) => text === 'pip') || !command.words.some(({ text }) => text === 'install'))
    return;
  for (const item of items) {
    if (item.kind === 'string') continue;
    const origin = context.python.origin(item.kind === 'star' ? item.inner : item);
    if (!isForeign(origin)) continue;
    const finding = context.report(item.range, 'chosen', { source: origin.description });
    finding.severity('error');
    for (const step of origin.trail) finding.related(step.range, step.message);
    return;
  }
}
