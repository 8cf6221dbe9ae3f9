import { at, type ConfigEntry, child, items, text as textOf } from '../engine/index.js';

/** Annotations by which controllers of an Ingress ask who is there, or let in some networks only. */
const SIGN_IN =
  /\/(?:auth-(?:url|type|signin|secret|tls-secret|tls-verify-client|jwt|proxy|idp-\w+)|oauth(?:-.*)?|basic-auth-secret|jwt-key|policies|router\.middlewares|plugins|(?:white|allow)list-source-range|allowlist|whitelist|inbound-cidrs|ip-allowlist)$/;

/** Annotations by which the load balancer in front ends TLS. */
const TLS_IN_FRONT =
  /\/(?:certificate-arn|listen-ports|managed-certificates|pre-shared-cert|appgw-ssl-certificate|router\.tls(?:\..*)?|router\.entrypoints|ssl-passthrough|force-ssl-redirect|ssl-cert|tls-acme|aws-load-balancer-ssl-cert)$/;

/** Names that only this machine or network knows. */
const LOCAL =
  /(?:^|\.)(?:local|localhost|test|internal|lan|home|localdomain|minikube|example|invalid)$|(?:^|\.)(?:nip|sslip)\.io$|^localhost|^(?:127|10|192\.168)\./;

export function isIngress(root: ConfigEntry | undefined): root is ConfigEntry {
  const version = textOf(child(root, 'apiVersion')) ?? '';
  return textOf(child(root, 'kind')) === 'Ingress' && /^(?:networking\.k8s\.io|extensions)\//.test(version);
}

export function isRoute(root: ConfigEntry | undefined): root is ConfigEntry {
  const version = textOf(child(root, 'apiVersion')) ?? '';
  return textOf(child(root, 'kind')) === 'Route' && /^(?:route\.openshift\.io\/)?v1$/.test(version);
}

export function annotationsOf(root: ConfigEntry): readonly ConfigEntry[] {
  return items(at(root, 'metadata', 'annotations'));
}

export function asksWhoIsThere(root: ConfigEntry): boolean {
  return annotationsOf(root).some(({ key }) => key === '<<' || SIGN_IN.test(key ?? ''));
}

export function endsTlsInFront(root: ConfigEntry): boolean {
  return annotationsOf(root).some(
    ({ key, value }) => key === '<<' || (TLS_IN_FRONT.test(key ?? '') && !/^false$/i.test(String(value))),
  );
}

/** A load balancer of the inner network: the class says so, or it is AWS's, which is internal unless told otherwise. */
export function isInternal(root: ConfigEntry): boolean {
  const annotation = (name: RegExp): string =>
    String(annotationsOf(root).find(({ key }) => name.test(key ?? ''))?.value ?? '');
  const ingressClass = textOf(at(root, 'spec', 'ingressClassName')) ?? annotation(/^kubernetes\.io\/ingress\.class$/);
  const scheme = annotation(/^alb\.ingress\.kubernetes\.io\/scheme$/);
  if (ingressClass === 'alb' || scheme !== '') return scheme !== 'internet-facing';
  return /internal|private/.test(ingressClass);
}

/** True when every host that is named is one of the own machine or network. */
export function hasLocalHosts(root: ConfigEntry): boolean {
  const hosts = items(at(root, 'spec', 'rules')).flatMap((rule) => textOf(child(rule, 'host')) ?? []);
  const host = textOf(at(root, 'spec', 'host'));
  const all = host === undefined ? hosts : [...hosts, host];
  return all.length > 0 && all.every((name) => LOCAL.test(name));
}

/** A Service that an Ingress or Route leads to. */
export interface Backend {
  readonly entry: ConfigEntry;
  readonly name: string;
  readonly port: string | undefined;
}

export function backendsOf(root: ConfigEntry): readonly Backend[] {
  const spec = child(root, 'spec');
  if (isRoute(root)) return backend(child(child(spec, 'to'), 'name'), child(child(spec, 'port'), 'targetPort'));
  const paths = items(child(spec, 'rules')).flatMap((rule) => items(at(rule, 'http', 'paths')));
  const backends = [
    ...paths.map((path) => child(path, 'backend')),
    child(spec, 'defaultBackend'),
    child(spec, 'backend'),
  ];
  return backends.flatMap((one) => {
    const port =
      at(one, 'service', 'port', 'number') ?? at(one, 'service', 'port', 'name') ?? child(one, 'servicePort');
    return backend(at(one, 'service', 'name') ?? child(one, 'serviceName'), port);
  });
}

function backend(entry: ConfigEntry | undefined, port: ConfigEntry | undefined): Backend[] {
  const name = textOf(entry);
  return entry === undefined || name === undefined ? [] : [{ entry, name, port: textOf(port) }];
}
