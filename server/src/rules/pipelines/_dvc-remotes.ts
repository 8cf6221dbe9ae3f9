import { type ConfigEntry, child, text as textOf } from '../../engine/index.js';
import { isLocalHost } from '../../knowledge/http-clients.js';

/** One remote of a DVC configuration. */
export interface DvcRemote {
  readonly name: string;
  readonly section: ConfigEntry;
  /** Scheme of its `url` in lower case; empty for a folder. */
  readonly scheme: string;
  /** What DVC connects to: the endpoint of an object store, else the address itself. */
  readonly address: string | undefined;
}

/** The remote an option belongs to; undefined in other sections. */
export function remoteOf(option: ConfigEntry): DvcRemote | undefined {
  const section = option.parent;
  const name = /^'?remote\s+"?([^\s"'][^"']*)"?'?$/.exec(section?.key ?? '')?.[1];
  if (section === undefined || name === undefined) return undefined;
  const url = textOf(child(section, 'url'))?.trim();
  const scheme = /^([a-z][a-z0-9+]*):\/\//i.exec(url ?? '')?.[1]?.toLowerCase() ?? '';
  const endpoint = textOf(child(section, 'endpointurl'))?.trim();
  return { name: name.slice(0, 40), section, scheme, address: endpoint ?? (BUCKETS.has(scheme) ? undefined : url) };
}

/** Schemes whose address names a bucket, not a host. */
const BUCKETS: ReadonlySet<string> = new Set(['s3', 'gs', 'azure', 'oss', 'gdrive', 'remote', '']);

/** Host of an address; undefined when it is not known. */
export function hostOfAddress(address: string | undefined): string | undefined {
  const host = /^[a-z][a-z0-9+]*:\/\/(?:[^@/\s]*@)?(\[[^\]]*\]|[^/:?#\s]+)/i.exec(address ?? '')?.[1];
  return host === undefined || !/^[\w.[\]:-]+$/.test(host) ? undefined : host;
}

/** True when what DVC connects to is this machine or a service of the same network. */
export function isLocalRemote({ address }: DvcRemote): boolean {
  const host = hostOfAddress(address);
  return address !== undefined && (host === undefined || isLocalHost(host));
}

/** A switch of DVC, which reads `true` and `false` in any case. */
export function switchOf(option: ConfigEntry): boolean | undefined {
  const value = textOf(option)?.trim().toLowerCase();
  return value === 'true' ? true : value === 'false' ? false : undefined;
}
