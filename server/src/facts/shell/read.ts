import type { Range } from '../../base/range.js';
import { type ShellToken, shellTokens } from '../../syntax/shell/tokens.js';
import type { ShellCommand, ShellWord } from './command.js';

const MAX_DEPTH = 8;
const RESERVED = new Set(['if', 'then', 'elif', 'else', 'do', 'while', 'until', '!', '{', 'time', 'exec', 'command']);
const CLOSING = new Set(['fi', 'done', 'esac', '}']);
const SHELLS = /^(?:.*\/)?(?:ba|da|z|k|a)?sh$/;

type Draft = { -readonly [K in keyof ShellCommand]: ShellCommand[K] };

/**
 * The simple commands of a shell text, in source order; commands inside `$(…)`, backticks, `sh -c '…'` and
 * here-documents fed to a shell follow the command that holds them. Redirections and reserved words in front of a command
 * are dropped. Never throws; O(n) for each of at most eight levels of nesting.
 *
 * @param offset where `text` starts in its file; ranges are offsets in the file
 */
export function readShell(text: string, offset: number): ShellCommand[] {
  const commands: Draft[] = [];
  new CommandReader(text, offset, commands, 0).read({ start: 0, end: text.length });
  return commands;
}

class CommandReader {
  readonly #text: string;
  readonly #offset: number;
  readonly #commands: Draft[];
  readonly #depth: number;
  #words: ShellToken[] = [];
  /** Index of the last command, when `|` follows it. */
  #pipeFrom: number | undefined;
  #last: number | undefined;

  constructor(text: string, offset: number, commands: Draft[], depth: number) {
    this.#text = text;
    this.#offset = offset;
    this.#commands = commands;
    this.#depth = depth;
  }

  read(range: Range): void {
    let empty = true;
    for (const token of shellTokens(this.#text, range.start, range.end)) {
      if (token.kind === 'word') this.#words.push(token);
      else if (token.kind === 'heredoc') this.#heredoc(token, empty);
      else {
        if (token.text !== '\n') empty = false;
        else empty = this.#words.length === 0;
        this.#end();
        if (token.text === '|' || token.text === '|&') this.#pipeFrom = this.#last;
        else if (token.text !== '\n' && token.text !== '(') this.#pipeFrom = undefined;
      }
    }
    this.#end();
  }

  /** The body is a script when a bare shell reads it, or when nothing does (`RUN <<EOF`). */
  #heredoc(token: ShellToken, withoutCommand: boolean): void {
    const reader = this.#last === undefined ? undefined : this.#commands[this.#last];
    const shell = reader?.words.length === 1 && SHELLS.test(reader.words[0]!.text);
    if (withoutCommand || shell) this.#inner(token.range);
  }

  #end(): void {
    const tokens = this.#words;
    this.#words = [];
    const assignments: { name: string; value: string; range: Range }[] = [];
    const words: ShellWord[] = [];
    for (const token of tokens) {
      const assignment = words.length === 0 ? /^([A-Za-z_]\w*)=(.*)$/s.exec(token.text) : null;
      if (assignment !== null) {
        assignments.push({ name: assignment[1]!, value: assignment[2]!, range: this.#place(token.range) });
      } else if (words.length > 0 || token.quoted || !(RESERVED.has(token.text) || CLOSING.has(token.text))) {
        words.push({ text: token.text, range: this.#place(token.range) });
      }
    }
    if (words.length > 0 || assignments.length > 0) this.#add(words, assignments);
    for (const token of tokens) for (const inner of token.substitutions) this.#inner(inner);
    if (words.length > 0) this.#scriptArgument(words, tokens);
  }

  #add(words: ShellWord[], assignments: Draft['assignments']): void {
    const all = [...assignments, ...words];
    const range = { start: all[0]!.range.start, end: all.at(-1)!.range.end };
    const index = this.#commands.length;
    this.#commands.push({ words, range, pipedInto: undefined, assignments });
    if (this.#pipeFrom !== undefined) this.#commands[this.#pipeFrom]!.pipedInto = index;
    this.#pipeFrom = undefined;
    this.#last = index;
  }

  /** `sh -c 'script'`: the script is read too where its quotes are all that changes between text and source. */
  #scriptArgument(words: readonly ShellWord[], tokens: readonly ShellToken[]): void {
    const shell = words.findIndex((word) => SHELLS.test(word.text));
    if (shell < 0 || shell > 2) return;
    const flag = words.findIndex((word, index) => index > shell && /^-[a-z]*c$/.test(word.text));
    const script = flag < 0 ? undefined : words[flag + 1];
    const token = script && tokens.find(({ range }) => range.start + this.#offset === script.range.start);
    if (token === undefined || token.range.end - token.range.start !== token.text.length + 2) return;
    this.#inner({ start: token.range.start + 1, end: token.range.end - 1 });
  }

  #inner(range: Range): void {
    if (this.#depth >= MAX_DEPTH || range.start >= range.end) return;
    new CommandReader(this.#text, this.#offset, this.#commands, this.#depth + 1).read(range);
  }

  #place({ start, end }: Range): Range {
    return { start: start + this.#offset, end: end + this.#offset };
  }
}
