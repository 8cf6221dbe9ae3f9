import type { ShellCommand } from '../facts/shell/command.js';
import type { CheckRun } from './check-run.js';
import type { CommandFact } from './query.js';

/** Words that run the command behind them. */
const WRAPPERS: ReadonlySet<string> = new Set(['sudo', 'env', 'exec', 'nohup', 'time', 'poetry', 'pipenv', 'uv', 'run', 'conda', 'python', 'python3', '-m', 'nice', 'xargs']);

/** Index of the first word that is the program itself: behind `sudo`, `env`, `poetry run`, `python -m`. */
export function programIndex(command: ShellCommand): number {
  let index = 0;
  while (index < command.words.length && (WRAPPERS.has(baseName(command.words[index]!.text)) || command.words[index]!.text.includes('='))) index++;
  return index < command.words.length ? index : 0;
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
      if (commandMatches(command, query.names)) run.invoke(rule, { kind: 'command', command, origin, range: command.range } satisfies CommandFact);
    }
  }
}
