import { commandsOfWords } from '../dockerfile/shell.js';
import { innerRange } from '../requirements/declared.js';
import type { ShellCommand, ShellWord } from '../shell/command.js';
import { readShell } from '../shell/read.js';
import { type ConfigEntry, type ConfigFacts, child, descendants, items } from './entry.js';

/** Keys whose value is a shell command, whatever the format: DVC, MLproject, workflows, CI, compose, Kubernetes. */
const COMMAND_KEYS: ReadonlySet<string> = new Set(['cmd', 'command', 'run', 'script', 'entrypoint']);

/** Commands written in a config document. Linear in its entries. */
export function commandsInConfig(facts: ConfigFacts, text: string): ShellCommand[] {
  const found: ShellCommand[] = [];
  for (const root of facts.roots) {
    for (const entry of descendants(root)) {
      if (entry.key === undefined || !COMMAND_KEYS.has(entry.key)) continue;
      if (entry.kind === 'scalar') found.push(...ofScalar(entry, text));
      else if (entry.kind === 'list') found.push(...ofList(entry, text));
    }
  }
  return found;
}

function ofScalar(entry: ConfigEntry, text: string): ShellCommand[] {
  if (typeof entry.value !== 'string') return [];
  const range = innerRange(entry);
  if (text.slice(range.start, range.end) === entry.value) return readShell(entry.value, range.start);
  const commands = readShell(entry.value, 0);
  return inBlock(entry, commands, text) ?? commands.map((command) => placedOn(command, entry.valueRange));
}

/**
 * The commands of a `|` block where they stand. Shells do not care for the indentation that YAML takes away, except in
 * here-documents: undefined where the text with it reads as other commands.
 */
function inBlock(
  { style, valueRange }: ConfigEntry,
  commands: readonly ShellCommand[],
  text: string,
): ShellCommand[] | undefined {
  const source = text.slice(valueRange.start, valueRange.end);
  const head = style === 'literal' ? /^\|[^\n]*\n/.exec(source)?.[0].length : undefined;
  if (head === undefined) return undefined;
  const placed = readShell(source.slice(head), valueRange.start + head);
  const written = (all: readonly ShellCommand[]): string =>
    JSON.stringify(all.map(({ words }) => words.map((word) => word.text)));
  return written(placed) === written(commands) ? placed : undefined;
}

/** A list is one command in words (exec form, Kubernetes with `args` beside it) or one command line per item. */
function ofList(entry: ConfigEntry, text: string): ShellCommand[] {
  const list = [...items(entry), ...(entry.key === 'command' ? items(child(entry.parent, 'args')) : [])];
  const words: ShellWord[] = list.flatMap((item) =>
    item.value === null || item.value === undefined ? [] : [{ text: String(item.value), range: innerRange(item) }],
  );
  if (words.length === 0) return [];
  const lines = words.filter((word) => /\s/.test(word.text)).length;
  if (entry.key === 'script' || ((entry.key === 'cmd' || entry.key === 'run') && lines > 0))
    return items(entry).flatMap((item) => ofScalar(item, text));
  return commandsOfWords(words, text);
}

function placedOn(command: ShellCommand, range: { start: number; end: number }): ShellCommand {
  return {
    ...command,
    range,
    words: command.words.map((word) => ({ ...word, range })),
    assignments: command.assignments.map((assignment) => ({ ...assignment, range })),
  };
}
