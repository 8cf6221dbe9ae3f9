import type { Range, TextEdit } from '../../base/range.js';
import { argumentOf, type CallFact, type Expression, edit, type PythonQuestions } from '../../engine/index.js';

/** Calls that start a process from a list of words, or pip itself: where the list is passed. */
export const LIST_CALLS: Readonly<Record<string, string>> = {
  'subprocess.run': 'args',
  'subprocess.call': 'args',
  'subprocess.check_call': 'args',
  'subprocess.check_output': 'args',
  'subprocess.Popen': 'args',
  'pip.main': 'args',
  'pip._internal.main': 'args',
  'pip._internal.cli.main.main': 'args',
};

/** The words of a command that a list gives, and what stands in their places; unknown words are empty. */
export interface WordList {
  readonly command: {
    readonly words: readonly { readonly text: string; readonly range: Range }[];
    readonly range: Range;
    readonly pipedInto: undefined;
    readonly assignments: readonly [];
  };
  readonly items: readonly Expression[];
  /** The program is written out, so that the command is known without this list. */
  readonly named: boolean;
}

export function wordList(call: CallFact, py: PythonQuestions): WordList | undefined {
  const keyword = LIST_CALLS[call.name];
  const passed = keyword === undefined ? undefined : argumentOf(call, keyword, 0);
  const list = passed === undefined ? undefined : py.definition(passed.value);
  if (list?.kind !== 'list' || list.items.length === 0) return undefined;
  const words = list.items.map((item) => ({ text: textOf(item, py), range: item.range }));
  const program = call.name.startsWith('pip') ? [{ text: 'pip', range: call.calleeRange }] : [];
  const named = program.length === 0 && words[0]!.text !== '' && list.items[0]!.kind === 'string';
  return {
    command: { words: [...program, ...words], range: list.range, pipedInto: undefined, assignments: [] },
    items: list.items,
    named,
  };
}

function textOf(item: Expression, py: PythonQuestions): string {
  const value = py.value(item);
  if (value.kind === 'string') return value.value;
  return py.names(item).includes('sys.executable') ? 'python' : '';
}

/** Edits that take an option out of a command line or of a list of words; none where it is not written out there. */
export function withoutOption(text: string, { start, end }: Range, name: string): TextEdit[] {
  const quoted = /^["']/.test(text[start] ?? '');
  if (!text.startsWith(name, start + (quoted ? 1 : 0))) return [];
  if (!quoted) return edit.replace({ start: text[start - 1] === ' ' ? start - 1 : start, end }, '');
  const before = /,\s*$/.exec(text.slice(0, start));
  return before === null ? [] : edit.replace({ start: before.index, end }, '');
}
