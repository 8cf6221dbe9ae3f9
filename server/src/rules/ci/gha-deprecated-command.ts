import type { TextEdit } from '../../base/range.js';
import { type ConfigEntry, config, defineRule, text as textOf } from '../../engine/index.js';
import { placeIn } from '../_quoting.js';
import { isAction, runsInPosixShell } from './_workflow.js';

const COMMAND = /::(set-output|save-state|set-env)[ \t]+name=|::(add-path)::/gi;
/** A whole `echo` on a line: mark of the quotes, command, name, value. */
const ECHO =
  /\becho[ \t]+(["']?)::(?:(set-output|save-state|set-env)[ \t]+name=([\w-]+)|add-path)::([^\r\n]{0,2000}?)\1(?=[ \t]*(?:\r?\n|$))/gi;

const FILES: Readonly<Record<string, string>> = {
  'set-output': 'GITHUB_OUTPUT',
  'save-state': 'GITHUB_STATE',
  'set-env': 'GITHUB_ENV',
  'add-path': 'GITHUB_PATH',
};

export default defineRule({
  summary: 'A workflow talks to the runner through what it prints.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-477',
    'CWE-74',
    'CVE-2020-15228',
    'CICD-SEC-4',
    'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands',
    'https://github.blog/changelog/2022-10-11-github-actions-deprecating-save-state-and-set-output-commands/',
  ],
  overlaps: ['zizmor:insecure-commands'],
  docs: {
    why: 'Whatever a step prints can give the same command. A data set with a line `::set-output name=approved::true` decides whether the model is deployed once a job prints its rows; with unsecure commands it sets `LD_PRELOAD` for the next step.',
    instead: 'Append `name=value` to the file `$GITHUB_OUTPUT`, `$GITHUB_STATE`, `$GITHUB_ENV` or `$GITHUB_PATH`.',
    fixSafety:
      'A fixed value arrives unchanged. Variables and commands may give several lines, which the file takes in another form, so that fix is offered for review.',
    limits:
      'Commands that are written out in `run` are seen, not those of scripts. Fixes are offered for whole `echo` lines of POSIX shells.',
  },
  messages: {
    output: '`::{command}` is deprecated, since any printed line can give it too; append to `${file}`',
    environment: '`::{command}` is turned off, since any printed line could give it; append to `${file}`',
    unsecure: '`{name}` lets every printed line set variables and paths of later steps; leave it out',
  },
  query: [
    config.entries(['github-workflow'], 'jobs.*.steps.*.run'),
    config.entries(['github-workflow'], '**.env.ACTIONS_ALLOW_UNSECURE_COMMANDS'),
    config.entries('any', 'runs.steps.*.run'),
  ],
  words: ['::', 'actions_allow_unsecure_commands'],
  check(entry: ConfigEntry, { report, text, path }) {
    if (entry.key !== 'run') {
      const value = textOf(entry)?.toLowerCase();
      if (value === 'true' && entry.key !== undefined)
        report(entry.keyRange ?? entry, 'unsecure', { name: entry.key }).severity('warning');
      return;
    }
    if (entry.path[0] === 'runs' && !isAction(path)) return;
    const offset = entry.valueRange.start;
    const source = text.slice(offset, entry.valueRange.end);
    const echoes = [...source.matchAll(ECHO)];
    for (const match of source.matchAll(COMMAND)) {
      const command = (match[1] ?? match[2])!.toLowerCase();
      const range = { start: offset + match.index, end: offset + match.index + 2 + command.length };
      const off = command === 'set-env' || command === 'add-path';
      const shown = { command, file: FILES[command]! };
      const finding = off ? report(range, 'environment', shown) : report(range, 'output', shown);
      const echo = echoes.find((one) => one.index < match.index && match.index < one.index + one[0].length);
      if (echo === undefined || !runsInPosixShell(entry)) continue;
      const fix = throughFile(entry, source, echo, command);
      const title = `Append to \`$${shown.file}\``;
      if (fix.length > 0 && /^[\w./: -]*$/.test(echo[4]!)) finding.fix(title, 'safe', fix);
      else finding.fix(title, 'review', fix, 'a value of several lines needs a delimiter');
    }
  },
  examples: [
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: version\n        run: |\n          # the model of today\n          echo "«::set-output» name=model::credit-$(date +%F)"\n          make\n',
      message: 'output',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: version\n        run: |\n          # the model of today\n          echo "model=credit-$(date +%F)" >> "$GITHUB_OUTPUT"\n          make\n',
    },
    {
      path: '.github/workflows/train.yml',
      bad: "on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - {id: kind, run: echo '«::set-env» name=KIND::nightly'}\n",
      message: 'environment',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - {id: kind, run: echo \'KIND=nightly\' >> "$GITHUB_ENV"}\n',
    },
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\nenv:\n  «ACTIONS_ALLOW_UNSECURE_COMMANDS»: true # for an old action\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps: []\n',
      message: 'unsecure',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo "model=credit" >> "$GITHUB_OUTPUT"\n',
      because: 'the file',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo "::warning::slow" && echo "::add-mask::$X"\n',
      because: 'commands that remain',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\nenv:\n  ACTIONS_ALLOW_UNSECURE_COMMANDS: false\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps: []\n',
      because: 'turned off',
    },
  ],
});

/** The line with the file in place of the command; nothing where quotes or the shape of the YAML leave a doubt. */
function throughFile(entry: ConfigEntry, source: string, echo: RegExpExecArray, command: string): TextEdit[] {
  const [whole, quote = '', , name, value = ''] = echo;
  const place = placeIn(entry.style === 'plain' ? source : ` ${source.slice(1)}`, echo.index);
  if (entry.style === 'double' || (entry.style === 'single' && /''/.test(source)) || place?.quoting !== 'bare')
    return [];
  if (/::(?:set-|save-|add-)|%0A/i.test(value) || /["'][ \t]*(?:&&|\|\||[;|>])/.test(value)) return [];
  if (quote === '' && /["'\s;|&>()`#]/.test(value)) return [];
  if (quote !== '' && value.replace(/\\./g, '').includes(quote) && !/\$\(/.test(value)) return [];
  const mark = quote === '' ? '"' : quote;
  const text = command === 'add-path' ? value : `${name}=${value}`;
  const start = entry.valueRange.start + echo.index;
  const newText = `echo ${mark}${text}${mark} >> "$${FILES[command]}"`;
  return [{ range: { start, end: start + whole.length }, newText }];
}
