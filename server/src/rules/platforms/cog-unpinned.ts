import {
  type CommandFact,
  type ConfigEntry,
  child,
  commands,
  config,
  defineRule,
  installCommand,
  type RuleContext,
  text as textOf,
} from '../../engine/index.js';
import { isOpen } from '../_open-version.js';
import { gradeOpen, levelOf, openPackages } from '../_python-packages.js';

/** A download whose output goes to an interpreter in the same line. */
const PIPED =
  /\b(?:curl|wget)\b[^|;&\n]{0,400}\|\s*(?:sudo\s+(?:-\w+\s+)*)?(?:\/(?:usr\/)?bin\/)?(?:env\s+)?(?:ba|z|da|k)?sh\b|\b(?:curl|wget)\b[^|;&\n]{0,400}\|\s*(?:sudo\s+)?python3?\b/;

const messages = {
  noVersion:
    '`{name}` has no version, so each build of the model may take another release; pin the one that was tested',
  range: '`{name}` is left open by `{specifier}`: each build may take another release; pin the one that was tested',
  noCommit: '`{name}` is installed from the tip of its default branch at each build; name a commit behind `@`',
  piped: 'The build runs what `{host}` answers at that moment; download a fixed version and check its digest',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'The image of a Cog model is built from what is newest.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-829',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://github.com/replicate/cog/blob/main/docs/yaml.md',
  ],
  docs: {
    why: 'The weights stay and the code around them moves: the next `cog push` serves the same model with another tokenizer, or with a package whose maintainer lost an account, and the page of the model shows the same name.',
    instead:
      'Write `package==version` for each package, as Cog’s own documentation does, and download tools at a fixed version with a digest that is checked.',
    fixSafety:
      'The version found in a lock file or pin of the workspace may be older than what is installed today, so the fix is offered for review. Where none is found, the fix leaves a place for one.',
    limits:
      'Packages are those of the list and of commands of the build. A name without a version is a warning, a repository without a commit as well, an open range information, a bounded range a hint. A `python_requirements` file is judged as the file it is; files and system packages are not looked at.',
    ignoreWhen: 'The model is a demonstration that is never built again.',
  },
  messages,
  query: [
    commands.named('pip', 'pip3', 'python', 'python3', 'uv'),
    config.entries(['cog'], 'build.python_packages'),
    config.entries(['cog'], 'build.run.*'),
    config.entries(['cog'], 'build.pre_install.*'),
  ],
  check(entry: ConfigEntry | CommandFact, context) {
    if (entry.kind === 'command') checkInstall(entry, context);
    else if (entry.key === 'python_packages') checkPackages(entry, context);
    else checkCommand(entry.kind === 'map' ? child(entry, 'command') : entry, context);
  },
  examples: [
    {
      path: 'cog.yaml',
      bad: 'build:\n  gpu: true\n  python_version: "3.11"\n  run:\n    - pip install «git+https://github.com/example-lab/upscale.git»\npredict: predict.py:Predictor\n',
      message: 'noCommit',
      good: 'build:\n  gpu: true\n  python_version: "3.11"\n  run:\n    - pip install git+https://github.com/example-lab/upscale.git@799c17aef2a475641fb70d68a6992de4fc325ce4\npredict: predict.py:Predictor\n',
      byHand: true,
    },
    {
      path: 'cog.yaml',
      bad: 'build:\n  gpu: true\n  python_packages:\n    - torch==2.7.1\n    - «"diffusers"»  # newest\npredict: "predict.py:Predictor"\n',
      message: 'noVersion',
      good: 'build:\n  gpu: true\n  python_packages:\n    - torch==2.7.1\n    - "diffusers==0.35.2"  # newest\npredict: "predict.py:Predictor"\n',
      files: { 'uv.lock': '[[package]]\nname = "diffusers"\nversion = "0.35.2"\n' },
    },
    {
      path: 'cog.yaml',
      bad: 'build: {python_version: "3.11", python_packages: [«transformers>=4.40», torch==2.7.1]}\npredict: "predict.py:Predictor"\n',
      message: 'range',
      good: 'build: {python_version: "3.11", python_packages: [transformers==4.57.1, torch==2.7.1]}\npredict: "predict.py:Predictor"\n',
      files: { 'requirements.txt': 'transformers==4.57.1\n' },
    },
    {
      path: 'cog.yaml',
      bad: 'build:\n  gpu: true\n  run:\n    - «curl -fsSL https://get.example.com/install.sh | bash»\npredict: "predict.py:Predictor"\n',
      message: 'piped',
    },
    {
      path: 'cog.yaml',
      bad: 'build:\n  gpu: true\n  python_packages:\n    - torch==2.7.1\n    - «uvicorn[standard] ; python_version > "3.10"»\npredict: "predict.py:Predictor"\n',
      message: 'noVersion',
      good: 'build:\n  gpu: true\n  python_packages:\n    - torch==2.7.1\n    - uvicorn[standard]==0.38.0 ; python_version > "3.10"\npredict: "predict.py:Predictor"\n',
      files: { 'requirements.txt': 'uvicorn==0.38.0\n' },
    },
    {
      path: 'cog.yaml',
      bad: 'build: {python_version: "3.11", python_packages: ["torch==2.7.1", «"safetensors>=0.4"»]}\npredict: "predict.py:Predictor"\n',
      message: 'range',
      good: 'build: {python_version: "3.11", python_packages: ["torch==2.7.1", "safetensors==0.6.2"]}\npredict: "predict.py:Predictor"\n',
      fill: ['0.6.2'],
    },
    {
      path: 'cog.yaml',
      good: 'build:\n  gpu: true\n  python_packages: ["torch==2.7.1", "uvicorn[standard]==0.38.0"]\npredict: "predict.py:Predictor"\n',
      because: 'each package has its version',
    },
    {
      path: 'cog.yaml',
      good: 'build:\n  gpu: true\n  python_requirements: requirements.txt\npredict: "predict.py:Predictor"\n',
      because: 'the requirements file is judged itself',
    },
    {
      path: 'cog.yaml',
      good: 'build:\n  gpu: true\n  run:\n    - curl -o /usr/local/bin/pget -L https://github.com/replicate/pget/releases/download/v0.8.2/pget && chmod +x /usr/local/bin/pget\npredict: "predict.py:Predictor"\n',
      because: 'a file of a fixed version, that no shell runs while it is downloaded',
    },
  ],
});

function checkPackages(list: ConfigEntry, context: Context): void {
  for (const open of openPackages(list)) {
    const { entry, specifier } = open;
    const name = open.name.slice(0, 30);
    const finding =
      specifier === ''
        ? context.report(entry.valueRange, 'noVersion', { name })
        : context.report(entry.valueRange, 'range', { name, specifier: specifier.slice(0, 20) });
    gradeOpen(finding, open, context);
  }
}

function checkCommand(entry: ConfigEntry | undefined, { report }: Context): void {
  const command = textOf(entry);
  if (entry === undefined || command === undefined || !PIPED.test(command)) return;
  const host = /https?:\/\/([\w.-]+)/.exec(PIPED.exec(command)![0])?.[1];
  if (host !== undefined) report(entry.valueRange, 'piped', { host: host.slice(0, 40) });
}

/** What a command of the build installs; in other files the commands belong to other rules. */
function checkInstall({ command, origin }: CommandFact, { report, facts }: Context): void {
  const install = origin === 'config' && facts?.formats[0]?.id === 'cog' ? installCommand(command) : undefined;
  if (install === undefined || install.options.some(({ name }) => name === '--constraint' || name === '--no-index'))
    return;
  for (const one of install.requirements) {
    if (one.kind === 'vcs' && one.revision === undefined && one.url !== undefined && !/[${}]/.test(one.url))
      report(one.range, 'noCommit', { name: repositoryOf(one.url) });
    if (!isOpen(one)) continue;
    const name = (one.name ?? '').slice(0, 30);
    const { specifier } = one;
    const finding =
      specifier === ''
        ? report(one.range, 'noVersion', { name })
        : report(one.range, 'range', { name, specifier: specifier.slice(0, 20) });
    finding.severity(levelOf(specifier));
  }
}

/** The last two parts of an address: owner and repository. */
function repositoryOf(url: string): string {
  const parts = url
    .replace(/[#?].*$/, '')
    .replace(/(?:\.git)?\/*$/, '')
    .split('/');
  return parts.slice(-2).join('/').slice(0, 40);
}
