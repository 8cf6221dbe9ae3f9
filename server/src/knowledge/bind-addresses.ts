/** Bind addresses that stand for every interface of the machine; sockets read an empty host so, ZeroMQ and gRPC a `*`. */
const EVERY_INTERFACE: ReadonlySet<string> = new Set(['0.0.0.0', '', '::', '[::]', '*', '0']);

/** True for a bind address that other machines reach on every network the machine is in. */
export function isEveryInterface(host: string): boolean {
  return EVERY_INTERFACE.has(host.trim());
}

/** True for an address that only programs on the same machine reach. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host.trim());
}

/** Host of `host:port`, of `scheme://host:port` and of `[host]:port`. */
export function hostOf(address: string): string {
  const [, host = ''] = /^(?:[a-z][\w+.-]*:\/\/)?(\[[^\]]*\]|[^:/?#]*)/i.exec(address.trim()) ?? [];
  return host;
}
