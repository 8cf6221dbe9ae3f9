import { type ConfigEntry, child, config, descendants, items } from '../../engine/index.js';

const PODS = ['container', 'script', 'containerSet', 'resource', 'data'] as const;

/** Specifications of workflows of any kind. */
export const workflowSpecs = [
  config.entries(['argo-workflow'], 'spec'),
  config.entries(['argo-workflow'], 'spec.workflowSpec'),
] as const;

/**
 * True for the specification of a workflow that can be started as it is and starts pods. Libraries of templates without
 * an entry point run with the settings of the workflow that calls them; a reference to a template takes its settings.
 */
export function startsPods(spec: ConfigEntry): boolean {
  if (spec.keyRange === undefined || spec.alias !== undefined || child(spec, 'entrypoint') === undefined) return false;
  if (child(spec, 'workflowTemplateRef') !== undefined || child(spec, '<<') !== undefined) return false;
  return items(child(spec, 'templates')).some((template) => PODS.some((kind) => child(template, kind) !== undefined));
}

/** True when one of the keys is written anywhere in the specification, patches of pods in text included. */
export function mentions(spec: ConfigEntry, ...keys: readonly string[]): boolean {
  for (const { key, value } of descendants(spec)) {
    if (key !== undefined && keys.includes(key)) return true;
    if (key === 'podSpecPatch' && keys.some((one) => String(value).includes(one))) return true;
    if (key === '<<') return true;
  }
  return false;
}

/** A workflow with one container, for examples. */
export function workflow(settings: string, kind = 'Workflow'): string {
  return `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nspec:\n  entrypoint: main\n${settings}  templates:\n    - name: main\n      container: {image: "a:1"}\n`;
}
