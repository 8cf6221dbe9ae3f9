import type { Range, TextEdit } from '../../base/range.js';
import { INFERENCE_SERVERS, type InferenceServer } from '../../knowledge/inference-servers.js';
import { isEveryInterface, option, type Words, withValue, withWords } from './_command-line.js';

/** The server that a command starts. */
export function serverOf(words: Words, program: number): InferenceServer | undefined {
  const first = words[program]!.text;
  const name = first.slice(first.lastIndexOf('/') + 1);
  return INFERENCE_SERVERS.find(
    (entry) => entry.program === name && (entry.mode === undefined || words[program + 1]?.text === entry.mode),
  );
}

/** Where a command opens a server to all interfaces: the option, or the program that does it by default. */
export function openAddress(words: Words, program: number, server: InferenceServer): Range | undefined {
  const host = option(words, ...server.host);
  if (host !== undefined) return isEveryInterface(host.value) ? host.range : undefined;
  const last = words[lastOf(program, server)]!;
  return server.opensByDefault ? { start: words[program]!.range.start, end: last.range.end } : undefined;
}

/** A key on the command line or set in the same file; a socket or a file of settings is not judged either. */
export function hasKey(words: Words, server: InferenceServer, text: string): boolean {
  if (option(words, '--api-key', '--uds', '--config') !== undefined) return true;
  return !server.key.startsWith('-') && new RegExp(`(?<![\\w-])${server.key}\\b`).test(text);
}

/** Binds loopback: another value of the option, or the option behind the program. */
export function loopback(words: Words, program: number, server: InferenceServer, text: string): TextEdit[] {
  const host = option(words, ...server.host);
  if (host !== undefined) return withValue(host, '127.0.0.1', text);
  const index = lastOf(program, server);
  return withWords(words[index]!, words[index - 1], [server.host[0]!, '127.0.0.1'], text);
}

/** Index of the word that says what the program does. */
export function lastOf(program: number, server: InferenceServer): number {
  return program + (server.mode === undefined ? 0 : 1);
}
