import { at, type ConfigEntry, child, items, text as textOf } from '../../engine/index.js';

/** Where the resources of KubeRay describe their cluster. */
const CLUSTER: Readonly<Record<string, string>> = { RayJob: 'rayClusterSpec', RayService: 'rayClusterConfig' };

/** The spec of the Ray cluster a document starts; undefined for everything else. */
export function rayClusterOf(root: ConfigEntry | undefined): ConfigEntry | undefined {
  if (!(textOf(child(root, 'apiVersion')) ?? '').startsWith('ray.io/')) return undefined;
  const kind = textOf(child(root, 'kind')) ?? '';
  const spec = child(root, 'spec');
  const cluster = kind === 'RayCluster' ? spec : child(spec, CLUSTER[kind] ?? '?');
  return child(cluster, 'headGroupSpec') === undefined ? undefined : cluster;
}

/** Major and minor version of Ray: the field, else the tag of the image of the head. */
function rayVersionOf(cluster: ConfigEntry): number | undefined {
  const image = textOf(at(cluster, 'headGroupSpec', 'template', 'spec', 'containers', 0, 'image')) ?? '';
  const written = textOf(child(cluster, 'rayVersion')) ?? /:(\d+\.\d+\.\d+)[\w.-]*$/.exec(image)?.[1];
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(written ?? '') ?? [];
  return major === undefined ? undefined : Number(major) * 1000 + Number(minor);
}

/** Ray 2.52 knows tokens (https://docs.ray.io/en/latest/cluster/kubernetes/user-guides/kuberay-auth.html). */
export function knowsTokens(cluster: ConfigEntry): boolean {
  return (rayVersionOf(cluster) ?? 0) >= 2052;
}

/** Whether clients need a token: it is switched on, from another place, or by default as Ray announces it for 2.61. */
export function asksForToken(cluster: ConfigEntry): boolean {
  const options = child(cluster, 'authOptions');
  if (options !== undefined) return textOf(child(options, 'mode')) !== 'disabled';
  if ((rayVersionOf(cluster) ?? 0) >= 2061) return true;
  const containers = items(at(cluster, 'headGroupSpec', 'template', 'spec', 'containers'));
  const variables = containers.flatMap((container) => items(child(container, 'env')));
  const mode = variables.find((variable) => textOf(child(variable, 'name')) === 'RAY_AUTH_MODE');
  // What `envFrom` brings is not known, but nobody keeps this switch there.
  return mode !== undefined && textOf(child(mode, 'value')) !== 'disabled';
}

const INTERNAL =
  /load-balancer-(?:internal|type|scheme)$|load-balancer-internal-subnet|alibaba-cloud-loadbalancer-address-type$/;

/** True for a Service whose load balancer stands in the inner network or lets in some addresses only. */
export function isInnerService(service: ConfigEntry | undefined): boolean {
  if (at(service, 'spec', 'loadBalancerSourceRanges') !== undefined) return true;
  return items(at(service, 'metadata', 'annotations')).some(
    ({ key, value }) => INTERNAL.test(key ?? '') && /^(?:true|internal|intranet|0\.0\.0\.0\/0)$/i.test(String(value)),
  );
}

/** `LoadBalancer` or `NodePort` as written. */
export function openType(entry: ConfigEntry | undefined): 'LoadBalancer' | 'NodePort' | undefined {
  const type = textOf(entry);
  return type === 'LoadBalancer' || type === 'NodePort' ? type : undefined;
}

/** How the head of a cluster is published by its own resource. */
export function publishedBy(cluster: ConfigEntry): { entry: ConfigEntry; how: string; inner: boolean } | undefined {
  const head = child(cluster, 'headGroupSpec');
  const service = child(head, 'headService');
  for (const entry of [at(service, 'spec', 'type'), child(head, 'serviceType')]) {
    const type = openType(entry);
    if (entry !== undefined && type !== undefined)
      return { entry, how: type, inner: type === 'NodePort' || isInnerService(service) };
  }
  const ingress = child(head, 'enableIngress');
  return ingress?.value === true ? { entry: ingress, how: 'an Ingress', inner: false } : undefined;
}
