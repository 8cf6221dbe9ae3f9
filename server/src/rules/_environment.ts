import type { Range, TextEdit } from '../base/range.js';
import {
  type CallFact,
  type CommandFact,
  type ConfigEntry,
  child,
  commands,
  config,
  type DockerInstruction,
  dockerfile,
  KUBERNETES_LIKE,
  type PythonQuestions,
  python,
  type StoreFact,
  text as textOf,
} from '../engine/index.js';

/** An environment variable that a project sets itself, wherever that is written. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  /** The value where it is written out, without quotes; the whole setting where it is not. */
  readonly place: Range;
  /** The whole setting: `NAME=value`, the entry, the assignment. */
  readonly range: Range;
}

const SETTERS = ['os.environ.setdefault', 'os.putenv'];

/** Configuration that sets environment variables: compose, Kubernetes, workflows, env files. */
export const configuredEnvironment = [
  config.entries(['compose'], 'services.*.environment.*'),
  config.entries([...KUBERNETES_LIKE, 'kfp'], '**.env.*'),
  config.entries(['github-workflow'], '**.env.*'),
  config.entries(['env-file'], '*'),
] as const;

/** Everything that sets environment variables: Python, `export`, `ENV` and configuration. */
export const environment = [
  python.stores('os.environ[]'),
  python.calls(...SETTERS),
  commands.named('export'),
  dockerfile.instructions('ENV'),
  ...configuredEnvironment,
] as const;

export type EnvironmentFact = StoreFact | CallFact | CommandFact | DockerInstruction | ConfigEntry;

/** Variables that a fact sets to a known value. */
export function variablesOf(fact: EnvironmentFact, py: PythonQuestions, text: string): Variable[] {
  if ('keyword' in fact) return fact.keyword === 'ENV' ? ofEnv(fact, text) : [];
  switch (fact.kind) {
    case 'store':
      return fact.name === 'os.environ[]' ? ofPython(fact.key, fact.value, fact.range, py, text) : [];
    case 'call': {
      const [name, value] = fact.arguments;
      if (!SETTERS.includes(fact.name) || name === undefined || value === undefined) return [];
      const key = py.value(name.value);
      return ofPython(key.kind === 'string' ? key.value : undefined, value.value, fact.range, py, text);
    }
    case 'command':
      return fact.command.words.flatMap((word) => ofWord(word.text, word.range, text));
    default:
      return ofEntry(fact, text);
  }
}

function ofPython(
  name: string | undefined,
  expression: StoreFact['value'],
  range: Range,
  py: PythonQuestions,
  text: string,
): Variable[] {
  const value = py.value(expression);
  if (name === undefined || value.kind !== 'string') return [];
  return [{ name, value: value.value, place: inside(expression.range, value.value, text) ?? range, range }];
}

/** `NAME=value`. */
function ofWord(word: string, range: Range, text: string): Variable[] {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(word) ?? [];
  if (name === undefined || value === undefined) return [];
  const start = range.start + name.length + 1;
  return [{ name, value, place: inside({ start, end: range.end }, value, text) ?? range, range }];
}

/** `ENV A=x B=y` and the older `ENV A x`. */
function ofEnv({ words, range }: DockerInstruction, text: string): Variable[] {
  const [first, second] = words;
  if (first === undefined || first.text.includes('='))
    return words.flatMap((word) => ofWord(word.text, word.range, text));
  if (second === undefined || words.length > 2) return [];
  const place = inside(second.range, second.text, text) ?? second.range;
  return [{ name: first.text, value: second.text, place, range }];
}

/** `NAME: value`, `- NAME=value` and `- {name: NAME, value: …}`. */
function ofEntry(entry: ConfigEntry, text: string): Variable[] {
  if (entry.kind === 'map') {
    const [name, value] = [textOf(child(entry, 'name')), child(entry, 'value')];
    const written = textOf(value);
    if (name === undefined || value === undefined || written === undefined) return [];
    const place = inside(value.valueRange, written, text) ?? value.valueRange;
    return [{ name, value: written, place, range: value.range }];
  }
  const written = textOf(entry);
  if (written === undefined) return [];
  if (entry.key === undefined) return ofWord(written, entry.valueRange, text);
  const place = inside(entry.valueRange, written, text) ?? entry.valueRange;
  return [{ name: entry.key, value: written, place, range: entry.range }];
}

/** Where a value stands inside a range, when it is written there once and as it is. */
function inside(range: Range, value: string, text: string): Range | undefined {
  const source = text.slice(range.start, range.end);
  const at = source.indexOf(value);
  if (value === '' || at < 0 || source.length - value.length > 4) return undefined;
  return { start: range.start + at, end: range.start + at + value.length };
}

export function isOn(value: string): boolean {
  return /^(?:true|1|yes|on)$/i.test(value.trim());
}

export function isOff(value: string): boolean {
  return /^(?:false|0|no|off)$/i.test(value.trim());
}

/** Replaces the scheme of an address by its encrypted form; nothing where it is not written out. */
export function withTls(text: string, place: Range): TextEdit[] {
  const at = text.slice(place.start, place.end).search(/http:\/\//i);
  if (at < 0) return [];
  return [{ range: { start: place.start + at, end: place.start + at + 7 }, newText: 'https://' }];
}
