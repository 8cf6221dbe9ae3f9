import type { Expression } from '../../engine/index.js';
import { hostOf, isLoopback } from '../../knowledge/bind-addresses.js';

const CONTEXTS = ['zmq.Context()', 'zmq.Context.instance()', 'zmq.asyncio.Context()', 'zmq.asyncio.Context.instance()'];
/** Names that sockets of ZeroMQ resolve to. */
export const SOCKETS = [
  ...CONTEXTS.map((context) => `${context}.socket()`),
  ...['zmq.Socket', 'zmq.Socket()', 'zmq.asyncio.Socket', 'zmq.asyncio.Socket()'],
];

/** Addresses that the file binds or connects the same variable to; a host that is put in at run time ends them. */
export function addressesOf(socket: Expression, text: string): readonly string[] {
  const name = text.slice(socket.range.start, socket.range.end);
  if (!/^[\w.]{1,80}$/.test(name)) return [];
  const uses = new RegExp(
    `(?<![\\w.])${name.replaceAll('.', '\\.')}\\s*\\.\\s*(?:bind|connect)\\(\\s*(?:addr\\s*=\\s*)?[fF]?(["'])([a-z]+://[^"'{]*)`,
    'g',
  );
  return [...text.matchAll(uses)].map((match) => match[2]!.slice(0, 40));
}

/** Who reaches one of these addresses at most. */
export function reachOf(addresses: readonly string[]): 'network' | 'machine' | 'unknown' {
  if (addresses.length === 0) return 'unknown';
  const open = addresses.map((address) => {
    if (/^(?:ipc|inproc):/.test(address)) return 'machine';
    const host = hostOf(address);
    if (host === '') return 'unknown';
    return isLoopback(host) ? 'machine' : 'network';
  });
  if (open.includes('network')) return 'network';
  return open.includes('unknown') ? 'unknown' : 'machine';
}
