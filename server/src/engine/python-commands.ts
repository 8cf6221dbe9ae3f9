import { argumentOf, type CallExpression } from '../facts/python/expression.js';
import type { ShellCommand, ShellWord } from '../facts/shell/command.js';
import { readShell } from '../facts/shell/read.js';
import type { Evaluator } from '../semantics/evaluate.js';
import type { CommandFact } from './query.js';

/** Calls that start a process, by last name: the argument that holds the command. */
export const PROCESS_CALLS: ReadonlyMap<string, string> = new Map([
  ['run', 'args'],
  ['call', 'args'],
  ['check_call', 'args'],
  ['check_output', 'args'],
  ['Popen', 'args'],
  ['system', 'command'],
  ['popen', 'cmd'],
  ['getoutput', 'cmd'],
]);

const MODULES = /^(subprocess|os|asyncio|sh)\./;

/** The commands a process call starts, as far as they are constant; undefined for calls of other libraries. */
export function commandOf(
  name: string,
  call: CallExpression,
  evaluator: Evaluator,
): readonly CommandFact[] | undefined {
  if (!MODULES.test(name)) return undefined;
  const keyword = PROCESS_CALLS.get(name.slice(name.lastIndexOf('.') + 1));
  const argument = argumentOf(call, keyword, 0);
  if (argument === undefined) return undefined;
  const value = evaluator.value(argument.value);
  const { range } = argument.value;
  const asFact = (command: ShellCommand): CommandFact => ({
    kind: 'command',
    command,
    origin: 'python',
    range: call.range,
  });
  if (value.kind === 'string') {
    const literal = argument.value.kind === 'string' && range.end - range.start === value.value.length + 2;
    if (literal) return readShell(value.value, range.start + 1).map(asFact);
    return readShell(value.value, 0).map((command) => asFact(moved(command, range)));
  }
  if (value.kind !== 'list') return undefined;
  const nodes = argument.value.kind === 'list' ? argument.value.items : [];
  const words: ShellWord[] = value.items.map((item, i) => ({
    text: item.kind === 'string' ? item.value : item.kind === 'number' ? String(item.value) : '',
    range: nodes[i]?.range ?? range,
  }));
  return [asFact({ words, range, pipedInto: undefined, assignments: [] })];
}

/** The same command with every range replaced: its text is not written as it runs. */
function moved(command: ShellCommand, range: { start: number; end: number }): ShellCommand {
  return {
    ...command,
    range,
    words: command.words.map((word) => ({ ...word, range })),
    assignments: command.assignments.map((assignment) => ({ ...assignment, range })),
  };
}
