import {
  at,
  type ConfigEntry,
  type ConfigFile,
  child,
  items,
  placeIn,
  type Report,
  type RuleContext,
  text as textOf,
} from '../engine/index.js';
import { asksWhoIsThere, backendsOf, hasLocalHosts, isIngress, isInternal, isRoute } from './_ingress.js';
import { nearest } from './_nearest.js';

type Where = Pick<RuleContext<Record<string, string>>, 'facts' | 'path' | 'text' | 'workspace'>;

/** A document of a manifest, with its file. */
export interface Manifest {
  readonly path: string;
  readonly text: string;
  readonly root: ConfigEntry;
}

/** What lets the outside in to pods. */
export interface Door {
  readonly kind: 'LoadBalancer' | 'NodePort' | 'Ingress' | 'Route';
  readonly manifest: Manifest;
  /** What to show of it. */
  readonly entry: ConfigEntry;
}

/** Kubernetes documents of this file and of those beside it. */
export function manifestsAround({ facts, path, workspace }: Pick<Where, 'facts' | 'path' | 'workspace'>) {
  const beside = workspace.configsBeside(path).flatMap((file) => file.facts.roots);
  return [...(facts?.roots ?? []), ...beside].filter((root) => at(root, 'kind') !== undefined);
}

/** Type of a Service that machines outside of the cluster reach; undefined for others and for internal balancers. */
export function publicType(service: ConfigEntry): 'LoadBalancer' | 'NodePort' | undefined {
  const type = textOf(at(service, 'spec', 'type'));
  if (textOf(at(service, 'kind')) !== 'Service' || (type !== 'LoadBalancer' && type !== 'NodePort')) return undefined;
  const internal = items(at(service, 'metadata', 'annotations')).some(
    (one) =>
      (/internal/i.test(one.key ?? '') && !/^false$/i.test(textOf(one) ?? '')) || /^internal$/i.test(textOf(one) ?? ''),
  );
  const ranges = items(at(service, 'spec', 'loadBalancerSourceRanges')).map((one) => textOf(one) ?? '');
  const limited = ranges.length > 0 && !ranges.some((range) => /^(?:0\.0\.0\.0|::)\/0$/.test(range));
  return internal || limited ? undefined : type;
}

/** Labels of the pods a workload starts, and their spec; undefined for other documents. */
export function podsOf(root: ConfigEntry): { readonly labels: ConfigEntry; readonly spec: ConfigEntry } | undefined {
  const pod = textOf(at(root, 'kind')) === 'Pod' ? root : at(root, 'spec', 'template');
  const labels = at(pod, 'metadata', 'labels');
  const spec = at(pod, 'spec');
  return labels === undefined || spec === undefined ? undefined : { labels, spec };
}

/** True when a Service sends to pods with these labels, as far as all of them are written out. */
export function selects(service: ConfigEntry, labels: ConfigEntry): boolean {
  const wanted = items(at(service, 'spec', 'selector'));
  return (
    wanted.length > 0 &&
    wanted.every((one) => textOf(one) !== undefined && textOf(at(labels, one.key ?? '')) === textOf(one))
  );
}

/**
 * The workloads to whose pods a Service sends: those of its file and folder, else the nearest ones of the workspace, as long as
 * they are one workload and its variants under one name. O(manifests of the workspace).
 */
export function workloadsBehind(service: Manifest, where: Where): readonly Manifest[] {
  const selected = ({ root }: Manifest): boolean => {
    const pods = podsOf(root);
    return pods !== undefined && inOneNamespace(service.root, root) && selects(service.root, pods.labels);
  };
  const found = closest(service.path, where, selected);
  const own = found.filter(({ path }) => folderOf(path) === folderOf(service.path));
  if (own.length > 0) return own;
  return new Set(found.map(({ root }) => `${textOf(at(root, 'kind'))} ${nameOf(root)}`)).size === 1 ? found : [];
}

/** The Services that an Ingress or a Route means by a name: those of its file and folder, else the nearest of the workspace. */
export function servicesNamed(name: string, from: Manifest, where: Where): readonly Manifest[] {
  return closest(
    from.path,
    where,
    ({ root }) => textOf(at(root, 'kind')) === 'Service' && nameOf(root) === name && inOneNamespace(from.root, root),
  );
}

/**
 * What publishes the pods of a workload: a Service that the outside reaches, or an Ingress or Route in front of one that asks nobody
 * who they are and stands in no inner network. Undefined when there is none, or when it may belong to another workload.
 */
export function doorTo(workload: ConfigEntry, where: Where): Door | undefined {
  const pods = podsOf(workload);
  if (pods === undefined) return undefined;
  const self = { path: where.path, text: where.text, root: workload };
  const services = closest(
    where.path,
    where,
    ({ root }) =>
      textOf(at(root, 'kind')) === 'Service' && inOneNamespace(workload, root) && selects(root, pods.labels),
  ).filter((service) =>
    workloadsBehind(service, where).some(({ root, path }) => root === workload || isSame(path, root, self)),
  );
  for (const service of services) {
    const kind = publicType(service.root);
    if (kind !== undefined) return { kind, manifest: service, entry: at(service.root, 'spec', 'type')! };
  }
  for (const service of services) {
    const name = nameOf(service.root);
    const leads = ({ root }: Manifest): boolean =>
      (isIngress(root) || isRoute(root)) &&
      inOneNamespace(root, service.root) &&
      backendsOf(root).some((backend) => backend.name === name);
    for (const door of closest(service.path, where, leads)) {
      if (asksWhoIsThere(door.root) || isInternal(door.root) || hasLocalHosts(door.root)) continue;
      const entry = backendsOf(door.root).find((backend) => backend.name === name)!.entry;
      return { kind: isRoute(door.root) ? 'Route' : 'Ingress', manifest: door, entry };
    }
  }
  return undefined;
}

/** Shows the door as another place of a finding. */
export function relateDoor(finding: Report, { manifest, entry, kind }: Door): void {
  finding.related(placeIn(manifest.path, manifest.text, entry.valueRange), `This ${kind} lets the outside in`);
}

function nameOf(root: ConfigEntry): string | undefined {
  return textOf(at(root, 'metadata', 'name'));
}

/** The document under check is another object than the one that was read for the whole workspace. */
function isSame(path: string, root: ConfigEntry, other: Manifest): boolean {
  return path === other.path && root.document === other.root.document;
}

/** Names of namespaces are often left to the one who applies the manifest. */
function inOneNamespace(one: ConfigEntry, other: ConfigEntry): boolean {
  const [a, b] = [one, other].map((root) => textOf(at(root, 'metadata', 'namespace')));
  return a === undefined || b === undefined || a === b;
}

/** Documents that fit: those of the file itself, else of its folder, else those that share most folders with it. */
function closest(path: string, where: Where, fits: (manifest: Manifest) => boolean): readonly Manifest[] {
  const own = path === where.path ? manifestsIn({ path, text: where.text, facts: where.facts }).filter(fits) : [];
  if (own.length > 0) return own;
  const all = where.workspace.manifests();
  const inFile = all
    .filter((file) => file.path === path && file.path !== where.path)
    .flatMap(manifestsIn)
    .filter(fits);
  if (inFile.length > 0) return inFile;
  const others = all
    .filter((file) => file.path !== path)
    .flatMap(manifestsIn)
    .filter(fits);
  return nearest(path, others);
}

function manifestsIn({
  path,
  text,
  facts,
}: {
  path: string;
  text: string;
  facts: ConfigFile['facts'] | undefined;
}): Manifest[] {
  return (facts?.roots ?? []).filter((root) => child(root, 'kind') !== undefined).map((root) => ({ path, text, root }));
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
