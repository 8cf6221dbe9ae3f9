import { type ConfigEntry, child, type RuleContext, text as textOf } from '../../engine/index.js';

type Facts = Pick<RuleContext<Record<string, string>>, 'facts'>;

/** DaemonSets and what runs in the namespace of the cluster itself look after nodes. */
export function forNodes(entry: ConfigEntry, { facts }: Facts): boolean {
  const root = facts?.roots[entry.document];
  return (
    textOf(child(root, 'kind')) === 'DaemonSet' || textOf(child(child(root, 'metadata'), 'namespace')) === 'kube-system'
  );
}
