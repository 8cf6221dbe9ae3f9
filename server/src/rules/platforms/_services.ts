import { at, type ConfigEntry, items, type RuleContext, text as textOf } from '../../engine/index.js';

type Where = Pick<RuleContext<Record<string, string>>, 'facts' | 'path' | 'workspace'>;

/** Kubernetes documents of this file and of those beside it. */
export function manifestsAround({ facts, path, workspace }: Where): readonly ConfigEntry[] {
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
