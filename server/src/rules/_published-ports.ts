import type { TextEdit } from '../base/range.js';
import { type ConfigEntry, child, edit, text as textOf } from '../engine/index.js';

/** `[host-ip:][published:]target[/protocol]`; ports may be ranges or variables. */
const SHORT =
  /^(?:(\[[0-9a-f:]*\]|[\w.-]+|\$\{[^}]*\}|\$\w+):)??(?:([\d-]*|\$\{[^}]*\}|\$\w+):)?(\d+)(?:-\d+)?(?:\/(?:tcp|udp))?$/i;
const EVERY_INTERFACE = /^(?:0\.0\.0\.0|::|\[::\]|0|\*)$/;

/** A port of a compose service that is published on all interfaces of the host. */
export interface PublishedPort {
  readonly target: number | undefined;
  /** Publishes it on loopback instead; none where the port has no line or item of its own. */
  readonly onLoopback: TextEdit[];
}

/** What an item of `ports` publishes; undefined for other addresses, those in variables included. */
export function publishedPort(entry: ConfigEntry, text: string): PublishedPort | undefined {
  return entry.kind === 'map' ? longForm(entry, text) : shortForm(entry, text);
}

function shortForm(entry: ConfigEntry, text: string): PublishedPort | undefined {
  const written = textOf(entry);
  const match = written === undefined ? null : SHORT.exec(written);
  if (written === undefined || match === null || entry.alias !== undefined) return undefined;
  const [, address, published] = match;
  if (address !== undefined && !EVERY_INTERFACE.test(address)) return undefined;
  const rest = address === undefined ? written : written.slice(address.length + 1);
  const closed = published === undefined ? `127.0.0.1::${rest}` : `127.0.0.1:${rest}`;
  return { target: Number(match[3]), onLoopback: edit.setScalar(text, entry, closed) };
}

function longForm(entry: ConfigEntry, text: string): PublishedPort | undefined {
  const address = child(entry, 'host_ip');
  const written = textOf(address);
  const number = Number(textOf(child(entry, 'target')));
  if (child(entry, 'target') === undefined || (written !== undefined && !EVERY_INTERFACE.test(written)))
    return undefined;
  const target = Number.isInteger(number) ? number : undefined;
  if (address !== undefined) return { target, onLoopback: edit.setScalar(text, address, '127.0.0.1') };
  const first = entry.children[0];
  if (entry.flow || first?.keyRange === undefined) return { target, onLoopback: [] };
  const start = first.keyRange.start;
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return { target, onLoopback: edit.insert(start, `host_ip: 127.0.0.1${end}${' '.repeat(column)}`) };
}
