import type { Range, TextEdit } from '../../base/range.js';
import type { Argument, CommandFact, Expression, PythonQuestions, Report } from '../../engine/index.js';

type Words = CommandFact['command']['words'];

export interface CommandOption {
  readonly name: string;
  readonly value: string;
  /** Option and value. */
  readonly range: Range;
  /** The word that holds the value. */
  readonly word: Range;
}

/** An option with its value, in the same or the next word; the last one counts, as it does for the program. */
export function commandOption(words: Words, ...names: readonly string[]): CommandOption | undefined {
  for (let i = words.length - 1; i >= 0; i--) {
    const { text, range } = words[i]!;
    const equals = text.indexOf('=');
    const name = equals > 0 ? text.slice(0, equals) : text;
    if (!names.includes(name)) continue;
    if (equals > 0) return { name, value: text.slice(equals + 1), range, word: range };
    const next = words[i + 1];
    if (next === undefined) continue;
    const end = Math.max(range.end, next.range.end);
    return { name, value: next.text, range: { start: range.start, end }, word: next.range };
  }
  return undefined;
}

/** Writes `127.0.0.1` for a host inside a range of the text; nothing when the host is not written out there. */
export function toLoopback(text: string, range: Range, host: string): TextEdit[] {
  const written = text.slice(range.start, range.end);
  if (host === '')
    return /^[bBrR]?(["'])\1$/.test(written) ? replaced(range, `${written[0]}127.0.0.1${written[0]}`) : [];
  const at = written.lastIndexOf(host);
  if (at < 0 || written.indexOf(host) !== at) return [];
  const start = range.start + at;
  return replaced({ start, end: start + host.length }, '127.0.0.1');
}

function replaced(range: Range, newText: string): TextEdit[] {
  return [{ range, newText }];
}

/**
 * Offers the loopback for the host an expression names, and shows where it is written when that is another line. Other
 * machines are cut off by it, which `reason` says for what they come.
 */
export function offerLoopback(
  finding: Report,
  named: NamedHost,
  reason: string,
  { python, text }: { readonly python: PythonQuestions; readonly text: string },
): void {
  const literal = python.definition(named.expression);
  if (literal !== named.expression) finding.related(literal.range, 'the address is written here');
  if (literal.kind === 'string' || literal.kind === 'formatted')
    finding.fix('Use `127.0.0.1`', 'review', toLoopback(text, literal.range, named.host), reason);
}

/** A host with the expression that names it. */
export interface NamedHost {
  readonly expression: Expression;
  readonly host: string;
}

/** The host a socket address names, alone or in a pair: `("0.0.0.0", 5678)`; undefined when it is not known. */
export function namedHost(
  address: Argument | undefined,
  pair: boolean,
  python: PythonQuestions,
): NamedHost | undefined {
  if (address === undefined) return undefined;
  const written = python.definition(address.value);
  const items = written.kind === 'tuple' || written.kind === 'list' ? written.items : [];
  const expression = pair ? items[0] : address.value;
  const value = expression === undefined ? undefined : python.value(expression);
  return expression === undefined || value?.kind !== 'string' ? undefined : { expression, host: value.value };
}

/** True when the file itself puts the rendezvous of a job on this machine: all of its ranks run here. */
export function runsOnOneMachine(text: string): boolean {
  return /MASTER_ADDR["']\s*\]?\s*[=,:]\s*["'](?:localhost|127\.)|tcp:\/\/(?:localhost|127\.)|--standalone\b/.test(
    text,
  );
}

/** True in a branch of an `if` that asks for more than being the main module: an option of the program. */
export function isOption(text: string, offset: number): boolean {
  const lines = text.slice(0, offset).split('\n');
  const indent = lines.pop()!.length;
  const head = lines.findLast((line) => line.trim() !== '' && line.length - line.trimStart().length < indent);
  return head !== undefined && /^\s*(if|elif|else)\b/.test(head) && !/^\s*if\s.*__main__['"]?\W*$/.test(head);
}

/** True for a command of an image or a service: every program in a container listens on all of its interfaces. */
export function isContained(fact: CommandFact): boolean {
  return fact.origin === 'dockerfile' || fact.origin === 'config';
}
