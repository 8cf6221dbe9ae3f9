import type { Range, TextEdit } from '../../base/range.js';
import { at, type CommandFact, type ConfigEntry, items, type RuleContext, text as textOf } from '../../engine/index.js';

export type Words = CommandFact['command']['words'];
type Word = Words[number];

const EVERY_INTERFACE = /^(?:0\.0\.0\.0|::|\[::\]|0|\*)$/;

/** An option with its value in the same or the next word. */
export interface Option {
  readonly value: string;
  /** Name and value. */
  readonly range: Range;
  /** The words it is written in. */
  readonly words: Words;
}

export function isEveryInterface(host: string): boolean {
  return EVERY_INTERFACE.test(host);
}

/** The last use of an option counts; a value that starts with `-` is the next option. */
export function option(words: Words, ...names: string[]): Option | undefined {
  for (let i = words.length - 1; i >= 0; i--) {
    const word = words[i]!;
    const equals = word.text.indexOf('=');
    if (equals > 0 && names.includes(word.text.slice(0, equals)))
      return { value: word.text.slice(equals + 1), range: word.range, words: [word] };
    const next = words[i + 1];
    if (!names.includes(word.text) || next === undefined || next.text.startsWith('-')) continue;
    const end = Math.max(word.range.end, next.range.end);
    return { value: next.text, range: { start: word.range.start, end }, words: [word, next] };
  }
  return undefined;
}

/** A switch: the bare word, or the word with a true value. */
export function flag(words: Words, ...names: string[]): Option | undefined {
  for (const word of words) {
    const [, name, value] = /^([^=]*)(?:=(.*))?$/s.exec(word.text) ?? [];
    if (name === undefined || !names.includes(name) || /^(?:false|0|no|off)$/i.test(value ?? '')) continue;
    return { value: value ?? '', range: word.range, words: [word] };
  }
  return undefined;
}

/**
 * True when a command passes words that only the shell or the program knows and that may be options: not the first word
 * behind the program, and not the value of an option.
 *
 * @param from index of the first word behind the program
 */
export function passesVariables(words: Words, from: number): boolean {
  return words.some(({ text }, index) => {
    if (/^["']?\$(?:[@*]|\{?\w+\[[@*]\])/.test(text)) return true;
    const unknown = text === '' || /^["']?(?:\$[{\w(]|\{\{|\{\w+\}$|<)/.test(text);
    return unknown && index > from && !/^--[^=]+$/.test(words[index - 1]!.text);
  });
}

/** A command of an image or a manifest: there a service has to listen on all interfaces. */
export function isContained({ origin }: CommandFact): boolean {
  return origin === 'dockerfile' || origin === 'config';
}

/** Deletes the words of an option with what parts them from the word before. */
export function withoutOption(all: Words, { words }: Option, text: string): TextEdit[] {
  const edits = words.map((word) => withoutWord(all, word, text));
  return edits.some((edit) => edit.length === 0) ? [] : merged(edits.flat());
}

function withoutWord(all: Words, word: Word, text: string): TextEdit[] {
  const before = all[all.indexOf(word) - 1];
  if (before === undefined || before.range.end > word.range.start) return [];
  const between = text.slice(before.range.end, word.range.start);
  // Words of a list are given without their quotes: both have the same, or neither has any.
  const [found, opened, closed] = /^(["']?)[\s,\\-]*(["']?)$/.exec(between) ?? [];
  if (found === undefined || opened === undefined || opened !== closed) return [];
  if (opened !== '' && text[word.range.end] !== opened) return [];
  return [{ range: { start: before.range.end, end: word.range.end }, newText: '' }];
}

/** Neighbouring deletions as one. */
function merged(edits: readonly TextEdit[]): TextEdit[] {
  const [first, second] = edits;
  if (first === undefined || second === undefined || first.range.end !== second.range.start) return [...edits];
  return [{ range: { start: first.range.start, end: second.range.end }, newText: '' }];
}

/** Writes another value in the place of an option's. */
export function withValue({ value, words }: Option, newText: string, text: string): TextEdit[] {
  const last = words[words.length - 1]!.range;
  const found = text.slice(last.start, last.end).lastIndexOf(value);
  if (found < 0 || value === '') return [];
  const start = last.start + found;
  return [{ range: { start, end: start + value.length }, newText }];
}

/** Puts words behind another one, parted and quoted as that one is; nothing where this cannot be told. */
export function withWords(after: Word, before: Word | undefined, added: readonly string[], text: string): TextEdit[] {
  if (before === undefined || before.range.end > after.range.start) return [];
  const written = text.slice(after.range.start, after.range.end);
  const mark = written.length === after.text.length + 2 ? written[0]! : '';
  const between = text.slice(before.range.end, after.range.start);
  if (written !== mark + after.text + mark || between.length > 100 || !/^["']?[\s,\\-]+["']?$/.test(between)) return [];
  const newText = added.map((word) => between + mark + word + mark).join('');
  return [{ range: { start: after.range.end, end: after.range.end }, newText }];
}

/** True for the command of a compose service without published ports, and of what KServe runs: callers do not reach its port. */
export function isUnpublished(offset: number, { facts }: Pick<RuleContext<never>, 'facts'>): boolean {
  const within = ({ range }: ConfigEntry): boolean => range.start <= offset && offset < range.end;
  const document = facts?.roots.find(within);
  // KServe puts its gateway in front of what it runs.
  if (/^serving\.kserve\.io\//.test(textOf(at(document, 'apiVersion')) ?? '')) return true;
  const root = facts?.roots.find((entry) => facts.formats[entry.document]?.id === 'compose' && within(entry));
  const service = items(at(root, 'services')).find(within);
  return service !== undefined && items(at(service, 'ports')).length === 0 && at(service, 'network_mode') === undefined;
}
