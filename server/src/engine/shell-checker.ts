import type { ShellCommand } from '../facts/shell/command.js';
import type { CheckRun } from './check-run.js';
import type { CommandFact } from './query.js';

/** Words that run the command behind them. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'sudo',
  'env',
  'exec',
  'nohup',
  'time',
  'python',
  'python3',
  '-m',
  'nice',
  'xargs',
]);

/** Tools that run a command of an environment; `uv pip` is pip's own command line. */
const RUNNERS: ReadonlyMap<string, string> = new Map([
  ['poetry', 'run'],
  ['pipenv', 'run'],
  ['pdm', 'run'],
  ['uv', 'run'],
  ['conda', 'run'],
  ['mamba', 'run'],
  ['micromamba', 'run'],
]);

/** Index of the first word that is the program itself: behind `sudo`, `env`, `poetry run`, `conda run -n env`, `python -m`. */
export function programIndex(command: ShellCommand): number {
  const { words } = command;
  let index = 0;
  while (index < words.length) {
    const word = baseName(words[index]!.text);
    if (RUNNERS.get(word) === words[index + 1]?.text) index = afterOptions(command, index + 2);
    else if (word === 'uv' && words[index + 1]?.text === 'pip') index++;
    else if (WRAPPERS.has(word) || words[index]!.text.includes('=')) index++;
    else break;
  }
  return index < words.length ? index : 0;
}

/** Index behind the options of `conda run` and its like. */
function afterOptions(command: ShellCommand, from: number): number {
  let index = from;
  while (command.words[index]?.text.startsWith('-') && command.words[index]!.text !== '-m') {
    index += /^(?:-n|-p|--name|--prefix|--with|--extra|--group)$/.test(command.words[index]!.text) ? 2 : 1;
  }
  return index;
}

export function commandMatches(command: ShellCommand, names: readonly string[]): boolean {
  const word = command.words[programIndex(command)];
  return word !== undefined && names.includes(baseName(word.text));
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

/** Gives the commands of a shell text to the rules that ask for them. */
export function checkCommands(run: CheckRun, commands: readonly ShellCommand[], origin: CommandFact['origin']): void {
  const subscriptions = run.index.of('command');
  if (subscriptions.length === 0) return;
  for (const command of commands) {
    for (const { rule, query } of subscriptions) {
      if (commandMatches(command, query.names))
        run.invoke(rule, { kind: 'command', command, origin, range: command.range } satisfies CommandFact);
    }
  }
}
