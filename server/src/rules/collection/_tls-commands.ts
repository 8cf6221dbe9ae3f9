import type { Range } from '../../base/range.js';
import { type CommandFact, programIndex } from '../../engine/index.js';
import { isLocalHost } from '../../knowledge/http-clients.js';
import { TLS_VARIABLES } from '../../knowledge/tls-switches.js';

/** Programs whose command line can switch certificate checks off. */
export const TLS_PROGRAMS: readonly string[] = ['wget', 'curl', 'git'];
/** A cluster of curl's short options with `-k` in it; letters that take a value end a cluster. */
const CURL_INSECURE = /^(--insecure|-[#0-9afgGiIjJlLMnNOpqRsSvVZ]*k\w*)$/;

/** A word that switches certificate checks off. `remote`: an outside host is written out in the command. */
export interface InsecureWord {
  readonly flag: string;
  readonly program: string;
  readonly range: Range;
  readonly remote: boolean;
}

/** The word of a command that switches certificate checks off; undefined when there is none, or only local hosts are asked. */
export function insecureWord(fact: CommandFact): InsecureWord | undefined {
  const { words } = fact.command;
  const first = words[programIndex(fact.command)]!.text;
  const program = first.slice(first.lastIndexOf('/') + 1);
  const hosts = words.flatMap(({ text }) => /^https?:\/\/(\[[^\]]*\]|[^/:?#]*)/.exec(text)?.[1] ?? []);
  if (hosts.length > 0 && hosts.every(isLocalHost)) return undefined;
  const remote = hosts.some((host) => /^[\w.-]+$/.test(host) && !isLocalHost(host));
  for (const [i, { text, range }] of words.entries()) {
    const off =
      (program === 'wget' && text === '--no-check-certificate') ||
      (program === 'curl' && CURL_INSECURE.test(text)) ||
      (program === 'git' && /^http\.sslVerify=false$/i.test(text)) ||
      (program === 'git' && text === 'http.sslVerify' && words[i + 1]?.text.toLowerCase() === 'false');
    if (off) return { flag: text, program, range, remote };
  }
  return undefined;
}

/** `export NAME=value` that switches certificate checks off. */
export function insecureExport(fact: CommandFact): { name: string; range: Range } | undefined {
  for (const { text, range } of fact.command.words) {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
    if (name !== undefined && TLS_VARIABLES[name]?.(value!) === true) return { name, range };
  }
  return undefined;
}
