import type { ShellCommand } from '../shell/command.js';
import { readShell } from '../shell/read.js';
import type { DockerInstruction } from './instruction.js';

/**
 * Shell commands that a `RUN`, `CMD`, `ENTRYPOINT` or `HEALTHCHECK` instruction runs, with ranges in the Dockerfile; empty
 * for others. The exec form is one command; a script behind `sh -c` in it is read too.
 *
 * @param text the whole Dockerfile
 */
export function commandsOf(instruction: DockerInstruction, text: string): readonly ShellCommand[] {
  if (!/^(?:RUN|CMD|ENTRYPOINT|HEALTHCHECK|ONBUILD)$/.test(instruction.keyword)) return [];
  const skipped = instruction.keyword === 'HEALTHCHECK' || instruction.keyword === 'ONBUILD' ? 1 : 0;
  const words = instruction.words.slice(skipped);
  if (words.length === 0) return [];
  if (instruction.execForm) return commandsOfWords(words, text);
  const start = words[0]!.range.start;
  return readShell(withoutComments(text.slice(start, instruction.argumentRange.end)), start);
}

/** The command that a list of words is (exec form, Kubernetes `command` and `args`), and the script behind `sh -c`. */
export function commandsOfWords(words: ShellCommand['words'], text: string): ShellCommand[] {
  const first = words[0];
  if (first === undefined) return [];
  const range = { start: first.range.start, end: words.at(-1)!.range.end };
  const command: ShellCommand = { words, range, pipedInto: undefined, assignments: [] };
  const flag = words.findIndex((word, index) => index > 0 && /^-[a-z]*c$/.test(word.text));
  const script = /(?:^|\/)(?:ba|da|z|k|a)?sh$/.test(first.text) && flag > 0 ? words[flag + 1] : undefined;
  if (script === undefined) return [command];
  const { start, end } = script.range;
  const lead = text.startsWith(script.text, start)
    ? 0
    : text.startsWith(script.text, start + 1) && end - start === script.text.length + 2
      ? 1
      : undefined;
  const inner = lead === undefined ? placedWhole(script.text, script.range) : readShell(script.text, start + lead);
  return [command, ...inner.map((c) => ({ ...c, pipedInto: c.pipedInto === undefined ? undefined : c.pipedInto + 1 }))];
}

/** Commands of a script whose source is escaped: each carries the range of the whole script. */
function placedWhole(script: string, range: ShellCommand['range']): ShellCommand[] {
  return readShell(script, 0).map((command) => ({
    ...command,
    range,
    words: command.words.map(({ text }) => ({ text, range })),
    assignments: command.assignments.map((assignment) => ({ ...assignment, range })),
  }));
}

/** Comment lines between continued lines are no part of the command: blanked to equal length, line break included. */
function withoutComments(source: string): string {
  return source.replace(/^[ \t]*#[^\r\n]*(?:\r\n|\r|\n|$)/gm, (line) => ' '.repeat(line.length));
}
