import { argumentOf, type CallFact, type Expression, type PythonQuestions } from '../../engine/index.js';
import { isLocalHost, plainHttpHost } from '../../knowledge/http-clients.js';
import { TRACKING_CALLS } from '../../knowledge/tracking-servers.js';

/** A user and a password that are both written out. */
const USERINFO = /^https?:\/\/([^/\s:@{}$<>]+):([^/\s@{}$<>]{3,})@/i;
const GETTERS = ['os.getenv()', 'os.environ.get()'];

/** An address that a call is given. */
export interface Address {
  readonly argument: Expression;
  /** Where it is written out. */
  readonly literal: Expression;
  readonly text: string;
  /** False when only its beginning is known. */
  readonly complete: boolean;
}

/** True for an address that holds a password. */
export function holdsPassword(address: string): boolean {
  return USERINFO.test(address);
}

/** Host of a plain HTTP address outside this machine and its cluster. */
export function remoteHost(address: string, complete: boolean): string | undefined {
  const host = plainHttpHost(address, complete);
  return host === undefined || !/^[\w.[\]:-]+$/.test(host) || isLocalHost(host) ? undefined : host;
}

/** Addresses of trackers that a call is given, as far as they are known. */
export function addressesOf(call: CallFact, py: PythonQuestions): Address[] {
  return TRACKING_CALLS.filter(({ names }) => names.includes(call.name)).flatMap((entry) => {
    const argument = argumentOf(call, entry.argument, entry.position)?.value;
    if (argument === undefined) return [];
    const written = withoutGetter(argument, py);
    const value = py.value(written);
    if (value.kind !== 'string' && value.kind !== 'partial') return [];
    const complete = value.kind === 'string';
    return [{ argument, literal: py.definition(written), text: complete ? value.value : value.prefix, complete }];
  });
}

/** The fallback of `os.getenv(name, fallback)`; otherwise the expression itself. */
function withoutGetter(expression: Expression, py: PythonQuestions): Expression {
  const asked = py.definition(expression);
  if (asked.kind !== 'call' || !py.names(asked).some((name) => GETTERS.includes(name))) return expression;
  return argumentOf(asked, 'default', 1)?.value ?? expression;
}
